package tabula.games.checkers;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tabula.games.Side;

/**
 * Positions as PDN writes them: who moves, then the squares of either side, those of kings with a
 * {@code K}: {@code B:W21,22,K30:B1,2}. The first player is black.
 */
final class DraughtsFen {

  private static final Pattern PIECE = Pattern.compile("(K?)([1-9]\\d?)(?:-([1-9]\\d?))?");

  private DraughtsFen() {}

  /**
   * Reads a position.
   *
   * @throws IllegalArgumentException if it is none; the message says what was wrong
   */
  static CheckersPosition parse(String fen) {
    String[] fields = fen.strip().replaceFirst("\\.$", "").split(":", -1);
    if (fields.length != 3) {
      throw wrong(fen, "it has 3 fields with ':' between them, not " + fields.length);
    }
    if (!fields[0].equals("B") && !fields[0].equals("W")) {
      throw wrong(fen, "the side to move is B or W, not '%s'".formatted(fields[0]));
    }
    int[] sides = new int[2];
    int kings = 0;
    for (int i = 1; i < 3; i++) {
      boolean white = fields[i].startsWith("W");
      if (!white && !fields[i].startsWith("B")) {
        throw wrong(fen, "pieces begin with B or W, not '%s'".formatted(fields[i]));
      }
      String list = fields[i].substring(1);
      for (String piece : list.isEmpty() ? new String[0] : list.split(",", -1)) {
        int squares = squares(fen, piece.strip());
        if (((sides[0] | sides[1]) & squares) != 0) {
          throw wrong(fen, "'%s' is on a square that is taken".formatted(piece));
        }
        sides[white ? 1 : 0] |= squares;
        kings |= piece.strip().startsWith("K") ? squares : 0;
      }
    }
    boolean whiteMoves = fields[0].equals("W");
    if ((sides[0] & ~kings & 0xF000_0000) != 0 || (sides[1] & ~kings & 0xF) != 0) {
      throw wrong(fen, "a man stands on its last row");
    }
    // The side to move sees its own home below: half a turn of the bits.
    return CheckersPosition.of(
        whiteMoves ? Integer.reverse(sides[1]) : sides[0],
        whiteMoves ? Integer.reverse(sides[0]) : sides[1],
        whiteMoves ? Integer.reverse(kings) : kings,
        0,
        whiteMoves ? 1 : 0,
        null,
        0);
  }

  /** A square, or squares from one to another, as bits. */
  private static int squares(String fen, String piece) {
    Matcher matcher = PIECE.matcher(piece);
    if (matcher.matches()) {
      int from = Integer.parseInt(matcher.group(2));
      int to = matcher.group(3) == null ? from : Integer.parseInt(matcher.group(3));
      if (from <= to && to <= 32) {
        return (int) ((1L << to) - (1L << (from - 1)));
      }
    }
    throw wrong(fen, "'%s' is no square from 1 to 32".formatted(piece));
  }

  private static IllegalArgumentException wrong(String fen, String reason) {
    return new IllegalArgumentException("FEN '%s': %s.".formatted(fen, reason));
  }

  /** Writes a position. */
  static String format(CheckersPosition position) {
    return "%s:W%s:B%s"
        .formatted(
            position.sideToMove() == Side.FIRST ? "B" : "W",
            pieces(position, Side.SECOND),
            pieces(position, Side.FIRST));
  }

  private static String pieces(CheckersPosition position, Side side) {
    int set = side == position.sideToMove() ? position.own() : position.other();
    List<String> pieces = new ArrayList<>();
    for (int number = 1; number <= 32; number++) {
      int seen = Checkers.seenBy(position.sideToMove(), number - 1);
      if ((set >>> seen & 1) != 0) {
        pieces.add(((position.kings() >>> seen & 1) != 0 ? "K" : "") + number);
      }
    }
    return String.join(",", pieces);
  }
}
