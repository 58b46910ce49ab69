import { describe, expect, it } from "vitest";
import { chooseJudge, favourite } from "../src/insight";
import type { Analysis, Level } from "../src/protocol";

const level = (agent: string, kind: Level["kind"], number: number): Level => ({ agent, name: agent, kind, level: number });
const search = level("mcts:1000", "search", 4);
const deeper = level("mcts:10000", "search", 6);
const networks = [0, 20, 100, 800].map((visits, index) => level(`net:latest?visits=${visits}`, "checkpoint", 3 + index));

describe("chooseJudge", () => {
  it("takes the network of 100 visits, at whatever level it stands", () => {
    expect(chooseJudge([search, ...networks, deeper])?.agent).toBe("net:latest?visits=100");
    expect(chooseJudge(networks.map((network) => ({ ...network, level: 9 })).reverse())?.agent).toBe("net:latest?visits=100");
  });
  it("takes the deepest search where there is no network", () => {
    expect(chooseJudge([search, deeper, level("perfect", "perfect", 9)])).toBe(deeper);
    expect(chooseJudge([])).toBeNull();
  });
});

describe("favourite", () => {
  const analysis = (move: string, shares: Record<string, number>): Analysis => ({
    move,
    value: 0,
    proven: false,
    policy: Object.entries(shares).map(([name, probability]) => ({ move: name, probability, visits: 1 })),
  });
  it("is never a move with a lower number than another", () => {
    expect(favourite(analysis("4", { "1": 0.58, "4": 0.42 }))?.move).toBe("1");
  });
  it("is the search's own move among those with the same number", () => {
    expect(favourite(analysis("5", { "3": 0.501, "5": 0.499 }))?.move).toBe("5");
  });
  it("is nothing where there is no policy", () => {
    expect(favourite(analysis("4", {}))).toBeNull();
  });
});
