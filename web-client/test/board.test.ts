import { describe, expect, it } from "vitest";
import { boardAfter, landing, moveAt } from "../src/board";
import type { Game } from "../src/protocol";

const drop: Game = { id: "connect-four", title: "", board: { kind: "drop", width: 7, height: 6 }, moveSeparator: "" };
const place: Game = { id: "tic-tac-toe", title: "", board: { kind: "place", width: 3, height: 3 }, moveSeparator: " " };

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
