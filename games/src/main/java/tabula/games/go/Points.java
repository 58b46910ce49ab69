package tabula.games.go;

/**
 * Sets of points in two longs, up to nine rows of nine: whole rows, from the lowest up, fill the
 * low long as far as they go, and the others follow in the high one.
 */
final class Points {

  final int size;
  private final int lowPoints;
  final long allLow;
  final long allHigh;
  private final long notFirstLow;
  private final long notFirstHigh;
  private final long notLastLow;
  private final long notLastHigh;

  Points(int size) {
    this.size = size;
    this.lowPoints = Math.min(size, (Long.SIZE - 1) / size) * size;
    long[] all = new long[2];
    long[] notFirst = new long[2];
    long[] notLast = new long[2];
    for (int point = 0; point < size * size; point++) {
      int word = point < lowPoints ? 0 : 1;
      long bit = low(point) | high(point);
      all[word] |= bit;
      notFirst[word] |= point % size == 0 ? 0 : bit;
      notLast[word] |= point % size == size - 1 ? 0 : bit;
    }
    allLow = all[0];
    allHigh = all[1];
    notFirstLow = notFirst[0];
    notFirstHigh = notFirst[1];
    notLastLow = notLast[0];
    notLastHigh = notLast[1];
  }

  long low(int point) {
    return point < lowPoints ? 1L << point : 0;
  }

  long high(int point) {
    return point < lowPoints ? 0 : 1L << (point - lowPoints);
  }

  boolean has(long low, long high, int point) {
    return ((low & low(point)) | (high & high(point))) != 0;
  }

  /** A point of a set that is not empty. */
  int any(long low, long high) {
    return low != 0
        ? Long.numberOfTrailingZeros(low)
        : lowPoints + Long.numberOfTrailingZeros(high);
  }

  // The points beside those of a set; some of them may be in the set.

  long besideLow(long low, long high) {
    return ((low << size)
            | (low >>> size)
            | (high << (lowPoints - size))
            | ((low & notLastLow) << 1)
            | ((low & notFirstLow) >>> 1))
        & allLow;
  }

  long besideHigh(long low, long high) {
    return ((high << size)
            | (high >>> size)
            | (low >>> (lowPoints - size))
            | ((high & notLastHigh) << 1)
            | ((high & notFirstHigh) >>> 1))
        & allHigh;
  }
}
