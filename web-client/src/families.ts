import type { Game } from "./protocol";

/** Games that share their rules, on boards of several sizes. */
export interface Family {
  id: string;
  /** The smallest board first. */
  games: Game[];
}

export const familyOf = (game: Game): string => game.id.replace(/-\d+$/, "");

/** In the order of their first games. */
export function families(games: Game[]): Family[] {
  const ids = [...new Set(games.map(familyOf))];
  const area = ({ board }: Game) => board.width * board.height;
  return ids.map((id) => ({
    id,
    games: games.filter((game) => familyOf(game) === id).sort((one, other) => area(one) - area(other)),
  }));
}
