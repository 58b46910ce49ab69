import { describe, expect, it } from "vitest";
import type { Tournament } from "../src/protocol";
import { crosstable, mark, points } from "../src/tournament";

const player = (id: string) => ({ id, name: id, kind: "agent" as const });
const standing = (number: number) => ({ player: number, points: 0, tieBreak: 0, wins: 0, draws: 0, losses: 0 });

describe("crosstable", () => {
  it("has each game on both sides of the diagonal, in the order of the standings", () => {
    const tournament: Tournament = {
      id: "t",
      name: "Cup",
      game: "tic-tac-toe",
      format: "round_robin",
      rounds: 2,
      minutes: 0,
      createdAt: 0,
      over: false,
      players: [player("a"), player("b")],
      standings: [standing(1), standing(0)],
      games: [
        { matchId: "m1", round: 1, first: 0, second: 1, score: 0 },
        { matchId: "m2", round: 2, first: 1, second: 0, score: null },
      ],
    };
    const table = crosstable(tournament);
    expect(table[0]![1]).toEqual([{ matchId: "m1", score: 1 }, { matchId: "m2", score: null }]);
    expect(table[1]![0]).toEqual([{ matchId: "m1", score: 0 }, { matchId: "m2", score: null }]);
    expect(table[0]![0]).toEqual([]);
  });
});

describe("points", () => {
  it("writes halves as chess players do", () => {
    expect([0, 0.5, 1, 2.5].map(points)).toEqual(["0", "½", "1", "2½"]);
    expect([0, 0.5, 1, null].map(mark)).toEqual(["0", "½", "1", "·"]);
  });
});
