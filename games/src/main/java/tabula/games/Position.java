package tabula.games;

import org.jspecify.annotations.Nullable;

/**
 * An immutable state of a game. Equal positions are the same state of the rules: they have the same
 * moves, outcomes and continuations. Implementations are records of a few longs, so that a search
 * can hold millions of them.
 *
 * <p>Actions are indices in {@code [0, game().actionCount())}.
 */
public interface Position {

  Game game();

  /** Who moves next. In a finished game: who would have moved. */
  Side sideToMove();

  /** The number of moves played since the initial position. */
  int ply();

  Outcome outcome();

  default boolean isOver() {
    return outcome().isOver();
  }

  /** How the game ended. Call only once it is over. */
  Ending ending();

  /** The squares that decided a game that is over, ascending; none where none stand out. */
  default int[] decidingSquares() {
    return new int[0];
  }

  /**
   * Whose piece stands on a square, {@code row * width + column} with row 0 at the bottom; null
   * where none does.
   */
  @Nullable Side pieceAt(int square);

  /**
   * A letter for what stands on a square, {@code .} for nothing: {@code X} and {@code O} unless a
   * side's pieces differ.
   */
  default char symbolAt(int square) {
    return Squares.mark(pieceAt(square));
  }

  boolean isLegal(int action);

  /**
   * Writes the legal actions in ascending order and returns how many there are: none once the game
   * is over.
   *
   * @param actions an array of at least {@code game().actionCount()} elements
   */
  int legalActions(int[] actions);

  /**
   * The legal actions in ascending order. Allocates; see {@link #legalActions(int[])} for hot
   * loops.
   */
  default int[] legalActions() {
    int[] actions = new int[game().actionCount()];
    return java.util.Arrays.copyOf(actions, legalActions(actions));
  }

  /**
   * The position after {@code action}.
   *
   * @throws IllegalArgumentException if the action is not legal here
   */
  Position play(int action);

  /**
   * Whether some move of the side to move wins the game at once. Searches ask this of very many
   * positions: games for which there is a quicker way than to try all moves should go it. Call only
   * while the game goes on.
   */
  default boolean canWinAtOnce() {
    for (int action : legalActions()) {
      if (play(action).outcome().valueFor(sideToMove()) > 0) {
        return true;
      }
    }
    return false;
  }

  /**
   * Writes the network's input: {@code game().shape()} values in row-major [H, W, C] order, each 0
   * or 1, seen by the side to move (plane 0 holds its own pieces, plane 1 the opponent's; a game
   * may turn the board so that both sides play the same way). Every value is written.
   */
  void writePlanes(float[] planes, int offset);

  /**
   * Where a square of the board stands in the planes: cells count from the top left, row by row. A
   * game that turns the board for a side says so here.
   */
  default int planesCell(int square) {
    Board board = game().board();
    return (board.height() - 1 - square / board.width()) * board.width() + square % board.width();
  }

  /**
   * The same position seen through {@code symmetry}, an index in {@code [0,
   * game().symmetryCount())}. Symmetry 0 is the identity, and {@code
   * transform(s).play(game().transformAction(a, s))} equals {@code play(a).transform(s)}.
   */
  Position transform(int symmetry);

  /**
   * A hash of 64 well-mixed bits, equal for equal positions. Not a perfect key: compare positions
   * too.
   */
  long hash64();

  /** A picture of the board in text, top row first, for people and for tests. */
  String diagram();
}
