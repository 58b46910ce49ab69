import { describe, expect, it } from "vitest";
import { boardAfter } from "../src/board";
import { judge, open } from "../src/inside/recurrent/recurrent";
import type { Game } from "../src/protocol";
import checkpoint from "../src/inside/recurrent/tic-tac-toe.tabula?url&inline";
/** What the network says of these positions: ND4J's is tested against the same file. */
import answers from "./recurrent.json";

const game = { board: { kind: "place", width: 3, height: 3 } } as Game;
const network = open(await (await fetch(checkpoint)).arrayBuffer());

function judged(line: string) {
  const moves = line === "-" ? [] : line.split(" ");
  return judge(
    network,
    Array.from({ length: moves.length + 1 }, (_, ply) => boardAfter(game, moves, ply).board),
  );
}

describe("the recurrent network of the tour", () => {
  it.each(answers)("says of $moves what it says by ND4J", ({ moves, value, policy }) => {
    const said = judged(moves);
    expect(said.value).toBeCloseTo(value, 3);
    expect(said.policy).toHaveLength(policy.length);
    said.policy.forEach((share, square) => expect(share).toBeCloseTo(policy[square]!, 3));
    expect(said.memory).toHaveLength(moves === "-" ? 1 : moves.split(" ").length + 1);
    expect(said.memory.flat().every((cell) => Math.abs(cell) <= 1)).toBe(true);
  });

  it("remembers two orders of moves differently, and is no other kind of file", () => {
    const [one, other] = ["b2 a1 a3 c1", "a3 c1 b2 a1"].map((moves) => judged(moves).memory.at(-1)!);
    expect(Math.max(...one!.map((cell, i) => Math.abs(cell - other![i]!)))).toBeGreaterThan(0.1);
    expect(() => open(new ArrayBuffer(20))).toThrow("no checkpoint");
  });
});
