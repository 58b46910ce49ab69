package tabula.agents.search;

import java.util.random.RandomGenerator;
import tabula.agents.Decision;
import tabula.games.Game;
import tabula.games.Position;

/**
 * Alpha-beta to a fixed depth, with a transposition table. It sees wins, draws and losses within
 * its depth, prefers early wins and late losses, and calls everything else 0.
 */
public final class AlphaBeta {

  private static final int TABLE_SIZE = 1 << 18;

  /** More than any game is long. */
  private static final int WIN = 10_000;

  private final Game game;
  private final Position[] positions = new Position[TABLE_SIZE];
  private final short[] depths = new short[TABLE_SIZE];
  private final short[] scores = new short[TABLE_SIZE];
  private final byte[] bounds = new byte[TABLE_SIZE];

  public AlphaBeta(Game game) {
    this.game = game;
  }

  /**
   * Searches.
   *
   * @param root a position that is not over
   * @param depth how many moves are looked ahead
   * @return one of the best moves, the policy even among them; the value is 0 unless a win or loss
   *     is seen
   */
  public Decision search(Position root, int depth, RandomGenerator random) {
    int[] legal = root.legalActions();
    int[] best = new int[legal.length];
    int count = 0;
    int highest = -WIN;
    for (int action : legal) {
      // One below the highest, so that equals are told from worse ones.
      int score = -negamax(root.play(action), depth - 1, -WIN, -highest + 1, 1);
      if (score > highest) {
        highest = score;
        count = 0;
      }
      if (score == highest) {
        best[count++] = action;
      }
    }
    float[] policy = new float[game.actionCount()];
    for (int i = 0; i < count; i++) {
      policy[best[i]] = 1f / count;
    }
    return new Decision(
        best[random.nextInt(count)],
        Integer.signum(highest),
        policy,
        new int[game.actionCount()],
        highest != 0);
  }

  /**
   * A score for the side to move, fail-soft.
   *
   * @param plies how many moves were made since the root
   */
  private int negamax(Position position, int depth, int lowest, int highest, int plies) {
    if (position.isOver()) {
      return position.outcome().valueFor(position.sideToMove()) * (WIN - plies);
    }
    if (depth <= 0) {
      return 0;
    }
    int slot = (int) (position.hash64() & (TABLE_SIZE - 1));
    int alpha = lowest;
    int beta = highest;
    if (depths[slot] == depth && position.equals(positions[slot])) {
      // Scores are kept by distance from the position, as its distance from the root varies.
      int known = fromPosition(scores[slot], plies);
      switch (bounds[slot]) {
        case 0 -> {
          return known;
        }
        case 1 -> alpha = Math.max(alpha, known);
        default -> beta = Math.min(beta, known);
      }
      if (alpha >= beta) {
        return known;
      }
    }
    int best = -WIN;
    int reached = alpha;
    for (int action : position.legalActions()) {
      best = Math.max(best, -negamax(position.play(action), depth - 1, -beta, -reached, plies + 1));
      reached = Math.max(reached, best);
      if (reached >= beta) {
        break;
      }
    }
    positions[slot] = position;
    depths[slot] = (short) depth;
    scores[slot] = (short) toPosition(best, plies);
    bounds[slot] = (byte) (best >= beta ? 1 : best <= alpha ? 2 : 0);
    return best;
  }

  private static int toPosition(int score, int plies) {
    return score == 0 ? 0 : score > 0 ? score + plies : score - plies;
  }

  private static int fromPosition(int score, int plies) {
    return score == 0 ? 0 : score > 0 ? score - plies : score + plies;
  }
}
