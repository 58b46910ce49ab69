package tabula.agents;

import java.util.Arrays;
import java.util.function.IntUnaryOperator;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import tabula.agents.solve.Solver;
import tabula.games.Position;

/**
 * Plays a move of the best score, and chooses at random among equals. Early in a long game, moves
 * that keep the value and lead to an end far away count as equals.
 */
final class PerfectAgent implements Agent {

  /** From so many moves on, exact scores take a fraction of a second. */
  private static final int EXACT_FROM_PLY = 12;

  /** Before, wins and losses are told apart if they come within so many moves. */
  private static final int EARLY_HORIZON = 12;

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
    boolean exact =
        position.ply() >= EXACT_FROM_PLY || position.game().maxPlies() <= EXACT_FROM_PLY;
    int[] moves = position.legalActions();
    if (!exact) {
      moves = best(moves, action -> solver.valueOf(position, action));
    }
    int horizon = exact ? position.game().maxPlies() : EARLY_HORIZON;
    moves = best(moves, action -> solver.scoreOfWithin(position, action, horizon));
    int value = solver.valueOf(position, moves[0]);
    float[] policy = new float[position.game().actionCount()];
    for (int action : moves) {
      policy[action] = 1f / moves.length;
    }
    return new Decision(
        moves[random.nextInt(moves.length)], value, policy, new int[policy.length], true);
  }

  private static int[] best(int[] actions, IntUnaryOperator measure) {
    int[] measures = Arrays.stream(actions).map(measure).toArray();
    int highest = Arrays.stream(measures).max().orElseThrow();
    return IntStream.range(0, actions.length)
        .filter(i -> measures[i] == highest)
        .map(i -> actions[i])
        .toArray();
  }
}
