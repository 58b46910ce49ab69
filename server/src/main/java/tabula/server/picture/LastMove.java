package tabula.server.picture;

import java.util.function.Function;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import tabula.games.Board;
import tabula.games.Game;
import tabula.games.GameRecord;
import tabula.games.Position;

/** Which squares the last move of a game is about. */
final class LastMove {

  private static final Pattern SQUARE = Pattern.compile("([a-z])(\\d+)");
  private static final Pattern NUMBER = Pattern.compile("\\d+");

  private LastMove() {}

  /**
   * Where it came from, if a piece moved, and where it went, as {@code row * width + column}; none
   * before the first move, and of {@code pass} and {@code swap}.
   */
  static int[] squares(GameRecord played) {
    int[] actions = played.actions();
    if (actions.length == 0) {
      return new int[0];
    }
    Game game = played.position().game();
    Position before = game.initialPosition();
    for (int i = 0; i < actions.length - 1; i++) {
      before = before.play(actions[i]);
    }
    String move = game.formatMove(before, actions[actions.length - 1]);
    Board board = game.board();
    return switch (board.kind()) {
      case DROP -> new int[] {top(played.position(), Integer.parseInt(move) - 1)};
      case DRAUGHTS -> ends(NUMBER, move, number -> dark(Integer.parseInt(number.group())));
      case PLACE, STEP, FLIP, POINT, HEX, SURROUND, CHESS ->
          ends(
              SQUARE,
              move,
              square ->
                  (Integer.parseInt(square.group(2)) - 1) * board.width()
                      + square.group(1).charAt(0)
                      - 'a');
    };
  }

  private static int top(Position position, int column) {
    Board board = position.game().board();
    int row = board.height() - 1;
    while (row > 0 && position.pieceAt(row * board.width() + column) == null) {
      row--;
    }
    return row * board.width() + column;
  }

  /** The first and the last square of those that a move names. */
  private static int[] ends(Pattern names, String move, Function<MatchResult, Integer> square) {
    int[] squares = names.matcher(move).results().map(square).mapToInt(Integer::intValue).toArray();
    return squares.length <= 2 ? squares : new int[] {squares[0], squares[squares.length - 1]};
  }

  /** A dark square of draughts: 1 is at the first player's right. */
  private static int dark(int number) {
    int row = (number - 1) / 4;
    return row * 8 + 2 * (3 - (number - 1) % 4) + row % 2;
  }
}
