package tabula.agents.train;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import tabula.agents.Agent;
import tabula.agents.Decision;
import tabula.agents.network.LookingBack;
import tabula.games.Game;
import tabula.games.Position;

/** Games of an agent against itself, to learn from: the same seed gives the same games. */
public final class AgentGames {

  private AgentGames() {}

  /**
   * Plays one game. It begins with some random moves; after them each position is an example, and
   * the move is drawn from the agent's policy, so that no two games are alike for long.
   *
   * @param game as the network sees it that is to learn from it
   * @param openingPlies the most random moves
   */
  public static Trajectory play(Game game, Agent agent, int openingPlies, RandomGenerator random) {
    int actionCount = game.actionCount();
    while (true) {
      int opening = random.nextInt(Math.min(openingPlies, game.maxPlies() / 3) + 1);
      List<Decision> decisions = new ArrayList<>();
      short[] actions = new short[game.maxPlies()];
      Position position = game.initialPosition();
      int ply = 0;
      while (!position.isOver()) {
        int action;
        if (ply < opening) {
          int[] legal = position.legalActions();
          action = legal[random.nextInt(legal.length)];
        } else {
          Decision decision = agent.decide(LookingBack.plain(position), random);
          decisions.add(decision);
          action = draw(decision, random);
        }
        actions[ply++] = (short) action;
        position = position.play(action);
      }
      // Random moves alone may end a game: it teaches nothing.
      if (!decisions.isEmpty()) {
        int examples = decisions.size();
        short[] exampleMoves = new short[examples];
        float[] policies = new float[examples * actionCount];
        float[] values = new float[examples];
        boolean[] proven = new boolean[examples];
        for (int i = 0; i < examples; i++) {
          Decision decision = decisions.get(i);
          exampleMoves[i] = (short) (ply - examples + i);
          System.arraycopy(decision.policy(), 0, policies, i * actionCount, actionCount);
          values[i] = decision.value();
          proven[i] = decision.proven();
        }
        return new Trajectory(
            game,
            Arrays.copyOf(actions, ply),
            exampleMoves,
            policies,
            values,
            proven,
            position.outcome());
      }
    }
  }

  private static int draw(Decision decision, RandomGenerator random) {
    double left = random.nextDouble();
    for (int action = 0; action < decision.policy().length; action++) {
      left -= decision.policy()[action];
      if (left < 0) {
        return action;
      }
    }
    return decision.action();
  }
}
