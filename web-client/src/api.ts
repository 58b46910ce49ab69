import type { Analysis, Game, Ladder, Level, Match, MatchCreated, PlayerKind, PlayerPage, SeatRequest, Side, Tournament } from "./protocol";

/** What the server refused, by its code. */
export class ApiError extends Error {
  constructor(
    readonly code: string,
    message: string,
  ) {
    super(message);
  }
}

async function request<T>(path: string, body?: object, signal?: AbortSignal): Promise<T> {
  let response: Response;
  try {
    response = await fetch(`/api/v1${path}`, {
      method: body ? "POST" : "GET",
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

export const api = {
  games: () => request<{ games: Game[] }>("/games").then((answer) => answer.games),
  agents: (game: string) =>
    request<{ agents: Level[] }>(`/agents?game=${encodeURIComponent(game)}`).then((answer) => answer.agents),
  matches: (limit: number) => request<{ matches: Match[] }>(`/matches?limit=${limit}`).then((answer) => answer.matches),
  create: (game: string, seats: Record<Side, SeatRequest>) =>
    request<MatchCreated>("/matches", { game, ...seats }),
  ladder: (game: string, kind: PlayerKind | null) =>
    request<Ladder>(`/ladder?game=${encodeURIComponent(game)}${kind === null ? "" : `&kind=${kind}`}`).then((answer) => answer.players),
  player: (id: string) => request<PlayerPage>(`/players/${encodeURIComponent(id)}`),
  tournaments: () => request<{ tournaments: Tournament[] }>("/tournaments").then((answer) => answer.tournaments),
  tournament: (id: string) =>
    request<{ tournament: Tournament }>(`/tournaments/${encodeURIComponent(id)}`).then((answer) => answer.tournament),
  analyse: (game: string, moves: string[], agent: string, signal: AbortSignal) =>
    request<Analysis>("/analyse", { game, moves, agent }, signal),
};
