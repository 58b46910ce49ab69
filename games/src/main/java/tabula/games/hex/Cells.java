package tabula.games.hex;

/**
 * Sets of cells in two longs of 64: cell {@code row * size + column} is bit {@code cell & 63} of
 * the low one or, from 64 on, of the high one.
 */
final class Cells {

  private final int size;
  private final int[] mirrored;

  // The cells that are not in the first column, and not in the last: where a step sideways ends.
  private final long notFirstLow;
  private final long notFirstHigh;
  private final long notLastLow;
  private final long notLastHigh;

  /** The lowest row, and the highest. */
  private final long bottom;

  private final long topLow;
  private final long topHigh;

  Cells(int size) {
    this.size = size;
    this.mirrored = new int[size * size];
    long[] notFirst = new long[2];
    long[] notLast = new long[2];
    long[] top = new long[2];
    for (int cell = 0; cell < size * size; cell++) {
      mirrored[cell] = cell % size * size + cell / size;
      if (cell / size == size - 1) {
        top[cell >>> 6] |= 1L << cell;
      }
      if (cell % size != 0) {
        notFirst[cell >>> 6] |= 1L << cell;
      }
      if (cell % size != size - 1) {
        notLast[cell >>> 6] |= 1L << cell;
      }
    }
    bottom = (1L << size) - 1;
    topLow = top[0];
    topHigh = top[1];
    notFirstLow = notFirst[0];
    notFirstHigh = notFirst[1];
    notLastLow = notLast[0];
    notLastHigh = notLast[1];
  }

  /** Files and ranks exchanged. */
  int mirrored(int cell) {
    return mirrored[cell];
  }

  static long low(int cell) {
    return cell < Long.SIZE ? 1L << cell : 0;
  }

  static long high(int cell) {
    return cell < Long.SIZE ? 0 : 1L << cell;
  }

  static boolean has(long low, long high, int cell) {
    return (((cell < Long.SIZE ? low : high) >>> cell) & 1) != 0;
  }

  /**
   * Whether the chain through a cell touches the lowest row and the highest.
   *
   * @param low and {@code high} the stones of one side, that cell among them
   */
  boolean joinsEdges(long low, long high, int cell) {
    long chainLow = low(cell);
    long chainHigh = high(cell);
    while (true) {
      long nextLow = spreadLow(chainLow, chainHigh) & low;
      long nextHigh = spreadHigh(chainLow, chainHigh) & high;
      if (nextLow == chainLow && nextHigh == chainHigh) {
        return (chainLow & bottom) != 0 && ((chainLow & topLow) | (chainHigh & topHigh)) != 0;
      }
      chainLow = nextLow;
      chainHigh = nextHigh;
    }
  }

  /** Whether one more stone, on a free cell, would join the lowest row and the highest. */
  boolean canJoinEdges(long low, long high, long freeLow, long freeHigh) {
    // What hangs together with either edge, in steps of all chains at once.
    long fromBottomLow = low & bottom;
    long fromBottomHigh = 0;
    long fromTopLow = low & topLow;
    long fromTopHigh = high & topHigh;
    while (true) {
      long nextBottomLow = spreadLow(fromBottomLow, fromBottomHigh) & low;
      long nextBottomHigh = spreadHigh(fromBottomLow, fromBottomHigh) & high;
      long nextTopLow = spreadLow(fromTopLow, fromTopHigh) & low;
      long nextTopHigh = spreadHigh(fromTopLow, fromTopHigh) & high;
      if (nextBottomLow == fromBottomLow
          && nextBottomHigh == fromBottomHigh
          && nextTopLow == fromTopLow
          && nextTopHigh == fromTopHigh) {
        break;
      }
      fromBottomLow = nextBottomLow;
      fromBottomHigh = nextBottomHigh;
      fromTopLow = nextTopLow;
      fromTopHigh = nextTopHigh;
    }
    long besideLow =
        (spreadLow(fromBottomLow, fromBottomHigh) | bottom)
            & (spreadLow(fromTopLow, fromTopHigh) | topLow);
    long besideHigh =
        spreadHigh(fromBottomLow, fromBottomHigh) & (spreadHigh(fromTopLow, fromTopHigh) | topHigh);
    return ((besideLow & freeLow) | (besideHigh & freeHigh)) != 0;
  }

  // A set and all that it touches: straight up and down, sideways, and the diagonal of the two.

  private long spreadLow(long low, long high) {
    return low
        | (low << size)
        | lowRight(low, high, size)
        | (((low << 1) | lowRight(low, high, size - 1)) & notFirstLow)
        | ((lowRight(low, high, 1) | (low << (size - 1))) & notLastLow);
  }

  private long spreadHigh(long low, long high) {
    return high
        | highLeft(low, high, size)
        | (high >>> size)
        | ((highLeft(low, high, 1) | (high >>> (size - 1))) & notFirstHigh)
        | (((high >>> 1) | highLeft(low, high, size - 1)) & notLastHigh);
  }

  private static long lowRight(long low, long high, int distance) {
    return (low >>> distance) | (high << (Long.SIZE - distance));
  }

  private static long highLeft(long low, long high, int distance) {
    return (high << distance) | (low >>> (Long.SIZE - distance));
  }

  // A set seen after half a turn: cell c goes to the last cell minus c.

  long turnedLow(long low, long high) {
    int shift = 2 * Long.SIZE - size * size;
    long reversedLow = Long.reverse(high);
    long reversedHigh = Long.reverse(low);
    return shift < Long.SIZE
        ? lowRight(reversedLow, reversedHigh, shift)
        : reversedHigh >>> (shift - Long.SIZE);
  }

  long turnedHigh(long low) {
    int shift = 2 * Long.SIZE - size * size;
    return shift < Long.SIZE ? Long.reverse(low) >>> shift : 0;
  }
}
