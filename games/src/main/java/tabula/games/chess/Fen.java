package tabula.games.chess;

import tabula.games.Side;
import tabula.games.Squares;

/** Positions in Forsyth-Edwards notation. */
public final class Fen {

  public static final String START = "rnbqkbnr/pppppppp/8/8/8/8/PPPPPPPP/RNBQKBNR w KQkq - 0 1";

  private static final String PIECES = "PNBRQKpnbrqk";

  private Fen() {}

  /**
   * Reads a position.
   *
   * @throws IllegalArgumentException if it is none; the message says what was wrong
   */
  public static ChessPosition parse(String fen) {
    String[] fields = fen.strip().split(" +", -1);
    if (fields.length != 4 && fields.length != 6) {
      throw wrong(fen, "it has 4 or 6 fields, not " + fields.length);
    }
    long[] sets = pieces(fen, fields[0]);
    boolean black = fields[1].equals("b");
    if (!black && !fields[1].equals("w")) {
      throw wrong(fen, "the side to move is w or b, not '%s'".formatted(fields[1]));
    }
    int rights = 0;
    for (char letter : fields[2].equals("-") ? new char[0] : fields[2].toCharArray()) {
      int right = "KQkq".indexOf(letter);
      long home = new long[] {0x90L, 0x11L, 0x90L << 56, 0x11L << 56}[Math.max(0, right)];
      int side = right < 2 ? 0 : 6;
      if (right < 0
          || Long.bitCount((sets[5 + side] | sets[3 + side]) & home) != 2
          || Long.bitCount(sets[5 + side] & home) != 1) {
        throw wrong(fen, "'%s' are no rights to castle there".formatted(fields[2]));
      }
      rights |= 1 << right;
    }
    int clock = fields.length == 4 ? 0 : number(fen, fields[4], 0, 10_000);
    int move = fields.length == 4 ? 1 : number(fen, fields[5], 1, 10_000);
    int enPassant = -1;
    if (!fields[3].equals("-")) {
      enPassant = Squares.parse(fields[3], 8, 8);
      int pawn = enPassant < 0 ? -1 : enPassant + (black ? 8 : -8);
      if (enPassant < 0
          || enPassant / 8 != (black ? 2 : 5)
          || (sets[black ? 0 : 6] >>> pawn & 1) == 0) {
        throw wrong(fen, "no pawn can be taken in passing on '%s'".formatted(fields[3]));
      }
    }
    return position(fen, sets, black, rights, enPassant, clock, move);
  }

  private static ChessPosition position(
      String fen, long[] sets, boolean black, int rights, int enPassant, int clock, int move) {
    long[] both = new long[6];
    for (int kind = 0; kind < 6; kind++) {
      both[kind] = turned(sets[kind] | sets[kind + 6], black);
    }
    long white = 0;
    long second = 0;
    for (int kind = 0; kind < 6; kind++) {
      white |= sets[kind];
      second |= sets[kind + 6];
    }
    ChessPosition with =
        ChessPosition.of(
            turned(black ? second : white, black),
            turned(black ? white : second, black),
            both[0],
            both[1],
            both[2],
            both[3],
            both[4],
            both[5],
            black ? rights >> 2 | (rights & 3) << 2 : rights,
            enPassant < 0 ? -1 : Chess.seenBy(black ? Side.SECOND : Side.FIRST, enPassant),
            clock,
            2 * (move - 1) + (black ? 1 : 0),
            null,
            0);
    if (with.isOtherKingAttacked()) {
      throw wrong(fen, "the side to move could take the king");
    }
    return with.withEnPassantOnlyIfLegal();
  }

  private static long turned(long set, boolean black) {
    return black ? Long.reverseBytes(set) : set;
  }

  /** By kind, white's first. */
  private static long[] pieces(String fen, String field) {
    long[] sets = new long[PIECES.length()];
    String[] rows = field.split("/", -1);
    if (rows.length != 8) {
      throw wrong(fen, "the board has 8 rows, not " + rows.length);
    }
    for (int i = 0; i < 8; i++) {
      int column = 0;
      for (char letter : rows[i].toCharArray()) {
        int kind = PIECES.indexOf(letter);
        if (letter >= '1' && letter <= '8') {
          column += letter - '0';
        } else if (kind < 0) {
          throw wrong(fen, "there is no piece '%s'".formatted(letter));
        } else {
          if (column < 8) {
            sets[kind] |= 1L << ((7 - i) * 8 + column);
          }
          column++;
        }
      }
      if (column != 8) {
        throw wrong(fen, "a row has 8 squares, not %d as '%s'".formatted(column, rows[i]));
      }
    }
    if (Long.bitCount(sets[5]) != 1 || Long.bitCount(sets[11]) != 1) {
      throw wrong(fen, "each side has one king");
    }
    if (((sets[0] | sets[6]) & 0xFF00_0000_0000_00FFL) != 0) {
      throw wrong(fen, "no pawn stands on a first or last row");
    }
    return sets;
  }

  private static int number(String fen, String text, int least, int most) {
    try {
      int number = Integer.parseInt(text);
      if (number >= least && number <= most) {
        return number;
      }
    } catch (NumberFormatException e) {
      // Said below, like a number out of range.
    }
    throw wrong(fen, "'%s' is no number from %d to %d".formatted(text, least, most));
  }

  private static IllegalArgumentException wrong(String fen, String reason) {
    return new IllegalArgumentException("FEN '%s': %s.".formatted(fen, reason));
  }

  /** Writes a position. */
  public static String format(ChessPosition position) {
    StringBuilder text = new StringBuilder();
    for (int row = 7; row >= 0; row--) {
      int empty = 0;
      for (int square = row * 8; square < row * 8 + 8; square++) {
        char symbol = position.symbolAt(square);
        if (symbol == '.') {
          empty++;
        } else {
          text.append(empty == 0 ? "" : String.valueOf(empty)).append(symbol);
          empty = 0;
        }
      }
      text.append(empty == 0 ? "" : String.valueOf(empty)).append(row == 0 ? "" : "/");
    }
    boolean black = position.sideToMove() == Side.SECOND;
    int rights = position.castling();
    rights = black ? rights >> 2 | (rights & 3) << 2 : rights;
    StringBuilder castling = new StringBuilder();
    for (int i = 0; i < 4; i++) {
      if ((rights >> i & 1) != 0) {
        castling.append("KQkq".charAt(i));
      }
    }
    return text.append(black ? " b " : " w ")
        .append(castling.isEmpty() ? "-" : castling)
        .append(' ')
        .append(enPassant(position))
        .append(' ')
        .append(position.clock())
        .append(' ')
        .append(position.ply() / 2 + 1)
        .toString();
  }

  private static String enPassant(ChessPosition position) {
    return position.enPassant() < 0
        ? "-"
        : Squares.name(Chess.seenBy(position.sideToMove(), position.enPassant()), 8);
  }
}
