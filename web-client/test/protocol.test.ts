import { expect, it } from "vitest";
import types from "../src/protocol.generated.ts?raw";
// @ts-expect-error a script without types
import { generate } from "../generate-protocol.mjs";

it("has types as fresh as the schemas: npm run generate", async () => {
  expect(types).toBe(await generate());
}, 60_000);
