package tabula.games.othello;

/**
 * Sets of discs in a long, eight bits a row. Lines are followed in all eight directions by shifts,
 * several discs at once.
 */
public final class Discs {

  private Discs() {}

  /**
   * Where discs of {@code own} would enclose some of {@code opponent}, occupied squares not
   * excluded.
   *
   * @param inner the squares that are neither in the first file nor in the last
   */
  public static long places(long own, long opponent, long inner) {
    long between = opponent & inner;
    return along(own, between, 1)
        | along(own, opponent, 8)
        | along(own, between, 7)
        | along(own, between, 9);
  }

  /** The squares after each run of {@code between} that begins beside a disc, in both senses. */
  private static long along(long own, long between, int step) {
    // Runs of one, then of two and of up to four more by pairs: six at most lie between.
    long up = between & (own << step);
    long down = between & (own >>> step);
    up |= between & (up << step);
    down |= between & (down >>> step);
    long upPairs = between & (between << step);
    long downPairs = between & (between >>> step);
    up |= upPairs & (up << (2 * step));
    down |= downPairs & (down >>> (2 * step));
    up |= upPairs & (up << (2 * step));
    down |= downPairs & (down >>> (2 * step));
    return (up << step) | (down >>> step);
  }

  /** The discs of {@code opponent} that turn over when {@code disc} is placed for {@code own}. */
  public static long turned(long disc, long own, long opponent, long inner) {
    long between = opponent & inner;
    return turnedAlong(disc, own, between, 1)
        | turnedAlong(disc, own, opponent, 8)
        | turnedAlong(disc, own, between, 7)
        | turnedAlong(disc, own, between, 9);
  }

  private static long turnedAlong(long disc, long own, long between, int step) {
    long up = between & (disc << step);
    long down = between & (disc >>> step);
    up |= between & (up << step);
    down |= between & (down >>> step);
    long upPairs = between & (between << step);
    long downPairs = between & (between >>> step);
    up |= upPairs & (up << (2 * step));
    down |= downPairs & (down >>> (2 * step));
    up |= upPairs & (up << (2 * step));
    down |= downPairs & (down >>> (2 * step));
    // A run counts where a disc of one's own stands at its end.
    long turned = ((up << step) & own) != 0 ? up : 0;
    return ((down >>> step) & own) != 0 ? turned | down : turned;
  }

  /** The discs seen through a symmetry of the square: see {@code Squares.transform}. */
  static long transform(long discs, int size, int symmetry) {
    long seen = discs;
    if ((symmetry & 1) != 0) {
      seen = Long.reverse(Long.reverseBytes(seen)) >>> (Byte.SIZE - size);
    }
    if ((symmetry & 2) != 0) {
      seen = Long.reverseBytes(seen) >>> (Byte.SIZE * (Byte.SIZE - size));
    }
    return (symmetry & 4) != 0 ? transposed(seen) : seen;
  }

  /** Rows and columns exchanged: blocks of one, two and four squares swap across the diagonal. */
  private static long transposed(long discs) {
    long seen = swapped(discs, 0x00AA_00AA_00AA_00AAL, 7);
    seen = swapped(seen, 0x0000_CCCC_0000_CCCCL, 14);
    return swapped(seen, 0x0000_0000_F0F0_F0F0L, 28);
  }

  private static long swapped(long bits, long mask, int distance) {
    long different = (bits ^ (bits >>> distance)) & mask;
    return bits ^ different ^ (different << distance);
  }
}
