package tabula.agents;

import java.util.random.RandomGenerator;
import tabula.agents.solve.Solver;
import tabula.games.Position;

/**
 * Plays a move of the best score; where scores take too long, of the best value. Chooses at random
 * among equals.
 */
final class PerfectAgent implements Agent {

  /** From so many moves on, exact scores take a fraction of a second. */
  private static final int EXACT_FROM_PLY = 12;

  private final Solver solver;

  PerfectAgent(Solver solver) {
    this.solver = solver;
  }

  @Override
  public AgentSpec spec() {
    return new AgentSpec.Perfect();
  }

  @Override
  public Decision decide(Position position, RandomGenerator random) {
    int actionCount = position.game().actionCount();
    int[] legal = position.legalActions();
    boolean exact =
        position.ply() >= EXACT_FROM_PLY || position.game().maxPlies() <= EXACT_FROM_PLY;
    int[] best = new int[actionCount];
    int count = 0;
    int highest = Integer.MIN_VALUE;
    for (int action : legal) {
      int score = exact ? solver.scoreOf(position, action) : solver.valueOf(position, action);
      if (score > highest) {
        highest = score;
        count = 0;
      }
      if (score == highest) {
        best[count++] = action;
      }
    }
    float[] policy = new float[actionCount];
    for (int i = 0; i < count; i++) {
      policy[best[i]] = 1f / count;
    }
    return new Decision(
        best[random.nextInt(count)], Integer.signum(highest), policy, new int[actionCount], true);
  }
}
