package tabula.agents.network.nd4j;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tabula.agents.evaluate.EvaluationBatch;
import tabula.agents.network.Checkpoint;
import tabula.agents.network.DescentSpec;
import tabula.agents.network.LookingBack;
import tabula.agents.network.NetworkSpec;
import tabula.agents.network.OptimizerSpec;
import tabula.agents.network.TrainingBatch;
import tabula.games.Game;
import tabula.games.GameRecord;
import tabula.games.Position;
import tabula.games.connectfour.ConnectFour;
import tabula.games.tictactoe.TicTacToe;

/** What holds for every form of network and every activation. */
class NetworkFormsTests {

  private static final Game GAME = ConnectFour.GAME;
  private static final int BATCH = 8;

  private final SplittableRandom random = new SplittableRandom(7);

  /** Games of random moves, as the network sees them. */
  private List<GameRecord> games() {
    List<GameRecord> games = new ArrayList<>();
    while (games.size() < BATCH) {
      GameRecord played = new GameRecord(new int[0], GAME.initialPosition());
      for (int ply = random.nextInt(20); ply > 0 && !played.position().isOver(); ply--) {
        int[] legal = played.position().legalActions();
        played = played.play(legal[random.nextInt(legal.length)]);
      }
      if (!played.position().isOver()) {
        games.add(played);
      }
    }
    return games;
  }

  private TrainingBatch examples(NetworkSpec spec) {
    Game view = spec.view(GAME);
    TrainingBatch batch = new TrainingBatch(view, BATCH);
    List<GameRecord> games = games();
    for (int i = 0; i < BATCH; i++) {
      Position position = LookingBack.seen(view, games.get(i));
      position.writePlanes(batch.planes(), i * view.shape().size());
      int[] legal = position.legalActions();
      Arrays.fill(batch.policy(), i * 7, (i + 1) * 7, -1);
      for (int action : legal) {
        batch.policy()[i * 7 + action] = 0;
      }
      batch.policy()[i * 7 + legal[random.nextInt(legal.length)]] = 1;
      batch.value()[i] = random.nextInt(-1, 2);
    }
    return batch;
  }

  private float[] weights(NetworkSpec spec) {
    float[] weights = NetworkTrainer.initialWeights(GAME, spec, random);
    for (int i = 0; i < weights.length; i++) {
      weights[i] += (float) (random.nextGaussian() * 0.05);
    }
    return weights;
  }

  private static NetworkTrainer trainer(NetworkSpec spec, DescentSpec descent, float[] weights) {
    return new NetworkTrainer(GAME, spec, descent, BATCH, 0, 1, NetworkTrainer.start(weights));
  }

  private static NetworkTrainer trainer(NetworkSpec spec, float[] weights) {
    return trainer(spec, DescentSpec.plain(OptimizerSpec.AdamW.DEFAULT), weights);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "mlp:16x2",
        "mlp:16x2,tanh",
        "mlp:16x2,leaky",
        "residual:6x1,tanh",
        "recurrent:12x4"
      })
  void gradients_agreeWithFiniteDifferences_inEveryLayer(String form) {
    NetworkSpec spec = NetworkSpec.parse(form);
    float[] weights = weights(spec);
    TrainingBatch examples = examples(spec);
    float[] gradients = trainer(spec, weights).gradients(examples);
    for (Parameters.Parameter parameter : new Parameters(GAME, spec).all()) {
      double squares = 0;
      for (int i = parameter.offset(); i < parameter.offset() + parameter.size(); i++) {
        squares += (double) gradients[i] * gradients[i];
      }
      double norm = Math.sqrt(squares);
      assertTrue(norm > 1e-4, () -> parameter.name() + " has no gradient");
      double step = 5e-4;
      double slope =
          (lossAlong(spec, weights, gradients, parameter, step / norm, examples)
                  - lossAlong(spec, weights, gradients, parameter, -step / norm, examples))
              / (2 * step);
      assertEquals(norm, slope, 0.03 * norm + 1e-3, parameter.name());
    }
  }

  private static double lossAlong(
      NetworkSpec spec,
      float[] weights,
      float[] gradients,
      Parameters.Parameter parameter,
      double factor,
      TrainingBatch examples) {
    float[] moved = weights.clone();
    for (int i = parameter.offset(); i < parameter.offset() + parameter.size(); i++) {
      moved[i] += (float) (gradients[i] * factor);
    }
    return trainer(spec, moved).losses(examples).total();
  }

  /** What plays says the same as what learns: the losses of its answers are those of training. */
  @ParameterizedTest
  @ValueSource(strings = {"mlp:24x3", "mlp:24x1,tanh", "residual:8x1,leaky", "recurrent:12x5"})
  void evaluator_andTrainer_sayTheSame(String form) {
    NetworkSpec spec = NetworkSpec.parse(form);
    Game view = spec.view(GAME);
    float[] weights = weights(spec);
    List<GameRecord> games = games();
    EvaluationBatch positions = new EvaluationBatch(view, BATCH);
    TrainingBatch examples = new TrainingBatch(view, BATCH);
    for (int i = 0; i < BATCH; i++) {
      Position position = LookingBack.seen(view, games.get(i));
      positions.add(position);
      position.writePlanes(examples.planes(), i * view.shape().size());
    }
    new NetworkEvaluator(GAME, spec, weights).evaluate(positions);
    float[] values = positions.values().clone();
    // Self-play and the learner hand on the game as the network sees it.
    new NetworkEvaluator(view, spec, weights).evaluate(positions);
    assertArrayEquals(values, positions.values());
    Arrays.fill(examples.policy(), 1f / 7);
    System.arraycopy(positions.values(), 0, examples.value(), 0, BATCH);
    var losses = trainer(spec, weights).losses(examples);
    assertEquals(0, losses.value(), 1e-8);
    double policy = 0;
    for (int i = 0; i < BATCH; i++) {
      double sum = 0;
      double mean = 0;
      for (int action = 0; action < 7; action++) {
        sum += Math.exp(positions.logits()[i * 7 + action]);
        mean += positions.logits()[i * 7 + action] / 7;
      }
      policy += (Math.log(sum) - mean) / BATCH;
    }
    assertEquals(policy, losses.policy(), 1e-5);
    try (NetworkTrainer ofTheView =
        new NetworkTrainer(
            view,
            spec,
            DescentSpec.plain(OptimizerSpec.AdamW.DEFAULT),
            BATCH,
            0,
            1,
            NetworkTrainer.start(weights))) {
      assertEquals(losses.total(), ofTheView.losses(examples).total(), 1e-9);
    }
  }

  @Test
  void recurrent_seesHowAPositionCameAbout() {
    NetworkSpec spec = NetworkSpec.parse("recurrent:12x4");
    Game view = spec.view(GAME);
    Position one = view.initialPosition();
    Position other = view.initialPosition();
    for (int action : new int[] {0, 1, 2, 3}) {
      one = one.play(action);
    }
    for (int action : new int[] {2, 3, 0, 1}) {
      other = other.play(action);
    }
    assertEquals(LookingBack.plain(one), LookingBack.plain(other));
    assertFalse(one.hash64() == other.hash64());
    EvaluationBatch batch = new EvaluationBatch(view, 3);
    batch.add(one);
    batch.add(other);
    // Nobody knows how this one came about.
    batch.add(LookingBack.plain(one));
    new NetworkEvaluator(GAME, spec, weights(spec)).evaluate(batch);
    assertTrue(Math.abs(batch.values()[0] - batch.values()[1]) > 1e-6);
    assertTrue(Math.abs(batch.values()[0] - batch.values()[2]) > 1e-6);

    // What lies further back than it looks does not count.
    Position early = view.initialPosition();
    Position late = view.initialPosition();
    for (int action : new int[] {0, 1, 2, 3, 4, 5, 6}) {
      early = early.play(action);
    }
    for (int action : new int[] {2, 1, 0, 3, 4, 5, 6}) {
      late = late.play(action);
    }
    assertEquals(early, late);
    assertEquals(early.hash64(), late.hash64());
  }

  @ParameterizedTest
  @ValueSource(strings = {"mlp:32x2", "recurrent:16x4", "residual:8x1,tanh"})
  void step_overfitsASmallSet(String form) {
    NetworkSpec spec = NetworkSpec.parse(form);
    TrainingBatch examples = examples(spec);
    NetworkTrainer trainer = trainer(spec, weights(spec));
    for (int step = 0; step < 300; step++) {
      trainer.step(examples, 0.003);
    }
    assertTrue(trainer.losses(examples).total() < 0.1, () -> trainer.losses(examples).toString());
  }

  @ParameterizedTest
  @CsvSource({
    // 42 x 5 planes to 10 units, to 10 units; then policy 7, value 64 and 1, each with a bias.
    "mlp:10x2, 3066, 2974",
    // Gates: 4 x 10 of 210 planes and 10 cells, for each of 5 positions.
    "recurrent:10x5, 9686, 44774",
  })
  void cost_isTheSumOverTheLayers(String form, long parameters, long multiplyAdds) {
    NetworkSpec spec = NetworkSpec.parse(form);
    var cost = NetworkEvaluator.cost(GAME, spec);
    assertEquals(parameters, cost.parameters());
    assertEquals(multiplyAdds, cost.multiplyAdds());
    assertEquals(parameters, weights(spec).length);
  }

  @Test
  void dropout_leavesOutOtherUnitsAtEachStep_andNoneWhereItIsExamined() {
    NetworkSpec spec = NetworkSpec.parse("mlp:64x1");
    float[] weights = weights(spec);
    TrainingBatch examples = examples(spec);
    DescentSpec descent =
        new DescentSpec(new OptimizerSpec.Sgd(0, 0), 0, 1, 1, 0.5, DescentSpec.Adversarial.NONE);
    NetworkTrainer leaving = trainer(spec, descent, weights);
    double whole = trainer(spec, weights).losses(examples).total();
    assertEquals(whole, leaving.examine(examples).losses().total(), 1e-6);
    double first = leaving.step(examples, 0).total();
    double second = leaving.step(examples, 0).total();
    assertTrue(Math.abs(first - second) > 1e-5, "the same units twice");
    assertTrue(Math.abs(first - whole) > 1e-5, "nothing was left out");
    assertEquals(first, trainer(spec, descent, weights).step(examples, 0).total(), 1e-9);
  }

  @Test
  void clipping_shortensTheGradient_andReportsItsLength() {
    NetworkSpec spec = NetworkSpec.parse("mlp:16x1");
    float[] weights = weights(spec);
    TrainingBatch examples = examples(spec);
    DescentSpec descent =
        new DescentSpec(new OptimizerSpec.Sgd(0, 0), 0.01, 1, 1, 0, DescentSpec.Adversarial.NONE);
    NetworkTrainer trainer = trainer(spec, descent, weights);
    float[] gradient = trainer.gradients(examples);
    double squares = 0;
    for (float slope : gradient) {
      squares += (double) slope * slope;
    }
    trainer.step(examples, 1);
    assertEquals(Math.sqrt(squares), trainer.norms().gradient(), 1e-4 * Math.sqrt(squares));
    float[] moved = trainer.state().weights();
    double distance = 0;
    for (int i = 0; i < moved.length; i++) {
      distance += Math.pow(moved[i] - weights[i], 2);
    }
    assertEquals(0.01, Math.sqrt(distance), 1e-5);
  }

  @Test
  void lossWeights_chooseWhatIsLearnt() {
    NetworkSpec spec = NetworkSpec.parse("mlp:16x1");
    float[] weights = weights(spec);
    TrainingBatch examples = examples(spec);
    DescentSpec policyAlone =
        new DescentSpec(OptimizerSpec.AdamW.DEFAULT, 0, 1, 0, 0, DescentSpec.Adversarial.NONE);
    float[] gradient = trainer(spec, policyAlone, weights).gradients(examples);
    Parameters parameters = new Parameters(GAME, spec);
    Parameters.Parameter value = parameters.get("value.output.kernel");
    assertArrayEquals(
        new float[value.size()],
        Arrays.copyOfRange(gradient, value.offset(), value.offset() + value.size()));
    Parameters.Parameter policy = parameters.get("policy.bias");
    assertTrue(Math.abs(gradient[policy.offset()]) > 0);
  }

  @Test
  void lookingBack_keepsTheRules() {
    Game view = NetworkSpec.parse("recurrent:8x3").view(TicTacToe.GAME);
    Position position = view.initialPosition();
    Position plain = TicTacToe.GAME.initialPosition();
    float[] planes = new float[view.shape().size()];
    int size = TicTacToe.GAME.shape().size();
    while (!position.isOver()) {
      assertArrayEquals(plain.legalActions(), position.legalActions());
      for (int symmetry = 0; symmetry < view.symmetryCount(); symmetry++) {
        int action = plain.legalActions()[0];
        assertEquals(
            position.play(action).transform(symmetry),
            position.transform(symmetry).play(view.transformAction(action, symmetry)));
      }
      position.writePlanes(planes, 0);
      float[] now = new float[size];
      plain.writePlanes(now, 0);
      assertArrayEquals(now, Arrays.copyOfRange(planes, 2 * size, 3 * size));
      int action = plain.legalActions()[plain.legalActions().length / 2];
      position = position.play(action);
      plain = plain.play(action);
    }
    assertEquals(plain.outcome(), position.outcome());
  }

  /** The page runs this network itself, and is tested against the same answers. */
  @Test
  void recurrentNetworkOfThePage_saysWhatThePageSays() throws IOException {
    Path page = Path.of("../web-client");
    Checkpoint checkpoint =
        Checkpoint.read(page.resolve("src/inside/recurrent/tic-tac-toe.tabula"));
    Game view = checkpoint.spec().view(checkpoint.game());
    JsonNode answers = new ObjectMapper().readTree(page.resolve("test/recurrent.json").toFile());
    assertTrue(answers.size() > 0);
    EvaluationBatch batch = new EvaluationBatch(view, answers.size());
    for (JsonNode answer : answers) {
      GameRecord played =
          ((GameRecord.Reading.Valid)
                  GameRecord.read(checkpoint.game(), answer.path("moves").asText()))
              .record();
      batch.add(LookingBack.seen(view, played));
    }
    new NetworkEvaluator(checkpoint.game(), checkpoint.spec(), checkpoint.weights())
        .evaluate(batch);
    for (int i = 0; i < batch.size(); i++) {
      JsonNode answer = answers.get(i);
      assertEquals(answer.path("value").asDouble(), batch.values()[i], 1e-4, answer::toString);
      int[] legal = batch.position(i).legalActions();
      int row = i * view.actionCount();
      double sum = 0;
      for (int action : legal) {
        sum += Math.exp(batch.logits()[row + action]);
      }
      for (int action : legal) {
        double share = Math.exp(batch.logits()[row + action]) / sum;
        assertEquals(answer.path("policy").path(action).asDouble(), share, 1e-4, answer::toString);
      }
    }
  }
}
