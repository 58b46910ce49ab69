/** A recurrent network, run where it can be watched: step by step, in the browser, from the checkpoint that training wrote. */

import { sideAt } from "../../protocol";
import type { Board } from "../../board";
import { softmax } from "../lessons";

export interface Recurrent {
  /** How many positions it reads, the one to judge at the end. */
  positions: number;
  /** How many cells remember. */
  cells: number;
  weight: (layer: string) => Float32Array;
}

export interface Judged {
  /** What each cell gives, in [-1, 1], after each of the game's positions, the empty board first: [positions][cells]. */
  memory: number[][];
  /** In [-1, 1] for the side to move. */
  value: number;
  /** By square, row 0 at the bottom; 0 where a piece stands. */
  policy: number[];
}

const VALUE_UNITS = 64;
const SIDE = 3;
const PLANES = SIDE * SIDE * 3;

/**
 * Reads a checkpoint of a recurrent network for tic-tac-toe: `TABULA`, a version (2 bytes), the length of a JSON header (4 bytes), the
 * header, and the weights as 32-bit floats, big-endian, layer by layer.
 */
export function open(file: ArrayBuffer): Recurrent {
  const bytes = new DataView(file);
  const text = new TextDecoder();
  if (text.decode(file.slice(0, 6)) !== "TABULA") throw new Error("This is no checkpoint.");
  const start = 12 + bytes.getUint32(8);
  const { network } = JSON.parse(text.decode(file.slice(12, start))) as { network: string };
  const [cells, positions] = /^recurrent:(\d+)x(\d+)$/.exec(network)!.slice(1).map(Number) as [number, number];
  const sizes: [string, number][] = [
    ["kernel", PLANES * 4 * cells],
    ["recurrent", cells * 4 * cells],
    ["bias", 4 * cells],
    ["policy.kernel", cells * SIDE * SIDE],
    ["policy.bias", SIDE * SIDE],
    ["value.hidden.kernel", cells * VALUE_UNITS],
    ["value.hidden.bias", VALUE_UNITS],
    ["value.output.kernel", VALUE_UNITS],
    ["value.output.bias", 1],
  ];
  const layers = new Map<string, Float32Array>();
  let at = start;
  for (const [layer, size] of sizes) {
    layers.set(layer, Float32Array.from({ length: size }, (_, i) => bytes.getFloat32(at + 4 * i)));
    at += 4 * size;
  }
  return { positions, cells, weight: (layer) => layers.get(layer)! };
}

/** What the network sees of a board: for each square, from the top, own, the opponent's, and whether the first player moves. */
function planes(board: Board, ply: number): number[] {
  const own = sideAt(ply) === "first" ? "X" : "O";
  return [...board]
    .reverse()
    .flat()
    .flatMap((mark) => [mark === own ? 1 : 0, mark !== "." && mark !== own ? 1 : 0, own === "X" ? 1 : 0]);
}

/** `input · kernel + bias`; kernel [in, out]. */
function dense(input: number[], kernel: Float32Array, bias: Float32Array): number[] {
  return Array.from(bias, (start, out) => input.reduce((sum, value, i) => sum + value * kernel[i * bias.length + out]!, start));
}

const sigmoid = (x: number) => 1 / (1 + Math.exp(-x));

/**
 * Reads a game, position by position, and judges the last one.
 * @param boards the game's, the empty one first
 */
export function judge({ positions, cells, weight }: Recurrent, boards: Board[]): Judged {
  let memory = Array.from({ length: cells }, () => 0);
  let state = [...memory];
  const read = (seen: number[]) => {
    const fromSeen = dense(seen, weight("kernel"), weight("bias"));
    const gates = dense(memory, weight("recurrent"), Float32Array.from(fromSeen));
    const gate = (kind: number, cell: number) => gates[kind * cells + cell]!;
    // A cell lets in, forgets, and shows: each by a gate between 0 and 1.
    state = state.map((before, cell) => sigmoid(gate(1, cell)) * before + sigmoid(gate(0, cell)) * Math.tanh(gate(2, cell)));
    memory = state.map((now, cell) => sigmoid(gate(3, cell)) * Math.tanh(now));
  };
  // Before the game there is nothing to see.
  for (let i = boards.length; i < positions; i++) read(Array.from({ length: PLANES }, () => 0));
  const watched = boards.map((board, ply) => {
    read(planes(board, ply));
    return memory;
  });
  const last = boards.at(-1)!;
  const logits = dense(memory, weight("policy.kernel"), weight("policy.bias"));
  const free = logits.map((logit, square) => (last[Math.floor(square / SIDE)]?.[square % SIDE] === "." ? logit : -Infinity));
  const units = dense(memory, weight("value.hidden.kernel"), weight("value.hidden.bias")).map((unit) => Math.max(0, unit));
  const [value] = dense(units, weight("value.output.kernel"), weight("value.output.bias"));
  return { memory: watched, value: Math.tanh(value!), policy: softmax(free) };
}
