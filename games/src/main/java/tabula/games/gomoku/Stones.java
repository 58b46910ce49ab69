package tabula.games.gomoku;

import java.util.stream.IntStream;

/**
 * Sets of points in four longs: point (column, row) is bit {@code row * 16 + column}, so that four
 * rows fill a long, and at least one column between rows stays empty: no line runs over an edge.
 */
final class Stones {

  static final int WORDS = 4;
  static final int STRIDE = 16;

  /** Along a row, a column and both diagonals. */
  private static final int[] STEPS = {1, STRIDE, STRIDE - 1, STRIDE + 1};

  private static final int FIVE = 5;

  /** By how many there are: which of five points are free, as bits. */
  private static final int[][] GAPS =
      IntStream.range(0, FIVE)
          .mapToObj(
              count ->
                  IntStream.range(0, 1 << FIVE)
                      .filter(gaps -> Integer.bitCount(gaps) == count)
                      .toArray())
          .toArray(int[][]::new);

  private Stones() {}

  /** Whether five stones stand in a line; the words from the lowest rows up. */
  static boolean hasFive(long a, long b, long c, long d) {
    return hasFive(a, b, c, d, 1)
        || hasFive(a, b, c, d, STRIDE)
        || hasFive(a, b, c, d, STRIDE - 1)
        || hasFive(a, b, c, d, STRIDE + 1);
  }

  private static boolean hasFive(long a, long b, long c, long d, int step) {
    // Pairs, pairs of pairs, and two of those a step apart.
    int rest = Long.SIZE - step;
    long a2 = a & ((a >>> step) | (b << rest));
    long b2 = b & ((b >>> step) | (c << rest));
    long c2 = c & ((c >>> step) | (d << rest));
    long d2 = d & (d >>> step);
    int twice = 2 * step;
    int restTwice = Long.SIZE - twice;
    long a4 = a2 & ((a2 >>> twice) | (b2 << restTwice));
    long b4 = b2 & ((b2 >>> twice) | (c2 << restTwice));
    long c4 = c2 & ((c2 >>> twice) | (d2 << restTwice));
    long d4 = d2 & (d2 >>> twice);
    return ((a4 & ((a4 >>> step) | (b4 << rest)))
            | (b4 & ((b4 >>> step) | (c4 << rest)))
            | (c4 & ((c4 >>> step) | (d4 << rest)))
            | (d4 & (d4 >>> step)))
        != 0;
  }

  /**
   * The free points of those five in a line on which all other points but these have a stone.
   *
   * @param missing how many of the five are free: with 1, a stone on such a point completes five
   */
  static long[] extending(long[] stones, long[] free, int missing) {
    long[] points = new long[WORDS];
    for (int step : STEPS) {
      for (int word = 0; word < WORDS; word++) {
        for (int gaps : GAPS[missing]) {
          long lines = -1;
          for (int i = 0; i < FIVE && lines != 0; i++) {
            lines &= shifted(((gaps >>> i) & 1) == 0 ? stones : free, i * step, word);
          }
          for (int left = lines == 0 ? 0 : gaps; left != 0; left &= left - 1) {
            addShifted(points, lines, Integer.numberOfTrailingZeros(left) * step, word);
          }
        }
      }
    }
    return points;
  }

  /** A word of the set moved down by so many bits. */
  private static long shifted(long[] set, int distance, int word) {
    int from = word + distance / Long.SIZE;
    int bits = distance % Long.SIZE;
    long low = from < WORDS ? set[from] >>> bits : 0;
    return bits == 0 || from + 1 >= WORDS ? low : low | (set[from + 1] << (Long.SIZE - bits));
  }

  /** Adds a word moved up by so many bits. */
  private static void addShifted(long[] set, long value, int distance, int word) {
    int to = word + distance / Long.SIZE;
    int bits = distance % Long.SIZE;
    if (to < WORDS) {
      set[to] |= value << bits;
    }
    if (bits != 0 && to + 1 < WORDS) {
      set[to + 1] |= value >>> (Long.SIZE - bits);
    }
  }
}
