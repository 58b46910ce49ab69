/** The protocol's things. All but the last are generated from its schemas. */
export type {
  Analysis,
  ClientFrame,
  Game,
  Level,
  Match,
  MatchCreated,
  Outcome,
  Seat,
  SeatRequest,
  ServerFrame,
  Side,
} from "./protocol.generated";
import type { Side } from "./protocol.generated";

export const other = (side: Side): Side => (side === "first" ? "second" : "first");
