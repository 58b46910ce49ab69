package tabula.games.connectfour;

import static tabula.games.connectfour.ConnectFour.HEIGHT;
import static tabula.games.connectfour.ConnectFour.WIDTH;

/**
 * Sets of squares in a long. Square (column, row) is bit {@code column * 7 + row}, row 0 at the
 * bottom; the seventh bit of each column stays empty, so that lines never run from one column into
 * the next (the usual layout of solvers).
 */
public final class Bitboard {

  /** Bits from one column to the next. */
  public static final int STRIDE = HEIGHT + 1;

  /** The squares of the leftmost column. */
  public static final long COLUMN = (1L << HEIGHT) - 1;

  /** The lowest row. */
  public static final long BOTTOM = bottom();

  /** All squares. */
  public static final long ALL = BOTTOM * COLUMN;

  private Bitboard() {}

  private static long bottom() {
    long mask = 0;
    for (int column = 0; column < WIDTH; column++) {
      mask |= 1L << (column * STRIDE);
    }
    return mask;
  }

  /** The squares of a column. */
  public static long column(int column) {
    return COLUMN << (column * STRIDE);
  }

  /** The lowest free square of each column that has one. */
  public static long playable(long occupied) {
    // Adding a column's lowest bit carries through its discs to the first free square.
    return (occupied + BOTTOM) & ALL;
  }

  /** Whether four of {@code discs} stand in a line. */
  public static boolean hasFour(long discs) {
    return hasFour(discs, 1)
        || hasFour(discs, STRIDE)
        || hasFour(discs, STRIDE - 1)
        || hasFour(discs, STRIDE + 1);
  }

  private static boolean hasFour(long discs, int step) {
    long pairs = discs & (discs >>> step);
    return (pairs & (pairs >>> (2 * step))) != 0;
  }

  /** The free squares that complete four in a line for {@code discs}. */
  public static long winningSquares(long discs, long occupied) {
    long squares = (discs << 1) & (discs << 2) & (discs << 3);
    for (int step = STRIDE - 1; step <= STRIDE + 1; step++) {
      long up = (discs << step) & (discs << (2 * step));
      long down = (discs >>> step) & (discs >>> (2 * step));
      squares |= up & ((discs << (3 * step)) | (discs >>> step));
      squares |= down & ((discs >>> (3 * step)) | (discs << step));
    }
    return squares & (ALL ^ occupied);
  }

  /** The squares seen in a mirror: columns from right to left. */
  public static long mirror(long squares) {
    long mirrored = 0;
    for (int column = 0; column < WIDTH; column++) {
      mirrored |= ((squares >>> (column * STRIDE)) & COLUMN) << ((WIDTH - 1 - column) * STRIDE);
    }
    return mirrored;
  }
}
