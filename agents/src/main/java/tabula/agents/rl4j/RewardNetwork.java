package tabula.agents.rl4j;

import java.util.HashMap;
import java.util.Map;
import org.deeplearning4j.nn.gradient.DefaultGradient;
import org.deeplearning4j.rl4j.agent.learning.update.Features;
import org.deeplearning4j.rl4j.agent.learning.update.FeaturesLabels;
import org.deeplearning4j.rl4j.agent.learning.update.Gradients;
import org.deeplearning4j.rl4j.network.ITrainableNeuralNet;
import org.deeplearning4j.rl4j.network.NeuralNetOutput;
import org.deeplearning4j.rl4j.observation.Observation;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;
import tabula.agents.network.Losses;
import tabula.agents.network.nd4j.TrainableNetwork;

/**
 * Tabula's network as RL4J's: the checkpoints of a run need no other player than any other's. What
 * its outputs mean and what its loss is, is the algorithm's.
 *
 * @param <N> the class itself
 */
abstract class RewardNetwork<N extends RewardNetwork<N>> implements ITrainableNeuralNet<N> {

  private static final String GRADIENT = "weights";

  final TrainableNetwork network;
  final int actionCount;

  /** An observation equals itself alone. */
  private final Map<Observation, NeuralNetOutput> said = new HashMap<>();

  private @Nullable INDArray lastRows;
  private @Nullable Judged lastJudged;
  private double learningRate;
  private Losses sum = Losses.ZERO;
  private int summed;

  RewardNetwork(TrainableNetwork network) {
    this.network = network;
    this.actionCount = network.game().actionCount();
  }

  /**
   * A batch and what the network says of it.
   *
   * @param logits [count, actionCount]
   * @param values [count]
   */
  record Judged(Boards boards, float[] logits, float[] values) {
    int count() {
      return boards.count();
    }
  }

  /**
   * A loss and its gradient with respect to what the network said.
   *
   * @param logits [count, actionCount]
   * @param values [count]
   */
  record LossGradient(Losses losses, float[] logits, float[] values) {}

  /** What RL4J is told. */
  abstract NeuralNetOutput outputs(Judged judged);

  abstract LossGradient loss(Judged judged, FeaturesLabels labels);

  void learningRate(double rate) {
    learningRate = rate;
  }

  /** The losses since the last call, on average for a step; zero if there was none. */
  Losses takeLosses() {
    Losses mean = summed == 0 ? Losses.ZERO : sum.dividedBy(summed);
    sum = Losses.ZERO;
    summed = 0;
    return mean;
  }

  /** RL4J asks for a batch and then for its gradients: the second time nothing is computed. */
  private Judged judge(INDArray rows) {
    if (rows == lastRows && lastJudged != null) {
      return lastJudged;
    }
    Boards boards = Boards.decode(network.game(), rows);
    float[] logits = new float[boards.count() * actionCount];
    float[] values = new float[boards.count()];
    network.forward(boards.planes(), boards.count(), logits, values);
    lastRows = rows;
    lastJudged = new Judged(boards, logits, values);
    return lastJudged;
  }

  private void forget() {
    said.clear();
    lastRows = null;
    lastJudged = null;
  }

  /** Actor-critic asks again for all that it was told during the game. */
  @Override
  public final NeuralNetOutput output(Observation observation) {
    return said.computeIfAbsent(observation, asked -> outputs(judge(asked.getChannelData(0))));
  }

  @Override
  public final NeuralNetOutput output(INDArray batch) {
    return outputs(judge(batch));
  }

  @Override
  public final NeuralNetOutput output(Features features) {
    return outputs(judge(features.get(0)));
  }

  @Override
  public final Gradients computeGradients(FeaturesLabels featuresLabels) {
    Judged judged = judge(featuresLabels.getFeatures().get(0));
    LossGradient loss = loss(judged, featuresLabels);
    sum = sum.plus(loss.losses());
    summed++;
    Gradients gradients = new Gradients(judged.count());
    gradients.putGradient(
        GRADIENT,
        new DefaultGradient(
            network.backward(judged.count(), loss.logits(), judged.values(), loss.values())));
    return gradients;
  }

  @Override
  public final void applyGradients(Gradients gradients) {
    network.descend(gradients.getGradient(GRADIENT).gradient(), learningRate);
    forget();
  }

  @Override
  public final void fit(FeaturesLabels featuresLabels) {
    applyGradients(computeGradients(featuresLabels));
  }

  @Override
  public final void copyFrom(N from) {
    if (from != this) {
      network.copyWeights(from.network);
      forget();
    }
  }

  @Override
  public abstract N clone();

  @Override
  public final void reset() {
    forget();
  }

  @Override
  public final boolean isRecurrent() {
    return false;
  }
}
