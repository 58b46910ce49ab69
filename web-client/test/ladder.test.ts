import { describe, expect, it } from "vitest";
import { course, ranked, scaleOf } from "../src/ladder";
import type { LadderRow } from "../src/protocol";

const row = (id: string, games: number, anchor = false): LadderRow => ({
  player: { id, name: id, kind: "agent" },
  rating: { rating: 1500, deviation: 350, low: 814, high: 2186, games, anchor },
});

describe("scaleOf", () => {
  it("holds every interval, between round numbers", () => {
    const scale = scaleOf([{ low: 431, high: 520 }, { low: 1810, high: 2190 }]);
    expect(scale).toEqual({ low: 0, high: 2500, ticks: [0, 500, 1000, 1500, 2000, 2500] });
  });

  it("is there for an empty ladder", () => {
    expect(scaleOf([]).ticks).toEqual([1400, 1500, 1600]);
  });
});

describe("ranked", () => {
  it("puts those of whom nothing is known last", () => {
    const { rated, unrated } = ranked([row("new", 0), row("held", 0, true), row("old", 3)]);
    expect(rated.map((each) => each.player.id)).toEqual(["held", "old"]);
    expect(unrated.map((each) => each.player.id)).toEqual(["new"]);
  });
});

describe("course", () => {
  it("goes from left to right, higher for more", () => {
    expect(course([1500, 1600])).toBe("0.00,95.00 100.00,5.00");
    expect(course([1500])).toBe("0.00,95.00");
  });
});
