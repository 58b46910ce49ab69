import type {
  AccessToken,
  Account,
  AccountAnswer,
  Analysis,
  Available,
  BotErrors,
  Checkpoint,
  CheckpointSeated,
  ConfigChecked,
  CreateRun,
  Credential,
  Game,
  Ladder,
  Level,
  Match,
  MatchCreated,
  PlayerKind,
  PasskeyChallenge,
  PlayerPage,
  Run,
  RunConfigDocument,
  RecordFormat,
  RecordGame,
  RunGamesAnswer,
  RunMetricsAnswer,
  Quota,
  SeatRequest,
  Side,
  TimeControl,
  TokenCreated,
  Tournament,
} from "./protocol";

/** What the server refused, by its code. */
export class ApiError extends Error {
  constructor(
    readonly code: string,
    message: string,
  ) {
    super(message);
  }
}

export async function request<T>(
  path: string,
  body?: object,
  signal?: AbortSignal,
  method = body ? "POST" : "GET",
): Promise<T> {
  let response: Response;
  try {
    response = await fetch(`/api/v1${path}`, {
      method,
      headers: body ? { "Content-Type": "application/json" } : {},
      body: body ? JSON.stringify(body) : null,
      signal: signal ?? null,
    });
  } catch (problem) {
    if (signal?.aborted) throw problem;
    throw new ApiError("offline", "The server cannot be reached.");
  }
  const json = await response.json();
  if (!response.ok) throw new ApiError(json.error.code, json.error.message);
  return json as T;
}

/** Who this browser's visitor is, and the bots and tokens of whoever is signed in. */
export const accountApi = {
  who: () => request<AccountAnswer>("/account").then((answer) => answer.account),
  claim: (name: string, password: string) =>
    request<AccountAnswer>("/account", { name, password }).then((answer) => answer.account),
  signIn: (name: string, password: string) =>
    request<AccountAnswer>("/account/sign-in", { name, password }).then((answer) => answer.account),
  signOut: () => request<AccountAnswer>("/account/sign-out", {}).then((answer) => answer.account),
  changePassword: (current: string, password: string) =>
    request<AccountAnswer>("/account/password", { current, password }).then((answer) => answer.account),
  passkeyChallenge: () => request<PasskeyChallenge>("/account/passkey/challenge", {}),
  claimByPasskey: (name: string, credential: Credential) =>
    request<AccountAnswer>("/account/passkey", { name, credential }).then((answer) => answer.account),
  signInByPasskey: (credential: Credential) =>
    request<AccountAnswer>("/account/passkey/sign-in", { credential }).then((answer) => answer.account),
  addPasskey: (credential: Credential) => request<object>("/account/passkey/add", { credential }),
  bots: () => request<{ bots: Account[] }>("/account/bots").then((answer) => answer.bots),
  createBot: (name: string) => request<{ bot: Account }>("/account/bots", { name }).then((answer) => answer.bot),
  botErrors: (bot: string) =>
    request<BotErrors>(`/account/bots/${encodeURIComponent(bot)}/errors`).then((answer) => answer.errors),
  tokens: () => request<{ tokens: AccessToken[] }>("/account/tokens").then((answer) => answer.tokens),
  createToken: (account: string, label: string) =>
    request<TokenCreated>("/account/tokens", { account, label, scopes: ["bot:play"] }),
  revoke: (token: string) => request<object>(`/account/tokens/${encodeURIComponent(token)}`, undefined, undefined, "DELETE"),
};

const run = (answer: { run: Run }) => answer.run;
const address = (id: string) => `/runs/${encodeURIComponent(id)}`;

/** Training runs. */
export const runApi = {
  list: () => request<{ runs: Run[] }>("/runs").then((answer) => answer.runs),
  look: (id: string) => request<{ run: Run }>(address(id)).then(run),
  create: (wish: CreateRun) => request<{ run: Run }>("/runs", wish).then(run),
  pause: (id: string) => request<{ run: Run }>(`${address(id)}/pause`, {}).then(run),
  resume: (id: string, minutes: number | null) =>
    request<{ run: Run }>(`${address(id)}/resume`, minutes === null ? {} : { minutes }).then(run),
  stop: (id: string) => request<{ run: Run }>(`${address(id)}/stop`, {}).then(run),
  remove: (id: string) => request<{ run: Run }>(address(id), undefined, undefined, "DELETE").then(run),
  metrics: (id: string) => request<RunMetricsAnswer>(`${address(id)}/metrics`),
  games: (id: string, seconds: number) => request<RunGamesAnswer>(`${address(id)}/games?seconds=${seconds}`),
  checkpoints: (id: string) =>
    request<{ checkpoints: Checkpoint[] }>(`${address(id)}/checkpoints`).then((answer) => answer.checkpoints),
  seat: (id: string, checkpoint: string, ladder: boolean) =>
    request<CheckpointSeated>(`${address(id)}/checkpoints/${encodeURIComponent(checkpoint)}/agent`, { ladder }),
  config: () => request<RunConfigDocument>("/run-config"),
  check: (game: string, preset: string, config: object, signal: AbortSignal) =>
    request<ConfigChecked>("/run-config", { game, preset, config }, signal),
  file: (id: string, checkpoint: string) => `/api/v1${address(id)}/checkpoints/${encodeURIComponent(checkpoint)}`,
};

export const api = {
  games: () => request<{ games: Game[] }>("/games").then((answer) => answer.games),
  agents: (game: string) =>
    request<{ agents: Level[] }>(`/agents?game=${encodeURIComponent(game)}`).then((answer) => answer.agents),
  available: () => request<{ available: Available[] }>("/available").then((answer) => answer.available),
  matches: (status: "ongoing" | "over", limit: number) =>
    request<{ matches: Match[] }>(`/matches?status=${status}&limit=${limit}&agents=false&live=true`).then((answer) => answer.matches),
  match: (id: string) => request<{ match: Match }>(`/matches/${encodeURIComponent(id)}`).then((answer) => answer.match),
  create: (game: string, seats: Record<Side, SeatRequest>, timeControl: TimeControl | null) =>
    request<MatchCreated>("/matches", { game, ...seats, ...(timeControl && { timeControl }) }),
  quotas: () => request<{ quotas: Quota[] }>("/quota").then((answer) => answer.quotas),
  ladder: (game: string, pool: string, kind: PlayerKind | null) =>
    request<Ladder>(`/ladder?game=${encodeURIComponent(game)}&pool=${pool}${kind === null ? "" : `&kind=${kind}`}`).then((answer) => answer.players),
  player: (id: string) => request<PlayerPage>(`/players/${encodeURIComponent(id)}`),
  tournaments: () => request<{ tournaments: Tournament[] }>("/tournaments").then((answer) => answer.tournaments),
  tournament: (id: string) =>
    request<{ tournament: Tournament }>(`/tournaments/${encodeURIComponent(id)}`).then((answer) => answer.tournament),
  record: (match: string, format: RecordFormat) => `/api/v1/matches/${encodeURIComponent(match)}/record?format=${format}`,
  readRecords: (text: string) => request<{ games: RecordGame[] }>("/records", { text }).then((answer) => answer.games),
  analyse: (game: string, moves: string[], agent: string, signal: AbortSignal) =>
    request<Analysis>("/analyse", { game, moves, agent }, signal),
};
