import type { Game } from "./protocol";

export interface Point {
  x: number;
  y: number;
}

/** Where things are on a drawn board, whose squares are 100 wide. */
export interface Geometry {
  width: number;
  height: number;
  centre(column: number, row: number): Point;
}

const CELL = 100;
const EDGE = 14;
/** Room for numbers and letters beside a board that has none on its squares. */
const LABELS = 34;
const NUMBERS = 18;

/**
 * Where things are.
 *
 * @param turned whether the board is seen from the second player's side
 */
export function geometry(board: Game["board"], turned = false): Geometry {
  const at = unturned(board);
  const { width, height } = board;
  return turned ? { ...at, centre: (column, row) => at.centre(width - 1 - column, height - 1 - row) } : at;
}

function unturned({ kind, width, height }: Game["board"]): Geometry {
  switch (kind) {
    case "drop":
    case "place": {
      const below = kind === "drop" ? NUMBERS : 0;
      return squares(width, height, EDGE, EDGE, EDGE, EDGE + below);
    }
    case "step":
    case "flip":
    case "point":
    case "surround":
    case "chess":
    case "draughts":
      return squares(width, height, LABELS, EDGE, EDGE, LABELS);
    case "hex":
      return hexagons(width, height);
  }
}

function squares(width: number, height: number, left: number, top: number, right: number, bottom: number): Geometry {
  return {
    width: width * CELL + left + right,
    height: height * CELL + top + bottom,
    centre: (column, row) => ({
      x: left + (column + 0.5) * CELL,
      y: top + (height - row - 0.5) * CELL,
    }),
  };
}

/** A hexagon's outer radius where it is 100 wide. */
export const RADIUS = CELL / Math.sqrt(3);

/** Each row stands half a hexagon further right than the one below. */
function hexagons(width: number, height: number): Geometry {
  const left = 44;
  const top = 40;
  return {
    width: (width + (height - 1) / 2) * CELL + 2 * left,
    height: (height - 1) * 1.5 * RADIUS + 2 * RADIUS + 2 * top,
    centre: (column, row) => ({
      x: left + (column + row / 2 + 0.5) * CELL,
      y: top + RADIUS + (height - 1 - row) * 1.5 * RADIUS,
    }),
  };
}

/** The corners of a hexagon of a radius: the lowest first, then counter-clockwise as one sees it. */
export function corners({ x, y }: Point, radius: number): Point[] {
  return Array.from({ length: 6 }, (_, index) => ({
    x: x + radius * Math.sin((index * Math.PI) / 3),
    y: y + radius * Math.cos((index * Math.PI) / 3),
  }));
}

export const path = (points: Point[]): string =>
  points.map(({ x, y }, index) => `${index === 0 ? "M" : "L"}${x.toFixed(1)} ${y.toFixed(1)}`).join("");

/** The points that are marked on a board of lines, for the eye: the middle, and four around it. */
export function starPoints(size: number): [number, number][] {
  const middle = (size - 1) / 2;
  const near = size > 9 ? 3 : 2;
  const far = size - 1 - near;
  return [[middle, middle], [near, near], [near, far], [far, near], [far, far]];
}
