import type { Board, Mark, Square } from "./board";

const beside = ({ column, row }: Square): Square[] => [
  { column: column - 1, row },
  { column: column + 1, row },
  { column, row: row - 1 },
  { column, row: row + 1 },
];

/** The stones of a colour whose chains have no free crossing beside them. */
export function surrounded(board: Board, colour: Mark): Square[] {
  const seen = new Set<string>();
  const found: Square[] = [];
  board.forEach((squares, row) =>
    squares.forEach((mark, column) => {
      if (mark !== colour || seen.has(`${column},${row}`)) return;
      const chain: Square[] = [];
      const open = [{ column, row }];
      let free = false;
      seen.add(`${column},${row}`);
      for (let at = open.pop(); at !== undefined; at = open.pop()) {
        chain.push(at);
        for (const next of beside(at)) {
          const there = board[next.row]?.[next.column];
          free ||= there === ".";
          const key = `${next.column},${next.row}`;
          if (there === colour && !seen.has(key)) {
            seen.add(key);
            open.push(next);
          }
        }
      }
      if (!free) found.push(...chain);
    }),
  );
  return found;
}
