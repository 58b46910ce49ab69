package tabula.games;

/** Counts the games of a length: the customary test of a move generator. */
public final class Perft {

  private Perft() {}

  /**
   * How many sequences of {@code depth} moves there are from a position; games that end before do
   * not count.
   */
  public static long count(Position position, int depth) {
    if (depth == 0) {
      return 1;
    }
    int[][] actions = new int[depth][position.game().actionCount()];
    return count(position, depth, actions);
  }

  private static long count(Position position, int depth, int[][] actions) {
    int[] legal = actions[depth - 1];
    int legalCount = position.legalActions(legal);
    if (depth == 1) {
      return legalCount;
    }
    long count = 0;
    for (int i = 0; i < legalCount; i++) {
      count += count(position.play(legal[i]), depth - 1, actions);
    }
    return count;
  }
}
