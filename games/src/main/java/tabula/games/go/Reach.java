package tabula.games.go;

/** What can be reached from some points by steps within a set: a chain, or an empty region. */
final class Reach {

  private final Points points;
  long low;
  long high;

  Reach(Points points) {
    this.points = points;
  }

  /**
   * Goes from some points to all that hangs together with them.
   *
   * @param withinLow and {@code withinHigh} the set that steps stay in, the start among it
   */
  Reach from(long startLow, long startHigh, long withinLow, long withinHigh) {
    low = startLow;
    high = startHigh;
    while (true) {
      long nextLow = low | (points.besideLow(low, high) & withinLow);
      long nextHigh = high | (points.besideHigh(low, high) & withinHigh);
      if (nextLow == low && nextHigh == high) {
        return this;
      }
      low = nextLow;
      high = nextHigh;
    }
  }

  /** How many points of a set lie beside what was reached. */
  int countBeside(long setLow, long setHigh) {
    return Long.bitCount(points.besideLow(low, high) & setLow)
        + Long.bitCount(points.besideHigh(low, high) & setHigh);
  }

  boolean touches(long setLow, long setHigh) {
    return ((points.besideLow(low, high) & setLow) | (points.besideHigh(low, high) & setHigh)) != 0;
  }
}
