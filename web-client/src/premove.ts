import { squaresOf, type Square } from "./board";
import type { Game } from "./protocol";

/** A move made before it is one's turn: by its squares, as only the answer shows what else is in it. */
export interface Queued {
  /** Null in games whose pieces are put on the board. */
  from: Square | null;
  to: Square;
  /**
   * Whether it is meant: where pieces are put on the board a stray touch in the other side's turn would do as well, and
   * only a second one on the same square means it.
   */
  sure: boolean;
}

/** What waits after a touch of a square in the other side's turn, where pieces are put on the board; null for nothing. */
export function touchedAhead(waiting: Queued | null, to: Square, isSame: boolean): Queued | null {
  if (waiting === null || (!waiting.sure && !isSame)) return { from: null, to, sure: false };
  return waiting.sure ? null : { ...waiting, sure: true };
}

/** The legal move that was meant; of several the one that makes a queen. Null where none is. */
export function queuedMove(game: Game, { from, to }: Queued, legal: string[]): string | null {
  const fitting = legal.filter((move) => {
    const squares = squaresOf(game, move);
    const [first, last] = [squares[0], squares.at(-1)];
    return (
      last?.column === to.column &&
      (last.row === null || last.row === to.row) &&
      (from === null || (first?.column === from.column && first.row === from.row))
    );
  });
  return fitting.find((move) => move.endsWith("q")) ?? fitting[0] ?? null;
}
