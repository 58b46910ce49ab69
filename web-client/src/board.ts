import type { Game } from "./protocol";

/** "X" is the first player's piece, "O" the second's, "." a free square. */
export type Mark = "X" | "O" | ".";

/** Squares by row, row 0 at the bottom, then by column. */
export type Board = Mark[][];

export interface Placed {
  board: Board;
  /** Where the last move went. */
  last: { column: number; row: number } | null;
}

/** The column of a move, and its row where the move names one. */
export function square(game: Game, move: string): { column: number; row: number | null } {
  return game.board.kind === "drop"
    ? { column: Number(move) - 1, row: null }
    : { column: move.charCodeAt(0) - 97, row: Number(move.slice(1)) - 1 };
}

/** The move that a square stands for. */
export function moveAt(game: Game, column: number, row: number): string {
  return game.board.kind === "drop" ? String(column + 1) : String.fromCharCode(97 + column) + (row + 1);
}

/** The board after the first `ply` moves. */
export function boardAfter(game: Game, moves: string[], ply: number): Placed {
  const board: Board = Array.from({ length: game.board.height }, () =>
    Array.from({ length: game.board.width }, (): Mark => "."),
  );
  let last: Placed["last"] = null;
  moves.slice(0, ply).forEach((move, index) => {
    const target = square(game, move);
    const row = target.row ?? board.findIndex((squares) => squares[target.column] === ".");
    const squares = board[row];
    if (squares) {
      squares[target.column] = index % 2 === 0 ? "X" : "O";
      last = { column: target.column, row };
    }
  });
  return { board, last };
}

/** The row that a move to this square would land on, or null if there is no room. */
export function landing(game: Game, board: Board, column: number, row: number): number | null {
  if (game.board.kind === "place") return board[row]?.[column] === "." ? row : null;
  const free = board.findIndex((squares) => squares[column] === ".");
  return free < 0 ? null : free;
}
