import { describe, expect, it } from "vitest";
import { boardAfter, count, landing, moveAt, sideOf, squaresOf, wordsAmong } from "../src/board";
import { geometry } from "../src/geometry";
import type { Game } from "../src/protocol";

const drop: Game = { id: "connect-four", title: "", board: { kind: "drop", width: 7, height: 6 }, moveSeparator: "" };
const place: Game = { id: "tic-tac-toe", title: "", board: { kind: "place", width: 3, height: 3 }, moveSeparator: " " };

const of = (kind: Game["board"]["kind"], size: number): Game => ({
  id: kind,
  title: "",
  board: { kind, width: size, height: size },
  moveSeparator: " ",
});
const rows = (board: string[][]) => board.map((squares) => squares.join("")).reverse();

describe("boardAfter", () => {
  it("drops discs onto each other", () => {
    const { board, last } = boardAfter(drop, ["4", "4", "1"], 3);
    expect(board[0]?.[3]).toBe("X");
    expect(board[1]?.[3]).toBe("O");
    expect(board[0]?.[0]).toBe("X");
    expect(last).toEqual({ column: 0, row: 0 });
  });
  it("stops where one looks", () => {
    expect(boardAfter(drop, ["4", "4"], 1).board[1]?.[3]).toBe(".");
    expect(boardAfter(drop, ["4"], 0).last).toBeNull();
  });
  it("puts marks on squares", () => {
    const { board } = boardAfter(place, ["b2", "a3"], 2);
    expect(board[1]?.[1]).toBe("X");
    expect(board[2]?.[0]).toBe("O");
  });
});

describe("landing", () => {
  it("is the lowest free row of a column, and null where it is full", () => {
    expect(landing(drop, boardAfter(drop, ["4"], 1).board, 3, 5)).toBe(1);
    expect(landing(drop, boardAfter(drop, ["4", "4", "4", "4", "4", "4"], 6).board, 3, 0)).toBeNull();
  });
  it("is the square itself where it is free", () => {
    expect(landing(place, boardAfter(place, ["b2"], 1).board, 1, 1)).toBeNull();
    expect(landing(place, boardAfter(place, ["b2"], 1).board, 0, 2)).toBe(2);
  });
});

it("names moves as the server does", () => {
  expect(moveAt(drop, 6, 3)).toBe("7");
  expect(moveAt(place, 2, 0)).toBe("c1");
});

describe("pieces that step", () => {
  it("begin on two rows, and leave one square for another", () => {
    const { board, last, from } = boardAfter(of("step", 6), ["b2b3", "c5c4", "b3c4"], 3);
    expect(rows(board)).toEqual(["OOOOOO", "OO.OOO", "..X...", "......", "X.XXXX", "XXXXXX"]);
    expect(last).toEqual({ column: 2, row: 3 });
    expect(from).toEqual({ column: 1, row: 2 });
  });
});

describe("discs that turn over", () => {
  it("begin crosswise, turn in every direction, and stay where somebody passes", () => {
    const othello = of("flip", 6);
    expect(rows(boardAfter(othello, [], 0).board)).toEqual(["......", "......", "..XO..", "..OX..", "......", "......"]);
    const two = boardAfter(othello, ["c2", "b2"], 2).board;
    expect(rows(two)).toEqual(["......", "......", "..XO..", "..OX..", ".OX...", "......"]);
    const passed = boardAfter(othello, ["c2", "pass"], 2);
    expect(passed.board).toEqual(boardAfter(othello, ["c2"], 1).board);
    expect(passed.last).toBeNull();
  });
  it("are counted", () => {
    const { board } = boardAfter(of("flip", 8), ["f5"], 1);
    expect([count(board, "first"), count(board, "second")]).toEqual([4, 1]);
  });
});

describe("stones on hexagons", () => {
  it("change hands by a swap, and go to the mirror image", () => {
    const { board, last, from } = boardAfter(of("hex", 7), ["a3", "swap"], 2);
    expect(board[2]?.[0]).toBe(".");
    expect(board[0]?.[2]).toBe("O");
    expect(last).toEqual({ column: 2, row: 0 });
    expect(from).toEqual({ column: 0, row: 2 });
    expect(boardAfter(of("hex", 7), ["a3", "swap", "a3"], 3).board[2]?.[0]).toBe("X");
  });
  it("lie half a cell further right with each row", () => {
    const at = geometry(of("hex", 7).board);
    expect(at.centre(0, 1).x - at.centre(0, 0).x).toBe(50);
    expect(at.centre(6, 6).x).toBeLessThan(at.width);
  });
});

describe("stones that surround", () => {
  it("take whole chains, the opponent's first, and are counted", () => {
    const corner = boardAfter(of("surround", 7), ["a1", "a2", "b1", "b2", "g7", "c1"], 6);
    expect(rows(corner.board).slice(5)).toEqual(["OO.....", "..O...."]);
    expect(corner.taken).toEqual({ first: 0, second: 2 });
    const suicide = boardAfter(of("surround", 7), ["a1", "a2", "g7", "b2", "g6", "c1", "b1"], 7);
    expect(suicide.taken).toEqual({ first: 0, second: 2 });
    expect(rows(suicide.board)[6]).toBe("..O....");
  });
});

describe("chessmen", () => {
  const chess = of("chess", 8);
  it("castle, take in passing and become others", () => {
    const castled = boardAfter(chess, "e2e4 a7a6 g1f3 a6a5 f1c4 a5a4 e1g1".split(" "), 7);
    expect(rows(castled.board)[7]).toBe("RNBQ.RK.");
    const passing = boardAfter(chess, "e2e4 a7a6 e4e5 d7d5 e5d6".split(" "), 5).board;
    expect(rows(passing).slice(2, 4)).toEqual(["p..P....", "........"]);
    const queen = boardAfter(chess, "e2e4 d7d5 e4d5 c7c6 d5c6 a7a6 c6b7 a6a5 b7a8n".split(" "), 9).board;
    expect(queen[7]?.[0]).toBe("N");
    expect(sideOf("N")).toBe("first");
  });
});

describe("draughts", () => {
  const draughts = of("draughts", 8);
  it("are numbered from the first player's right, jump, and are crowned", () => {
    const { board, last } = boardAfter(draughts, ["9-14", "22-18", "14x23"], 3);
    expect(last).toEqual({ column: 3, row: 5 });
    expect(board[4]?.[4]).toBe(".");
    expect(rows(boardAfter(draughts, [], 0).board)[7]).toBe("X.X.X.X.");
    expect(squaresOf(draughts, "9x18x25")).toHaveLength(3);
    expect(sideOf("O")).toBe("second");
    expect(sideOf("k")).toBe("second");
  });
});

it("turns a board for whom it is the other way round", () => {
  const { board } = of("chess", 8);
  expect(geometry(board, true).centre(0, 0)).toEqual(geometry(board).centre(7, 7));
});

it("reads the squares of a move", () => {
  expect(squaresOf(of("step", 8), "a2b3")).toEqual([{ column: 0, row: 1 }, { column: 1, row: 2 }]);
  expect(squaresOf(of("point", 15), "o15")).toEqual([{ column: 14, row: 14 }]);
  expect(squaresOf(of("flip", 8), "pass")).toEqual([]);
  expect(wordsAmong(["a1", "swap", "k11", "4", "b2b3"])).toEqual(["swap"]);
});
