package tabula.agents.rl4j;

import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import tabula.agents.evaluate.EvaluationBatch;
import tabula.agents.network.NetworkSpec;
import tabula.agents.network.nd4j.NetworkEvaluator;
import tabula.games.Game;
import tabula.games.Position;

/**
 * The opponents: what the learner was at some time. The first of them, who knew nothing, always
 * stays; who joins a full pool takes the place of any other but the newest. They draw their moves
 * from their policies.
 */
final class PastSelves {

  /** The share of games against the newest: the others keep it from forgetting how to beat them. */
  private static final double NEWEST_SHARE = 0.5;

  private final NetworkEvaluator evaluator;
  private final EvaluationBatch batch;
  private final int capacity;
  private final double sharpness;
  private final List<float[]> selves;

  /**
   * A pool.
   *
   * @param sharpness what the logits are multiplied by: 1 draws from the policy itself, more seldom
   *     from what it thinks worse
   * @param selves at least one, the oldest first
   */
  PastSelves(Game game, NetworkSpec spec, int capacity, double sharpness, List<float[]> selves) {
    this.capacity = capacity;
    this.sharpness = sharpness;
    this.selves = new ArrayList<>(selves);
    this.evaluator = new NetworkEvaluator(game, spec, selves.getFirst());
    this.batch = new EvaluationBatch(game, 1);
  }

  List<float[]> selves() {
    return List.copyOf(selves);
  }

  void join(float[] weights, RandomGenerator random) {
    if (selves.size() >= capacity && selves.size() > 1) {
      selves.remove(selves.size() > 2 ? 1 + random.nextInt(selves.size() - 2) : 1);
    }
    selves.add(weights);
  }

  /** Another of them plays from now on. */
  void change(RandomGenerator random) {
    evaluator.load(
        random.nextDouble() < NEWEST_SHARE
            ? selves.getLast()
            : selves.get(random.nextInt(selves.size())));
  }

  int choose(Position position, RandomGenerator random) {
    batch.clear();
    batch.add(position);
    evaluator.evaluate(batch);
    return draw(batch.logits(), position.legalActions(), random);
  }

  private int draw(float[] logits, int[] legal, RandomGenerator random) {
    int best = legal[0];
    for (int action : legal) {
      best = logits[action] > logits[best] ? action : best;
    }
    double[] weights = new double[legal.length];
    double left = 0;
    for (int i = 0; i < legal.length; i++) {
      weights[i] = Math.exp(sharpness * (logits[legal[i]] - logits[best]));
      left += weights[i];
    }
    left *= random.nextDouble();
    for (int i = 0; i < legal.length; i++) {
      left -= weights[i];
      if (left < 0) {
        return legal[i];
      }
    }
    return best;
  }
}
