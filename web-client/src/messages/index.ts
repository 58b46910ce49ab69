import { memory } from "../memory";
import { en, type Messages } from "./en";
import { hu } from "./hu";

/** Adding a language takes its file and a line here. */
export const languages: Record<string, Messages> = { en, hu };

export type { Messages };

/** The language chosen before, else the browser's, else English. */
export function preferredLanguage(): string {
  const wanted = [memory.choice("language"), ...navigator.languages.map((tag) => tag.split("-")[0] ?? "")];
  return wanted.find((language): language is string => language !== null && language in languages) ?? "en";
}

/** An agent's name in words, from its spec. */
export function agentName(t: Messages, language: string, spec: string, fallback: string): string {
  const number = (digits: string | undefined) => Number(digits).toLocaleString(language);
  if (spec === "random") return t.agentRandom;
  if (spec === "perfect") return t.agentPerfect;
  const tree = /^mcts:(\d+)$/.exec(spec);
  if (tree) return t.agentTree(number(tree[1]));
  const net = /^net:.*[?&]visits=(\d+)/.exec(spec);
  if (net) return net[1] === "0" ? t.agentGlance : t.agentNetwork(number(net[1]));
  return fallback;
}
