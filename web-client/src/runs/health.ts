/** What is not well with a run, recognised from its metrics. */

import type { Run } from "../protocol";
import { points, type Metrics } from "./metrics";

export type Trouble = "nan" | "deadUnits" | "policyCollapse" | "starvation" | "overfitting" | "monoculture";

export interface Finding {
  trouble: Trouble;
  /** A figure for the sentence that explains it. */
  figure: number;
}

/** How long something has to last before it is called a trouble: curves jump. */
const LASTING = 5;
const STARVING_SECONDS = 60;

const mean = (values: number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
const tail = (metrics: Metrics, field: string, kind = "progress") => points(metrics, kind, field, "minutes").y.slice(-LASTING);

/** All that is not well, the worst first. */
export function health(run: Pick<Run, "state" | "problem" | "config">, metrics: Metrics): Finding[] {
  const found: Finding[] = [];
  if (/\b(NaN|not finite|infinite)\b/i.test(run.problem ?? "")) found.push({ trouble: "nan", figure: 0 });

  const dead = tail(metrics, "deadShare");
  if (dead.length === LASTING && Math.min(...dead) > 0.5) found.push({ trouble: "deadUnits", figure: mean(dead) });

  // A policy that is sure of every move finds nothing new: unlike one that became so slowly, it lost most of its doubt at once.
  const entropy = points(metrics, "progress", "policyEntropy", "minutes").y;
  const lately = entropy.slice(-LASTING);
  if (entropy.length >= 3 * LASTING && Math.max(...lately) < 0.05 && Math.max(...entropy) > 1) {
    found.push({ trouble: "policyCollapse", figure: mean(lately) });
  }

  const starving = starvation(metrics);
  if (run.state === "running" && starving !== null) found.push({ trouble: "starvation", figure: starving });

  const gap = overfitting(metrics);
  if (gap !== null) found.push({ trouble: "overfitting", figure: gap });

  const openings = tail(metrics, "openingEntropy");
  if (openings.length === LASTING && Math.max(...openings) < 0.5) found.push({ trouble: "monoculture", figure: mean(openings) });
  return found;
}

/** The steps of the last minute, if the learner all but stands still because too few games come in. */
function starvation(metrics: Metrics): number | null {
  const columns = metrics.series["progress"] ?? {};
  const seconds = (columns["seconds"] ?? []).map(Number);
  const steps = (columns["step"] ?? []).map((step) => Number(step ?? 0));
  const last = seconds.length - 1;
  if (last < 1 || seconds[last]! < 2 * STARVING_SECONDS) return null;
  let first = last;
  while (first > 0 && seconds[last]! - seconds[first]! < STARVING_SECONDS) first--;
  const learnt = steps[last]! - steps[first]!;
  return learnt < 5 ? learnt : null;
}

/** By how much the error of games never learnt from is above that of the others, if it also rises. */
function overfitting(metrics: Metrics): number | null {
  for (const loss of ["PolicyLoss", "ValueLoss"]) {
    const { held, trained } = heldOut(metrics, loss);
    if (held.length < 2 * LASTING) continue;
    const now = mean(held.slice(-LASTING));
    const best = Math.min(...held);
    const gap = now / Math.max(1e-9, mean(trained.slice(-LASTING))) - 1;
    if (gap > 0.25 && now > 1.05 * best) return gap;
  }
  return null;
}

/** The two errors on the same measure, whatever kind of line has them. */
function heldOut(metrics: Metrics, loss: string): { held: number[]; trained: number[] } {
  for (const kind of Object.keys(metrics.series)) {
    const held = points(metrics, kind, `heldOut${loss}`, "minutes").y;
    if (held.length > 0) return { held, trained: points(metrics, kind, `training${loss}`, "minutes").y };
  }
  return { held: [], trained: [] };
}
