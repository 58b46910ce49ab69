package tabula.server.match;

import java.util.ArrayList;
import java.util.List;
import tabula.games.Board;
import tabula.games.Position;

/** A position's board as the protocol shows it. */
public final class Diagram {

  private Diagram() {}

  /** Rows of a letter a square, the top one first: see {@link Position#symbolAt}. */
  public static List<String> rows(Position position) {
    Board board = position.game().board();
    List<String> rows = new ArrayList<>();
    for (int row = board.height() - 1; row >= 0; row--) {
      StringBuilder squares = new StringBuilder();
      for (int column = 0; column < board.width(); column++) {
        squares.append(position.symbolAt(row * board.width() + column));
      }
      rows.add(squares.toString());
    }
    return rows;
  }

  /** [column, row] of the squares that decided the game, row 0 at the bottom. */
  static List<List<Integer>> decidingSquares(Position position) {
    int width = position.game().board().width();
    List<List<Integer>> squares = new ArrayList<>();
    for (int square : position.decidingSquares()) {
      squares.add(List.of(square % width, square / width));
    }
    return squares;
  }
}
