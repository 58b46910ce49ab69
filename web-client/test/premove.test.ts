import { expect, it } from "vitest";
import { queuedMove, touchedAhead } from "../src/premove";
import type { Game } from "../src/protocol";

const game = (kind: Game["board"]["kind"], size = 8): Game => ({
  id: kind,
  title: kind,
  board: { kind, width: size, height: size },
  moveSeparator: " ",
});
const at = (column: number, row: number) => ({ column, row });

it("plays the move between the squares that were chosen, if it is legal", () => {
  const queued = { from: at(6, 0), to: at(5, 2), sure: true };
  expect(queuedMove(game("chess"), queued, ["e2e4", "g1f3"])).toBe("g1f3");
  expect(queuedMove(game("chess"), queued, ["e2e4", "g1h3"])).toBeNull();
});

it("makes a queen where a pawn may become several pieces", () => {
  expect(queuedMove(game("chess"), { from: at(4, 6), to: at(4, 7), sure: true }, ["e7e8n", "e7e8q", "e7e8r"])).toBe("e7e8q");
});

it("asks only for the column where pieces fall, and for the square where they are put", () => {
  expect(queuedMove(game("drop", 7), { from: null, to: at(3, 5), sure: true }, ["1", "4"])).toBe("4");
  expect(queuedMove(game("place", 3), { from: null, to: at(1, 1), sure: true }, ["a1", "b2"])).toBe("b2");
  expect(queuedMove(game("place", 3), { from: null, to: at(1, 1), sure: true }, ["a1"])).toBeNull();
});

it("lets a stray touch pass where pieces are put: the second one on a square means it, the third takes it back", () => {
  const stray = touchedAhead(null, at(2, 0), false);
  expect(stray).toEqual({ from: null, to: at(2, 0), sure: false });
  expect(touchedAhead(stray, at(4, 0), false)).toEqual({ from: null, to: at(4, 0), sure: false });
  const meant = touchedAhead(stray, at(2, 0), true);
  expect(meant).toEqual({ from: null, to: at(2, 0), sure: true });
  expect(touchedAhead(meant, at(5, 0), false)).toBeNull();
});
