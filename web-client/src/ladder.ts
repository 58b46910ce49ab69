import type { LadderRow, Rating } from "./protocol";

/** What a row of intervals is drawn on: points from low to high, with lines at the ticks. */
export interface Scale {
  low: number;
  high: number;
  ticks: number[];
}

/** The time classes that matches are rated in, the usual one first. */
export const POOLS = ["untimed", "bullet", "blitz", "rapid", "classical", "correspondence"] as const;

const STEPS = [100, 200, 500, 1000];
const MOST_TICKS = 6;

/** A scale that holds all intervals, from one round number to another. */
export function scaleOf(ratings: Pick<Rating, "low" | "high">[]): Scale {
  const lowest = Math.min(...ratings.map((rating) => rating.low), 1400);
  const highest = Math.max(...ratings.map((rating) => rating.high), 1600);
  const step = STEPS.find((candidate) => (highest - lowest) / candidate <= MOST_TICKS) ?? 2000;
  const low = Math.floor(lowest / step) * step;
  const high = Math.ceil(highest / step) * step;
  const ticks = [];
  for (let tick = low; tick <= high; tick += step) ticks.push(tick);
  return { low, high, ticks };
}

/** Whether anything is known of the strength. */
export const isRated = (rating: Rating) => rating.anchor || rating.games > 0;

/** Those of whom something is known, the best first, and after them the others. */
export function ranked(rows: LadderRow[]): { rated: LadderRow[]; unrated: LadderRow[] } {
  return {
    rated: rows.filter((row) => isRated(row.rating)),
    unrated: rows.filter((row) => !isRated(row.rating)),
  };
}

/** The course of a rating as the points of a polyline, in a box of 100 by 100; the oldest first. */
export function course(ratings: number[]): string {
  const low = Math.min(...ratings);
  const span = Math.max(...ratings) - low || 1;
  const last = Math.max(ratings.length - 1, 1);
  return ratings.map((rating, i) => `${((100 * i) / last).toFixed(2)},${(95 - (90 * (rating - low)) / span).toFixed(2)}`).join(" ");
}
