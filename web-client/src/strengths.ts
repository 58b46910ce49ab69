import type { Level } from "./protocol";

/** Strengths that have a name, by the server's levels. */
const NAMES = {
  2: "easy",
  3: "easy",
  4: "medium",
  5: "medium",
  6: "hard",
  7: "hard",
  8: "master",
  9: "perfect",
} as const;

export type Strength = (typeof NAMES)[keyof typeof NAMES];

/** An opponent at a strength that has a name. */
export interface Named {
  strength: Strength;
  level: Level;
}

/**
 * Who plays at which strength: the network where one has learnt the game, else the tree search; of several at one
 * strength the strongest.
 * @param levels the weakest first
 */
export function namedStrengths(levels: Level[]): Named[] {
  const kind = levels.some((level) => level.kind === "checkpoint") ? "checkpoint" : "search";
  const named = new Map<Strength, Level>();
  for (const level of levels) {
    const strength = NAMES[level.level as keyof typeof NAMES];
    if (strength !== undefined && (level.kind === kind || level.kind === "perfect")) named.set(strength, level);
  }
  return [...named].map(([strength, level]) => ({ strength, level }));
}
