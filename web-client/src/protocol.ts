/** The protocol's things. All but the last are generated from its schemas. */
export type {
  AccessToken,
  Account,
  AccountAnswer,
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
  TokenCreated,
} from "./protocol.generated";
import type { Side } from "./protocol.generated";

export const other = (side: Side): Side => (side === "first" ? "second" : "first");
