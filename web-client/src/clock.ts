import type { Clocks, Side, TimeControl } from "./protocol";

/** What the clocks showed when the page heard of them, and when that was by the page's own clock. */
export interface HeardClocks extends Clocks {
  heardAt: number;
}

/**
 * Clocks out of a frame: what ran while it was on its way through the server is taken off.
 * @param ts the frame's, by the server's clock
 * @param now by the page's
 */
export function hear(clocks: Clocks | undefined, ts: number, now: number): HeardClocks | null {
  return clocks === undefined ? null : { ...clocks, heardAt: now - Math.max(0, ts - clocks.at) };
}

/** What a side has left, in milliseconds. */
export function left(clocks: HeardClocks, side: Side, now: number): number {
  const passed = clocks.running === side ? Math.max(0, now - clocks.heardAt) : 0;
  return Math.max(0, clocks[side] - passed);
}

/** A time as a clock shows it: days and hours, or 1:02:03, 2:05, and tenths below ten seconds. */
export function show(millis: number, days: (days: number, hours: number) => string): string {
  const seconds = Math.floor(millis / 1000);
  const minutes = Math.floor(seconds / 60);
  const hours = Math.floor(minutes / 60);
  const two = (n: number) => String(n).padStart(2, "0");
  if (hours >= 24) return days(Math.floor(hours / 24), hours % 24);
  if (hours > 0) return `${hours}:${two(minutes % 60)}:${two(seconds % 60)}`;
  if (seconds >= 10) return `${minutes}:${two(seconds % 60)}`;
  return `0:0${seconds}.${Math.floor((millis % 1000) / 100)}`;
}

/** What the lobby offers, by a name that is remembered. */
export const controls: Record<string, TimeControl | null> = {
  none: null,
  "3+2": { kind: "bank", initialMs: 180_000, incrementMs: 2_000 },
  "10+5": { kind: "bank", initialMs: 600_000, incrementMs: 5_000 },
  "30s": { kind: "perMove", moveMs: 30_000 },
  "3d": { kind: "correspondence", days: 3 },
};
