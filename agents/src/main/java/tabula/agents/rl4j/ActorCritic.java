package tabula.agents.rl4j;

import org.deeplearning4j.rl4j.agent.learning.update.FeaturesLabels;
import org.deeplearning4j.rl4j.network.CommonLabelNames;
import org.deeplearning4j.rl4j.network.CommonOutputNames;
import org.deeplearning4j.rl4j.network.NeuralNetOutput;
import org.nd4j.linalg.factory.Nd4j;
import tabula.agents.network.Losses;
import tabula.agents.network.nd4j.TrainableNetwork;

/**
 * A policy and value network as actor and critic: the policy is the softmax of the legal actions'
 * logits.
 */
final class ActorCritic extends RewardNetwork<ActorCritic> {

  /** What the critic's error is worth beside the actor's (Mnih et al. 2016). */
  private static final double VALUE_WEIGHT = 0.5;

  /**
   * RL4J's policy throws if its draw falls into what rounding leaves between the probabilities' sum
   * and 1: the most probable action gets so much more.
   */
  private static final float ROUNDING = 1e-5f;

  private final double entropyWeight;

  ActorCritic(TrainableNetwork network, double entropyWeight) {
    super(network);
    this.entropyWeight = entropyWeight;
  }

  @Override
  NeuralNetOutput outputs(Judged judged) {
    float[] policy = new float[judged.count() * actionCount];
    for (int i = 0; i < judged.count(); i++) {
      int best = i * actionCount;
      for (int a = i * actionCount; a < (i + 1) * actionCount; a++) {
        policy[a] = (float) probability(judged, i, a);
        best = policy[a] > policy[best] ? a : best;
      }
      policy[best] += ROUNDING;
    }
    NeuralNetOutput output = new NeuralNetOutput();
    output.put(
        CommonOutputNames.ActorCritic.Policy,
        Nd4j.create(policy, new long[] {judged.count(), actionCount}, 'c'));
    output.put(
        CommonOutputNames.ActorCritic.Value,
        Nd4j.create(judged.values(), new long[] {judged.count(), 1}, 'c'));
    return output;
  }

  private double probability(Judged judged, int row, int place) {
    return judged.boards().legal()[place]
        ? Math.exp(judged.logits()[place] - logSum(judged, row))
        : 0;
  }

  private double logSum(Judged judged, int row) {
    double highest = Double.NEGATIVE_INFINITY;
    for (int a = row * actionCount; a < (row + 1) * actionCount; a++) {
      if (judged.boards().legal()[a]) {
        highest = Math.max(highest, judged.logits()[a]);
      }
    }
    double sum = 0;
    for (int a = row * actionCount; a < (row + 1) * actionCount; a++) {
      if (judged.boards().legal()[a]) {
        sum += Math.exp(judged.logits()[a] - highest);
      }
    }
    return highest + Math.log(sum);
  }

  /**
   * The actor's loss is -advantage log π(action), less the policy's entropy; RL4J's labels hold the
   * advantage in the place of the action that was taken. The critic's is its squared error.
   */
  @Override
  LossGradient loss(Judged judged, FeaturesLabels labels) {
    float[] advantages = Boards.floats(labels.getLabels(CommonLabelNames.ActorCritic.Policy));
    float[] returns = Boards.floats(labels.getLabels(CommonLabelNames.ActorCritic.Value));
    int count = judged.count();
    float[] logitGradients = new float[count * actionCount];
    float[] valueGradients = new float[count];
    double policyLoss = 0;
    double valueLoss = 0;
    double entropySum = 0;
    for (int i = 0; i < count; i++) {
      double logSum = logSum(judged, i);
      double advantage = 0;
      double entropy = 0;
      for (int a = i * actionCount; a < (i + 1) * actionCount; a++) {
        if (judged.boards().legal()[a]) {
          double logProbability = judged.logits()[a] - logSum;
          advantage += advantages[a];
          policyLoss -= advantages[a] * logProbability;
          entropy -= Math.exp(logProbability) * logProbability;
        }
      }
      for (int a = i * actionCount; a < (i + 1) * actionCount; a++) {
        if (judged.boards().legal()[a]) {
          double logProbability = judged.logits()[a] - logSum;
          double probability = Math.exp(logProbability);
          logitGradients[a] =
              (float)
                  ((advantage * probability
                          - advantages[a]
                          + entropyWeight * probability * (logProbability + entropy))
                      / count);
        }
      }
      double error = judged.values()[i] - returns[i];
      valueLoss += error * error;
      valueGradients[i] = (float) (VALUE_WEIGHT * 2 * error / count);
      entropySum += entropy;
    }
    return new LossGradient(
        new Losses(policyLoss / count, valueLoss / count, entropySum / count),
        logitGradients,
        valueGradients);
  }

  /** RL4J makes a copy for a target, which actor-critic never asks. */
  @Override
  public ActorCritic clone() {
    return new ActorCritic(network.copy(), entropyWeight);
  }
}
