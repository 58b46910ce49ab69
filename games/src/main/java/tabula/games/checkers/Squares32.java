package tabula.games.checkers;

import java.util.stream.IntStream;

/**
 * The 32 dark squares, as a side sees them: numbered from 0, at its right, row by row from its home
 * up. Half a turn of the board makes square {@code s} square {@code 31 - s}. Sets of squares are
 * the bits of an int.
 */
final class Squares32 {

  /** Down to the left, down to the right, up to the left and up to the right. */
  static final int DIRECTIONS = 4;

  /** Where a man may go: from this direction on. */
  static final int FORWARD = 2;

  private static final byte[] STEP = new byte[32 * DIRECTIONS];
  private static final byte[] JUMP = new byte[32 * DIRECTIONS];

  static {
    for (int square = 0; square < 32; square++) {
      for (int direction = 0; direction < DIRECTIONS; direction++) {
        int at = square * DIRECTIONS + direction;
        STEP[at] = (byte) away(square, direction, 1);
        JUMP[at] = (byte) away(square, direction, 2);
      }
    }
  }

  private Squares32() {}

  private static int away(int square, int direction, int distance) {
    int row = row(square) + (direction < FORWARD ? -distance : distance);
    int column = column(square) + ((direction & 1) == 0 ? -distance : distance);
    return row >= 0 && row < 8 && column >= 0 && column < 8 ? square(column, row) : -1;
  }

  static int row(int square) {
    return square / 4;
  }

  static int column(int square) {
    return 2 * (3 - square % 4) + (row(square) & 1);
  }

  /** The square of a column and a row of 8, or -1 where it is a light one. */
  static int square(int column, int row) {
    return ((column + row) & 1) == 0 ? row * 4 + 3 - column / 2 : -1;
  }

  /** The square beside one, or -1. */
  static int step(int square, int direction) {
    return STEP[square * DIRECTIONS + direction];
  }

  /** The square after the one beside, or -1. */
  static int jump(int square, int direction) {
    return JUMP[square * DIRECTIONS + direction];
  }

  /** The direction in which the square lies so far away, or -1. */
  static int direction(int from, int to, boolean jump) {
    for (int direction = 0; direction < DIRECTIONS; direction++) {
      if ((jump ? jump(from, direction) : step(from, direction)) == to) {
        return direction;
      }
    }
    return -1;
  }

  /** All squares that jumps may lead to from one, itself among them, ascending: always eight. */
  static int[] reachable(int from) {
    return IntStream.range(0, 32)
        .filter(
            to -> {
              int rows = row(to) - row(from);
              int columns = column(to) - column(from);
              return (rows & 1) == 0 && (columns & 1) == 0 && ((rows + columns) & 3) == 0;
            })
        .toArray();
  }
}
