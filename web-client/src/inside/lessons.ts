/** The arithmetic of the tour's pages, small enough to be followed. */

export function softmax(logits: number[]): number[] {
  const highest = Math.max(...logits);
  const weights = logits.map((logit) => Math.exp(logit - highest));
  const sum = weights.reduce((one, other) => one + other, 0);
  return weights.map((weight) => weight / sum);
}

/** Minus the logarithm of the probability of what was right, in nats. */
export const crossEntropy = (probability: number): number => -Math.log(probability);

/** How much is added for moves near the middle, and by how much all logits are sharpened. */
export interface Parameters {
  middle: number;
  sharpness: number;
}

/** The share of the target that is not the right move's: learning is never told to be wholly sure. */
const SMOOTHED = 0.2;

/** The error of two parameters on one position, and its gradient. */
export function hill(logits: number[], right: number, { middle, sharpness }: Parameters): { error: number; gradient: Parameters } {
  const centre = logits.map((_, move) => 1 - Math.abs(2 * move - (logits.length - 1)) / (logits.length - 1));
  const moved = logits.map((logit, move) => logit + middle * centre[move]!);
  const said = softmax(moved.map((logit) => sharpness * logit));
  const target = logits.map((_, move) => (move === right ? 1 - SMOOTHED : 0) + SMOOTHED / logits.length);
  const sum = (term: (move: number) => number) => logits.reduce((total, _, move) => total + term(move), 0);
  return {
    error: sum((move) => target[move]! * crossEntropy(Math.max(said[move]!, 1e-300))),
    gradient: {
      middle: sum((move) => (said[move]! - target[move]!) * sharpness * centre[move]!),
      sharpness: sum((move) => (said[move]! - target[move]!) * moved[move]!),
    },
  };
}

export interface Example {
  /** In [-1, 1]. */
  x: number;
  y: number;
}

/** Legendre's polynomials: each adds a wiggle that none before has. */
function features(x: number, degree: number): number[] {
  const values = [1, x];
  for (let n = 1; n < degree; n++) values.push(((2 * n + 1) * x * values[n]! - n * values[n - 1]!) / (n + 1));
  return values.slice(0, degree + 1);
}

/** Fits a polynomial by least squares, with a penalty on the squares of its weights. */
export function fit(examples: Example[], degree: number, penalty: number): (x: number) => number {
  const rows = examples.map((example) => features(example.x, degree));
  const size = degree + 1;
  const matrix = Array.from({ length: size }, (_, i) => [
    ...Array.from({ length: size }, (_, j) =>
      rows.reduce((sum, row) => sum + row[i]! * row[j]!, i === j && i > 0 ? penalty : i === j ? 1e-12 : 0),
    ),
    rows.reduce((sum, row, n) => sum + row[i]! * examples[n]!.y, 0),
  ]);
  const weights = solve(matrix);
  return (x) => features(x, degree).reduce((sum, feature, i) => sum + feature * weights[i]!, 0);
}

/** Gauss's elimination, the largest pivot first; each row ends with its right-hand side. */
function solve(matrix: number[][]): number[] {
  const size = matrix.length;
  for (let column = 0; column < size; column++) {
    let pivot = column;
    for (let row = column + 1; row < size; row++) {
      if (Math.abs(matrix[row]![column]!) > Math.abs(matrix[pivot]![column]!)) pivot = row;
    }
    [matrix[column], matrix[pivot]] = [matrix[pivot]!, matrix[column]!];
    for (let row = 0; row < size; row++) {
      if (row === column) continue;
      const factor = matrix[row]![column]! / matrix[column]![column]!;
      for (let k = column; k <= size; k++) matrix[row]![k]! -= factor * matrix[column]![k]!;
    }
  }
  return matrix.map((row, i) => row[size]! / row[i]!);
}

/** The root of the mean squared error. */
export function rootMeanSquare(examples: Example[], curve: (x: number) => number): number {
  return Math.sqrt(examples.reduce((sum, { x, y }) => sum + (curve(x) - y) ** 2, 0) / examples.length);
}

/** What a neuron adds up around a square: what it sees times its weights, and its bias. */
export function weightedSum(
  kernel: number[][],
  planes: number[][],
  bias: number,
  square: number,
  width: number,
): { sum: number; seen: (number | null)[][] } {
  const height = (planes[0]?.length ?? 0) / width;
  const seen = planes.map((plane) =>
    Array.from({ length: 9 }, (_, index) => {
      // The kernel's rows go down, the board's up.
      const row = Math.floor(square / width) + 1 - Math.floor(index / 3);
      const column = (square % width) + (index % 3) - 1;
      return row < 0 || row >= height || column < 0 || column >= width ? null : (plane[row * width + column] ?? 0);
    }),
  );
  const sum = seen.reduce(
    (total, around, plane) => around.reduce<number>((part, value, index) => part + (value ?? 0) * (kernel[plane]?.[index] ?? 0), total),
    bias,
  );
  return { sum, seen };
}
