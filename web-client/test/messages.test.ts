import { expect, it } from "vitest";
import { goal, moveName, pieces, seatName, trained } from "../src/messages";
import { en } from "../src/messages/en";
import { hu } from "../src/messages/hu";
import type { Game } from "../src/protocol";

function keys(node: object, path = ""): string[] {
  return Object.entries(node).flatMap(([key, value]) =>
    value !== null && typeof value === "object" ? keys(value as object, `${path}${key}.`) : [`${path}${key}`],
  );
}

it("has every text in both languages", () => {
  expect(keys(hu).sort()).toEqual(keys(en).sort());
});

it("leaves no text empty", () => {
  for (const messages of [en, hu]) {
    for (const value of Object.values(messages)) {
      if (typeof value === "string") expect(value.trim()).not.toBe("");
    }
  }
});

it("calls a guest so in the reader's language, and everybody else by name", () => {
  expect(seatName(hu, "hu", { kind: "person", name: "Guest" })).toBe("Vendég");
  expect(seatName(en, "en", { kind: "person", name: "Vendég" })).toBe("Guest");
  expect(seatName(hu, "hu", { kind: "person", name: "Ada" })).toBe("Ada");
  expect(seatName(hu, "hu", { kind: "bot", name: "Guest" })).toBe("Guest (bot)");
});

it("calls pieces what they look like", () => {
  const game = (kind: Game["board"]["kind"]): Game => ({ id: "", title: "", board: { kind, width: 3, height: 3 }, moveSeparator: "" });
  expect(pieces(en, game("drop"), "second")).toBe("Yellow");
  expect(pieces(en, game("place"), "second")).toBe("Ring");
});

it("names moves that are words, and games that share their rules", () => {
  expect(moveName(hu, "swap")).toBe("csere");
  expect(moveName(en, "b2b3")).toBe("b2b3");
  const game: Game = { id: "hex-11", title: "", board: { kind: "hex", width: 11, height: 11 }, moveSeparator: " " };
  expect(goal(en, game)).toBe(en.goals["hex"]);
});

it("says which checkpoint plays, and how long it was trained where that is known", () => {
  expect(trained(en, "en", { step: 2833, minutes: 8 })).toBe("The network that comes with Tabula: 8 min of training, 2,833 steps");
  expect(trained(en, "en", { file: "best.tabula", step: 60 })).toBe("best.tabula: 60 training steps");
});
