package tabula.games;

import org.jspecify.annotations.Nullable;

/**
 * Squares as numbers, names and pictures. A square is {@code row * width + column}, row 0 at the
 * bottom; its name is its file and rank, a1 at the bottom left.
 */
public final class Squares {

  /** A square's four rotations, each also mirrored. */
  public static final int SYMMETRIES = 8;

  private static final int[][] THEN = new int[SYMMETRIES][SYMMETRIES];

  static {
    // Where one square that lies on no axis goes tells all symmetries apart.
    int size = 4;
    for (int one = 0; one < SYMMETRIES; one++) {
      for (int other = 0; other < SYMMETRIES; other++) {
        int both = transform(transform(1, size, one), size, other);
        for (int symmetry = 0; symmetry < SYMMETRIES; symmetry++) {
          if (transform(1, size, symmetry) == both) {
            THEN[one][other] = symmetry;
          }
        }
      }
    }
  }

  private Squares() {}

  public static String name(int square, int width) {
    return (char) ('a' + square % width) + String.valueOf(square / width + 1);
  }

  /** The square of that name on a board, or -1. */
  public static int parse(String name, int width, int height) {
    if (name.length() < 2 || name.length() > 3 || name.charAt(1) == '0') {
      return -1;
    }
    int column = name.charAt(0) - 'a';
    int rank = 0;
    for (int i = 1; i < name.length(); i++) {
      int digit = name.charAt(i) - '0';
      if (digit < 0 || digit > 9) {
        return -1;
      }
      rank = 10 * rank + digit;
    }
    return column >= 0 && column < width && rank <= height ? (rank - 1) * width + column : -1;
  }

  /**
   * Where a square of a square board goes: bit 0 of the symmetry mirrors the files, bit 1 the
   * ranks, and then bit 2 the diagonal.
   */
  public static int transform(int square, int size, int symmetry) {
    int row = square / size;
    int column = square % size;
    if ((symmetry & 1) != 0) {
      column = size - 1 - column;
    }
    if ((symmetry & 2) != 0) {
      row = size - 1 - row;
    }
    return (symmetry & 4) != 0 ? column * size + row : row * size + column;
  }

  /** The symmetry that one and then another make. */
  public static int then(int one, int other) {
    return THEN[one][other];
  }

  /** The symmetry that undoes one: a quarter turn is undone by the other one. */
  public static int inverse(int symmetry) {
    return THEN[symmetry][symmetry] == 0 ? symmetry : THEN[symmetry][THEN[symmetry][symmetry]];
  }

  /** A board with its files and ranks, the top row first. */
  public static String diagram(Position position) {
    Board board = position.game().board();
    int digits = String.valueOf(board.height()).length();
    StringBuilder text = new StringBuilder();
    for (int row = board.height() - 1; row >= 0; row--) {
      String rank = String.valueOf(row + 1);
      text.repeat(' ', digits - rank.length()).append(rank);
      for (int column = 0; column < board.width(); column++) {
        text.append(' ').append(position.symbolAt(row * board.width() + column));
      }
      text.append('\n');
    }
    text.repeat(' ', digits);
    for (int column = 0; column < board.width(); column++) {
      text.append(' ').append((char) ('a' + column));
    }
    return text.append('\n').toString();
  }

  /** The same with a line that says who moves, where the pieces alone do not. */
  public static String diagramWithSide(Position position) {
    return diagram(position) + mark(position.sideToMove()) + " to move\n";
  }

  /** {@code X} for the first player's piece, {@code O} for the second's, {@code .} for none. */
  public static char mark(@Nullable Side piece) {
    return piece == null ? '.' : piece == Side.FIRST ? 'X' : 'O';
  }
}
