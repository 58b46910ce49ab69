import { ApiError, request } from "../api";
import type { InsightList } from "../protocol";

export type Checkpoint = InsightList["checkpoints"][number];

export const VIEWS = ["network", "attention", "attack", "features", "dream", "concepts"] as const;
export type ViewName = (typeof VIEWS)[number];

/** What is asked, beside the checkpoint: the names and values of an address. */
export type Options = Record<string, string>;

const TRIES = 8;
const PAUSE_MS = 1500;

export const checkpoints = () => request<InsightList>("/insight").then((answer) => answer.checkpoints);

/** Asks the server, again where it is busy with others' questions. */
export async function ask<T>(checkpoint: string, view: string, options: Options, signal: AbortSignal): Promise<T> {
  const path = `/insight/${encodeURIComponent(checkpoint)}/${view}?${new URLSearchParams(options)}`;
  for (let tries = 1; ; tries++) {
    try {
      return await request<T>(path, undefined, signal);
    } catch (problem) {
      if (!(problem instanceof ApiError) || problem.code !== "rate_limited" || tries === TRIES) throw problem;
      await new Promise((again) => setTimeout(again, PAUSE_MS));
      signal.throwIfAborted();
    }
  }
}

/** An answer that comes, has come, or was refused. */
export type Asked<T> = { state: "waiting"; answer: T | null } | { state: "here"; answer: T } | { state: "refused"; code: string };

/** A number for people, with as many digits as mean something. */
export function shown(number: number, language: string, digits = 2): string {
  return (Object.is(Math.round(number * 10 ** digits), -0) ? 0 : number).toLocaleString(language, {
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
  });
}

/** The moves of a game as one line, which a server reads back. */
export const line = (moves: string[], separator: string): string => (moves.length === 0 ? "-" : moves.join(separator));
