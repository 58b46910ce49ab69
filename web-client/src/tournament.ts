import type { Tournament } from "./protocol";

/** What a player scored against another one, game by game, with the match to look at. */
export interface Result {
  matchId: string;
  /** null while it goes on. */
  score: number | null;
}

/** By player and opponent, in the order of the standings: the rows and columns of the crosstable. */
export function crosstable(tournament: Tournament): Result[][][] {
  const order = tournament.standings.map((standing) => standing.player);
  const place = new Map(order.map((player, index) => [player, index]));
  const table: Result[][][] = order.map(() => order.map(() => []));
  for (const game of tournament.games ?? []) {
    const first = place.get(game.first);
    const second = place.get(game.second);
    if (first === undefined || second === undefined) continue;
    table[first]![second]!.push({ matchId: game.matchId, score: game.score });
    table[second]![first]!.push({ matchId: game.matchId, score: game.score === null ? null : 1 - game.score });
  }
  return table;
}

/** A score as tables write it. */
export const mark = (score: number | null) => (score === null ? "·" : score === 0.5 ? "½" : String(score));

/** Points as tables write them, such as 2½. */
export function points(value: number): string {
  const whole = Math.floor(value);
  return value === whole ? String(whole) : `${whole === 0 ? "" : whole}½`;
}
