package tabula.agents.search;

import java.util.Arrays;
import java.util.random.RandomGenerator;
import tabula.agents.Decision;
import tabula.games.Game;
import tabula.games.Position;

/**
 * Plain Monte Carlo tree search: UCT (Kocsis and Szepesvári 2006), each leaf judged by one random
 * game to its end. The move that it plays is the most visited.
 */
public final class RolloutSearch {

  /** UCT's constant for values in [-1, 1]. */
  private static final double EXPLORATION = Math.sqrt(2);

  private final Game game;
  private final int[] legal;

  // A node's children stand together from firstChild on, in the order of their actions.
  private Position[] positions = new Position[0];
  private int[] firstChild = new int[0];
  private int[] childCount = new int[0];
  private int[] action = new int[0];
  private int[] visits = new int[0];
  private float[] valueSum = new float[0];
  private int nodes;
  private final int[] path;

  public RolloutSearch(Game game) {
    this.game = game;
    this.legal = new int[game.actionCount()];
    this.path = new int[game.maxPlies() + 1];
  }

  /**
   * Searches.
   *
   * @param root a position that is not over
   * @return the value for the side to move, and the visits as policy
   */
  public Decision search(Position root, int simulations, RandomGenerator random) {
    nodes = 0;
    add(root, -1);
    expand(0);
    for (int i = 0; i < simulations; i++) {
      simulate(random);
    }
    return decision();
  }

  private void simulate(RandomGenerator random) {
    int length = 0;
    int node = 0;
    path[length++] = node;
    while (childCount[node] > 0) {
      node = select(node);
      path[length++] = node;
    }
    if (visits[node] > 0 && !positions[node].isOver()) {
      expand(node);
      node = firstChild[node] + random.nextInt(childCount[node]);
      path[length++] = node;
    }
    // A node's sum is for the side that moved to it, so that its parent takes the highest.
    float value = -rollout(positions[node], random);
    for (int i = length - 1; i >= 0; i--) {
      visits[path[i]]++;
      valueSum[path[i]] += value;
      value = -value;
    }
  }

  private int select(int node) {
    double logVisits = Math.log(Math.max(1, visits[node]));
    int best = -1;
    double bestBound = Double.NEGATIVE_INFINITY;
    for (int child = firstChild[node]; child < firstChild[node] + childCount[node]; child++) {
      if (visits[child] == 0) {
        return child;
      }
      double bound =
          valueSum[child] / visits[child] + EXPLORATION * Math.sqrt(logVisits / visits[child]);
      if (bound > bestBound) {
        bestBound = bound;
        best = child;
      }
    }
    return best;
  }

  /** The result of a random game, for the side to move at {@code start}. */
  private float rollout(Position start, RandomGenerator random) {
    Position position = start;
    int count = position.legalActions(legal);
    while (count > 0) {
      position = position.play(legal[random.nextInt(count)]);
      count = position.legalActions(legal);
    }
    return position.outcome().valueFor(start.sideToMove());
  }

  private void expand(int node) {
    int count = positions[node].legalActions(legal);
    firstChild[node] = nodes;
    childCount[node] = count;
    for (int i = 0; i < count; i++) {
      add(positions[node].play(legal[i]), legal[i]);
    }
  }

  private void add(Position position, int byAction) {
    if (nodes == positions.length) {
      int size = Math.max(1024, 2 * nodes);
      positions = Arrays.copyOf(positions, size);
      firstChild = Arrays.copyOf(firstChild, size);
      childCount = Arrays.copyOf(childCount, size);
      action = Arrays.copyOf(action, size);
      visits = Arrays.copyOf(visits, size);
      valueSum = Arrays.copyOf(valueSum, size);
    }
    positions[nodes] = position;
    firstChild[nodes] = -1;
    childCount[nodes] = 0;
    action[nodes] = byAction;
    visits[nodes] = 0;
    valueSum[nodes] = 0;
    nodes++;
  }

  private Decision decision() {
    float[] policy = new float[game.actionCount()];
    int[] actionVisits = new int[game.actionCount()];
    int total = 0;
    float sum = 0;
    int best = firstChild[0];
    for (int child = firstChild[0]; child < firstChild[0] + childCount[0]; child++) {
      actionVisits[action[child]] = visits[child];
      total += visits[child];
      sum += valueSum[child];
      if (visits[child] > visits[best]) {
        best = child;
      }
    }
    for (int i = 0; i < policy.length; i++) {
      policy[i] = (float) actionVisits[i] / total;
    }
    return new Decision(action[best], sum / total, policy, actionVisits, false);
  }
}
