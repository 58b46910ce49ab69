import { familyOf } from "../families";
import { memory } from "../memory";
import type { Game, Level, Player, Seat, Side } from "../protocol";
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

/** A share in whole percent. */
export const percent = (share: number, language: string): string =>
  share.toLocaleString(language, { style: "percent", maximumFractionDigits: 0 });

/** A player's name on the ladder, where networks of all ages stand together. */
export function playerName(t: Messages, language: string, player: Player): string {
  const spec = player.id.replace(/^agent:/, "");
  const name = player.id === spec ? player.name : agentName(t, language, spec, player.name);
  const checkpoint = /^net:([0-9a-f]{6})[0-9a-f]*\?/.exec(spec);
  return checkpoint ? `${name} (${checkpoint[1]})` : name;
}

/** Who sits on a seat, in words. Who gave no name is a guest in every language, whatever that page spoke. */
export function seatName(t: Messages, language: string, seat: Seat): string {
  switch (seat.kind) {
    case "person":
      return Object.values(languages).some((messages) => messages.guest === seat.name) ? t.guest : seat.name;
    case "bot":
      return `${seat.name} (${t.bot})`;
    case "agent":
      return agentName(t, language, seat.agent, seat.name);
    case "open":
      return t.openSeat;
  }
}

/** A game's rules in a sentence: its own, or those that all its boards share. */
export function goal(t: Messages, game: Game): string {
  return t.goals[game.id] ?? t.goals[familyOf(game)] ?? "";
}

export const gameName = (t: Messages, game: Game): string => t.games[game.id] ?? game.title;

/** What all boards of a game are called: the name without a size. */
export const familyName = (t: Messages, game: Game): string => gameName(t, game).replace(/\s\d+\s?[×x]\s?\d+$/, "");

/** A board's size. */
export const sizeName = ({ board }: Game): string => `${board.width}\u00a0×\u00a0${board.height}`;

/** A move in words, where it is no square. */
export const moveName = (t: Messages, move: string): string => t.words[move]?.name ?? move;

/** Whose pieces a side's are, in words. */
export function pieces(t: Messages, game: Game, side: Side): string {
  return t.pieces[game.board.kind][side];
}

/** Which checkpoint plays, and how long it was trained. */
export function trained(t: Messages, language: string, checkpoint: NonNullable<Level["checkpoint"]>): string {
  const steps = checkpoint.step.toLocaleString(language);
  const training =
    checkpoint.minutes === undefined
      ? t.trainedSteps(steps)
      : t.trainedMinutes(checkpoint.minutes.toLocaleString(language), steps);
  return `${checkpoint.file ?? t.shippedNetwork}: ${training}`;
}
