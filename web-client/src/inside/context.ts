import type { Board } from "../board";
import type { Messages } from "../messages";
import type { Game, InsightNetwork } from "../protocol";
import type { Options } from "./ask";
import type { Texts } from "./texts";

/** A position of Connect Four in which the choice matters: the side to move wins by one move alone, and not at once. */
export const EXAMPLE = "13525745";

/** What every panel is told. */
export interface Looked {
  checkpoint: string;
  game: Game;
  moves: string[];
  board: Board;
  /** What the network says of the position; null until it is known. */
  says: InsightNetwork | null;
  options: Options;
  t: Messages;
  x: Texts;
  language: string;
  choose: (options: Options) => void;
  /** Goes to another position. */
  open: (moves: string[]) => void;
}

/** An objective in words. */
export function objectiveName(x: Texts, objective: string): string {
  const plain = objective.replace(/^-/, "");
  const [kind, rest = ""] = plain.split(":");
  const [layer = "", channel] = rest.split("/");
  const name =
    kind === "move" ? x.move(rest) : kind === "channel" ? x.channelOf(layer, Number(channel)) : kind === "layer" ? x.layerOf(layer) : x.value;
  return objective.startsWith("-") ? `− (${name})` : name;
}
