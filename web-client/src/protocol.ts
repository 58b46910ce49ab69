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
  Ladder,
  Level,
  Match,
  MatchCreated,
  OfferAction,
  OfferKind,
  Offers,
  Outcome,
  Player,
  PlayerKind,
  PlayerPage,
  Rating,
  Seat,
  SeatRequest,
  ServerFrame,
  Side,
  TimeControl,
  TokenCreated,
  Tournament,
} from "./protocol.generated";
import type { Ladder, Side } from "./protocol.generated";

export type LadderRow = Ladder["players"][number];

export const other = (side: Side): Side => (side === "first" ? "second" : "first");
