/** The protocol's things. All but the last are generated from its schemas. */
export type {
  Analysis,
  ClientFrame,
  Game,
  Ladder,
  Level,
  Match,
  MatchCreated,
  Outcome,
  Player,
  PlayerKind,
  PlayerPage,
  Rating,
  Seat,
  SeatRequest,
  ServerFrame,
  Side,
  Tournament,
} from "./protocol.generated";
import type { Ladder, Side } from "./protocol.generated";

export type LadderRow = Ladder["players"][number];

export const other = (side: Side): Side => (side === "first" ? "second" : "first");
