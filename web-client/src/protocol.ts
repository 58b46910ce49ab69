/** The protocol's things. All but the last are generated from its schemas. */
export type {
  AccessToken,
  Account,
  AccountAnswer,
  Analysis,
  Available,
  ClientFrame,
  Clocks,
  Game,
  Level,
  Match,
  MatchCreated,
  OfferAction,
  OfferKind,
  Offers,
  Outcome,
  Seat,
  SeatRequest,
  ServerFrame,
  Side,
  TimeControl,
  TokenCreated,
} from "./protocol.generated";
import type { Side } from "./protocol.generated";

export const other = (side: Side): Side => (side === "first" ? "second" : "first");
