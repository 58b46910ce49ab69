package tabula.agents.network.nd4j;

import java.util.HashMap;
import java.util.Map;
import org.nd4j.linalg.api.ndarray.INDArray;
import tabula.agents.network.NetworkSpec;
import tabula.agents.network.Norms;
import tabula.agents.network.OptimizerSpec;
import tabula.games.Game;

/**
 * A network whose loss somebody else knows: it says what it thinks of a batch of any size, is
 * handed the loss's gradient with respect to that, gives the gradient with respect to its weights,
 * and descends it. Keeps an average of its weights, which plays better than they do. Used by one
 * thread at a time.
 */
public final class TrainableNetwork {

  private final Game game;
  private final NetworkSpec spec;
  private final OptimizerSpec optimizerSpec;
  private final double averaging;
  private final Parameters parameters;
  private final INDArray weights;
  private final INDArray gradients;
  private final INDArray averaged;
  private final Optimizer optimizer;
  private final Map<Integer, TrainingPass> passes = new HashMap<>();
  private int step;

  /**
   * A network that starts or goes on.
   *
   * @param averaging how much of the average stays at each step, such as 0.999
   * @param state where to start: see {@link NetworkTrainer#start}
   */
  public TrainableNetwork(
      Game game,
      NetworkSpec spec,
      OptimizerSpec optimizerSpec,
      double averaging,
      NetworkTrainer.State state) {
    this.game = game;
    this.spec = spec;
    this.optimizerSpec = optimizerSpec;
    this.averaging = averaging;
    this.parameters = new Parameters(game, spec);
    this.weights = Tensors.allocate(parameters.size());
    this.gradients = Tensors.allocate(parameters.size());
    this.averaged = Tensors.allocate(parameters.size());
    this.optimizer = new Optimizer(optimizerSpec, weights, gradients);
    this.step = state.step();
    Tensors.write(state.weights(), parameters.size(), weights);
    Tensors.write(state.averaged(), parameters.size(), averaged);
    Tensors.write(state.first(), parameters.size(), optimizer.state()[0]);
    Tensors.write(state.second(), parameters.size(), optimizer.state()[1]);
  }

  public Game game() {
    return game;
  }

  /** Another network with these weights and nothing behind it. */
  public TrainableNetwork copy() {
    return new TrainableNetwork(
        game, spec, optimizerSpec, averaging, NetworkTrainer.start(weights()));
  }

  /** Takes the weights of another network of the same form; what was averaged stays. */
  public void copyWeights(TrainableNetwork from) {
    weights.assign(from.weights);
  }

  /**
   * What the network says of a batch.
   *
   * @param planes [count, H, W, C]
   * @param logits [count, actionCount]: is overwritten
   * @param values [count]: is overwritten, each in [-1, 1] for the side to move
   * @throws ArithmeticException if one of them is no number; the message says where the first
   *     stands
   */
  public void forward(float[] planes, int count, float[] logits, float[] values) {
    TrainingPass pass = pass(count);
    Tensors.write(planes, count * game.shape().size(), pass.planes);
    pass.forward();
    Tensors.read(pass.logits, logits, 0, count * game.actionCount());
    Tensors.read(pass.values, values, 0, count);
    double sum = 0;
    for (int i = 0; i < count; i++) {
      sum += values[i];
      values[i] = (float) Math.tanh(values[i]);
    }
    for (int i = 0; i < count * game.actionCount(); i++) {
      sum += logits[i];
    }
    checkFinite(sum, pass);
  }

  /**
   * The loss's gradient with respect to the weights, [weights], on the batch that {@link #forward}
   * was handed last with this count. Valid until the next call.
   *
   * @param logitGradients [count, actionCount]: the loss's gradient with respect to the logits
   * @param values [count]: what forward gave
   * @param valueGradients [count]: the loss's gradient with respect to the values
   * @throws ArithmeticException if a gradient is no number; the message says where the first stands
   */
  public INDArray backward(
      int count, float[] logitGradients, float[] values, float[] valueGradients) {
    TrainingPass pass = pass(count);
    float[] beforeTanh = new float[count];
    double sum = 0;
    for (int i = 0; i < count; i++) {
      beforeTanh[i] = valueGradients[i] * (1 - values[i] * values[i]);
      sum += beforeTanh[i];
    }
    for (int i = 0; i < count * game.actionCount(); i++) {
      sum += logitGradients[i];
    }
    checkFinite(sum, pass);
    Tensors.write(logitGradients, count * game.actionCount(), pass.logitGradients);
    Tensors.write(beforeTanh, count, pass.valueGradients);
    pass.backward();
    return gradients;
  }

  private void checkFinite(double sum, TrainingPass pass) {
    if (!Double.isFinite(sum)) {
      throw new ArithmeticException(
          "The loss is not a number at step %d; the first that is none stands in %s."
              .formatted(step, pass.firstNotFinite()));
    }
  }

  /** One step down the gradient that {@link #backward} gave. */
  public void descend(INDArray gradient, double learningRate) {
    if (gradient != gradients) {
      gradients.assign(gradient);
    }
    optimizer.step(learningRate, step);
    step++;
    // Early on the average would be mostly the weights that it started from.
    double keep = Math.min(averaging, 1 - 1.0 / (step + 1));
    averaged.muli(keep);
    Optimizer.axpy(1 - keep, weights, averaged);
  }

  private TrainingPass pass(int count) {
    return passes.computeIfAbsent(
        count, size -> new TrainingPass(game, spec, parameters, weights, gradients, 0, size));
  }

  /** How many steps were taken. */
  public int steps() {
    return step;
  }

  /** Of the last step's gradient, and of the weights after it, in all. */
  public Norms norms() {
    return Tensors.norms(gradients, weights);
  }

  /** As {@link #norms()}, by layer, from the input on. */
  public Map<String, Norms> normsByLayer() {
    return parameters.norms(gradients, weights);
  }

  public NetworkTrainer.State state() {
    return new NetworkTrainer.State(
        step,
        copy(weights),
        copy(averaged),
        copy(optimizer.state()[0]),
        copy(optimizer.state()[1]));
  }

  /** A copy of the weights. */
  public float[] weights() {
    return copy(weights);
  }

  /** A copy of the weights' average: what plays. */
  public float[] averagedWeights() {
    return copy(averaged);
  }

  private static float[] copy(INDArray flat) {
    float[] numbers = new float[(int) flat.length()];
    Tensors.read(flat, numbers, 0, numbers.length);
    return numbers;
  }
}
