package tabula.games;

import java.util.BitSet;

/** Pieces in a row, a column or a diagonal. */
public final class Lines {

  private static final int[][] DIRECTIONS = {{1, 0}, {0, 1}, {1, 1}, {1, -1}};

  private Lines() {}

  /** The squares of every line of at least {@code length} of a side's pieces, ascending. */
  public static int[] squares(Position position, Side side, int length) {
    Board board = position.game().board();
    BitSet squares = new BitSet();
    for (int row = 0; row < board.height(); row++) {
      for (int column = 0; column < board.width(); column++) {
        for (int[] direction : DIRECTIONS) {
          int endColumn = column + direction[0] * (length - 1);
          int endRow = row + direction[1] * (length - 1);
          if (endColumn >= board.width() || endRow < 0 || endRow >= board.height()) {
            continue;
          }
          int start = row * board.width() + column;
          int step = direction[1] * board.width() + direction[0];
          boolean line = true;
          for (int i = 0; i < length && line; i++) {
            line = position.pieceAt(start + i * step) == side;
          }
          for (int i = 0; i < length && line; i++) {
            squares.set(start + i * step);
          }
        }
      }
    }
    return squares.stream().toArray();
  }
}
