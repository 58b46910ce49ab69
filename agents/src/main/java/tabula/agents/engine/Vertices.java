package tabula.agents.engine;

import java.util.Locale;
import tabula.games.Game;
import tabula.games.Position;
import tabula.games.Squares;

/** Moves as GTP writes them: {@code D4}, the letter I left out, and words such as {@code pass}. */
final class Vertices {

  private Vertices() {}

  /** A move as GTP writes it. */
  static String format(String move) {
    if (!isSquare(move)) {
      return move;
    }
    char file = move.charAt(0);
    return Character.toUpperCase((char) (file >= 'i' ? file + 1 : file)) + move.substring(1);
  }

  /** A vertex as our games write it; what is no vertex stays as it is. */
  static String parse(String vertex) {
    String move = vertex.toLowerCase(Locale.ROOT);
    if (!isSquare(move)) {
      return move;
    }
    char file = move.charAt(0);
    return file == 'i' ? "?" : (char) (file > 'i' ? file - 1 : file) + move.substring(1);
  }

  private static boolean isSquare(String move) {
    return move.length() > 1
        && move.charAt(0) >= 'a'
        && move.charAt(0) <= 'z'
        && Character.isDigit(move.charAt(1));
  }

  /** A square as GTP writes it. */
  static String ofSquare(Game game, int square) {
    return format(Squares.name(square, game.board().width()));
  }

  /** Whether every move of a game is a square or a word. */
  static boolean write(Position start) {
    Game game = start.game();
    for (int action : start.legalActions()) {
      String move = game.formatMove(start, action);
      if (!move.matches("[a-z][1-9][0-9]?|[a-z]+")) {
        return false;
      }
    }
    return true;
  }
}
