import { other, type Game, type Side } from "./protocol";
import { flipped } from "./flip";

/** "X" is the first player's piece, "O" the second's, "." a free square. */
export type Mark = "X" | "O" | ".";

/** Squares by row, row 0 at the bottom, then by column. */
export type Board = Mark[][];

export interface Square {
  column: number;
  row: number;
}

export interface Placed {
  board: Board;
  /** Where the last move went. */
  last: Square | null;
  /** Where it came from, in games whose pieces move. */
  from: Square | null;
}

const markOf = (side: Side): Mark => (side === "first" ? "X" : "O");

export const squareName = ({ column, row }: Square): string => String.fromCharCode(97 + column) + (row + 1);

function named(name: string): Square {
  return { column: name.charCodeAt(0) - 97, row: Number(name.slice(1)) - 1 };
}

/** The squares of a move: one where a piece is put, two where one moves, none of `pass` and `swap`. */
export function squaresOf(game: Game, move: string): { column: number; row: number | null }[] {
  if (game.board.kind === "drop") return [{ column: Number(move) - 1, row: null }];
  return (move.match(/[a-z]\d+/g) ?? []).map(named);
}

/** The move that touching one square makes, in games whose pieces are put there. */
export function moveAt(game: Game, column: number, row: number): string {
  return game.board.kind === "drop" ? String(column + 1) : squareName({ column, row });
}

/** Moves that are words, such as `pass`: no square stands for them. */
export const wordsAmong = (moves: string[]): string[] => moves.filter((move) => /^[a-z]+$/.test(move));

function start({ kind, width, height }: Game["board"]): Board {
  const board: Board = Array.from({ length: height }, () => Array.from({ length: width }, (): Mark => "."));
  if (kind === "step") {
    for (const row of [0, 1]) board[row]!.fill("X");
    for (const row of [height - 2, height - 1]) board[row]!.fill("O");
  } else if (kind === "flip") {
    const [low, high] = [width / 2 - 1, width / 2];
    board[low]![low] = board[high]![high] = "O";
    board[low]![high] = board[high]![low] = "X";
  }
  return board;
}

/** The board after the first `ply` moves. */
export function boardAfter(game: Game, moves: string[], ply: number): Placed {
  const placed: Placed = { board: start(game.board), last: null, from: null };
  moves.slice(0, ply).forEach((move, index) => play(game, placed, move, index % 2 === 0 ? "first" : "second"));
  return placed;
}

function play(game: Game, placed: Placed, move: string, side: Side) {
  const { board } = placed;
  const squares = squaresOf(game, move);
  placed.from = null;
  if (move === "swap" && placed.last) {
    // The second player gets the mirror image of the first stone.
    const { column, row } = placed.last;
    board[row]![column] = ".";
    board[column]![row] = markOf(side);
    placed.from = placed.last;
    placed.last = { column: row, row: column };
    return;
  }
  const target = squares.at(-1);
  if (!target) {
    placed.last = null;
    return;
  }
  const row = target.row ?? board.findIndex((line) => line[target.column] === ".");
  if (board[row]?.[target.column] === undefined) return;
  const last = { column: target.column, row };
  if (squares.length === 2) {
    placed.from = { column: squares[0]!.column, row: squares[0]!.row ?? 0 };
    board[placed.from.row]![placed.from.column] = ".";
  }
  board[row]![target.column] = markOf(side);
  if (game.board.kind === "flip") {
    for (const turned of flipped(board, last, markOf(side), markOf(other(side)))) {
      board[turned.row]![turned.column] = markOf(side);
    }
  }
  placed.last = last;
}

/** The row that a piece put on this square would land on, or null if there is no room. */
export function landing(game: Game, board: Board, column: number, row: number): number | null {
  if (game.board.kind !== "drop") return board[row]?.[column] === "." ? row : null;
  const free = board.findIndex((squares) => squares[column] === ".");
  return free < 0 ? null : free;
}

/** How many pieces a side has. */
export function count(board: Board, side: Side): number {
  return board.flat().filter((mark) => mark === markOf(side)).length;
}
