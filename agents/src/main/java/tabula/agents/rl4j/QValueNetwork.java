package tabula.agents.rl4j;

import org.deeplearning4j.rl4j.agent.learning.update.FeaturesLabels;
import org.deeplearning4j.rl4j.network.CommonLabelNames;
import org.deeplearning4j.rl4j.network.CommonOutputNames;
import org.deeplearning4j.rl4j.network.NeuralNetOutput;
import org.nd4j.linalg.factory.Nd4j;
import tabula.agents.network.Losses;
import tabula.agents.network.nd4j.TrainableNetwork;

/**
 * A policy and value network read as Q-values, by the dueling architecture (Wang et al. 2016) with
 * its maximum: Q(a) = value + {@link #TEMPERATURE} (logit(a) - highest legal logit). So the value
 * is the best action's Q, the highest logit is the best action, and the softmax of the logits is
 * the Boltzmann policy at that temperature: whoever plays by policy and value plays by the Q-values
 * without knowing of them.
 */
final class QValueNetwork extends RewardNetwork<QValueNetwork> {

  static final double TEMPERATURE = 0.2;

  /** Lower than any result, so that an illegal action is never the best. */
  private static final float ILLEGAL = -1000;

  QValueNetwork(TrainableNetwork network) {
    super(network);
  }

  @Override
  NeuralNetOutput outputs(Judged judged) {
    NeuralNetOutput output = new NeuralNetOutput();
    output.put(
        CommonOutputNames.QValues,
        Nd4j.create(qValues(judged), new long[] {judged.count(), actionCount}, 'c'));
    return output;
  }

  private float[] qValues(Judged judged) {
    float[] q = new float[judged.count() * actionCount];
    for (int i = 0; i < judged.count(); i++) {
      int best = best(judged, i);
      for (int a = i * actionCount; a < (i + 1) * actionCount; a++) {
        q[a] =
            judged.boards().legal()[a]
                ? (float)
                    (judged.values()[i]
                        + TEMPERATURE * (judged.logits()[a] - judged.logits()[best]))
                : ILLEGAL;
      }
    }
    return q;
  }

  /** Where the best legal action of row i stands in the batch; in a game that is over, anywhere. */
  private int best(Judged judged, int i) {
    int best = -1;
    for (int a = i * actionCount; a < (i + 1) * actionCount; a++) {
      if (judged.boards().legal()[a] && (best < 0 || judged.logits()[a] > judged.logits()[best])) {
        best = a;
      }
    }
    return best < 0 ? i * actionCount : best;
  }

  /**
   * Huber's loss of the Q-values. RL4J's labels are the Q-values themselves but for the action that
   * was taken, so the others have no error.
   */
  @Override
  LossGradient loss(Judged judged, FeaturesLabels labels) {
    float[] targets = Boards.floats(labels.getLabels(CommonLabelNames.QValues));
    float[] q = qValues(judged);
    float[] logitGradients = new float[q.length];
    float[] valueGradients = new float[judged.count()];
    double squaredError = 0;
    double entropy = 0;
    for (int i = 0; i < judged.count(); i++) {
      int best = best(judged, i);
      double sum = 0;
      double weighted = 0;
      for (int a = i * actionCount; a < (i + 1) * actionCount; a++) {
        if (judged.boards().legal()[a]) {
          double error = q[a] - targets[a];
          squaredError += error * error;
          double gradient = Math.clamp(error, -1, 1) / judged.count();
          valueGradients[i] += (float) gradient;
          logitGradients[a] += (float) (TEMPERATURE * gradient);
          logitGradients[best] -= (float) (TEMPERATURE * gradient);
          double logit = judged.logits()[a] - judged.logits()[best];
          sum += Math.exp(logit);
          weighted += logit * Math.exp(logit);
        }
      }
      entropy += sum == 0 ? 0 : Math.log(sum) - weighted / sum;
    }
    Losses losses = new Losses(0, squaredError / judged.count(), entropy / judged.count());
    return new LossGradient(losses, logitGradients, valueGradients);
  }

  /** The target network: it has the weights, and descends nothing. */
  @Override
  public QValueNetwork clone() {
    return new QValueNetwork(network.copy());
  }
}
