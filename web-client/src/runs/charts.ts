/** Which pictures a run's metrics make. */

import { interval, points, type Axis, type Metrics } from "./metrics";

export interface Curve {
  /** A key of the messages, or the field itself. */
  label: string;
  kind: string;
  field: string;
  /** Drawn with dashes: the second of a pair. */
  dashed?: boolean;
}

export interface ChartSpec {
  id: string;
  curves: Curve[];
  unit: "number" | "percent" | "small";
  /** The range that is always shown. */
  range?: [number, number];
  /** The field with the number of games that a share rests on: its interval is drawn. */
  games?: string;
  /** Whether what lies between the two curves is marked. */
  gap?: boolean;
  /** A line that says what a share means that does nothing. */
  level?: number;
}

const progress = (field: string, dashed = false): Curve => ({ label: field, kind: "progress", field, dashed });
const gate = (field: string, dashed = false): Curve => ({ label: field, kind: "gate", field, dashed });

/** In the order in which they are shown; one without any points is left out. */
export const CHARTS: ChartSpec[] = [
  { id: "strength", curves: [gate("scoreAgainstMcts1000")], unit: "percent", range: [0, 1], games: "gateGames", level: 0.5 },
  { id: "truth", curves: [gate("keepsValueByPolicyAlone")], unit: "percent", range: [0.5, 1] },
  { id: "robustness", curves: [gate("rightUntouched"), gate("rightUnderAttack", true)], unit: "percent", range: [0, 1], gap: true },
  { id: "generalisation", curves: [progress("heldOutPolicyLoss"), progress("trainingPolicyLoss", true)], unit: "number", gap: true },
  { id: "generalisationValue", curves: [progress("heldOutValueLoss"), progress("trainingValueLoss", true)], unit: "number", gap: true },
  { id: "policyLoss", curves: [progress("policyLoss")], unit: "number" },
  { id: "valueLoss", curves: [progress("valueLoss")], unit: "number" },
  { id: "entropy", curves: [progress("policyEntropy")], unit: "number" },
  { id: "speed", curves: [progress("movesPerSecond"), progress("evaluationsPerSecond", true)], unit: "number", range: [0, 1] },
  { id: "learningRate", curves: [progress("learningRate")], unit: "small" },
  { id: "gradientNorm", curves: [progress("gradientNorm")], unit: "small", range: [0, 1] },
  { id: "weightNorm", curves: [progress("weightNorm")], unit: "number" },
  { id: "dead", curves: [progress("deadShare")], unit: "percent", range: [0, 1] },
  { id: "gate", curves: [gate("scoreAgainstBest")], unit: "percent", range: [0, 1], games: "gateGames", level: 0.5 },
  { id: "gameLength", curves: [progress("gameLength")], unit: "number", range: [0, 1] },
  { id: "firstPlayer", curves: [progress("firstPlayerShare")], unit: "percent", range: [0, 1], level: 0.5 },
  { id: "openings", curves: [progress("openingEntropy")], unit: "number", range: [0, 1] },
  { id: "buffer", curves: [progress("window"), progress("examples", true)], unit: "number", range: [0, 1] },
  { id: "reuse", curves: [progress("reuse")], unit: "number", range: [0, 1] },
];

/** What is no measure of the run, or stands in a picture's axis already. */
const NO_CURVES = new Set(["line", "seconds", "step", "examinedStep", "games", "gamesThisSession", "gateGames", "promoted", "gateVisits"]);

/** The charts of these runs: the known ones, and one for each other number that their metrics hold. */
export function chartsOf(all: Metrics[]): ChartSpec[] {
  const known = new Set(CHARTS.flatMap((chart) => chart.curves.map((curve) => `${curve.kind} ${curve.field}`)));
  const others = new Map<string, ChartSpec>();
  for (const metrics of all) {
    for (const [kind, columns] of Object.entries(metrics.series)) {
      if (kind === "stoppedEarly") continue;
      for (const [field, values] of Object.entries(columns)) {
        const key = `${kind} ${field}`;
        if (!known.has(key) && !NO_CURVES.has(field) && values.some((value) => typeof value === "number")) {
          others.set(key, { id: key, curves: [{ label: field, kind, field }], unit: "number" });
        }
      }
    }
  }
  const hasPoints = (chart: ChartSpec) =>
    chart.curves.some((curve) => all.some((metrics) => points(metrics, curve.kind, curve.field, "minutes").x.length > 0));
  return [...CHARTS.filter(hasPoints), ...(all.length === 1 ? byLayer(all[0]!) : []), ...others.values()];
}

/** The norms of each layer: of one run alone, whose layers they are. */
function byLayer(metrics: Metrics): ChartSpec[] {
  const last = metrics.series["progress"]?.["layers"]?.filter((layers) => layers !== null && typeof layers === "object").at(-1);
  const layers = Object.keys((last as object | undefined) ?? {});
  if (layers.length === 0) return [];
  return ["gradientNorm", "weightNorm"].map((norm) => ({
    id: `${norm}ByLayer`,
    curves: layers.map((layer) => ({ label: layer, kind: "progress", field: `layers.${layer}.${norm}` })),
    unit: "small",
  }));
}

/** A line on a chart: a curve of one of the runs. */
export interface Drawn {
  curve: Curve;
  run: number;
  x: number[];
  y: number[];
  /** The interval of each point, where the chart has them. */
  low?: number[];
  high?: number[];
}

export function drawn(chart: ChartSpec, all: Metrics[], axis: Axis): Drawn[] {
  return all.flatMap((metrics, run) =>
    chart.curves.flatMap((curve) => {
      const found = points(metrics, curve.kind, curve.field, axis);
      if (found.x.length === 0) return [];
      const line: Drawn = { curve, run, x: found.x, y: found.y };
      const games = chart.games === undefined ? undefined : metrics.series[curve.kind]?.[chart.games];
      if (games) {
        const bounds = found.y.map((share, i) => interval(share, Number(games[found.rows[i]!] ?? 0)));
        line.low = bounds.map(([low]) => low);
        line.high = bounds.map(([, high]) => high);
      }
      return [line];
    }),
  );
}
