import { expect, it } from "vitest";
import { en } from "../src/messages/en";
import { hu } from "../src/messages/hu";

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
