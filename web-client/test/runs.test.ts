import { describe, expect, it } from "vitest";
import { chartsOf, drawn } from "../src/runs/charts";
import { fieldsOf } from "../src/runs/form";
import { health, type Trouble } from "../src/runs/health";
import { append, countAfter, interval, noMetrics, points, secondsAt, thinned, type Metrics } from "../src/runs/metrics";

const progress = (seconds: number, more: object = {}) => ({ kind: "progress", seconds, step: seconds, games: 10 * seconds, ...more });
const of = (lines: Record<string, unknown>[]): Metrics => append(noMetrics, 0, 0, lines)!;

describe("metrics", () => {
  it("grow line by line, with a place in every column", () => {
    const first = of([progress(1), { kind: "gate", seconds: 1.5, promoted: true }]);
    const second = append(first, 0, 1, [{ kind: "gate", seconds: 1.5, promoted: true }, progress(2, { policyLoss: 1.2 })])!;
    expect(second.lines).toBe(3);
    expect(second.series["progress"]).toEqual({ line: [0, 2], seconds: [1, 2], step: [1, 2], games: [10, 20], policyLoss: [null, 1.2] });
    expect(second.series["gate"]).toEqual({ line: [1], seconds: [1.5], promoted: [true] });
    expect(first.series["progress"]!["seconds"]).toEqual([1]);
  });

  it("are read anew where lines are missing or were taken back", () => {
    const metrics = of([progress(1)]);
    expect(append(metrics, 0, 2, [progress(3)])).toBeNull();
    expect(append(metrics, 7, 1, [progress(3)])).toBeNull();
    expect(append(metrics, 0, 0, [progress(1)])).toBe(metrics);
  });

  it("are points by time and by games, without what was not measured", () => {
    const metrics = of([
      { kind: "progress", seconds: 1, step: 0, games: 5, policyLoss: 0 },
      progress(60, { policyLoss: 1.5 }),
      { kind: "gate", seconds: 90, step: 50, scoreAgainstMcts1000: 0.5 },
    ]);
    expect(points(metrics, "progress", "policyLoss", "minutes")).toEqual({ x: [1], y: [1.5], rows: [1] });
    expect(points(metrics, "gate", "scoreAgainstMcts1000", "games").x).toEqual([600]);
  });

  it("say when a point was, and how far the run was then", () => {
    const metrics = of([progress(6), progress(60), progress(90), { kind: "gate", seconds: 95, step: 50 }]);
    expect(secondsAt(metrics, "minutes", 1.5)).toBe(90);
    expect(secondsAt(metrics, "games", 600)).toBe(60);
    expect(secondsAt(metrics, "games", 5000)).toBe(90);
    expect(countAfter(metrics, "step", 89)).toBe(60);
    expect(secondsAt(noMetrics, "games", 5)).toBe(0);
  });

  it("have intervals that hold the share, and narrow with more games", () => {
    const [low, high] = interval(0.5, 64);
    expect(low).toBeCloseTo(0.381, 2);
    expect(high).toBeCloseTo(0.619, 2);
    expect(interval(1, 10)[1]).toBe(1);
    expect(interval(1, 10)[0]).toBeLessThan(interval(1, 1000)[0]);
  });

  it("are found within objects, too", () => {
    const metrics = of([progress(60, { layers: { stem: { weightNorm: 3 } } }), progress(120)]);
    expect(points(metrics, "progress", "layers.stem.weightNorm", "minutes")).toEqual({ x: [1], y: [3], rows: [0] });
    expect(chartsOf([metrics]).map((chart) => chart.id)).toEqual(["gradientNormByLayer", "weightNormByLayer"]);
  });

  it("are thinned in tables alone, and keep the last", () => {
    expect(thinned([1, 2, 3, 4, 5, 6, 7], 3)).toEqual([1, 4, 7]);
    expect(thinned([1, 2], 3)).toEqual([1, 2]);
  });
});

describe("charts", () => {
  it("show what was measured, and whatever else there is", () => {
    const metrics = of([progress(5, { policyLoss: 1, unheardOf: 3 }), { kind: "gate", seconds: 6, step: 5, scoreAgainstMcts1000: 0.75, gateGames: 64 }]);
    const charts = chartsOf([metrics]);
    expect(charts.map((chart) => chart.id)).toEqual(["strength", "policyLoss", "progress unheardOf"]);
    const [line] = drawn(charts[0]!, [metrics, metrics], "minutes");
    expect(line!.low![0]).toBeLessThan(0.75);
    expect(line!.high![0]).toBeGreaterThan(0.75);
    expect(drawn(charts[1]!, [metrics, metrics], "minutes").map((one) => one.run)).toEqual([0, 1]);
  });
});

describe("health", () => {
  const run = { state: "running" as const, config: {} };
  const over = (n: number, fields: (i: number) => object) => of(Array.from({ length: n }, (_, i) => progress(10 * (i + 1), fields(i))));
  const troubles = (metrics: Metrics, more: object = {}) => health({ ...run, ...more }, metrics).map((finding) => finding.trouble);

  it("says nothing of a run that learns", () => {
    expect(troubles(over(40, (i) => ({ policyEntropy: 1.9 - 0.02 * i, deadShare: 0.1, openingEntropy: 3 })))).toEqual([]);
    expect(troubles(noMetrics)).toEqual([]);
  });

  const cases: [Trouble, Metrics, object?][] = [
    ["nan", noMetrics, { state: "failed", problem: "The learner failed: loss is NaN at step 12." }],
    ["deadUnits", over(10, () => ({ deadShare: 0.7 }))],
    ["policyCollapse", over(20, (i) => ({ policyEntropy: i < 4 ? 1.8 : 0.01 }))],
    ["starvation", over(20, () => ({ step: 3 }))],
    ["overfitting", over(20, (i) => ({ heldOutPolicyLoss: i < 8 ? 1.5 - 0.1 * i : 0.7 + 0.05 * i, trainingPolicyLoss: 1.5 - 0.06 * i }))],
    ["monoculture", over(10, () => ({ openingEntropy: 0.2 }))],
  ];
  for (const [trouble, metrics, more] of cases) {
    it(`recognises ${trouble}`, () => expect(troubles(metrics, more)).toEqual([trouble]));
  }

  it("takes one jump for no trouble", () => {
    expect(troubles(over(20, (i) => ({ deadShare: i === 19 ? 0.9 : 0.1, openingEntropy: i === 19 ? 0 : 2 })))).toEqual([]);
  });
});

describe("a form", () => {
  it("has the schema's fields by their groups", () => {
    const groups = fieldsOf({
      $defs: {
        runConfig: {
          properties: {
            network: { type: "string", default: "residual:32x3", "x-group": "network", description: "Its form." },
            search: { type: "string", enum: ["gumbel", "puct"], default: "gumbel", "x-group": "selfPlay" },
            visits: { type: "integer", minimum: 2, maximum: 100, default: 32, "x-group": "selfPlay" },
            augment: { type: "boolean", default: true, "x-group": "selfPlay" },
          },
        },
      },
    });
    expect(groups.map((group) => [group.name, group.fields.map((field) => `${field.name} ${field.type}`)])).toEqual([
      ["network", ["network text"]],
      ["selfPlay", ["search choice", "visits integer", "augment boolean"]],
    ]);
    expect(groups[1]!.fields[1]).toMatchObject({ least: 2, most: 100, initial: 32 });
  });
});
