package tabula.agents.rl4j;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.SplittableRandom;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import org.deeplearning4j.rl4j.agent.learning.update.Features;
import org.deeplearning4j.rl4j.agent.learning.update.FeaturesLabels;
import org.deeplearning4j.rl4j.network.CommonLabelNames;
import org.deeplearning4j.rl4j.network.CommonOutputNames;
import org.deeplearning4j.rl4j.observation.Observation;
import org.deeplearning4j.rl4j.policy.ACPolicy;
import org.deeplearning4j.rl4j.policy.DQNPolicy;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import tabula.agents.network.Losses;
import tabula.agents.network.NetworkSpec;
import tabula.agents.network.OptimizerSpec;
import tabula.agents.network.nd4j.NetworkTrainer;
import tabula.agents.network.nd4j.TrainableNetwork;
import tabula.games.Game;
import tabula.games.Position;
import tabula.games.RandomPlay;
import tabula.games.connectfour.ConnectFour;
import tabula.games.tictactoe.TicTacToe;

class RewardNetworkTests {

  private static final NetworkSpec SPEC = NetworkSpec.parse("residual:8x1");
  private static final double ENTROPY_WEIGHT = 0.05;

  private final SplittableRandom random = new SplittableRandom(7);

  private TrainableNetwork network(Game game, float[] weights) {
    return new TrainableNetwork(
        game, SPEC, OptimizerSpec.AdamW.DEFAULT, 0.9, NetworkTrainer.start(weights));
  }

  /** Weights so large that logits are far apart, illegal ones above the legal. */
  private float[] loudWeights(Game game) {
    float[] weights = NetworkTrainer.initialWeights(game, SPEC, random);
    for (int i = 0; i < weights.length; i++) {
      weights[i] *= 3;
    }
    return weights;
  }

  @Test
  void dqnPolicy_anyPosition_choosesLegalActions() {
    Game game = TicTacToe.GAME;
    QValueNetwork network = new QValueNetwork(network(game, loudWeights(game)));
    DQNPolicy<Object> policy = new DQNPolicy<>(network);
    for (int i = 0; i < 200; i++) {
      Position position = RandomPlay.position(game, random.nextInt(9), random);
      Observation observation = new Observation(Boards.encode(position));
      assertTrue(position.isLegal(policy.nextAction(observation)), position::diagram);
    }
  }

  @Test
  void acPolicy_anyPosition_choosesLegalActions() {
    Game game = TicTacToe.GAME;
    ActorCritic network = new ActorCritic(network(game, loudWeights(game)), 0);
    ACPolicy<Observation> policy =
        ACPolicy.<Observation>builder()
            .neuralNet(network)
            .isTraining(true)
            .rnd(Nd4j.getRandomFactory().getNewRandomInstance(7))
            .build();
    for (int i = 0; i < 200; i++) {
      Position position = RandomPlay.position(game, random.nextInt(9), random);
      Observation observation = new Observation(Boards.encode(position));
      assertTrue(position.isLegal(policy.nextAction(observation)), position::diagram);
    }
  }

  @Test
  void qValues_ofAPosition_haveTheValueAsTheirHighest() {
    Game game = ConnectFour.GAME;
    float[] weights = loudWeights(game);
    QValueNetwork network = new QValueNetwork(network(game, weights));
    for (int i = 0; i < 20; i++) {
      Position position = RandomPlay.position(game, 20, random);
      INDArray row = Boards.encode(position);
      float[] values = new float[1];
      network(game, weights)
          .forward(Boards.decode(game, row).planes(), 1, new float[game.actionCount()], values);
      float[] q =
          Boards.floats(network.output(new Observation(row)).get(CommonOutputNames.QValues));
      float highest = Float.NEGATIVE_INFINITY;
      for (int action : position.legalActions()) {
        highest = Math.max(highest, q[action]);
      }
      assertEquals(values[0], highest, 1e-5);
    }
  }

  /** A batch of positions. */
  private Features features(Game game, int count) {
    INDArray rows = Nd4j.create(count, game.shape().size() + game.actionCount());
    for (int i = 0; i < count; i++) {
      rows.putRow(i, Boards.encode(RandomPlay.position(game, 2 + i, random)));
    }
    return new Features(new INDArray[] {rows});
  }

  /** Errors stay below 1, where Huber's loss is half the squared error. */
  private void checkGradient(
      Game game,
      Function<TrainableNetwork, RewardNetwork<?>> algorithm,
      FeaturesLabels labels,
      ToDoubleFunction<Losses> total) {
    float[] weights = NetworkTrainer.initialWeights(game, SPEC, random);
    RewardNetwork<?> network = algorithm.apply(network(game, weights));
    float[] gradient =
        Boards.floats(network.computeGradients(labels).getGradient("weights").gradient());
    double largest = 0;
    for (float part : gradient) {
      largest = Math.max(largest, Math.abs(part));
    }
    for (int tried = 0; tried < 25; tried++) {
      int weight = random.nextInt(weights.length);
      float step = 1e-3f;
      double slope =
          (lossWith(game, algorithm, labels, total, weights, weight, step)
                  - lossWith(game, algorithm, labels, total, weights, weight, -step))
              / (2 * step);
      assertEquals(slope, gradient[weight], 0.01 * largest + 2e-3, "weight " + weight);
    }
  }

  private double lossWith(
      Game game,
      Function<TrainableNetwork, RewardNetwork<?>> algorithm,
      FeaturesLabels labels,
      ToDoubleFunction<Losses> total,
      float[] weights,
      int weight,
      float step) {
    float[] moved = weights.clone();
    moved[weight] += step;
    RewardNetwork<?> network = algorithm.apply(network(game, moved));
    network.computeGradients(labels);
    return total.applyAsDouble(network.takeLosses());
  }

  @Test
  void qValues_gradient_agreesWithFiniteDifferences() {
    Game game = ConnectFour.GAME;
    FeaturesLabels labels = new FeaturesLabels(features(game, 6));
    float[] targets = new float[6 * game.actionCount()];
    for (int i = 0; i < targets.length; i++) {
      targets[i] = (float) random.nextDouble(-0.5, 0.5);
    }
    labels.putLabels(
        CommonLabelNames.QValues, Nd4j.create(targets, new long[] {6, game.actionCount()}, 'c'));
    checkGradient(game, QValueNetwork::new, labels, losses -> losses.value() / 2);
  }

  @Test
  void actorCritic_gradient_agreesWithFiniteDifferences() {
    Game game = ConnectFour.GAME;
    FeaturesLabels labels = new FeaturesLabels(features(game, 6));
    INDArray advantages = Nd4j.zeros(6, game.actionCount());
    INDArray returns = Nd4j.create(6, 1);
    for (int i = 0; i < 6; i++) {
      advantages.putScalar(i, random.nextInt(game.actionCount()), random.nextDouble(-1, 1));
      returns.putScalar(i, random.nextInt(3) - 1);
    }
    labels.putLabels(CommonLabelNames.ActorCritic.Policy, advantages);
    labels.putLabels(CommonLabelNames.ActorCritic.Value, returns);
    checkGradient(
        game,
        trainable -> new ActorCritic(trainable, ENTROPY_WEIGHT),
        labels,
        losses -> losses.policy() - ENTROPY_WEIGHT * losses.policyEntropy() + losses.value() / 2);
  }
}
