/** The protocol's things, as docs/protocol/protocol.md describes them. */

export type Side = "first" | "second";
export type Outcome = "ongoing" | "first" | "second" | "draw";

export interface Game {
  id: string;
  title: string;
  board: { kind: "drop" | "place"; width: number; height: number };
  moveSeparator: string;
}

export type Seat =
  | { kind: "person"; name: string }
  | { kind: "bot"; name: string }
  | { kind: "agent"; agent: string; name: string }
  | { kind: "open" };

export interface Match {
  id: string;
  game: string;
  seats: Record<Side, Seat>;
  moves: string[];
  ply: number;
  toMove: Side | null;
  legalMoves: string[];
  board: string[];
  outcome: Outcome;
  reason: "line" | "fullBoard" | "resignation" | null;
  winningSquares: [number, number][];
  createdAt: number;
}

export interface Level {
  agent: string;
  name: string;
  kind: "random" | "search" | "checkpoint" | "perfect";
  level: number;
  /** Where a network came from; without a file it is the one that comes with Tabula. */
  checkpoint?: { file?: string; step: number; minutes?: number };
}

export interface Analysis {
  move: string;
  /** In [-1, 1] for the side to move. */
  value: number;
  proven: boolean;
  policy: { move: string; probability: number; visits: number }[];
}

type MatchChange = Omit<Match, "id" | "game" | "seats" | "createdAt" | "moves"> & {
  move: string | null;
  by: Side | null;
  moves?: string[];
};

interface Envelope<Type extends string, Data> {
  type: Type;
  id?: string;
  seq: number;
  matchId?: string;
  ply?: number;
  data: Data;
}

/** What the server says. Types that this page does not know are ignored. */
export type ServerFrame =
  | Envelope<"hello", { protocol: string; server: string; heartbeatMs: number }>
  | Envelope<"matchStarted", { match: Match }>
  | Envelope<"matchState", MatchChange>
  | Envelope<"matchEnded", { outcome: Outcome; reason: Match["reason"] }>
  | Envelope<"seatTaken", { side: Side; seat: Seat }>
  | Envelope<"joined", { side: Side; seatToken: string }>
  | Envelope<"moveAccepted", { move: string }>
  | Envelope<"accepted", object>
  | Envelope<"pong", object>
  | Envelope<"unwatched", object>
  | Envelope<"refused", { code: string; message: string; retryable: boolean }>;

export const other = (side: Side): Side => (side === "first" ? "second" : "first");
