import type { Analysis, Level } from "./protocol";

/** More visits would keep whoever looks waiting after each move. */
const MOST_VISITS = 100;

/** Who says what a position is worth: the strongest network that answers at once, else the deepest search. */
export function chooseJudge(levels: Level[]): Level | null {
  const networks = levels
    .map((level) => ({ level, visits: Number(/[?&]visits=(\d+)/.exec(level.agent)?.[1]) }))
    .filter(({ level, visits }) => level.kind === "checkpoint" && visits <= MOST_VISITS)
    .sort((a, b) => a.visits - b.visits);
  return networks.at(-1)?.level ?? levels.filter((level) => level.kind === "search").at(-1) ?? null;
}

export interface Favourite {
  move: string;
  probability: number;
}

/**
 * The move that the numbers on the board favour. That is the analysis's own move, unless another one shows a higher
 * number: a search chooses among the moves that it visited most, which need not be the most probable.
 */
export function favourite(analysis: Analysis): Favourite | null {
  const shown = (entry: Favourite) => Math.round(entry.probability * 100);
  const own = analysis.policy.filter((entry) => entry.move === analysis.move);
  return [...own, ...analysis.policy].reduce<Favourite | null>(
    (best, entry) => (best === null || shown(entry) > shown(best) ? entry : best),
    null,
  );
}
