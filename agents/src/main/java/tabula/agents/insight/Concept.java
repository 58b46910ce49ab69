package tabula.agents.insight;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.ToIntFunction;
import tabula.agents.solve.Solver;
import tabula.games.Board;
import tabula.games.Game;
import tabula.games.Position;
import tabula.games.Side;
import tabula.games.connectfour.Bitboard;
import tabula.games.connectfour.ConnectFourPosition;

/**
 * Something that people see in a position, as a number: probes ask whether it is above the middle.
 */
public enum Concept {
  /** The side to move can win at once. */
  WIN_AT_ONCE,
  /** The opponent would win if it were to move. */
  THREAT,
  /** An own threat stands on a row that falls to its side in the end (Connect Four). */
  ZUGZWANG,
  /** The number of moves made is even. */
  PARITY,
  /** Many legal moves. */
  MOBILITY,
  /** More pieces than the opponent. */
  MATERIAL,
  /** The largest group of joined own pieces is large. */
  CONNECTION,
  /** Own pieces stand nearer to the middle than the opponent's. */
  CENTRE,
  /** The side to move wins under best play, by a solver's word. */
  WON;

  /** As addresses write it. */
  public String id() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Those that a game has. */
  static List<Concept> of(Game game) {
    return Arrays.stream(values())
        .filter(
            concept ->
                switch (concept) {
                  case ZUGZWANG, THREAT -> game.board().kind() == Board.Kind.DROP;
                  // Where pieces are only put, who has more is who moves next.
                  case MATERIAL -> LegalChanges.takesPieces(game);
                  case WON -> Solver.exists(game);
                  default -> true;
                })
        .toList();
  }

  /**
   * The number.
   *
   * @param solver asked for {@link #WON} alone
   */
  double measure(Position position, ToIntFunction<Position> solver) {
    return switch (this) {
      case WIN_AT_ONCE -> position.canWinAtOnce() ? 1 : 0;
      case THREAT -> {
        ConnectFourPosition at = (ConnectFourPosition) position;
        yield (Bitboard.winningSquares(at.opponent(), at.occupied())
                    & Bitboard.playable(at.occupied()))
                != 0
            ? 1
            : 0;
      }
      case ZUGZWANG -> {
        ConnectFourPosition at = (ConnectFourPosition) position;
        long rows = 0;
        for (int row = at.ply() & 1; row < Bitboard.STRIDE - 1; row += 2) {
          rows |= Bitboard.BOTTOM << row;
        }
        yield Long.bitCount(Bitboard.winningSquares(at.own(), at.occupied()) & rows);
      }
      case PARITY -> 1 - (position.ply() & 1);
      case MOBILITY -> position.legalActions().length;
      case MATERIAL ->
          count(position, position.sideToMove())
              - count(position, position.sideToMove().opponent());
      case CONNECTION -> largestGroup(position);
      case CENTRE ->
          nearness(position, position.sideToMove())
              - nearness(position, position.sideToMove().opponent());
      case WON -> solver.applyAsInt(position) > 0 ? 1 : 0;
    };
  }

  private static int count(Position position, Side side) {
    int count = 0;
    for (int square = 0; square < position.game().shape().squares(); square++) {
      count += position.pieceAt(square) == side ? 1 : 0;
    }
    return count;
  }

  private static double nearness(Position position, Side side) {
    Board board = position.game().board();
    double sum = 0;
    for (int square = 0; square < board.width() * board.height(); square++) {
      if (position.pieceAt(square) == side) {
        int row = square / board.width();
        double across = Math.abs(square % board.width() - (board.width() - 1) / 2.0);
        double up = Math.abs(row - (board.height() - 1) / 2.0);
        sum += board.width() + board.height() - across - up;
      }
    }
    return sum;
  }

  private static int largestGroup(Position position) {
    Board board = position.game().board();
    boolean[] seen = new boolean[board.width() * board.height()];
    int largest = 0;
    for (int square = 0; square < seen.length; square++) {
      largest = Math.max(largest, group(position, square, seen));
    }
    return largest;
  }

  /** How many own pieces are joined to a square's, those seen before not counted. */
  private static int group(Position position, int square, boolean[] seen) {
    if (seen[square] || position.pieceAt(square) != position.sideToMove()) {
      return 0;
    }
    seen[square] = true;
    Board board = position.game().board();
    int size = 1;
    for (int up = -1; up <= 1; up++) {
      for (int across = -1; across <= 1; across++) {
        int column = square % board.width() + across;
        int row = square / board.width() + up;
        // A hexagon has six neighbours: the rows above stand further right.
        boolean neighbour = board.kind() != Board.Kind.HEX || up + across == 0 || up * across == 0;
        if (neighbour
            && column >= 0
            && column < board.width()
            && row >= 0
            && row < board.height()) {
          size += group(position, row * board.width() + column, seen);
        }
      }
    }
    return size;
  }
}
