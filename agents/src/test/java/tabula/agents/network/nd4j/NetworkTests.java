package tabula.agents.network.nd4j;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tabula.agents.evaluate.EvaluationBatch;
import tabula.agents.network.DescentSpec;
import tabula.agents.network.Losses;
import tabula.agents.network.NetworkSpec;
import tabula.agents.network.Norms;
import tabula.agents.network.OptimizerSpec;
import tabula.agents.network.TrainingBatch;
import tabula.games.Game;
import tabula.games.Position;
import tabula.games.connectfour.ConnectFour;

class NetworkTests {

  private static final Game GAME = ConnectFour.GAME;
  private static final NetworkSpec SPEC = NetworkSpec.residual(8, 2);
  private static final int BATCH = 16;

  private final SplittableRandom random = new SplittableRandom(7);

  private List<Position> positions(int count) {
    List<Position> positions = new ArrayList<>();
    while (positions.size() < count) {
      Position position = GAME.initialPosition();
      int plies = random.nextInt(30);
      for (int ply = 0; ply < plies && !position.isOver(); ply++) {
        int[] legal = position.legalActions();
        position = position.play(legal[random.nextInt(legal.length)]);
      }
      if (!position.isOver()) {
        positions.add(position);
      }
    }
    return positions;
  }

  private TrainingBatch examples(int count) {
    TrainingBatch batch = new TrainingBatch(GAME, count);
    List<Position> positions = positions(count);
    for (int i = 0; i < count; i++) {
      Position position = positions.get(i);
      position.writePlanes(batch.planes(), i * GAME.shape().size());
      float sum = 0;
      int row = i * GAME.actionCount();
      for (int action = 0; action < GAME.actionCount(); action++) {
        batch.policy()[row + action] = position.isLegal(action) ? random.nextInt(1, 10) : -1;
        sum += Math.max(0, batch.policy()[row + action]);
      }
      for (int action = 0; action < GAME.actionCount(); action++) {
        if (batch.policy()[row + action] > 0) {
          batch.policy()[row + action] /= sum;
        }
      }
      batch.value()[i] = random.nextInt(-1, 2);
    }
    return batch;
  }

  /** Weights all of whose layers matter: the blocks' second kernels, which start at zero, too. */
  private float[] weights() {
    float[] weights = new Parameters(GAME, SPEC).initialise(random);
    for (int i = 0; i < weights.length; i++) {
      weights[i] += (float) (random.nextGaussian() * 0.05);
    }
    return weights;
  }

  private NetworkTrainer trainer(float[] weights, OptimizerSpec optimizer) {
    return new NetworkTrainer(
        GAME, SPEC, DescentSpec.plain(optimizer), BATCH, 0.9, 1, NetworkTrainer.start(weights));
  }

  static List<Parameters.Parameter> parameters() {
    return new Parameters(GAME, SPEC).all();
  }

  @ParameterizedTest
  @MethodSource("parameters")
  void gradients_agreeWithFiniteDifferences(Parameters.Parameter parameter) {
    float[] weights = weights();
    TrainingBatch examples = examples(BATCH);
    float[] gradients = trainer(weights, OptimizerSpec.AdamW.DEFAULT).gradients(examples);

    // A step along the layer's own gradient direction: its slope is the gradient's norm.
    double squares = 0;
    for (int i = 0; i < parameter.size(); i++) {
      squares += gradients[parameter.offset() + i] * gradients[parameter.offset() + i];
    }
    double norm = Math.sqrt(squares);
    assertTrue(norm > 1e-4, () -> parameter.name() + " has no gradient");
    double step = 1e-3;
    double slope =
        (lossAlong(weights, gradients, parameter, step / norm, examples)
                - lossAlong(weights, gradients, parameter, -step / norm, examples))
            / (2 * step);
    assertEquals(norm, slope, 0.02 * norm + 1e-4, parameter.name());
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3})
  void gradients_ofALargeBatch_areTheMeanOfItsExamples_onAnyNumberOfThreads(int threads) {
    float[] weights = weights();
    int parts = 10;
    TrainingBatch all = new TrainingBatch(GAME, parts * BATCH);
    float[] mean = new float[weights.length];
    Losses losses = Losses.ZERO;
    NetworkTrainer small = trainer(weights, OptimizerSpec.AdamW.DEFAULT);
    for (int part = 0; part < parts; part++) {
      TrainingBatch examples = examples(BATCH);
      losses = losses.plus(small.losses(examples));
      float[] gradients = small.gradients(examples);
      for (int i = 0; i < mean.length; i++) {
        mean[i] += gradients[i] / parts;
      }
      int planes = examples.planes().length;
      System.arraycopy(examples.planes(), 0, all.planes(), part * planes, planes);
      int policy = examples.policy().length;
      System.arraycopy(examples.policy(), 0, all.policy(), part * policy, policy);
      System.arraycopy(examples.value(), 0, all.value(), part * BATCH, BATCH);
    }
    try (NetworkTrainer large =
        new NetworkTrainer(
            GAME,
            SPEC,
            DescentSpec.plain(OptimizerSpec.AdamW.DEFAULT),
            all.size(),
            0.9,
            threads,
            NetworkTrainer.start(weights))) {
      assertArrayEquals(mean, large.gradients(all), 1e-5f);
      assertEquals(losses.total() / parts, large.losses(all).total(), 1e-5);
    }
  }

  private double lossAlong(
      float[] weights,
      float[] gradients,
      Parameters.Parameter parameter,
      double factor,
      TrainingBatch examples) {
    float[] moved = weights.clone();
    for (int i = parameter.offset(); i < parameter.offset() + parameter.size(); i++) {
      moved[i] += (float) (gradients[i] * factor);
    }
    return trainer(moved, OptimizerSpec.AdamW.DEFAULT).losses(examples).total();
  }

  @Test
  void evaluator_andTrainer_sayTheSame() {
    float[] weights = weights();
    List<Position> positions = positions(BATCH);
    EvaluationBatch batch = new EvaluationBatch(GAME, 300);
    for (int i = 0; i < 300; i++) {
      batch.add(positions.get(i % BATCH));
    }
    new NetworkEvaluator(GAME, SPEC, weights).evaluate(batch);

    EvaluationBatch single = new EvaluationBatch(GAME, 1);
    NetworkEvaluator evaluator = new NetworkEvaluator(GAME, SPEC, weights);
    for (int i = 0; i < 300; i++) {
      single.clear();
      single.add(positions.get(i % BATCH));
      evaluator.evaluate(single);
      assertEquals(batch.values()[i], single.values()[0], 1e-4);
      for (int action = 0; action < GAME.actionCount(); action++) {
        assertEquals(
            batch.logits()[i * GAME.actionCount() + action], single.logits()[action], 1e-4);
      }
    }

    TrainingBatch examples = new TrainingBatch(GAME, BATCH);
    for (int i = 0; i < BATCH; i++) {
      positions.get(i).writePlanes(examples.planes(), i * GAME.shape().size());
      // A target at the first legal action: the cross-entropy is then that action's own surprise.
      for (int action = 0; action < GAME.actionCount(); action++) {
        examples.policy()[i * GAME.actionCount() + action] =
            positions.get(i).isLegal(action) ? 0 : -1;
      }
      examples.policy()[i * GAME.actionCount() + positions.get(i).legalActions()[0]] = 1;
    }
    double surprise = 0;
    double squares = 0;
    for (int i = 0; i < BATCH; i++) {
      int[] legal = positions.get(i).legalActions();
      double sum = 0;
      for (int action : legal) {
        sum += Math.exp(batch.logits()[i * GAME.actionCount() + action]);
      }
      surprise += Math.log(sum) - batch.logits()[i * GAME.actionCount() + legal[0]];
      squares += batch.values()[i] * batch.values()[i];
    }
    Losses losses = trainer(weights, OptimizerSpec.AdamW.DEFAULT).losses(examples);
    assertEquals(surprise / BATCH, losses.policy(), 1e-3);
    assertEquals(squares / BATCH, losses.value(), 1e-3);
  }

  @Test
  void step_withAdam_overfitsASmallSet() {
    assertOverfits(OptimizerSpec.AdamW.DEFAULT, 0.003, 400);
  }

  @Test
  void step_withMomentum_overfitsASmallSet() {
    assertOverfits(new OptimizerSpec.Sgd(0.9, 0), 0.03, 1500);
  }

  private void assertOverfits(OptimizerSpec optimizer, double learningRate, int steps) {
    TrainingBatch examples = examples(BATCH);
    for (int i = 0; i < BATCH; i++) {
      // One right move each, so that the least cross-entropy is 0.
      int row = i * GAME.actionCount();
      int best = -1;
      for (int action = 0; action < GAME.actionCount(); action++) {
        if (examples.policy()[row + action] >= 0) {
          best = best < 0 || random.nextBoolean() ? action : best;
          examples.policy()[row + action] = 0;
        }
      }
      examples.policy()[row + best] = 1;
    }
    NetworkTrainer trainer =
        trainer(new Parameters(GAME, SPEC).initialise(new SplittableRandom(3)), optimizer);
    double before = trainer.losses(examples).total();
    for (int i = 0; i < steps; i++) {
      trainer.step(examples, learningRate);
    }
    double after = trainer.losses(examples).total();
    assertTrue(before > 1.5, "before: " + before);
    assertTrue(after < 0.02, "after: " + after);
  }

  @Test
  void norms_areThoseOfTheGradient_andAddUpOverTheLayers() {
    float[] weights = weights();
    TrainingBatch examples = examples(BATCH);
    NetworkTrainer trainer = trainer(weights, new OptimizerSpec.Sgd(0.9, 0.01));
    float[] gradients = trainer.gradients(examples);
    trainer.step(examples, 0);
    double squares = 0;
    for (float gradient : gradients) {
      squares += (double) gradient * gradient;
    }
    assertEquals(Math.sqrt(squares), trainer.norms().gradient(), 1e-4 * Math.sqrt(squares));
    double gradientSquares = 0;
    double weightSquares = 0;
    for (Norms layer : trainer.normsByLayer().values()) {
      gradientSquares += layer.gradient() * layer.gradient();
      weightSquares += layer.weight() * layer.weight();
    }
    assertEquals(trainer.norms().gradient(), Math.sqrt(gradientSquares), 1e-4);
    assertEquals(trainer.norms().weight(), Math.sqrt(weightSquares), 1e-3);
    assertEquals("stem", trainer.normsByLayer().keySet().iterator().next());
  }

  @Test
  void examination_countsUnitsThatNothingMakesActive_andMeasuresAsTrainingDoes() {
    float[] weights = weights();
    TrainingBatch examples = examples(5 * BATCH);
    TrainingBatch first = new TrainingBatch(GAME, BATCH);
    System.arraycopy(examples.planes(), 0, first.planes(), 0, first.planes().length);
    System.arraycopy(examples.policy(), 0, first.policy(), 0, first.policy().length);
    System.arraycopy(examples.value(), 0, first.value(), 0, BATCH);
    NetworkTrainer alive = trainer(weights, OptimizerSpec.AdamW.DEFAULT);
    assertEquals(alive.losses(first).total(), alive.examine(first).losses().total(), 1e-5);
    double deadBefore = alive.examine(examples).deadShare();

    Parameters.Parameter bias = new Parameters(GAME, SPEC).get("block0.first.bias");
    Arrays.fill(weights, bias.offset(), bias.offset() + 4, -1e3f);
    double dead = trainer(weights, OptimizerSpec.AdamW.DEFAULT).examine(examples).deadShare();
    // Stem, two blocks of two layers with 8 units each, 8 channels of the heads, 64 of the value.
    assertEquals(deadBefore + 4.0 / (5 * 8 + 8 + 64), dead, 2.5 / 112);
    assertTrue(dead > deadBefore);
  }

  @Test
  void state_goesOnAsIfItHadNeverStopped() {
    TrainingBatch examples = examples(BATCH);
    NetworkTrainer straight = trainer(weights(), OptimizerSpec.AdamW.DEFAULT);
    straight.step(examples, 0.01);
    NetworkTrainer resumed =
        new NetworkTrainer(
            GAME,
            SPEC,
            DescentSpec.plain(OptimizerSpec.AdamW.DEFAULT),
            BATCH,
            0.9,
            1,
            straight.state());
    for (int i = 0; i < 3; i++) {
      straight.step(examples, 0.01);
      resumed.step(examples, 0.01);
    }
    assertArrayEquals(straight.state().weights(), resumed.state().weights());
    assertArrayEquals(straight.averagedWeights(), resumed.averagedWeights());
    assertEquals(4, resumed.steps());
  }

  @Test
  void step_withALossThatIsNoNumber_stopsAndNamesStepAndLayer() {
    float[] weights = weights();
    weights[new Parameters(GAME, SPEC).get("block0.first.kernel").offset()] = Float.NaN;
    NetworkTrainer trainer = trainer(weights, OptimizerSpec.AdamW.DEFAULT);
    TrainingBatch examples = examples(BATCH);
    var thrown = assertThrows(ArithmeticException.class, () -> trainer.step(examples, 0.01));
    assertTrue(String.valueOf(thrown.getMessage()).contains("step 0"), thrown::getMessage);
    assertTrue(
        String.valueOf(thrown.getMessage()).contains("block0.first.kernel"), thrown::getMessage);
  }
}
