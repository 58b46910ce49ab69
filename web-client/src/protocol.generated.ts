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
 * Whoever has it may go on with the session: keep it to yourself.
 */
export type SessionId = string;
/**
 * How many moves were made before.
 */
export type Ply = number;
/**
 * Milliseconds since 1970, UTC, by the server's clock.
 */
export type Time = number;
export type Side = "first" | "second";
export type Outcome = "ongoing" | "first" | "second" | "draw";
/**
 * How the match ended; null while it goes on.
 */
export type Reason = "line" | "fullBoard" | "goal" | "capture" | "count" | "connection" | "resignation" | null;
/**
 * Column and row, row 0 at the bottom.
 *
 * @minItems 2
 * @maxItems 2
 */
export type Square = [number, number];
/**
 * Who holds a side of a match.
 */
export type Seat = PersonSeat | BotSeat | AgentSeat | OpenSeat;
/**
 * person and bot seat the caller, who gets the seat's token.
 */
export type SeatRequest =
  | {
      kind: "person";
      name?: string;
    }
  | BotSeat
  | {
      kind: "agent";
      agent: AgentSpec;
    }
  | OpenSeat;
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
 * What changed: after each move, and after a takeback.
 */
export type ServerMatchState = Envelope & {
  type: "matchState";
  data: {
    /**
     * The move; null after a takeback.
     */
    move: Move | null;
    /**
     * The whole list, after a takeback only.
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
 * No more events of this match.
 */
export type ServerUnwatched = Envelope & {
  type: "unwatched";
  data: {};
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
 * Asks whether the client is there, every heartbeatMs.
 */
export type ServerPing = Envelope & {
  type: "ping";
  data: {};
};
/**
 * The answer to ping.
 */
export type ServerPong = Envelope & {
  type: "pong";
  data: {};
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
  | ClientTakeback
  | ClientPing
  | ClientPong
  | ClientResume;
export type ServerFrame =
  | ServerHello
  | ServerMatchStarted
  | ServerMatchState
  | ServerMatchEnded
  | ServerSeatTaken
  | ServerJoined
  | ServerMoveAccepted
  | ServerAccepted
  | ServerUnwatched
  | ServerResumed
  | ServerDraining
  | ServerPing
  | ServerPong
  | ServerRefused;

export interface Protocol {
  [k: string]: unknown;
}
export interface Game {
  id: GameId;
  title: string;
  board: {
    /**
     * drop: a move is a column, 1 from the left. place: a move is a square, a file and a rank, a1 at the bottom left. step: a move is two squares, from and to. flip: as place, and pieces turn over; or pass. point: as place, on the crossings of lines. hex: as place, on hexagons; or swap.
     */
    kind: "drop" | "place" | "step" | "flip" | "point" | "hex";
    width: number;
    height: number;
  };
  /**
   * What stands between moves where a list of them is written as one text.
   */
  moveSeparator: string;
}
export interface PersonSeat {
  kind: "person";
  name: Name;
}
/**
 * A bot is always shown as one.
 */
export interface BotSeat {
  kind: "bot";
  name: Name;
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
   * Rows, the top one first; X is the first player's.
   */
  board: string[];
  outcome: Outcome;
  reason: Reason;
  winningSquares: Square[];
  createdAt: Time;
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
    | "rate_limited"
    | "unavailable"
    | "draining"
    | "unsupported_protocol"
    | "forbidden"
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
 * Against an agent: takes the own last move and the answer to it back. Answer: accepted, then matchState.
 */
export interface ClientTakeback {
  type: "takeback";
  id?: FrameId;
  matchId: MatchId;
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
export interface CreateMatch {
  game: GameId;
  first: SeatRequest;
  second: SeatRequest;
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
export interface Health {
  status: "ready" | "stopping";
  version: string;
}
export interface Error {
  error: Refusal;
}
