/** The protocol's things. All but the last are generated from its schemas. */
export type {
  AccessToken,
  Account,
  AccountAnswer,
  Analysis,
  Available,
  BotErrors,
  Checkpoint,
  CheckpointSeated,
  ClientFrame,
  Clocks,
  ConfigChecked,
  CreateRun,
  Credential,
  Game,
  InsightAttack,
  InsightAttention,
  InsightChanges,
  InsightConcepts,
  InsightDream,
  InsightExtremes,
  InsightFeatures,
  InsightLayer,
  InsightList,
  InsightNetwork,
  InsightNeuron,
  InsightRobustness,
  InsightVisited,
  Ladder,
  Level,
  LiveGame,
  Match,
  MatchCreated,
  OfferAction,
  OfferKind,
  Offers,
  Outcome,
  Player,
  PlayerKind,
  PasskeyChallenge,
  PlayerPage,
  Quota,
  Rating,
  RecordFormat,
  RecordsRead,
  Run,
  RunConfigDocument,
  RunGamesAnswer,
  RunMetricsAnswer,
  Seat,
  SeatRequest,
  ServerFrame,
  ServerSpectators,
  Side,
  TimeControl,
  TokenCreated,
  Tournament,
} from "./protocol.generated";
import type { Ladder, RecordsRead, Side } from "./protocol.generated";

export type RecordGame = RecordsRead["games"][number];

export type LadderRow = Ladder["players"][number];

export const other = (side: Side): Side => (side === "first" ? "second" : "first");

/** Who moves after so many moves: sides take turns. */
export const sideAt = (ply: number): Side => (ply % 2 === 0 ? "first" : "second");
