import type { Board, Mark, Square } from "./board";

const DIRECTIONS = [-1, 0, 1].flatMap((up) => [-1, 0, 1].map((right) => [up, right] as const));

/** The discs that turn over when one is put on a square: those in a line between it and another of its colour. */
export function flipped(board: Board, { column, row }: Square, mine: Mark, theirs: Mark): Square[] {
  return DIRECTIONS.flatMap(([up, right]) => {
    const run: Square[] = [];
    let at = { column: column + right, row: row + up };
    while (board[at.row]?.[at.column] === theirs) {
      run.push(at);
      at = { column: at.column + right, row: at.row + up };
    }
    return board[at.row]?.[at.column] === mine ? run : [];
  });
}
