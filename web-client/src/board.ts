import { other, sideAt, type Game, type Side } from "./protocol";
import { flipped } from "./flip";
import { surrounded } from "./surround";

/**
 * "X" is the first player's piece, "O" the second's, "." a free square. In chess a piece is its letter, and so is a king
 * in draughts: a capital one the first player's.
 */
export type Mark = "X" | "O" | "." | "K" | "Q" | "R" | "B" | "N" | "P" | "k" | "q" | "r" | "b" | "n" | "p";

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
  /** How many stones each side has taken off. */
  taken: Record<Side, number>;
}

/** Kinds of boards on which a piece is chosen, and then its target. */
export const piecesMove = ({ board }: Game): boolean =>
  board.kind === "step" || board.kind === "chess" || board.kind === "draughts";

/** Whose piece it is. */
export function sideOf(mark: Mark | undefined): Side | null {
  if (mark === undefined || mark === ".") return null;
  return mark !== "O" && mark === mark.toUpperCase() ? "first" : "second";
}

const markOf = (side: Side): Mark => (side === "first" ? "X" : "O");

export const squareName = ({ column, row }: Square): string => String.fromCharCode(97 + column) + (row + 1);

function named(name: string): Square {
  return { column: name.charCodeAt(0) - 97, row: Number(name.slice(1)) - 1 };
}

/** The dark squares of draughts, 1 at the first player's right. */
function numbered(number: number): Square {
  const row = Math.floor((number - 1) / 4);
  return { column: 2 * (3 - ((number - 1) % 4)) + (row % 2), row };
}

/** The squares of a move: one where a piece is put, two or more where one moves, none of `pass` and `swap`. */
export function squaresOf(game: Game, move: string): { column: number; row: number | null }[] {
  if (game.board.kind === "drop") return [{ column: Number(move) - 1, row: null }];
  if (game.board.kind === "draughts") return (move.match(/\d+/g) ?? []).map((number) => numbered(Number(number)));
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
  } else if (kind === "chess") {
    board[0] = [..."RNBQKBNR"] as Mark[];
    board[1]!.fill("P");
    board[6]!.fill("p");
    board[7] = [..."rnbqkbnr"] as Mark[];
  } else if (kind === "draughts") {
    for (let number = 1; number <= 32; number++) {
      const { column, row } = numbered(number);
      if (row < 3 || row > 4) board[row]![column] = row < 3 ? "X" : "O";
    }
  }
  return board;
}

/** The board after the first `ply` moves. */
export function boardAfter(game: Game, moves: string[], ply: number): Placed {
  const placed: Placed = { board: start(game.board), last: null, from: null, taken: { first: 0, second: 0 } };
  moves.slice(0, ply).forEach((move, index) => play(game, placed, move, sideAt(index)));
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
  if (piecesMove(game)) {
    movePiece(game, placed, move, squares as Square[]);
    return;
  }
  const row = target.row ?? board.findIndex((line) => line[target.column] === ".");
  if (board[row]?.[target.column] === undefined) return;
  const last = { column: target.column, row };
  board[row]![target.column] = markOf(side);
  if (game.board.kind === "flip") {
    for (const turned of flipped(board, last, markOf(side), markOf(other(side)))) {
      board[turned.row]![turned.column] = markOf(side);
    }
  }
  if (game.board.kind === "surround") {
    // The opponent's stones first; only what then has no liberty of one's own goes too.
    for (const colour of [other(side), side]) {
      const stones = surrounded(board, markOf(colour));
      for (const stone of stones) board[stone.row]![stone.column] = ".";
      placed.taken[other(colour)] += stones.length;
    }
  }
  placed.last = last;
}

function movePiece({ board: { kind, height } }: Game, placed: Placed, move: string, squares: Square[]) {
  const { board } = placed;
  const from = squares[0]!;
  const last = squares.at(-1)!;
  let piece = board[from.row]?.[from.column] ?? ".";
  if (piece === "." || board[last.row]?.[last.column] === undefined) return;
  const clear = (column: number, row: number) => (board[row]![column] = ".");
  const farRow = sideOf(piece) === "first" ? height - 1 : 0;
  if (kind === "draughts") {
    if (move.includes("x")) {
      squares.slice(1).forEach((to, index) => {
        const start = squares[index]!;
        clear((start.column + to.column) / 2, (start.row + to.row) / 2);
      });
    }
    if (last.row === farRow) piece = piece === "X" ? "K" : piece === "O" ? "k" : piece;
  } else if (kind === "chess") {
    const columns = last.column - from.column;
    if ((piece === "K" || piece === "k") && Math.abs(columns) === 2) {
      board[from.row]![from.column + columns / 2] = piece === "K" ? "R" : "r";
      clear(columns > 0 ? 7 : 0, from.row);
    } else if ((piece === "P" || piece === "p") && columns !== 0 && board[last.row]![last.column] === ".") {
      clear(last.column, from.row);
    }
    if (move.length === 5) piece = (piece === "P" ? move[4]!.toUpperCase() : move[4]!) as Mark;
  }
  clear(from.column, from.row);
  board[last.row]![last.column] = piece;
  placed.from = from;
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
  return board.flat().filter((mark) => sideOf(mark) === side).length;
}
