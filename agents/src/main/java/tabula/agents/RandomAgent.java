package tabula.agents;

import java.util.random.RandomGenerator;
import tabula.games.Position;

/** Plays any legal move with the same probability. */
final class RandomAgent implements Agent {

  @Override
  public AgentSpec spec() {
    return new AgentSpec.RandomMoves();
  }

  @Override
  public Decision decide(Position position, RandomGenerator random) {
    int[] legal = position.legalActions();
    int actionCount = position.game().actionCount();
    float[] policy = new float[actionCount];
    for (int action : legal) {
      policy[action] = 1f / legal.length;
    }
    return new Decision(
        legal[random.nextInt(legal.length)], 0, policy, new int[actionCount], false);
  }
}
