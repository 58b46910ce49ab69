package tabula.server.match;

import java.util.ArrayList;
import java.util.List;
import tabula.games.Board;
import tabula.games.Position;

/**
 * A position's board as the protocol shows it.
 *
 * @param rows of {@code X}, {@code O} and {@code .}, the top one first
 */
record Diagram(Board board, List<String> rows) {

  private static final int[][] DIRECTIONS = {{1, 0}, {0, 1}, {1, 1}, {1, -1}};

  /** The board's squares out of the position's own diagram, without its labels. */
  static Diagram of(Position position) {
    Board board = position.game().board();
    List<String> rows = new ArrayList<>();
    StringBuilder squares = new StringBuilder();
    String diagram = position.diagram();
    for (int i = 0; i < diagram.length() && rows.size() < board.height(); i++) {
      char at = diagram.charAt(i);
      if (at == 'X' || at == 'O' || at == '.') {
        squares.append(at);
      } else if (at == '\n') {
        if (squares.length() == board.width()) {
          rows.add(squares.toString());
        }
        squares.setLength(0);
      }
    }
    return new Diagram(board, rows);
  }

  /** Every square that stands in a line of the winner's long enough to win. */
  List<List<Integer>> winningSquares() {
    int needed = board.kind() == Board.Kind.DROP ? 4 : 3;
    List<List<Integer>> squares = new ArrayList<>();
    for (int row = 0; row < board.height(); row++) {
      for (int column = 0; column < board.width(); column++) {
        for (int[] direction : DIRECTIONS) {
          int endColumn = column + direction[0] * (needed - 1);
          int endRow = row + direction[1] * (needed - 1);
          if (endColumn >= board.width() || endRow < 0 || endRow >= board.height()) {
            continue;
          }
          char mark = at(column, row);
          boolean line = mark != '.';
          for (int i = 1; i < needed && line; i++) {
            line = at(column + i * direction[0], row + i * direction[1]) == mark;
          }
          for (int i = 0; i < needed && line; i++) {
            List<Integer> square = List.of(column + i * direction[0], row + i * direction[1]);
            if (!squares.contains(square)) {
              squares.add(square);
            }
          }
        }
      }
    }
    return squares;
  }

  private char at(int column, int row) {
    return rows.get(rows.size() - 1 - row).charAt(column);
  }
}
