package tabula.games.hex;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Deque;
import java.util.List;

/** The chain that decided a game, for those who look at it. */
final class Chain {

  private static final int[][] NEIGHBOURS = {{1, 0}, {-1, 0}, {0, 1}, {0, -1}, {1, -1}, {-1, 1}};

  private Chain() {}

  /** A shortest chain from the lowest row to the highest; empty if there is none. */
  static List<Integer> shortest(BitSet stones, int size) {
    int[] from = new int[size * size];
    Arrays.fill(from, -2);
    Deque<Integer> open = new ArrayDeque<>();
    for (int cell = 0; cell < size; cell++) {
      if (stones.get(cell)) {
        from[cell] = -1;
        open.add(cell);
      }
    }
    while (!open.isEmpty()) {
      int cell = open.remove();
      if (cell / size == size - 1) {
        List<Integer> chain = new ArrayList<>();
        for (int at = cell; at >= 0; at = from[at]) {
          chain.add(at);
        }
        return chain;
      }
      for (int[] step : NEIGHBOURS) {
        int column = cell % size + step[0];
        int row = cell / size + step[1];
        int next = row * size + column;
        if (column >= 0
            && column < size
            && row >= 0
            && row < size
            && stones.get(next)
            && from[next] == -2) {
          from[next] = cell;
          open.add(next);
        }
      }
    }
    return List.of();
  }
}
