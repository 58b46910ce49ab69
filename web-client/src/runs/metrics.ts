/** The metrics of a run, as columns: what the server's lines say, with nothing thinned out. */

import type { RunMetricsAnswer } from "../protocol";

export type Columns = Record<string, unknown[]>;

export interface Metrics {
  generation: number;
  /** How many lines were read. */
  lines: number;
  /** By the lines' kind, such as progress or gate. */
  series: Record<string, Columns>;
}

export const noMetrics: Metrics = { generation: 0, lines: 0, series: {} };

export const read = (answer: RunMetricsAnswer): Metrics => ({
  generation: answer.generation,
  lines: answer.lines,
  series: answer.series,
});

type Line = Record<string, unknown>;

/**
 * The metrics with new lines.
 * @param from the number of the first of them
 * @returns null if lines are missing or were taken back: they have to be read anew
 */
export function append(metrics: Metrics, generation: number, from: number, lines: Line[]): Metrics | null {
  if (generation !== metrics.generation || from > metrics.lines) return null;
  const fresh = lines.slice(metrics.lines - from);
  if (fresh.length === 0) return metrics;
  const series = { ...metrics.series };
  const mine = new Set<string>();
  fresh.forEach((line, i) => {
    const kind = String(line["kind"]);
    if (!mine.has(kind)) {
      series[kind] = Object.fromEntries(Object.entries(series[kind] ?? { line: [] }).map(([name, column]) => [name, [...column]]));
      mine.add(kind);
    }
    const columns = series[kind]!;
    const length = columns["line"]!.length;
    for (const [name, value] of Object.entries({ ...line, line: metrics.lines + i })) {
      if (name === "kind") continue;
      columns[name] ??= Array.from({ length }, () => null);
      columns[name]!.push(value);
    }
    for (const column of Object.values(columns)) if (column.length === length) column.push(null);
  });
  return { generation, lines: metrics.lines + fresh.length, series };
}

export type Axis = "minutes" | "games";

export interface Points {
  x: number[];
  y: number[];
  /** Which line each point is of. */
  rows: number[];
}

/** A count, such as of the games that were played, after so many seconds, by the lines of progress. */
export function countAfter(metrics: Metrics, field: "games" | "step", seconds: number): number {
  const columns = metrics.series["progress"];
  const times = columns?.["seconds"] ?? [];
  let low = 0;
  let high = times.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (Number(times[middle]) <= seconds) low = middle + 1;
    else high = middle;
  }
  return Number(columns?.[field]?.[Math.max(0, low - 1)] ?? 0);
}

/** After how many seconds a run was at a place of the axis. */
export function secondsAt(metrics: Metrics, axis: Axis, x: number): number {
  if (axis === "minutes") return 60 * x;
  const { games = [], seconds = [] } = metrics.series["progress"] ?? {};
  return Number(seconds.at(games.findIndex((played) => Number(played) >= x)) ?? 0);
}

/**
 * A field over the run: where it is a number, and something was learnt or played.
 * @param field its name, or the way to it within objects, such as layers.stem.weightNorm
 */
export function points(metrics: Metrics, kind: string, field: string, axis: Axis): Points {
  const columns = metrics.series[kind] ?? {};
  const [column, ...path] = field.split(".");
  const values = (columns[column!] ?? []).map((value) => path.reduce<unknown>((inner, name) => (inner as Record<string, unknown> | null)?.[name], value));
  const seconds = columns["seconds"] ?? [];
  const found: Points = { x: [], y: [], rows: [] };
  values.forEach((value, row) => {
    if (typeof value !== "number" || !Number.isFinite(value)) return;
    // Before the first step no loss was measured, and before the first game no speed.
    if (value === 0 && (columns["step"]?.[row] ?? 0) === 0) return;
    const at = Number(seconds[row]);
    found.x.push(axis === "minutes" ? at / 60 : countAfter(metrics, "games", at));
    found.y.push(value);
    found.rows.push(row);
  });
  return found;
}

/** Where 95 of 100 such shares of so many games lie: Wilson's interval. */
export function interval(share: number, games: number): [number, number] {
  if (games <= 0) return [0, 1];
  const z = 1.96;
  const middle = share + (z * z) / (2 * games);
  const width = z * Math.sqrt((share * (1 - share)) / games + (z * z) / (4 * games * games));
  const scale = 1 + (z * z) / games;
  return [Math.max(0, (middle - width) / scale), Math.min(1, (middle + width) / scale)];
}

/** At most so many rows of a table, evenly, the last one among them. */
export function thinned<T>(rows: T[], most: number): T[] {
  if (rows.length <= most) return rows;
  return Array.from({ length: most }, (_, i) => rows[Math.round((i * (rows.length - 1)) / (most - 1))]!);
}
