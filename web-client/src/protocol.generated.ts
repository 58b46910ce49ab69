/** Made from docs/protocol/schemas by generate-protocol.mjs: change those, not this. */

/**
 * Chosen by the client; the answer carries it.
 */
export type FrameId = string;
export type MatchId = string;
/**
 * Such as connect-four.
 */
export type GameId = string;
/**
 * Such as mcts:50: one of those that the server offers.
 */
export type AgentSpec = string;
/**
 * Something that can be seen: no characters without a shape or that turn the direction of writing, and not spaces alone.
 */
export type Name = string;
/**
 * A move as the game writes it, such as 4 or b2.
 */
export type Move = string;
/**
 * The right to play a seat. It is shown once, and never travels in an address.
 */
export type SeatToken = string;
/**
 * Whoever has it may go on with the session, if no account speaks in it: keep it to yourself.
 */
export type SessionId = string;
/**
 * Stays the same as long as the account.
 */
export type AccountId = string;
/**
 * 2 to 30 letters and digits of one script, with single spaces, . _ - ' between them. Names that look alike are one.
 */
export type AccountName = string;
/**
 * At least 10 characters.
 */
export type Password = string;
/**
 * The right to act for an account. It is shown once, and never travels in an address.
 */
export type SecretToken = string;
/**
 * bot:play takes seats in a bot's name; run:write and admin are for people's programs.
 */
export type Scope = "bot:play" | "run:write" | "admin";
/**
 * Milliseconds since 1970, UTC, by the server's clock.
 */
export type Time = number;
/**
 * How many moves were made before.
 */
export type Ply = number;
export type Side = "first" | "second";
/**
 * aborted: it ended, and nobody won or lost.
 */
export type Outcome = "ongoing" | "first" | "second" | "draw" | "aborted";
/**
 * How the match ended; null while it goes on. time: a clock ran out. agreement: a draw was offered and accepted. aborted: called off before both had moved. firstMoveExpired: aborted, as a side's first move did not come in time.
 */
export type Reason =
  | "line"
  | "fullBoard"
  | "goal"
  | "capture"
  | "count"
  | "connection"
  | "area"
  | "checkmate"
  | "stalemate"
  | "repetition"
  | "noProgress"
  | "material"
  | "blocked"
  | "length"
  | "resignation"
  | "time"
  | "agreement"
  | "aborted"
  | "firstMoveExpired"
  | null;
/**
 * How long the players may think. Each side's first move costs no time, but has to come within firstMoveMs.
 */
export type TimeControl =
  | {
      kind: "bank";
      initialMs: number;
      incrementMs: number;
    }
  | {
      kind: "perMove";
      moveMs: number;
    }
  | {
      kind: "correspondence";
      days: number;
    };
export type OfferKind = "draw" | "takeback";
export type OfferAction = "offer" | "accept" | "decline";
/**
 * Of somebody who may be challenged: out of GET /api/v1/available.
 */
export type VisitorId = string;
export type OpponentKind = "person" | "bot" | "agent";
/**
 * Who the client is. Who has an account goes by its name, whatever is said here.
 */
export type As =
  | {
      kind: "person";
      /**
       * Something that can be seen: no characters without a shape or that turn the direction of writing, and not spaces alone.
       */
      name?: string;
    }
  | {
      kind: "bot";
      name: Name;
    };
/**
 * Why a challenge is not taken: the game, the time control, such an opponent, that it counts for ratings or does not, too many matches already, maintenance, perhaps later, or something else.
 */
export type DeclineReason =
  "game" | "timeControl" | "opponent" | "rated" | "tooMany" | "maintenance" | "later" | "other";
/**
 * Who holds a side of a match.
 */
export type Seat = PersonSeat | BotSeat | AgentSeat | OpenSeat;
/**
 * Column and row, row 0 at the bottom.
 *
 * @minItems 2
 * @maxItems 2
 */
export type Square = [number, number];
/**
 * Also the ending of files' names.
 */
export type RecordFormat = "sgf" | "pgn" | "pdn" | "ggf" | "txt";
/**
 * person and bot seat the caller, who gets the seat's token. Who has an account sits under its name, whatever name is given.
 */
export type SeatRequest =
  | {
      kind: "person";
      /**
       * Something that can be seen: no characters without a shape or that turn the direction of writing, and not spaces alone.
       */
      name?: string;
    }
  | {
      kind: "bot";
      name: Name;
    }
  | {
      kind: "agent";
      agent: AgentSpec;
    }
  | OpenSeat;
/**
 * Who somebody is from one match to the next, such as agent:mcts:100.
 */
export type PlayerId = string;
export type PlayerKind = "person" | "bot" | "checkpoint" | "agent";
/**
 * Matches that are rated together: a time class, untimed without clocks.
 */
export type Pool = string;
/**
 * round_robin: everybody meets everybody. swiss: those of equal score meet, nobody the same one twice. arena: whoever is free plays.
 */
export type TournamentFormat = "round_robin" | "swiss" | "arena";
export type RunId = string;
/**
 * queued: waits for its turn. running: a process trains. pausing, stopping: it saves what it has. failed: it ended by itself; what was saved can be gone on with.
 */
export type RunState = "queued" | "running" | "pausing" | "paused" | "stopping" | "finished" | "failed";
/**
 * step-0001200, best, latest, or first for what the run began with.
 */
export type CheckpointName = string;
/**
 * The first frame of every connection.
 */
export type ServerHello = Envelope & {
  type: "hello";
  data: {
    protocol: "tabula.v1";
    /**
     * The server's version.
     */
    server: string;
    sessionId: SessionId;
    heartbeatMs: number;
    limits: {
      maxFrameBytes: number;
      framesPerSecond: number;
      /**
       * A client of whom nothing is heard for so long is let go.
       */
      idleMs: number;
      /**
       * How long a session waits for its client to come back.
       */
      resumeMs: number;
    };
  };
};
/**
 * A match, whole, as it stands now.
 */
export type ServerMatchStarted = Envelope & {
  type: "matchStarted";
  data: {
    match: Match;
  };
};
/**
 * What changed: after each move, after a takeback, and after the clocks were held.
 */
export type ServerMatchState = Envelope & {
  type: "matchState";
  data: {
    /**
     * The move; null where it was none.
     */
    move: Move | null;
    /**
     * The whole list, where it was not a move.
     */
    moves?: Move[];
    ply: Ply;
    by: Side | null;
    toMove: Side | null;
    legalMoves: Move[];
    board: string[];
    outcome: Outcome;
    reason: Reason;
    winningSquares: Square[];
    clocks?: Clocks;
    offers?: Offers1;
  };
};
/**
 * The match is over. The matchState of the last move comes before it.
 */
export type ServerMatchEnded = Envelope & {
  type: "matchEnded";
  data: {
    outcome: Outcome;
    reason: Reason;
    clocks?: Clocks;
  };
};
/**
 * A side offered something, or declined it. Consent shows as what was consented to: matchEnded, or matchState.
 */
export type ServerOffers = Envelope & {
  type: "offers";
  data: {
    by: Side;
    offers: Offers;
    /**
     * What was declined just now.
     */
    declined?: "draw" | "takeback";
  };
};
/**
 * Who looks on at a match without playing it. Whoever attends a match hears it when that changes; where nobody ever looked on it is not said.
 */
export type ServerSpectators = Envelope & {
  type: "spectators";
  data: {
    /**
     * At most 20 of those who have accounts.
     */
    named: {
      id: AccountId;
      kind: "person" | "bot";
      name: string;
    }[];
    /**
     * How many look on beside them.
     */
    others: number;
  };
};
/**
 * Somebody took an open seat.
 */
export type ServerSeatTaken = Envelope & {
  type: "seatTaken";
  data: {
    side: Side;
    seat: Seat;
  };
};
/**
 * This connection holds a seat now. The token takes it up again after a reconnect.
 */
export type ServerJoined = Envelope & {
  type: "joined";
  data: {
    side: Side;
    seatToken: SeatToken;
  };
};
/**
 * The move is stored.
 */
export type ServerMoveAccepted = Envelope & {
  type: "moveAccepted";
  data: {
    move: Move;
  };
};
/**
 * What the frame of this id asked for is done, and stored.
 */
export type ServerAccepted = Envelope & {
  type: "accepted";
  data: {};
};
/**
 * Somebody asks for a match; to the challenger, the answer to challenge. matchId is the challenge's, and the match's if it is accepted.
 */
export type ServerChallenge = Envelope & {
  type: "challenge";
  data: {
    from: Seat;
    to?: VisitorId;
    game: GameId;
    timeControl?: TimeControl;
    /**
     * The challenger's.
     */
    side?: "first" | "second";
    /**
     * As the challenger wishes; absent where either will do.
     */
    rated?: boolean;
    expiresAt: Time;
  };
};
/**
 * The client is not paired, and neither challenges nor is challenged, until then. timeouts: three matches in a row ended because its moves did not come in time. Said when it begins, and again to whoever says availability meanwhile.
 */
export type ServerRested = Envelope & {
  type: "rested";
  data: {
    reason: "timeouts";
    until: Time;
  };
};
/**
 * A challenge came to nothing.
 */
export type ServerChallengeEnded = Envelope & {
  type: "challengeEnded";
  data: {
    end: "declined" | "cancelled" | "expired";
    reason?: DeclineReason;
  };
};
/**
 * No more events of this match.
 */
export type ServerUnwatched = Envelope & {
  type: "unwatched";
  data: {};
};
/**
 * The client is known by this account from now on, and takes seats under its name.
 */
export type ServerAuthenticated = Envelope & {
  type: "authenticated";
  data: {
    account: Account;
  };
};
/**
 * The session goes on. missed is frames: all that was missed came before this; matches: each match follows whole, as matchStarted.
 */
export type ServerResumed = Envelope & {
  type: "resumed";
  data: {
    sessionId: SessionId;
    missed: "frames" | "matches";
  };
};
/**
 * The server stops soon. Moves are taken until it closes the connection; come back after resumeAfterMs, and a little at random.
 */
export type ServerDraining = Envelope & {
  type: "draining";
  data: {
    resumeAfterMs: number;
  };
};
/**
 * A training run as it stands now.
 */
export type ServerRunState = Envelope & {
  type: "runState";
  data: {
    run: Run;
    /**
     * It is gone, with its files.
     */
    deleted?: boolean;
  };
};
/**
 * New lines of a run's metrics. Who misses lines before from, or knows another generation, reads GET /api/v1/runs/{id}/metrics.
 */
export type ServerRunMetrics = Envelope & {
  type: "runMetrics";
  data: {
    runId: RunId;
    generation: number;
    /**
     * The number of the first of the lines, from 0.
     */
    from: number;
    lines: {
      [k: string]: unknown;
    }[];
  };
};
/**
 * A few games that a run's self-play plays now.
 */
export type ServerRunGames = Envelope & {
  type: "runGames";
  data: {
    runId: RunId;
    games: LiveGame[];
  };
};
/**
 * Asks whether the client is there, every heartbeatMs.
 */
export type ServerPing = Envelope & {
  type: "ping";
  data: LiveClocks;
};
/**
 * The answer to ping.
 */
export type ServerPong = Envelope & {
  type: "pong";
  data: LiveClocks;
};
/**
 * What the frame of this id asked for was not done.
 */
export type ServerRefused = Envelope & {
  type: "refused";
  data: Refusal;
};
export type ClientFrame =
  | ClientWatch
  | ClientUnwatch
  | ClientJoin
  | ClientMove
  | ClientResign
  | ClientAbort
  | ClientDraw
  | ClientTakeback
  | ClientAvailability
  | ClientChallenge
  | ClientAcceptChallenge
  | ClientDeclineChallenge
  | ClientWatchRun
  | ClientUnwatchRun
  | ClientPing
  | ClientPong
  | ClientAuthenticate
  | ClientResume;
export type ServerFrame =
  | ServerHello
  | ServerMatchStarted
  | ServerMatchState
  | ServerMatchEnded
  | ServerOffers
  | ServerSpectators
  | ServerSeatTaken
  | ServerJoined
  | ServerMoveAccepted
  | ServerAccepted
  | ServerChallenge
  | ServerRested
  | ServerChallengeEnded
  | ServerUnwatched
  | ServerAuthenticated
  | ServerResumed
  | ServerDraining
  | ServerRunState
  | ServerRunMetrics
  | ServerRunGames
  | ServerPing
  | ServerPong
  | ServerRefused;

export interface Protocol {
  [k: string]: unknown;
}
/**
 * Somebody with a name that nobody else can take.
 */
export interface Account {
  id: AccountId;
  kind: "person" | "bot";
  name: AccountName;
  /**
   * Whether it may do what concerns the whole server.
   */
  administers?: boolean;
  createdAt?: Time;
}
/**
 * A token as its owner sees it: the secret itself was shown once.
 */
export interface AccessToken {
  id: string;
  account: AccountId;
  label: string;
  scopes: Scope[];
  createdAt: Time;
  /**
   * To the hour; null if it never was.
   */
  lastUsedAt: Time | null;
}
/**
 * What the clocks show at the time at; in a frame, the one that runs has lost ts - at since.
 */
export interface Clocks {
  /**
   * Milliseconds left.
   */
  first: number;
  /**
   * Milliseconds left.
   */
  second: number;
  /**
   * Whose clock runs; null where none does.
   */
  running: Side | null;
  /**
   * How long the side to move may still take for its first move; the match is aborted then.
   */
  firstMoveMs?: number;
  at: Time;
}
/**
 * What is on offer: by kind, the side that offers it.
 */
export interface Offers {
  draw?: Side;
  takeback?: Side;
}
/**
 * Somebody who would like to play, and may be challenged.
 */
export interface Available {
  id: VisitorId;
  seat: Seat;
  games: GameId[];
  timeControls: TimeControl[];
  /**
   * Whether matches without clocks are welcome.
   */
  untimed: boolean;
  opponents: OpponentKind[];
  atOnce: number;
  /**
   * Absent where either will do.
   */
  rated?: boolean;
}
export interface PersonSeat {
  kind: "person";
  name: Name;
  /**
   * Stays the same as long as the account.
   */
  account?: string;
}
/**
 * A bot is always shown as one.
 */
export interface BotSeat {
  kind: "bot";
  name: Name;
  /**
   * Stays the same as long as the account.
   */
  account?: string;
}
/**
 * An agent of the server's own.
 */
export interface AgentSeat {
  kind: "agent";
  agent: AgentSpec;
  name: string;
}
/**
 * Waits for whoever joins first.
 */
export interface OpenSeat {
  kind: "open";
}
/**
 * A browser's answer, by PublicKeyCredential's toJSON().
 */
export interface Credential {
  id: string;
  type: "public-key";
  response: {};
}
/**
 * searches: positions that agents look at. records: texts of records that are read. matches: matches made. sockets: open websockets of one address. frames: of one websocket. watched: matches that a session watches. challenges: that wait for their answer.
 */
export interface Quota {
  name: "searches" | "records" | "matches" | "sockets" | "frames" | "watched" | "challenges";
  /**
   * At once.
   */
  most: number;
  /**
   * Absent where each connection or session has its own.
   */
  left?: number;
  /**
   * How many there are more each second, up to most.
   */
  perSecond?: number;
}
/**
 * What the clocks of the matches show in which this session holds a seat, by match.
 */
export interface LiveClocks {
  clocks?: {
    [k: string]: Clocks;
  };
}
export interface Game {
  id: GameId;
  title: string;
  board: {
    /**
     * drop: a move is a column, 1 from the left. place: a move is a square, a file and a rank, a1 at the bottom left. step: a move is two squares, from and to. flip: as place, and pieces turn over; or pass. point: as place, on the crossings of lines. hex: as place, on hexagons; or swap. surround: as point, and stones without a free crossing beside their chain are taken off; or pass. chess: two squares, from and to, and what a pawn becomes as a letter (e7e8q). draughts: dark squares, numbered from 1 at the first player's right and row by row: 11-15, or 9x18x25 with every square on which a piece that jumps comes down.
     */
    kind: "drop" | "place" | "step" | "flip" | "point" | "hex" | "surround" | "chess" | "draughts";
    width: number;
    height: number;
  };
  /**
   * What stands between moves where a list of them is written as one text.
   */
  moveSeparator: string;
  /**
   * As what its matches are written for other programs, the usual one first.
   */
  recordFormats?: RecordFormat[];
}
/**
 * What a record says otherwise than the rules here. komi: another komi. handicap: so many stones that black had; they stand as moves, with passes between them. result: another result than the rules give.
 */
export interface RecordNote {
  code: "komi" | "handicap" | "result";
  /**
   * The record's own word.
   */
  said: string;
  /**
   * A sentence for people.
   */
  message: string;
}
/**
 * A match, whole: whoever reads one needs nothing else.
 */
export interface Match {
  id: MatchId;
  game: GameId;
  seats: {
    first: Seat;
    second: Seat;
  };
  moves: Move[];
  ply: Ply;
  /**
   * null once the match is over.
   */
  toMove: Side | null;
  legalMoves: Move[];
  /**
   * Rows, the top one first; X is the first player's piece, O the second's. Where pieces differ: KQRBNP and kqrbnp in chess, K and k for the kings of draughts, capitals the first player's.
   */
  board: string[];
  outcome: Outcome;
  reason: Reason;
  winningSquares: Square[];
  timeControl?: TimeControl;
  clocks?: Clocks;
  offers?: Offers;
  createdAt: Time;
  /**
   * Whether it counts for ratings.
   */
  rated?: boolean;
}
/**
 * A server-side agent that may be played.
 */
export interface Level {
  agent: AgentSpec;
  name: string;
  kind: "checkpoint" | "search" | "perfect" | "random";
  level: number;
  /**
   * Of a network: where it comes from. Without a file it is the one that comes with Tabula.
   */
  checkpoint?: {
    file?: string;
    step: number;
    minutes?: number;
  };
}
export interface Player {
  id: PlayerId;
  name: string;
  kind: PlayerKind;
}
/**
 * A strength by Glicko-2 as it is known now: 95 of 100 such intervals from low to high hold the truth.
 */
export interface Rating {
  rating: number;
  /**
   * The standard error.
   */
  deviation: number;
  low: number;
  high: number;
  /**
   * How many rated matches it rests on.
   */
  games: number;
  /**
   * Whether it is held, so that the others keep their meaning.
   */
  anchor: boolean;
}
export interface Tournament {
  id: string;
  name: Name;
  game: GameId;
  format: TournamentFormat;
  /**
   * 0 in an arena.
   */
  rounds: number;
  /**
   * How long an arena begins games; 0 in other formats.
   */
  minutes: number;
  createdAt: Time;
  over: boolean;
  /**
   * Others name them by their place in it, from 0.
   */
  players: Player[];
  /**
   * The best first.
   */
  standings: {
    player: number;
    points: number;
    /**
     * Sonneborn and Berger's.
     */
    tieBreak: number;
    wins: number;
    draws: number;
    losses: number;
  }[];
  /**
   * In their order; left out in lists.
   */
  games?: {
    matchId: MatchId;
    round: number;
    first: number;
    second: number;
    /**
     * The first player's; null while it goes on.
     */
    score: number | null;
  }[];
}
/**
 * A position, and a number that the network computes for it.
 */
export interface InsightScored {
  moves: Move[];
  score: number;
}
/**
 * What a search of so many visits plays.
 */
export interface InsightVisited {
  visits: number;
  move: Move;
  value: number;
  right: boolean;
}
export interface InsightDeceived {
  kind: "same" | "moved" | "less" | "more";
  /**
   * Those that differ.
   */
  squares: number[];
  moves: Move[];
  /**
   * A move as the game writes it, such as 4 or b2.
   */
  move: string;
  /**
   * What it says, for the side to move there.
   */
  value: number;
  /**
   * Under best play; null where nobody knows.
   */
  truth: number | null;
  /**
   * Whether its move keeps the truth.
   */
  keeps: boolean | null;
}
/**
 * The checkpoint that a run begins with, in place of random weights.
 */
export interface RunOrigin {
  run: RunId;
  checkpoint: CheckpointName;
}
/**
 * A training run.
 */
export interface Run {
  id: RunId;
  name: Name;
  game: GameId;
  /**
   * Whose it is; a guest has no name.
   */
  owner: {
    kind: "account" | "guest";
    name?: string;
  };
  /**
   * Whether whoever asked may change it. Frames do not say it.
   */
  yours?: boolean;
  state: RunState;
  /**
   * In the queue, from 1.
   */
  place?: number;
  /**
   * Why it failed.
   */
  problem?: string;
  preset?: string;
  /**
   * All of it: see GET /api/v1/run-config.
   */
  config: {
    [k: string]: unknown;
  };
  /**
   * How long it trains in all.
   */
  minutes: number;
  seed: number;
  /**
   * Of self-play.
   */
  threads: number;
  from?: RunOrigin;
  createdAt: Time;
  /**
   * The checkpoints that were promoted to the ladder.
   */
  onLadder: CheckpointName[];
  /**
   * The last line of progress of its metrics.
   */
  progress?: {
    [k: string]: unknown;
  };
  /**
   * Another one says that lines of the metrics were taken back: read them anew.
   */
  generation: number;
  /**
   * How many lines of metrics there are.
   */
  lines: number;
}
/**
 * A network that a run kept, and what its gate measured.
 */
export interface Checkpoint {
  name: CheckpointName;
  step: number;
  bytes: number;
  onLadder: boolean;
  /**
   * The line of the metrics.
   */
  measured?: {
    [k: string]: unknown;
  };
  /**
   * step-0001200, best, latest, or first for what the run began with.
   */
  parent?: string;
}
/**
 * A game of self-play as it stood when its last full search was done, and what the search thought.
 */
export interface LiveGame {
  moves: Move[];
  /**
   * Rows, the top one first; X is the first player's.
   */
  board: string[];
  toMove: Side;
  /**
   * For the side to move.
   */
  value: number;
  policy: {
    move: Move;
    probability: number;
  }[];
}
/**
 * A game of self-play from its first move to its last.
 */
export interface FinishedGame {
  /**
   * Among the games of its run, from 1.
   */
  number: number;
  moves: Move[];
  /**
   * What the search expected before each move, for the side to move; null where it did not search in full.
   */
  values: (number | null)[];
  outcome: Outcome;
}
/**
 * Why something was not done, as data.
 */
export interface Refusal {
  code:
    | "malformed"
    | "unknown_type"
    | "unknown_match"
    | "unknown_game"
    | "unknown_agent"
    | "not_your_seat"
    | "seat_taken"
    | "not_your_turn"
    | "stale_ply"
    | "not_a_move"
    | "illegal_move"
    | "match_over"
    | "takeback_not_allowed"
    | "offer_not_allowed"
    | "no_offer"
    | "abort_not_allowed"
    | "unknown_player"
    | "unknown_challenge"
    | "unknown_tournament"
    | "not_wished"
    | "rate_limited"
    | "unavailable"
    | "draining"
    | "unsupported_protocol"
    | "forbidden"
    | "unauthenticated"
    | "name_taken"
    | "unknown_account"
    | "unknown_token"
    | "unknown_run"
    | "unknown_checkpoint"
    | "invalid_config"
    | "not_a_record"
    | "too_many_runs"
    | "not_now"
    | "internal";
  /**
   * A sentence for people.
   */
  message: string;
  /**
   * Whether the same may be accepted later.
   */
  retryable: boolean;
  retryAfterMs?: number;
}
/**
 * Asks for a match as it stands, and for every event of it from then on. Answer: matchStarted.
 */
export interface ClientWatch {
  type: "watch";
  id?: FrameId;
  matchId: MatchId;
}
/**
 * Ends what watch began. Answer: unwatched.
 */
export interface ClientUnwatch {
  type: "unwatch";
  id?: FrameId;
  matchId: MatchId;
}
/**
 * Takes up a seat by its token, or takes an open one. Answers: joined, then matchStarted.
 */
export interface ClientJoin {
  type: "join";
  id?: FrameId;
  matchId: MatchId;
  data:
    | {
        seatToken: SeatToken;
      }
    | {
        kind: "person";
        /**
         * Something that can be seen: no characters without a shape or that turn the direction of writing, and not spaces alone.
         */
        name?: string;
        side?: Side;
      }
    | {
        kind: "bot";
        name: Name;
        side?: Side;
      };
}
/**
 * Plays a move. Answer: moveAccepted once it is stored; the same again gives the same answer, another move for that ply is refused as stale_ply.
 */
export interface ClientMove {
  type: "move";
  id?: FrameId;
  matchId: MatchId;
  ply: Ply;
  data: {
    move: Move;
  };
}
/**
 * Gives the match up. Answer: accepted, then matchEnded.
 */
export interface ClientResign {
  type: "resign";
  id?: FrameId;
  matchId: MatchId;
}
/**
 * Calls the match off, before both have moved: nobody wins or loses. Answer: accepted, then matchEnded.
 */
export interface ClientAbort {
  type: "abort";
  id?: FrameId;
  matchId: MatchId;
}
/**
 * Offers a draw, or answers the other side's offer, which stands until its opponent moves. Answer: accepted, then offers or matchEnded.
 */
export interface ClientDraw {
  type: "draw";
  id?: FrameId;
  matchId: MatchId;
  data?: {
    action?: OfferAction;
  };
}
/**
 * Against an agent: takes the own last move and the answer to it back. Between people: asks for that, or answers the other side, who asked. Answer: accepted, then matchState or offers.
 */
export interface ClientTakeback {
  type: "takeback";
  id?: FrameId;
  matchId: MatchId;
  /**
   * How many moves were made before.
   */
  ply?: number;
  data?: {
    action?: OfferAction;
  };
}
/**
 * Says what the client would like to play, in place of what it said before: it may be challenged then, and is paired every few seconds. It holds as long as the session. Answer: accepted; each match that comes of it begins with joined and matchStarted.
 */
export interface ClientAvailability {
  type: "availability";
  id?: FrameId;
  data: {
    as: As;
    /**
     * The dearest first.
     *
     * @minItems 1
     * @maxItems 50
     */
    games: [GameId, ...GameId[]];
    /**
     * The dearest first; without any, matches have no clocks.
     *
     * @maxItems 20
     */
    timeControls?:
      | []
      | [TimeControl]
      | [TimeControl, TimeControl]
      | [TimeControl, TimeControl, TimeControl]
      | [TimeControl, TimeControl, TimeControl, TimeControl]
      | [TimeControl, TimeControl, TimeControl, TimeControl, TimeControl]
      | [TimeControl, TimeControl, TimeControl, TimeControl, TimeControl, TimeControl]
      | [TimeControl, TimeControl, TimeControl, TimeControl, TimeControl, TimeControl, TimeControl]
      | [TimeControl, TimeControl, TimeControl, TimeControl, TimeControl, TimeControl, TimeControl, TimeControl]
      | [
          TimeControl,
          TimeControl,
          TimeControl,
          TimeControl,
          TimeControl,
          TimeControl,
          TimeControl,
          TimeControl,
          TimeControl
        ]
      | [
          TimeControl,
          TimeControl,
          TimeControl,
          TimeControl,
          TimeControl,
          TimeControl,
          TimeControl,
          TimeControl,
          TimeControl,
          TimeControl
        ]
      | [
          TimeControl,
          TimeControl,
          TimeControl,
          TimeControl,
          TimeControl,
          TimeControl,
          TimeControl,
          TimeControl,
          TimeControl,
          TimeControl,
          TimeControl
        ]
      | [
          TimeControl,
          TimeControl,
          TimeControl,
          TimeControl,
          TimeControl,
          TimeControl,
          TimeControl,
          TimeControl,
          TimeControl,
          TimeControl,
          TimeControl,
          TimeControl
        ]
      | [
          TimeControl,
          TimeControl,
          TimeControl,
          TimeControl,
          TimeControl,
          TimeControl,
          TimeControl,
          TimeControl,
          TimeControl,
          TimeControl,
          TimeControl,
          TimeControl,
          TimeControl
        ]
      | [
          TimeControl,
          TimeControl,
          TimeControl,
          TimeControl,
          TimeControl,
          TimeControl,
          TimeControl,
          TimeControl,
          TimeControl,
          TimeControl,
          TimeControl,
          TimeControl,
          TimeControl,
          TimeControl
        ]
      | [
          TimeControl,
          TimeControl,
          TimeControl,
          TimeControl,
          TimeControl,
          TimeControl,
          TimeControl,
          TimeControl,
          TimeControl,
          TimeControl,
          TimeControl,
          TimeControl,
          TimeControl,
          TimeControl,
          TimeControl
        ]
      | [
          TimeControl,
          TimeControl,
          TimeControl,
          TimeControl,
          TimeControl,
          TimeControl,
          TimeControl,
          TimeControl,
          TimeControl,
          TimeControl,
          TimeControl,
          TimeControl,
          TimeControl,
          TimeControl,
          TimeControl,
          TimeControl
        ]
      | [
          TimeControl,
          TimeControl,
          TimeControl,
          TimeControl,
          TimeControl,
          TimeControl,
          TimeControl,
          TimeControl,
          TimeControl,
          TimeControl,
          TimeControl,
          TimeControl,
          TimeControl,
          TimeControl,
          TimeControl,
          TimeControl,
          TimeControl
        ]
      | [
          TimeControl,
          TimeControl,
          TimeControl,
          TimeControl,
          TimeControl,
          TimeControl,
          TimeControl,
          TimeControl,
          TimeControl,
          TimeControl,
          TimeControl,
          TimeControl,
          TimeControl,
          TimeControl,
          TimeControl,
          TimeControl,
          TimeControl,
          TimeControl
        ]
      | [
          TimeControl,
          TimeControl,
          TimeControl,
          TimeControl,
          TimeControl,
          TimeControl,
          TimeControl,
          TimeControl,
          TimeControl,
          TimeControl,
          TimeControl,
          TimeControl,
          TimeControl,
          TimeControl,
          TimeControl,
          TimeControl,
          TimeControl,
          TimeControl,
          TimeControl
        ]
      | [
          TimeControl,
          TimeControl,
          TimeControl,
          TimeControl,
          TimeControl,
          TimeControl,
          TimeControl,
          TimeControl,
          TimeControl,
          TimeControl,
          TimeControl,
          TimeControl,
          TimeControl,
          TimeControl,
          TimeControl,
          TimeControl,
          TimeControl,
          TimeControl,
          TimeControl,
          TimeControl
        ];
    /**
     * Whether matches without clocks are welcome, too.
     */
    untimed?: boolean;
    /**
     * All kinds, unless given.
     *
     * @minItems 1
     * @maxItems 3
     */
    opponents?: [OpponentKind] | [OpponentKind, OpponentKind] | [OpponentKind, OpponentKind, OpponentKind];
    /**
     * How many matches at once.
     */
    atOnce?: number;
    /**
     * Whether the server may pair; challenges come either way.
     */
    paired?: boolean;
    /**
     * Maintenance: nothing new for the time being.
     */
    paused?: boolean;
    /**
     * Only matches that count for ratings, or only such that do not; without it either: they count then, if they can.
     */
    rated?: boolean;
  };
}
/**
 * Asks somebody for a match; without to, whoever accepts first. Answer: challenge. Its matchId is the match's, if it comes to one.
 */
export interface ClientChallenge {
  type: "challenge";
  id?: FrameId;
  data: {
    as: As;
    to?: VisitorId;
    game: GameId;
    timeControl?: TimeControl;
    /**
     * The challenger's; either, unless given.
     */
    side?: "first" | "second";
    /**
     * Whether it counts for ratings; without it, it does if it can and the other side does not mind.
     */
    rated?: boolean;
  };
}
/**
 * Takes a challenge. Answers: joined, accepted, and matchStarted; the challenger hears joined and matchStarted.
 */
export interface ClientAcceptChallenge {
  type: "acceptChallenge";
  id?: FrameId;
  matchId: MatchId;
  data: {
    as: As;
  };
}
/**
 * Declines a challenge, or takes one's own back. Answer: accepted; the other side hears challengeEnded.
 */
export interface ClientDeclineChallenge {
  type: "declineChallenge";
  id?: FrameId;
  matchId: MatchId;
  data?: {
    reason?: DeclineReason;
  };
}
/**
 * Hears of a training run: answer runState, then runMetrics as its metrics grow, runGames, and runState again whenever it stands otherwise. After a broken connection it is said again.
 */
export interface ClientWatchRun {
  type: "watchRun";
  id?: FrameId;
  data: {
    runId: RunId;
  };
}
/**
 * Hears no more of it. Answer: accepted.
 */
export interface ClientUnwatchRun {
  type: "unwatchRun";
  id?: FrameId;
  data: {
    runId: RunId;
  };
}
/**
 * Asks whether the server is there. Answer: pong. Costs no quota.
 */
export interface ClientPing {
  type: "ping";
  id?: FrameId;
}
/**
 * The answer to the server's ping; it may be left out where the websocket's own pings are answered. Costs no quota.
 */
export interface ClientPong {
  type: "pong";
  id?: FrameId;
}
/**
 * Says by a token who the client is: the first frame, unless the token came in Authorization as the websocket was opened. Answer: authenticated.
 */
export interface ClientAuthenticate {
  type: "authenticate";
  id?: FrameId;
  data: {
    token: SecretToken;
  };
}
/**
 * Goes on with a session after a broken connection: the first frame of the new one. Frames after lastSeq come again, then resumed.
 */
export interface ClientResume {
  type: "resume";
  id?: FrameId;
  data: {
    sessionId: SessionId;
    /**
     * The seq of the newest frame that was heard.
     */
    lastSeq: number;
    /**
     * By match: for a server that has forgotten the session, because it was started anew.
     */
    seatTokens?: {
      [k: string]: SeatToken;
    };
  };
}
export interface Envelope {
  type: string;
  id?: FrameId;
  /**
   * Counts the session's frames from 1; hello, ping and pong carry the newest number again.
   */
  seq: number;
  matchId?: MatchId;
  ply?: Ply;
  ts: Time;
}
/**
 * What is on offer: by kind, the side that offers it.
 */
export interface Offers1 {
  draw?: Side;
  takeback?: Side;
}
export interface CreateMatch {
  game: GameId;
  first: SeatRequest;
  second: SeatRequest;
  timeControl?: TimeControl;
  /**
   * Whether it counts for ratings: between two different accounts or agents.
   */
  rated?: boolean;
}
export interface MatchCreated {
  match: Match;
  seatTokens: {
    first?: SeatToken;
    second?: SeatToken;
  };
}
export interface MatchAnswer {
  match: Match;
}
export interface MatchList {
  matches: Match[];
}
export interface AvailableList {
  available: Available[];
}
export interface QuotaList {
  quotas: Quota[];
}
export interface GameList {
  games: Game[];
}
export interface AgentList {
  agents: Level[];
}
export interface Analyse {
  game: GameId;
  /**
   * From the start of the game.
   *
   * @maxItems 1000
   */
  moves: Move[];
  agent: AgentSpec;
}
export interface Analysis {
  move: Move;
  /**
   * For the side to move.
   */
  value: number;
  proven: boolean;
  /**
   * Over the legal moves.
   */
  policy: {
    move: Move;
    probability: number;
    visits: number;
  }[];
}
export interface ReadRecords {
  /**
   * What stands in a file: SGF, PGN, PDN, GGF or lines of moves, which its text tells apart.
   */
  text: string;
}
/**
 * The games in a text as matches, which nobody has stored.
 */
export interface RecordsRead {
  games: {
    match: Match1;
    /**
     * Where it begins, from 1.
     */
    line: number;
    notes: RecordNote[];
  }[];
}
/**
 * A match, whole: whoever reads one needs nothing else.
 */
export interface Match1 {
  id: MatchId;
  game: GameId;
  seats: {
    first: Seat;
    second: Seat;
  };
  moves: Move[];
  ply: Ply;
  /**
   * null once the match is over.
   */
  toMove: Side | null;
  legalMoves: Move[];
  /**
   * Rows, the top one first; X is the first player's piece, O the second's. Where pieces differ: KQRBNP and kqrbnp in chess, K and k for the kings of draughts, capitals the first player's.
   */
  board: string[];
  outcome: Outcome;
  reason: Reason;
  winningSquares: Square[];
  timeControl?: TimeControl;
  clocks?: Clocks;
  offers?: Offers;
  createdAt: Time;
  /**
   * Whether it counts for ratings.
   */
  rated?: boolean;
}
export interface ClaimAccount {
  name: AccountName;
  password: Password;
}
export interface SignIn {
  name: AccountName;
  password: Password;
}
/**
 * What a browser is to sign: WebAuthn's challenge, and the id that a new passkey is made for. Both in base64url.
 */
export interface PasskeyChallenge {
  challenge: string;
  userId: string;
}
export interface PasskeyAnswer {
  credential: Credential;
}
export interface ClaimByPasskey {
  name: AccountName;
  credential: Credential;
}
export interface ChangePassword {
  current: Password;
  password: Password;
}
export interface AccountAnswer {
  /**
   * null for a guest.
   */
  account: Account | null;
}
export interface CreateBot {
  name: AccountName;
}
export interface BotCreated {
  bot: Account;
}
export interface BotList {
  bots: Account[];
}
export interface BotErrors {
  errors: {
    at: Time;
    /**
     * A refusal's, or closed where the server ended the bot's connection.
     */
    code: string;
    message: string;
    matchId?: MatchId;
  }[];
}
export interface CreateToken {
  /**
   * Stays the same as long as the account.
   */
  account: string;
  label: string;
  /**
   * @minItems 1
   * @maxItems 3
   */
  scopes: [Scope] | [Scope, Scope] | [Scope, Scope, Scope];
}
export interface TokenCreated {
  token: AccessToken;
  secret: SecretToken;
}
export interface TokenList {
  tokens: AccessToken[];
}
export interface TokenRevoked {}
export interface CreateTournament {
  name: Name;
  game: GameId;
  format: TournamentFormat;
  /**
   * Of a round robin or a Swiss; as many as usual if left out.
   */
  rounds?: number;
  /**
   * Of an arena.
   */
  minutes?: number;
  /**
   * All different, the strongest first.
   *
   * @minItems 2
   * @maxItems 64
   */
  players: [
    {
      kind: "agent";
      agent: AgentSpec;
    },
    {
      kind: "agent";
      agent: AgentSpec;
    },
    ...{
      kind: "agent";
      agent: AgentSpec;
    }[]
  ];
}
export interface TournamentAnswer {
  tournament: Tournament;
}
export interface TournamentList {
  tournaments: Tournament[];
}
export interface Ladder {
  game: GameId;
  pool: Pool;
  /**
   * The best first.
   */
  players: {
    player: Player;
    rating: Rating;
  }[];
}
export interface PlayerPage {
  player: Player;
  ratings: {
    game: GameId;
    pool: Pool;
    rating: Rating;
  }[];
  /**
   * The newest rated ones, newest first, at most 100.
   */
  matches: {
    matchId: MatchId;
    game: GameId;
    pool: Pool;
    endedAt: Time;
    opponent: Player;
    /**
     * 1 for a win, 0.5 for a draw.
     */
    score: number;
    /**
     * After it.
     */
    rating: number;
  }[];
}
/**
 * Checkpoints that can be looked into, by game, the newest first.
 */
export interface InsightList {
  checkpoints: {
    id: string;
    game: GameId;
    /**
     * Its form, such as residual:32x3.
     */
    network: string;
    /**
     * Training steps behind it.
     */
    step: number;
    /**
     * Whether it plays as net:latest.
     */
    latest: boolean;
  }[];
}
/**
 * What the network says of the position, and its layers.
 */
export interface InsightNetwork {
  /**
   * For the side to move.
   */
  value: number;
  policy: {
    move: Move;
    logit: number;
    probability: number;
  }[];
  layers: {
    name: string;
    height: number;
    width: number;
    channels: number;
    /**
     * Of each channel, over the board.
     */
    means: number[];
  }[];
}
export interface InsightLayer {
  layer: string;
  /**
   * By channel. The squares of the board from the bottom left, row by row.
   */
  channels: number[][];
}
/**
 * A neuron of the first layer adds up what it sees around a square, and gives nothing where that is below 0.
 */
export interface InsightNeuron {
  channel: number;
  /**
   * By plane: by what the nine squares around are multiplied, row by row from the top.
   */
  kernel: number[][];
  bias: number;
  /**
   * By plane: what is seen of the position. The squares of the board from the bottom left, row by row.
   */
  planes: number[][];
}
export interface InsightAttention {
  objective: string;
  method: "saliency" | "integrated" | "occlusion";
  score: number;
  /**
   * The number where nothing is seen.
   */
  baseline: number;
  /**
   * Of all shares.
   */
  sum: number;
  /**
   * The sum less what it explains, score - baseline: 0 is complete.
   */
  gap: number;
  steps: number;
  /**
   * The squares of the board from the bottom left, row by row.
   */
  squares: number[];
  /**
   * The shares by plane.
   */
  planes: number[];
}
export interface InsightExtremes {
  objective: string;
  positions: number;
  mean: number;
  /**
   * The share of positions where it is above 0.
   */
  active: number;
  most: InsightScored[];
  least: InsightScored[];
}
/**
 * What each method needs to make the network decide otherwise, and by how much it changes the planes of own and of the opponent's pieces.
 */
export interface InsightAttack {
  goal: "move" | "value";
  move: Move;
  value: number;
  results: {
    method: "fgsm" | "pgd" | "random";
    /**
     * The smallest change that deceives; null if none up to 1 does.
     */
    epsilon: number | null;
    move: Move | null;
    value: number | null;
    own: number[] | null;
    opponent: number[] | null;
  }[];
  /**
   * From the deceived root, by projected gradient descent on the move.
   */
  remedy: InsightVisited[];
}
/**
 * The smallest legal changes on which the network errs.
 */
export interface InsightChanges {
  original: InsightDeceived;
  tried: number;
  solved: number;
  wrong: number;
  deceived: InsightDeceived[];
  /**
   * In the first of them.
   */
  remedy: InsightVisited[];
}
export interface InsightRobustness {
  positions: number;
  /**
   * Whether a solver says what is right.
   */
  solved: boolean;
  /**
   * The share played rightly as they are.
   */
  clean: number;
  under: {
    method: "fgsm" | "pgd" | "random";
    epsilon: number;
    right: number;
  }[];
}
/**
 * Relaxed boards that excite, the nearest positions, and where legal changes led from those.
 */
export interface InsightFeatures {
  objective: string;
  pictures: {
    /**
     * The squares of the board from the bottom left, row by row.
     */
    own: number[];
    opponent: number[];
    /**
     * The number on the relaxed board.
     */
    relaxed: number;
    nearest: InsightScored;
    legal: InsightScored;
  }[];
}
export interface InsightDream {
  objective: string;
  frames: {
    /**
     * The squares of the board from the bottom left, row by row.
     */
    own: number[];
    opponent: number[];
    score: number;
    legal: InsightScored | null;
  }[];
}
/**
 * How well linear probes read concepts off each layer.
 */
export interface InsightConcepts {
  train: number;
  test: number;
  stages: {
    /**
     * false for a network of its form that has learnt nothing.
     */
    trained: boolean;
    probes: {
      concept: string;
      /**
       * Of the positions that have it.
       */
      share: number;
      layers: {
        layer: string;
        /**
         * 0.5 is chance, 1 is always.
         */
        ranking: number;
        control: number;
      }[];
    }[];
  }[];
}
/**
 * What is left out: random weights, the preset quick, its minutes. A fork has the configuration of the run that it comes from.
 */
export interface CreateRun {
  name?: Name;
  /**
   * Such as connect-four.
   */
  game?: string;
  preset?: string;
  /**
   * What differs from the preset.
   */
  config?: {
    [k: string]: unknown;
  };
  /**
   * How long it trains in all.
   */
  minutes?: number;
  seed?: number;
  from?: RunOrigin;
}
export interface ResumeRun {
  /**
   * How long it trains in all from now on; as before if left out.
   */
  minutes?: number;
}
export interface RunAnswer {
  run: Run;
}
export interface RunList {
  /**
   * The newest first.
   */
  runs: Run[];
}
/**
 * All lines of a run's metrics, column by column, so that no detail is lost and little is sent.
 */
export interface RunMetricsAnswer {
  generation: number;
  /**
   * How many there are in all: since for the next time.
   */
  lines: number;
  /**
   * By the lines' kind, such as progress or gate: for each field a list, null where a line has none. line is each line's number.
   */
  series: {
    [k: string]: {
      [k: string]: unknown[];
    };
  };
}
/**
 * The last games that a run had finished by some moment of it.
 */
export interface RunGamesAnswer {
  /**
   * How many there were by then.
   */
  finished: number;
  /**
   * The last first; none where the run keeps none.
   */
  games: FinishedGame[];
}
export interface CheckpointList {
  /**
   * The first first.
   */
  checkpoints: Checkpoint[];
}
export interface SeatCheckpoint {
  /**
   * Whether it joins the ladder as a rated player; only the run's owner says so.
   */
  ladder?: boolean;
}
/**
 * The checkpoint as an agent that can be played at once.
 */
export interface CheckpointSeated {
  agent: AgentSpec;
  run: Run;
}
/**
 * What a run can be told.
 */
export interface RunConfigDocument {
  /**
   * A JSON Schema of a configuration: each field with its group, range, default and a line about it.
   */
  schema: {
    [k: string]: unknown;
  };
  presets: {
    name: string;
    minutes: number;
    means: string;
    /**
     * All fields.
     */
    config: {
      [k: string]: unknown;
    };
  }[];
  /**
   * The most that a run may have here.
   */
  minutes: number;
}
export interface CheckConfig {
  game: GameId;
  preset?: string;
  /**
   * What differs from the preset.
   */
  config: {
    [k: string]: unknown;
  };
}
export interface ConfigChecked {
  /**
   * All of it.
   */
  config: {
    [k: string]: unknown;
  };
  /**
   * How many numbers the network learns.
   */
  weights: number;
  /**
   * Multiplications and additions that one position costs.
   */
  multiplyAdds?: number;
}
export interface Health {
  status: "ready" | "stopping";
  version: string;
}
export interface Error {
  error: Refusal;
}
/**
 * What a training run can be told. What is left out has the preset's value, or the default.
 */
export interface RunConfig {
  /**
   * How it learns: by search, by Double DQN, or by advantage actor-critic, the last two through RL4J.
   */
  algorithm?: "alphazero" | "dqn" | "a2c";
  /**
   * The form: residual:FILTERSxBLOCKS, mlp:WIDTHxDEPTH or recurrent:WIDTHxPOSITIONS.
   */
  network?: string;
  /**
   * What a layer does with the numbers that its weights give.
   */
  activation?: "relu" | "leaky" | "tanh";
  /**
   * The tree search.
   */
  search?: "gumbel" | "puct";
  /**
   * Simulations of a full search, whose moves become examples.
   */
  visits?: number;
  /**
   * Simulations of a search that only moves the game on.
   */
  fastVisits?: number;
  /**
   * By which factor both have grown at the end of the run, evenly over it.
   */
  visitsGrowth?: number;
  /**
   * The share of moves that get a full search and become examples (playout-cap randomisation).
   */
  fullShare?: number;
  /**
   * How much of the full searches' randomness the others have.
   */
  fastNoise?: number;
  /**
   * How many moves Gumbel's root samples.
   */
  consideredActions?: number;
  /**
   * Gumbel's c_scale: how much values count beside the policy.
   */
  valueScale?: number;
  /**
   * Games start with 0 to this many random moves, at most a third of the longest game.
   */
  openingPlies?: number;
  /**
   * How many games one thread plays at once, which share batches.
   */
  gamesPerThread?: number;
  /**
   * A side resigns below this value, or a lower one where that would often be wrong; -1 for never.
   */
  resignBelow?: number;
  /**
   * The share of the games that are played on, to see who would have resigned in vain.
   */
  resignCheckedShare?: number;
  /**
   * The most of them, as a share, that may not have lost in the end.
   */
  resignFalseShare?: number;
  /**
   * Evaluations remembered by all threads together: a power of two.
   */
  cacheSize?: number;
  /**
   * The most examples kept to learn from.
   */
  bufferCapacity?: number;
  /**
   * How many examples the window holds before it grows slower than the data.
   */
  windowScale?: number;
  /**
   * The share of the game's result in the value's target; the rest is the search's value.
   */
  resultShare?: number;
  /**
   * How often an example is learnt from, on average.
   */
  reuse?: number;
  /**
   * How many examples must be there before the first step.
   */
  firstExamples?: number;
  /**
   * How the weights descend the gradient.
   */
  optimizer?: "adamw" | "adam" | "sgd";
  /**
   * How much of the last step sgd keeps for the next.
   */
  momentum?: number;
  /**
   * Examples a step.
   */
  batch?: number;
  /**
   * The learning rate at its highest.
   */
  learningRate?: number;
  /**
   * How the rate falls over the run: not at all, in steps, or as a cosine.
   */
  schedule?: "constant" | "step" | "cosine";
  /**
   * Steps over which the rate climbs from 0.
   */
  warmUpSteps?: number;
  /**
   * The share of the rate that is left at the end of the run.
   */
  finalRateShare?: number;
  /**
   * How many equal drops take the rate there where the schedule is step.
   */
  rateDrops?: number;
  /**
   * Gradients longer than this are shortened to it; 0 for none.
   */
  clipNorm?: number;
  /**
   * The factor of the policy's cross-entropy in the error.
   */
  policyWeight?: number;
  /**
   * The factor of the value's squared error in the error.
   */
  valueWeight?: number;
  /**
   * How much of the weights' average, which plays, stays at each step.
   */
  averaging?: number;
  /**
   * How many threads a step takes, beside those of self-play.
   */
  learnerThreads?: number;
  /**
   * The decoupled decay of adamw; the L2 factor of adam and sgd.
   */
  weightDecay?: number;
  /**
   * The share of what both heads read that is left out at each step of learning.
   */
  dropout?: number;
  /**
   * The share of a step's examples that are seen as they deceive the network most (adversarial training).
   */
  adversarialShare?: number;
  /**
   * By how much each number that the network sees of them is changed at most.
   */
  adversarialEpsilon?: number;
  /**
   * Whether an example is seen through a random one of the game's symmetries.
   */
  symmetries?: boolean;
  /**
   * The share of the games that is never learnt from, to see how well what is learnt holds.
   */
  heldOutShare?: number;
  /**
   * The run ends by itself after so many examinations in a row without a lower error on held-out games (early stopping); 0 for never.
   */
  patience?: number;
  /**
   * How often the error on games learnt from and held out is measured.
   */
  examineSeconds?: number;
  /**
   * How often self-play gets new weights.
   */
  publishSeconds?: number;
  /**
   * How often a candidate is measured, and meets the best.
   */
  gateSeconds?: number;
  /**
   * How many games they play: an even number. Fewer against the tree search where that is slow, so that they last no longer than the time between gates.
   */
  gateGames?: number;
  /**
   * Simulations a move in those games.
   */
  gateVisits?: number;
  /**
   * The share of the points that promotes.
   */
  gateScore?: number;
  /**
   * What a result is worth one move earlier.
   */
  discount?: number;
  /**
   * dqn: over so many moves the share of random ones falls from 1.
   */
  explorationMoves?: number;
  /**
   * dqn: to this.
   */
  explorationShare?: number;
  /**
   * dqn: after so many steps the target network gets the weights.
   */
  targetSteps?: number;
  /**
   * a2c: what a nat of the policy's entropy is worth.
   */
  entropyWeight?: number;
  /**
   * How many past selves are kept as opponents; the first always is.
   */
  poolSize?: number;
  /**
   * After so many steps another past self joins them.
   */
  poolSteps?: number;
}
