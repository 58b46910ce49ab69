import { expect, it } from "vitest";
import { families } from "../src/families";
import { familyName } from "../src/messages";
import { en } from "../src/messages/en";
import { hu } from "../src/messages/hu";
import type { Game, Level } from "../src/protocol";
import { namedStrengths } from "../src/strengths";

const game = (id: string, size: number): Game => ({
  id,
  title: id,
  board: { kind: "flip", width: size, height: size },
  moveSeparator: " ",
});
const level = (agent: string, kind: Level["kind"], at: number): Level => ({ agent, name: agent, kind, level: at });

it("puts boards of one game together, the smallest first", () => {
  const shelf = families([game("othello", 8), game("othello-6", 6), game("chess", 8)]);
  expect(shelf.map(({ id, games }) => [id, games.map((each) => each.id)])).toEqual([
    ["othello", ["othello-6", "othello"]],
    ["chess", ["chess"]],
  ]);
});

it("calls a game by its name without a size, in both languages", () => {
  expect(familyName(en, game("othello-6", 6))).toBe("Othello");
  expect(familyName(hu, game("gomoku-9", 9))).toBe("Amőba");
  expect(familyName(en, { ...game("new-5", 5), title: "New 5x5" })).toBe("New");
});

it("names the strengths of the network, or of the search where none has learnt the game", () => {
  const search = [level("random", "random", 1), level("mcts:50", "search", 2), level("mcts:100", "search", 2), level("mcts:1000", "search", 4)];
  expect(namedStrengths(search).map(({ strength, level }) => [strength, level.agent])).toEqual([
    ["easy", "mcts:100"],
    ["medium", "mcts:1000"],
  ]);
  const all = [...search, level("net", "checkpoint", 7), level("perfect", "perfect", 9)];
  expect(namedStrengths(all).map(({ strength, level }) => [strength, level.agent])).toEqual([
    ["hard", "net"],
    ["perfect", "perfect"],
  ]);
});
