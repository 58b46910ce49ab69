import { describe, expect, it } from "vitest";
import type { Match } from "../src/protocol";
import { accuracy, judge, judgeEnd, verdicts, type Judged } from "../src/review";

const at = (firstShare: number, best: string | null = "4"): Judged => ({ firstShare, proven: false, best });

describe("judge", () => {
  it("turns a value of the side to move into the first player's share", () => {
    const analysis = { move: "3", value: 0.5, proven: false, policy: [] };
    expect(judge(analysis, 0)).toEqual({ firstShare: 0.75, proven: false, best: "3" });
    expect(judge(analysis, 1).firstShare).toBe(0.25);
  });
});

describe("judgeEnd", () => {
  const match = (outcome: Match["outcome"], reason: string | null) => ({ outcome, reason }) as Match;
  it("knows who won on the board, and nothing of a match that ended otherwise", () => {
    expect(judgeEnd(match("second", "line"))?.firstShare).toBe(0);
    expect(judgeEnd(match("draw", "fullBoard"))?.firstShare).toBe(0.5);
    expect(judgeEnd(match("first", "resignation"))).toBeNull();
    expect(judgeEnd(match("aborted", "aborted"))).toBeNull();
    expect(judgeEnd(match("ongoing", null))).toBeNull();
  });
});

describe("verdicts", () => {
  it("finds what either side gave away, and says what was better", () => {
    const found = verdicts(["1", "2", "5"], [at(0.6, "4"), at(0.35, "3"), at(0.9, "5"), at(1, null)]);
    expect(found.map(({ ply, side, fault, better }) => [ply, side, fault, better])).toEqual([
      [1, "first", "mistake", "4"],
      [2, "second", "blunder", "3"],
    ]);
    expect(found[1]?.lost).toBeCloseTo(0.55);
  });
  it("blames nobody for the judge's own move, nor for what is not known", () => {
    expect(verdicts(["4"], [at(0.6), at(0.1)])).toEqual([]);
    expect(verdicts(["1", "2"], [at(0.6), null, at(0.1)])).toEqual([]);
  });
});

describe("accuracy", () => {
  it("is the share kept by a side's own moves", () => {
    const judged = [at(0.6), at(0.4), at(0.4), at(0.5)];
    expect(accuracy("first", judged)).toBeCloseTo(0.9);
    expect(accuracy("second", judged)).toBeCloseTo(1);
    expect(accuracy("first", [null, at(0.5)])).toBeNull();
  });
});
