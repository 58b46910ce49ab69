package tabula.games.chess;

/** Which squares a piece attacks, as sets of squares: a long, eight bits a row, a1 the lowest. */
final class Attacks {

  private static final long FIRST_FILE = 0x0101_0101_0101_0101L;
  static final long NOT_FIRST_FILE = ~FIRST_FILE;
  static final long NOT_LAST_FILE = ~(FIRST_FILE << 7);

  private static final long[] KNIGHT = new long[64];
  private static final long[] KING = new long[64];

  // The lines through a square, the square itself left out.
  private static final long[] FILE = new long[64];
  private static final long[] RISING = new long[64];
  private static final long[] FALLING = new long[64];

  /** By the six inner squares of a row and a file: what a rook attacks along the row. */
  private static final byte[] ROW = new byte[64 * 8];

  private static final long[] BETWEEN = new long[64 * 64];
  private static final long[] LINE = new long[64 * 64];

  static {
    for (int square = 0; square < 64; square++) {
      for (int other = 0; other < 64; other++) {
        int columns = other % 8 - square % 8;
        int rows = other / 8 - square / 8;
        long bit = 1L << other;
        if (other == square) {
          continue;
        }
        if (Math.abs(columns * rows) == 2) {
          KNIGHT[square] |= bit;
        }
        if (Math.max(Math.abs(columns), Math.abs(rows)) == 1) {
          KING[square] |= bit;
        }
        FILE[square] |= columns == 0 ? bit : 0;
        RISING[square] |= columns == rows ? bit : 0;
        FALLING[square] |= columns == -rows ? bit : 0;
      }
    }
    for (int inner = 0; inner < 64; inner++) {
      for (int file = 0; file < 8; file++) {
        int attacked = 0;
        for (int step = -1; step <= 1; step += 2) {
          for (int at = file + step; at >= 0 && at < 8; at += step) {
            attacked |= 1 << at;
            if ((((inner << 1) >>> at) & 1) != 0) {
              break;
            }
          }
        }
        ROW[inner * 8 + file] = (byte) attacked;
      }
    }
    for (int from = 0; from < 64; from++) {
      for (int to = 0; to < 64; to++) {
        long ends = (1L << from) | (1L << to);
        for (int kind = 0; kind < 2 && from != to; kind++) {
          long all = kind == 0 ? rook(from, 0) : bishop(from, 0);
          if ((all >>> to & 1) != 0) {
            BETWEEN[from * 64 + to] =
                kind == 0
                    ? rook(from, ends) & rook(to, ends)
                    : bishop(from, ends) & bishop(to, ends);
            long through = kind == 0 ? all & rook(to, 0) : all & bishop(to, 0);
            LINE[from * 64 + to] = through | ends;
          }
        }
      }
    }
  }

  private Attacks() {}

  static long knight(int square) {
    return KNIGHT[square];
  }

  static long king(int square) {
    return KING[square];
  }

  /** What pawns that go up the board attack. */
  static long pawnsUp(long pawns) {
    return ((pawns & NOT_FIRST_FILE) << 7) | ((pawns & NOT_LAST_FILE) << 9);
  }

  /** What pawns that go down the board attack. */
  static long pawnsDown(long pawns) {
    return ((pawns & NOT_FIRST_FILE) >>> 9) | ((pawns & NOT_LAST_FILE) >>> 7);
  }

  static long bishop(int square, long occupied) {
    return along(RISING[square], square, occupied) | along(FALLING[square], square, occupied);
  }

  static long rook(int square, long occupied) {
    int row = square & 56;
    long inRow = (ROW[(int) ((occupied >>> (row + 1)) & 63) * 8 + (square & 7)] & 0xFFL) << row;
    return along(FILE[square], square, occupied) | inRow;
  }

  /**
   * Along a line that has one square a row: subtracting the square from what stands on the line
   * borrows up to the first piece, and the same on the board upside down.
   */
  private static long along(long line, int square, long occupied) {
    long bit = 1L << square;
    long up = occupied & line;
    long down = Long.reverseBytes(up);
    up -= bit;
    down -= Long.reverseBytes(bit);
    return (up ^ Long.reverseBytes(down)) & line;
  }

  /** The squares between two that share a line; none where they do not. */
  static long between(int from, int to) {
    return BETWEEN[from * 64 + to];
  }

  /** All squares of the line through two, from edge to edge; none where they share none. */
  static long line(int from, int to) {
    return LINE[from * 64 + to];
  }
}
