import { sideAt, type Analysis, type Match, type Side } from "./protocol";

/** What is thought of a position. */
export interface Judged {
  /** The share of the points that the first player expects, in [0, 1]. */
  firstShare: number;
  /** Known for certain, by the rules or a solver. */
  proven: boolean;
  /** The move that the judge would play; null at the end. */
  best: string | null;
}

export type Fault = "inaccuracy" | "mistake" | "blunder";

/** A move that gave something away. */
export interface Verdict {
  /** Moves made with it. */
  ply: number;
  side: Side;
  move: string;
  /** What would have been played in its place. */
  better: string;
  fault: Fault;
  /** The share of the points that the mover gave away, in [0, 1]. */
  lost: number;
}

/** From which share on; below the last the judge may be wrong itself. */
const FAULTS: [Fault, number][] = [
  ["blunder", 0.3],
  ["mistake", 0.18],
  ["inaccuracy", 0.1],
];

const shareOf = (side: Side, judged: Judged) => (side === "first" ? judged.firstShare : 1 - judged.firstShare);

/** The share of the points that the first player expects, in [0, 1], by a value for the side to move. */
export const firstShare = (value: number, mover: Side): number => (1 + (mover === "first" ? value : -value)) / 2;

/** @param ply moves made before the position */
export function judge(analysis: Analysis, ply: number): Judged {
  return { firstShare: firstShare(analysis.value, sideAt(ply)), proven: analysis.proven, best: analysis.move };
}

const OFF_THE_BOARD: Match["reason"][] = [null, "resignation", "time", "agreement", "aborted", "firstMoveExpired"];

/** Whether the game's rules ended the match, and not a player or a clock. */
export const endedOnBoard = (match: Match): boolean => !OFF_THE_BOARD.includes(match.reason);

/** The end of a match by the rules; null where it did not end on the board. */
export function judgeEnd(match: Match): Judged | null {
  if (!endedOnBoard(match)) return null;
  return { firstShare: match.outcome === "draw" ? 0.5 : match.outcome === "first" ? 1 : 0, proven: true, best: null };
}

/**
 * The moves that gave something away.
 * @param judged [moves + 1]: before each move, and after the last; null where nothing is known
 */
export function verdicts(moves: string[], judged: (Judged | null)[]): Verdict[] {
  return moves.flatMap((move, index): Verdict[] => {
    const [before, after] = [judged[index], judged[index + 1]];
    if (!before?.best || !after || before.best === move) return [];
    const side = sideAt(index);
    const lost = shareOf(side, before) - shareOf(side, after);
    const fault = FAULTS.find(([, least]) => lost >= least)?.[0];
    return fault === undefined ? [] : [{ ply: index + 1, side, move, better: before.best, fault, lost }];
  });
}

/** The share of the points that a side kept from move to move, on average; null where nothing is known. */
export function accuracy(side: Side, judged: (Judged | null)[]): number | null {
  const kept = judged.flatMap((before, index): number[] => {
    const after = judged[index + 1];
    return before && after && sideAt(index) === side ? [Math.min(1, 1 + shareOf(side, after) - shareOf(side, before))] : [];
  });
  return kept.length === 0 ? null : kept.reduce((sum, share) => sum + share, 0) / kept.length;
}
