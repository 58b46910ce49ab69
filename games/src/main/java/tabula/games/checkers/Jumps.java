package tabula.games.checkers;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;

/**
 * Numbers the ways to jump.
 *
 * <p>The squares that jumps from a square lead to are the eight nodes of a graph, and the nine
 * pieces that may be jumped are its edges. Nine edges less a tree of seven leave two, and whether
 * those two were jumped says, with the two ends of a way, which others were: every way adds to any
 * other a cycle, and there are no more than four sums of two cycles. So a way is its start, its end
 * and two bits, however long it is; ways that take the same pieces in another order are the same
 * move.
 */
final class Jumps {

  /** Ends of a way times what the two edges say. */
  static final int WAYS = 8 * 4;

  /** By start and way: the pieces that are taken. */
  private static final int[] TAKEN = new int[32 * WAYS];

  private static final byte[] TARGET = new byte[32 * WAYS];

  /** By start: the pieces of the two edges that belong to no tree. */
  private static final int[][] CHORDS = new int[32][];

  /** By start and end: which of the eight ends it is. */
  private static final byte[] END = new byte[32 * 32];

  static {
    for (int from = 0; from < 32; from++) {
      int[] ends = Squares32.reachable(from);
      int[] tree = new int[32];
      CHORDS[from] = tree(ends, tree);
      int[] cycles = new int[2];
      for (int i = 0; i < 2; i++) {
        cycles[i] = cycle(CHORDS[from][i], ends, tree);
      }
      for (int end = 0; end < ends.length; end++) {
        END[from * 32 + ends[end]] = (byte) end;
        for (int bits = 0; bits < 4; bits++) {
          int taken = tree[from] ^ tree[ends[end]];
          taken ^= (bits & 1) != 0 ? cycles[0] : 0;
          taken ^= (bits & 2) != 0 ? cycles[1] : 0;
          TAKEN[from * WAYS + end * 4 + bits] = taken;
          TARGET[from * WAYS + end * 4 + bits] = (byte) ends[end];
        }
      }
    }
  }

  private Jumps() {}

  /**
   * Finds for each node the pieces on its way through a tree, and the two edges outside it. The
   * tree grows from the node with the lowest number, so that all starts of a graph share it.
   */
  private static int[] tree(int[] nodes, int[] ways) {
    int inTree = 0;
    int seen = 1 << nodes[0];
    Deque<Integer> open = new ArrayDeque<>();
    open.add(nodes[0]);
    while (!open.isEmpty()) {
      int node = open.remove();
      for (int direction = 0; direction < Squares32.DIRECTIONS; direction++) {
        int next = Squares32.jump(node, direction);
        if (next >= 0 && (seen >>> next & 1) == 0) {
          int over = 1 << Squares32.step(node, direction);
          seen |= 1 << next;
          inTree |= over;
          ways[next] = ways[node] ^ over;
          open.add(next);
        }
      }
    }
    int all = 0;
    for (int node : nodes) {
      for (int direction = 0; direction < Squares32.DIRECTIONS; direction++) {
        all |= Squares32.jump(node, direction) < 0 ? 0 : 1 << Squares32.step(node, direction);
      }
    }
    int chords = all & ~inTree;
    return new int[] {Integer.lowestOneBit(chords), Integer.highestOneBit(chords)};
  }

  /** An edge outside the tree, and the way between its ends through the tree. */
  private static int cycle(int chord, int[] nodes, int[] tree) {
    for (int node : nodes) {
      for (int direction = 0; direction < Squares32.DIRECTIONS; direction++) {
        int next = Squares32.jump(node, direction);
        if (next >= 0 && 1 << Squares32.step(node, direction) == chord) {
          return chord ^ tree[node] ^ tree[next];
        }
      }
    }
    throw new IllegalStateException("No jump goes over " + Arrays.toString(nodes));
  }

  /** The number of a way. */
  static int way(int from, int to, int taken) {
    int[] chords = CHORDS[from];
    int bits = ((taken & chords[0]) != 0 ? 1 : 0) | ((taken & chords[1]) != 0 ? 2 : 0);
    return END[from * 32 + to] * 4 + bits;
  }

  /** The pieces that a way takes. */
  static int taken(int from, int way) {
    return TAKEN[from * WAYS + way];
  }

  /** Where a way ends. */
  static int target(int from, int way) {
    return TARGET[from * WAYS + way];
  }
}
