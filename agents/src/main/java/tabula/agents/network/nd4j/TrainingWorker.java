package tabula.agents.network.nd4j;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.nd4j.linalg.api.ndarray.INDArray;
import tabula.agents.network.DescentSpec;
import tabula.agents.network.Losses;
import tabula.agents.network.NetworkSpec;
import tabula.agents.network.TrainingBatch;
import tabula.games.Game;

/**
 * One thread's share of a training step: takes parts of the batch forward and backward, small
 * enough for its core's cache, and adds up their gradients and losses.
 */
final class TrainingWorker {

  private final Game game;
  private final NetworkSpec spec;
  private final Parameters parameters;
  private final DescentSpec descent;
  private final INDArray weights;
  private final INDArray partGradients;
  private final Map<Integer, TrainingPass> passes = new HashMap<>();
  private final float[] logits;
  private final float[] logitGradients;
  private final float[] values;
  private final float[] valueGradients;
  private Losses losses = Losses.ZERO;

  /** Of each layer with a rectifier, which units were active. */
  private final List<boolean[]> active = new ArrayList<>();

  /** [weights]: the sum of its parts' gradients since {@link #clear}. */
  final INDArray gradients;

  /**
   * A worker on weights that others change between two steps.
   *
   * @param maxPart the largest part that it is handed
   */
  TrainingWorker(
      Game game,
      NetworkSpec spec,
      Parameters parameters,
      DescentSpec descent,
      INDArray weights,
      int maxPart) {
    this.game = game;
    this.spec = spec;
    this.parameters = parameters;
    this.descent = descent;
    this.weights = weights;
    this.gradients = Tensors.allocate(parameters.size());
    this.partGradients = Tensors.allocate(parameters.size());
    this.logits = new float[maxPart * game.actionCount()];
    this.logitGradients = new float[maxPart * game.actionCount()];
    this.values = new float[maxPart];
    this.valueGradients = new float[maxPart];
  }

  void clear() {
    gradients.assign(0);
    losses = Losses.ZERO;
    active.clear();
  }

  /** The sum of its parts' losses since {@link #clear}: their share of the batch's mean. */
  Losses losses() {
    return losses;
  }

  /**
   * Takes the examples from {@code start} on forward and backward, the first of them as they
   * deceive most, where that is wished.
   *
   * @param step on which it depends, with {@code start}, what is left out
   * @throws ArithmeticException if a loss is no longer a number; the message names the layer
   */
  void descend(TrainingBatch examples, int start, int count, int step) {
    int deceiving = (int) Math.round(descent.adversarial().share() * count);
    descend(examples, start, deceiving, step, true);
    descend(examples, start + deceiving, count - deceiving, step, false);
  }

  private void descend(TrainingBatch examples, int start, int count, int step, boolean deceiving) {
    if (count == 0) {
      return;
    }
    TrainingPass pass = passes.computeIfAbsent(count, this::newPass);
    if (descent.dropout() > 0) {
      pass.leaveOut(descent.dropout(), new SplittableRandom(((long) step << 32) + start));
    }
    see(pass, examples, start, count);
    Losses partLosses = forward(pass, examples, start, count);
    backward(pass, count);
    if (deceiving) {
      pass.deceive(descent.adversarial().epsilon());
      partLosses = forward(pass, examples, start, count);
      backward(pass, count);
    }
    losses = losses.plus(partLosses);
    Optimizer.axpy(1, partGradients, gradients);
  }

  private void backward(TrainingPass pass, int count) {
    Tensors.write(logitGradients, count * game.actionCount(), pass.logitGradients);
    Tensors.write(valueGradients, count, pass.valueGradients);
    pass.backward();
  }

  /** Takes the examples from {@code start} on forward alone, and notes which units are active. */
  void examine(TrainingBatch examples, int start, int count) {
    TrainingPass pass = passes.computeIfAbsent(count, this::newPass);
    see(pass, examples, start, count);
    losses = losses.plus(forward(pass, examples, start, count));
    if (active.isEmpty()) {
      pass.rectified().forEach(units -> active.add(new boolean[units]));
    }
    pass.markActive(active);
  }

  /** The share of the rectified units that were not active once since {@link #clear}. */
  double deadShare() {
    int units = 0;
    int dead = 0;
    for (boolean[] layer : active) {
      units += layer.length;
      for (boolean wasActive : layer) {
        dead += wasActive ? 0 : 1;
      }
    }
    return units == 0 ? 0 : (double) dead / units;
  }

  private void see(TrainingPass pass, TrainingBatch examples, int start, int count) {
    int size = spec.view(game).shape().size();
    Tensors.write(examples.planes(), start * size, count * size, pass.planes);
  }

  /** From the planes that the pass sees to the loss's gradients of logits and values. */
  private Losses forward(TrainingPass pass, TrainingBatch examples, int start, int count) {
    pass.forward();
    Tensors.read(pass.logits, logits, 0, count * game.actionCount());
    Tensors.read(pass.values, values, 0, count);
    Losses partLosses = lossesAndTheirGradients(examples, start, count);
    if (!Double.isFinite(partLosses.total())) {
      throw new ArithmeticException("the first that is none stands in " + pass.firstNotFinite());
    }
    return partLosses;
  }

  private TrainingPass newPass(int count) {
    return new TrainingPass(
        game, spec, parameters, weights, partGradients, descent.dropout(), count);
  }

  private Losses lossesAndTheirGradients(TrainingBatch examples, int start, int count) {
    int actionCount = game.actionCount();
    float[] targets = examples.policy();
    int batch = examples.size();
    double policy = 0;
    double value = 0;
    double entropy = 0;
    for (int i = 0; i < count; i++) {
      int row = i * actionCount;
      int targetRow = (start + i) * actionCount;
      double highest = Double.NEGATIVE_INFINITY;
      for (int a = 0; a < actionCount; a++) {
        if (targets[targetRow + a] >= 0) {
          highest = Math.max(highest, logits[row + a]);
        }
      }
      double sum = 0;
      for (int a = 0; a < actionCount; a++) {
        if (targets[targetRow + a] >= 0) {
          sum += Math.exp(logits[row + a] - highest);
        }
      }
      double logSum = highest + Math.log(sum);
      for (int a = 0; a < actionCount; a++) {
        float target = targets[targetRow + a];
        if (target >= 0) {
          double logProbability = logits[row + a] - logSum;
          double probability = Math.exp(logProbability);
          policy -= target * logProbability;
          entropy -= probability * logProbability;
          logitGradients[row + a] =
              (float) (descent.policyWeight() * (probability - target) / batch);
        } else {
          logitGradients[row + a] = 0;
        }
      }
      double said = Math.tanh(values[i]);
      double error = said - examples.value()[start + i];
      value += error * error;
      valueGradients[i] = (float) (descent.valueWeight() * 2 * error * (1 - said * said) / batch);
    }
    return new Losses(policy / batch, value / batch, entropy / batch);
  }
}
