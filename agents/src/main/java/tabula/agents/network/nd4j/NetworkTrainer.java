package tabula.agents.network.nd4j;

import java.util.random.RandomGenerator;
import org.nd4j.linalg.api.ndarray.INDArray;
import tabula.agents.network.Losses;
import tabula.agents.network.NetworkSpec;
import tabula.agents.network.OptimizerSpec;
import tabula.agents.network.TrainingBatch;
import tabula.games.Game;

/**
 * Teaches a network: descends the gradient of cross-entropy plus squared error, and keeps an
 * exponential average of the weights beside them, which plays better than they do. Used by one
 * thread at a time.
 */
public final class NetworkTrainer {

  private final int actionCount;
  private final int batch;
  private final double averaging;
  private final INDArray weights;
  private final INDArray gradients;
  private final INDArray averaged;
  private final TrainingPass pass;
  private final Optimizer optimizer;
  private final float[] logits;
  private final float[] logitGradients;
  private final float[] values;
  private final float[] valueGradients;
  private int step;

  /** Everything that a trainer has to remember to go on as if it had never stopped. */
  public record State(int step, float[] weights, float[] averaged, float[] first, float[] second) {}

  /**
   * A trainer for batches of one size.
   *
   * @param averaging how much of the average stays at each step, such as 0.999
   * @param state where to start: see {@link #start}
   */
  public NetworkTrainer(
      Game game,
      NetworkSpec spec,
      OptimizerSpec optimizerSpec,
      int batch,
      double averaging,
      State state) {
    Parameters parameters = new Parameters(game, spec);
    this.actionCount = game.actionCount();
    this.batch = batch;
    this.averaging = averaging;
    this.weights = Tensors.allocate(parameters.size());
    this.gradients = Tensors.allocate(parameters.size());
    this.averaged = Tensors.allocate(parameters.size());
    this.pass = new TrainingPass(game, spec, parameters, weights, gradients, batch);
    this.optimizer = new Optimizer(optimizerSpec, weights, gradients);
    this.logits = new float[batch * actionCount];
    this.logitGradients = new float[batch * actionCount];
    this.values = new float[batch];
    this.valueGradients = new float[batch];
    this.step = state.step();
    Tensors.write(state.weights(), parameters.size(), weights);
    Tensors.write(state.averaged(), parameters.size(), averaged);
    Tensors.write(state.first(), parameters.size(), optimizer.state()[0]);
    Tensors.write(state.second(), parameters.size(), optimizer.state()[1]);
  }

  /** The weights of a network that has learnt nothing. */
  public static float[] initialWeights(Game game, NetworkSpec spec, RandomGenerator random) {
    return new Parameters(game, spec).initialise(random);
  }

  /** The state of a trainer that starts from {@code weights}. */
  public static State start(float[] weights) {
    return new State(0, weights, weights, new float[weights.length], new float[weights.length]);
  }

  public State state() {
    return new State(
        step,
        copy(weights),
        copy(averaged),
        copy(optimizer.state()[0]),
        copy(optimizer.state()[1]));
  }

  /** How many steps were taken. */
  public int steps() {
    return step;
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

  /**
   * One step down the gradient.
   *
   * @throws ArithmeticException if the loss is no longer a number
   */
  public Losses step(TrainingBatch examples, double learningRate) {
    Losses losses = losses(examples);
    if (!Double.isFinite(losses.total())) {
      throw new ArithmeticException(
          "The loss is not a number at step %d; the first that is none stands in %s."
              .formatted(step, pass.firstNotFinite()));
    }
    pass.backward();
    optimizer.step(learningRate, step);
    step++;
    // Early on the average would be mostly the weights that it started from.
    double keep = Math.min(averaging, 1 - 1.0 / (step + 1));
    averaged.muli(keep);
    Optimizer.axpy(1 - keep, weights, averaged);
    return losses;
  }

  /**
   * The losses of the weights on a batch, nothing learnt. Leaves the loss's gradients ready for a
   * backward pass.
   */
  public Losses losses(TrainingBatch examples) {
    if (examples.size() != batch) {
      throw new IllegalArgumentException("This trainer takes batches of %d.".formatted(batch));
    }
    Tensors.write(examples.planes(), examples.planes().length, pass.planes);
    pass.forward();
    Tensors.read(pass.logits, logits, 0, logits.length);
    Tensors.read(pass.values, values, 0, values.length);
    double policy = 0;
    double value = 0;
    double entropy = 0;
    for (int i = 0; i < batch; i++) {
      int row = i * actionCount;
      double highest = Double.NEGATIVE_INFINITY;
      for (int a = row; a < row + actionCount; a++) {
        if (examples.policy()[a] >= 0) {
          highest = Math.max(highest, logits[a]);
        }
      }
      double sum = 0;
      for (int a = row; a < row + actionCount; a++) {
        if (examples.policy()[a] >= 0) {
          sum += Math.exp(logits[a] - highest);
        }
      }
      double logSum = highest + Math.log(sum);
      for (int a = row; a < row + actionCount; a++) {
        float target = examples.policy()[a];
        if (target >= 0) {
          double logProbability = logits[a] - logSum;
          double probability = Math.exp(logProbability);
          policy -= target * logProbability;
          entropy -= probability * logProbability;
          logitGradients[a] = (float) ((probability - target) / batch);
        } else {
          logitGradients[a] = 0;
        }
      }
      double said = Math.tanh(values[i]);
      double error = said - examples.value()[i];
      value += error * error;
      valueGradients[i] = (float) (2 * error * (1 - said * said) / batch);
    }
    Tensors.write(logitGradients, logitGradients.length, pass.logitGradients);
    Tensors.write(valueGradients, batch, pass.valueGradients);
    return new Losses(policy / batch, value / batch, entropy / batch);
  }

  /**
   * The loss's gradient with respect to every weight, on a batch. For tests and for looking inside.
   */
  public float[] gradients(TrainingBatch examples) {
    losses(examples);
    pass.backward();
    return copy(gradients);
  }
}
