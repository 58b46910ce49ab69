import { describe, expect, it } from "vitest";
import { texts } from "../src/inside/texts";
import { crossEntropy, fit, hill, rootMeanSquare, softmax, weightedSum } from "../src/inside/lessons";

describe("the tour's arithmetic", () => {
  const logits = [-4.4, -2.1, 2.1, -4.7, 4.6, -1.6, -2.3];

  it("has the gradient that finite differences have", () => {
    const at = { middle: 1.5, sharpness: 0.7 };
    const { gradient } = hill(logits, 4, at);
    const step = 1e-5;
    for (const name of ["middle", "sharpness"] as const) {
      const up = hill(logits, 4, { ...at, [name]: at[name] + step }).error;
      const down = hill(logits, 4, { ...at, [name]: at[name] - step }).error;
      expect(gradient[name]).toBeCloseTo((up - down) / (2 * step), 5);
    }
  });

  it("descends with a small step", () => {
    let at = { middle: 5, sharpness: 1.6 };
    const start = hill(logits, 4, at).error;
    for (let i = 0; i < 200; i++) {
      const { gradient } = hill(logits, 4, at);
      at = { middle: at.middle - 0.1 * gradient.middle, sharpness: at.sharpness - 0.1 * gradient.sharpness };
    }
    expect(hill(logits, 4, at).error).toBeLessThan(start / 2);
  });

  it("gives probabilities, and no error to certainty", () => {
    expect(softmax(logits).reduce((one, other) => one + other)).toBeCloseTo(1, 12);
    expect(crossEntropy(1)).toBe(-0);
    expect(crossEntropy(Math.exp(-2))).toBeCloseTo(2, 12);
  });

  it("learns by heart with enough freedom, and less so under a penalty", () => {
    const examples = Array.from({ length: 12 }, (_, i) => ({ x: -1 + (2 * i) / 11, y: i % 3 === 0 ? 1 : -0.5 }));
    expect(rootMeanSquare(examples, fit(examples, 11, 0))).toBeLessThan(1e-6);
    expect(rootMeanSquare(examples, fit(examples, 2, 0))).toBeGreaterThan(0.3);
    expect(rootMeanSquare(examples, fit(examples, 11, 10))).toBeGreaterThan(0.1);
    expect(fit([{ x: -1, y: 3 }, { x: 0, y: 5 }, { x: 1, y: 7 }], 1, 0)(0.5)).toBeCloseTo(6, 6);
  });

  it("adds up what a neuron sees, and nothing beyond the board", () => {
    // Two by two squares, numbered from the bottom left; the kernel from the top left.
    const { sum, seen } = weightedSum([[1, 2, 3, 4, 5, 6, 7, 8, 9]], [[1, 0, 0, 1]], 0.5, 0, 2);
    expect(seen[0]).toEqual([null, 0, 1, null, 1, 0, null, null, null]);
    expect(sum).toBe(3 + 5 + 0.5);
  });

  it("has every text in every language", () => {
    const keys = (node: object, path = ""): string[] =>
      Object.entries(node).flatMap(([key, value]) =>
        value !== null && typeof value === "object" ? keys(value as object, `${path}${key}.`) : [`${path}${key}`],
      );
    const english = keys(texts["en"]!).sort();
    for (const each of Object.values(texts)) expect(keys(each).sort()).toEqual(english);
  });
});
