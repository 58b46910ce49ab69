package tabula.games.chess;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tabula.games.Ending;
import tabula.games.Position;
import tabula.games.Squares;
import tabula.games.record.MoveText;

/** Moves as people write them: {@code Nf3}, {@code exd5}, {@code O-O}, {@code e8=Q+}. */
public final class San {

  /** What a move is without signs of check, and without what somebody thought of it. */
  private static final Pattern MOVE =
      Pattern.compile("([NBRQK]?)([a-h]?)([1-8]?)x?([a-h][1-8])(?:=?([NBRQ]))?");

  private static final Pattern AFTER = Pattern.compile("[+#!?]*$");

  /** These words, as records use them. */
  static final MoveText WORDS =
      new MoveText() {
        @Override
        public String write(Position position, int action) {
          return format((ChessPosition) position, action);
        }

        @Override
        public int read(Position position, String text) {
          return parse((ChessPosition) position, text);
        }
      };

  private San() {}

  /** Writes a legal move. */
  public static String format(ChessPosition position, int action) {
    ChessPosition after = position.play(action);
    String check = after.end() == Ending.CHECKMATE ? "#" : after.isCheck() ? "+" : "";
    String uci = Chess.GAME.formatMove(position, action);
    int from = Chess.from(action);
    char letter = Character.toUpperCase(position.letter(from));
    if (letter == 'K' && Math.abs(Chess.to(action) - from) == 2) {
      return (Chess.to(action) > from ? "O-O" : "O-O-O") + check;
    }
    int to = Chess.to(action);
    boolean takes =
        (position.other() >>> to & 1) != 0 || (letter == 'P' && to == position.enPassant());
    String start =
        letter == 'P' ? (takes ? uci.substring(0, 1) : "") : letter + told(position, action, uci);
    String becomes = uci.length() == 5 ? "=" + Character.toUpperCase(uci.charAt(4)) : "";
    return start + (takes ? "x" : "") + uci.substring(2, 4) + becomes + check;
  }

  /** What tells a piece from others of its kind that may go to the same square. */
  private static String told(ChessPosition position, int action, String uci) {
    boolean alone = true;
    boolean fileTells = true;
    boolean rankTells = true;
    for (int other : position.legalActions()) {
      int from = Chess.from(other);
      if (from != Chess.from(action)
          && Chess.to(other) == Chess.to(action)
          && position.letter(from) == position.letter(Chess.from(action))) {
        String square = Chess.GAME.formatMove(position, other);
        alone = false;
        fileTells &= square.charAt(0) != uci.charAt(0);
        rankTells &= square.charAt(1) != uci.charAt(1);
      }
    }
    if (alone) {
      return "";
    }
    return fileTells ? uci.substring(0, 1) : rankTells ? uci.substring(1, 2) : uci.substring(0, 2);
  }

  /** The legal move of that name, if there is just one; otherwise -1. */
  public static int parse(ChessPosition position, String san) {
    String text = AFTER.matcher(san).replaceFirst("");
    boolean castles = text.equals("O-O") || text.equals("O-O-O");
    Matcher matcher = MOVE.matcher(castles ? "" : text);
    if (!castles && !matcher.matches()) {
      return -1;
    }
    int found = -1;
    for (int action : position.legalActions()) {
      if (castles ? isCastling(position, action, text) : isMeant(position, action, matcher)) {
        if (found >= 0) {
          return -1;
        }
        found = action;
      }
    }
    return found;
  }

  private static boolean isCastling(ChessPosition position, int action, String text) {
    int from = Chess.from(action);
    return position.letter(from) == 'k' && Chess.to(action) - from == (text.length() == 3 ? 2 : -2);
  }

  private static boolean isMeant(ChessPosition position, int action, Matcher san) {
    int from = Chess.from(action);
    String piece = san.group(1).isEmpty() ? "P" : san.group(1);
    if (Character.toUpperCase(position.letter(from)) != piece.charAt(0)) {
      return false;
    }
    String name = Squares.name(Chess.seenBy(position.sideToMove(), from), 8);
    String uci = Chess.GAME.formatMove(position, action);
    String becomes = san.group(5) == null ? "" : san.group(5).toLowerCase(Locale.ROOT);
    return uci.equals(name + san.group(4) + becomes)
        && (san.group(2).isEmpty() || name.startsWith(san.group(2)))
        && (san.group(3).isEmpty() || name.endsWith(san.group(3)));
  }
}
