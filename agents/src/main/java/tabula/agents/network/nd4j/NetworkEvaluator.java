package tabula.agents.network.nd4j;

import org.nd4j.linalg.api.ndarray.INDArray;
import tabula.agents.evaluate.EvaluationBatch;
import tabula.agents.evaluate.Evaluator;
import tabula.agents.network.LookingBack;
import tabula.agents.network.NetworkCost;
import tabula.agents.network.NetworkSpec;
import tabula.games.Game;

/**
 * A network that evaluates positions. Every array is allocated once; nothing is allocated that
 * grows with the work. It has a copy of the weights of its own, so that they can be swapped between
 * two batches.
 */
public final class NetworkEvaluator implements Evaluator {

  /** A batch of 128 stays in a core's cache; larger ones are slower a position. */
  public static final int MAX_BATCH = 128;

  private final Game game;

  /** The game as the network sees it. */
  private final Game view;

  private final NetworkSpec spec;
  private final Parameters parameters;
  private final INDArray weights;
  private final ForwardPass.Memory memory;
  private final ForwardPass[] passes = new ForwardPass[MAX_BATCH + 1];
  private final float[] planes;

  /**
   * @param game the rules, or the network's view of them; positions of either can be evaluated
   * @param weights as {@link NetworkTrainer#weights} or a checkpoint gives them; copied
   */
  public NetworkEvaluator(Game game, NetworkSpec spec, float[] weights) {
    this.game = game;
    this.view = spec.view(game);
    this.spec = spec;
    this.parameters = new Parameters(game, spec);
    this.weights = Tensors.allocate(parameters.size());
    this.memory = new ForwardPass.Memory(game, spec, MAX_BATCH);
    this.planes = new float[MAX_BATCH * view.shape().size()];
    load(weights);
  }

  /** How large a network of this form is. */
  public static NetworkCost cost(Game game, NetworkSpec spec) {
    return new Parameters(game, spec).cost();
  }

  /** How many weights a network of this form has. */
  public static int weightCount(Game game, NetworkSpec spec) {
    return new Parameters(game, spec).size();
  }

  /**
   * Swaps the weights.
   *
   * @throws IllegalArgumentException if their number is another network's
   */
  public void load(float[] newWeights) {
    if (newWeights.length != parameters.size()) {
      throw new IllegalArgumentException(
          "A %s network for %s has %d weights, not %d."
              .formatted(spec, game.id(), parameters.size(), newWeights.length));
    }
    Tensors.write(newWeights, newWeights.length, weights);
  }

  @Override
  public void evaluate(EvaluationBatch batch) {
    // Parts of one size: a full one and a small rest would be slower.
    int parts = (batch.size() + MAX_BATCH - 1) / MAX_BATCH;
    for (int part = 0, start = 0; part < parts; part++) {
      int count = (batch.size() - start) / (parts - part);
      evaluate(batch, start, count);
      start += count;
    }
  }

  private void evaluate(EvaluationBatch batch, int start, int count) {
    int size = view.shape().size();
    for (int i = 0; i < count; i++) {
      LookingBack.seen(view, batch.position(start + i)).writePlanes(planes, i * size);
    }
    Tensors.write(planes, count * size, memory.planes);
    pass(passSize(count)).run();
    Tensors.read(
        memory.logits, batch.logits(), start * game.actionCount(), count * game.actionCount());
    Tensors.read(memory.values, batch.values(), start, count);
    for (int i = start; i < start + count; i++) {
      batch.values()[i] = (float) Math.tanh(batch.values()[i]);
    }
  }

  /** A pass keeps native code for its own batch size, so only small ones are exact. */
  private static int passSize(int count) {
    int step = count <= 8 ? 1 : 4;
    return (count + step - 1) / step * step;
  }

  private ForwardPass pass(int batch) {
    ForwardPass pass = passes[batch];
    if (pass == null) {
      pass = new ForwardPass(game, spec, parameters, weights, memory, batch);
      passes[batch] = pass;
    }
    return pass;
  }
}
