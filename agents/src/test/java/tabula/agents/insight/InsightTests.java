package tabula.agents.insight;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import tabula.agents.evaluate.EvaluationBatch;
import tabula.agents.network.LayerShape;
import tabula.agents.network.NetworkSpec;
import tabula.agents.network.nd4j.LayeredNetwork;
import tabula.agents.network.nd4j.NetworkEvaluator;
import tabula.games.Game;
import tabula.games.GameRecord;
import tabula.games.Games;
import tabula.games.Position;
import tabula.games.connectfour.ConnectFour;

/** On networks of random weights: what is computed is right whatever they have learnt. */
class InsightTests {

  private static final NetworkSpec SPEC = NetworkSpec.residual(8, 2);
  private static final GameRecord RECORD = record(ConnectFour.GAME, "4444432253");
  private static final OpenNetwork NETWORK = network(ConnectFour.GAME);

  private static float[] weights(Game game) {
    SplittableRandom random = new SplittableRandom(11);
    float[] weights = new float[NetworkEvaluator.weightCount(game, SPEC)];
    for (int i = 0; i < weights.length; i++) {
      weights[i] = (float) (random.nextGaussian() * 0.12);
    }
    return weights;
  }

  private static OpenNetwork network(Game game) {
    return new OpenNetwork(game, new LayeredNetwork(game, SPEC, weights(game)));
  }

  private static GameRecord record(Game game, String moves) {
    return ((GameRecord.Reading.Valid) GameRecord.read(game, moves)).record();
  }

  private static Objective objective(String text) {
    return Objective.parse(text, NETWORK.layers(), RECORD.position());
  }

  /** A game that goes on, so many random moves long. */
  private static GameRecord played(Game game, int plies) {
    return PositionSample.make(game, null, 200, 3).stream()
        .filter(each -> each.actions().length == plies)
        .findFirst()
        .orElseThrow();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "value",
        "-value",
        "move:4",
        "channel:stem/3",
        "channel:block0.first/2",
        "channel:block1/5",
        "layer:heads",
        "layer:value.hidden"
      })
  void gradient_agreesWithFiniteDifferences(String text) {
    Objective objective = objective(text);
    // Away from 0 and 1, where a ReLU of the empty board has its kink.
    SplittableRandom random = new SplittableRandom(5);
    float[] planes = new float[ConnectFour.GAME.shape().size()];
    for (int i = 0; i < planes.length; i++) {
      planes[i] = (float) random.nextDouble();
    }
    float[] gradient = NETWORK.gradients(planes, objective).planes();
    double norm = Math.sqrt(dot(gradient, gradient));
    assertTrue(norm > 1e-4, "there is no gradient");
    double step = 1e-3;
    for (int direction = 0; direction < 4; direction++) {
      // Along the gradient the slope is its norm; along any other direction, its share of that.
      float[] along = gradient.clone();
      if (direction > 0) {
        for (int i = 0; i < along.length; i++) {
          along[i] += (float) (random.nextGaussian() * norm / Math.sqrt(along.length));
        }
      }
      double length = Math.sqrt(dot(along, along));
      float[] both = new float[2 * planes.length];
      for (int i = 0; i < planes.length; i++) {
        both[i] = (float) (planes[i] + step * along[i] / length);
        both[planes.length + i] = (float) (planes[i] - step * along[i] / length);
      }
      double[] scores = NETWORK.scores(both, objective);
      double slope = (scores[0] - scores[1]) / (2 * step);
      assertEquals(dot(gradient, along) / length, slope, 0.02 * norm + 1e-4);
    }
  }

  private static double dot(float[] one, float[] other) {
    double sum = 0;
    for (int i = 0; i < one.length; i++) {
      sum += one[i] * other[i];
    }
    return sum;
  }

  @Test
  void judge_saysWhatTheEvaluatorSays() {
    List<Position> positions =
        PositionSample.make(ConnectFour.GAME, null, 40, 2).stream()
            .map(GameRecord::position)
            .toList();
    EvaluationBatch batch = new EvaluationBatch(ConnectFour.GAME, positions.size());
    positions.forEach(batch::add);
    new NetworkEvaluator(ConnectFour.GAME, SPEC, weights(ConnectFour.GAME)).evaluate(batch);
    OpenNetwork.Judgements judged = NETWORK.judge(NETWORK.planes(positions));
    assertArrayEquals(batch.values(), judged.values(), 1e-4f);
    assertArrayEquals(batch.logits(), judged.logits(), 1e-3f);
  }

  @ParameterizedTest
  @ValueSource(strings = {"value", "move:4", "channel:block1/5"})
  void integratedGradients_addUpToTheDifference(String text) {
    Attribution found =
        Attribution.of(NETWORK, RECORD.position(), objective(text), Attribution.Method.INTEGRATED);
    double difference = found.score() - found.baseline();
    assertTrue(Math.abs(difference) > 1e-3, "there is nothing to explain");
    assertEquals(difference, found.sum(), 0.01 * Math.max(1, Math.abs(difference)));
    assertEquals(found.sum(), DoubleStream.of(found.planes()).sum(), 1e-9);
  }

  @Test
  void occlusion_ofASquare_isTheFallWhereItIsCovered() {
    Attribution found =
        Attribution.of(
            NETWORK, RECORD.position(), new Objective.Value(), Attribution.Method.OCCLUSION);
    int square = 3;
    float[] covered = NETWORK.planes(RECORD.position());
    int channels = ConnectFour.GAME.shape().channels();
    // The bottom row is the last of the planes.
    int start = (5 * 7 + square) * channels;
    Arrays.fill(covered, start, start + channels, 0);
    double fall = found.score() - NETWORK.judge(covered).values()[0];
    assertEquals(fall, found.squares()[square], 1e-6);
  }

  @ParameterizedTest
  @ValueSource(strings = {"connect-four", "hex-7", "othello-6", "breakthrough-6", "gomoku-9"})
  void legalChanges_areReachedByPlay_andDifferByWhatTheySay(String id) {
    Game game = Games.get(id);
    GameRecord from = played(game, 9);
    List<LegalChanges.Change> changes = LegalChanges.around(from);
    assertTrue(changes.size() >= 5);
    for (LegalChanges.Change change : changes) {
      // Read again from its written form: every move is legal.
      GameRecord read = record(game, change.record().format());
      assertEquals(change.record().position(), read.position());
      assertFalse(read.position().isOver());
      assertArrayEquals(LegalChanges.differing(from.position(), read.position()), change.squares());
      int plies = read.position().ply() - from.position().ply();
      switch (change.kind()) {
        case SAME -> throw new AssertionError("Nothing changed.");
        case MOVED -> assertEquals(0, plies);
        case LESS -> assertEquals(-1, plies);
        case MORE -> assertEquals(1, plies);
      }
      if (!LegalChanges.takesPieces(game)) {
        assertTrue(change.squares().length <= 2);
      }
    }
  }

  @Test
  void nearestPosition_ofAPosition_isThatPosition() {
    for (GameRecord each : PositionSample.make(ConnectFour.GAME, null, 30, 4)) {
      Position position = each.position();
      RelaxedBoard.Pieces pieces = RelaxedBoard.Pieces.of(NETWORK.planes(position), position);
      NearestPosition.Found found =
          NearestPosition.to(ConnectFour.GAME, pieces, position.sideToMove());
      assertEquals(
          found.distance() == 0, found.record().position().equals(position), position::diagram);
      // A beam may miss a long game; short ones it finds.
      assertTrue(found.distance() <= (position.ply() <= 12 ? 0 : 4), position::diagram);
    }
  }

  @ParameterizedTest
  @EnumSource(PlaneAttack.Goal.class)
  void attacks_beatRandomChangesOfTheSameSize(PlaneAttack.Goal goal) {
    List<Objective> objectives = new ArrayList<>();
    List<Position> positions =
        PositionSample.make(ConnectFour.GAME, null, 60, 9).stream()
            .map(GameRecord::position)
            .filter(position -> position.legalActions().length > 1)
            .toList();
    positions.forEach(each -> objectives.add(PlaneAttack.objective(NETWORK, each, goal)));
    double[] sizes = new double[positions.size()];
    Arrays.fill(sizes, 0.1);
    double[] before = NETWORK.scores(NETWORK.planes(positions), objectives::get);
    Map<PlaneAttack.Method, Double> lost = new EnumMap<>(PlaneAttack.Method.class);
    for (PlaneAttack.Method method : PlaneAttack.Method.values()) {
      float[] original = NETWORK.planes(positions);
      float[] attacked =
          PlaneAttack.attack(
              NETWORK, original, objectives::get, method, sizes, new SplittableRandom(1));
      for (int i = 0; i < original.length; i++) {
        assertTrue(Math.abs(attacked[i] - original[i]) <= 0.1 + 1e-6);
        assertTrue(attacked[i] >= 0 && attacked[i] <= 1);
      }
      double[] after = NETWORK.scores(attacked, objectives::get);
      for (int i = 0; i < after.length; i++) {
        lost.merge(method, before[i] - after[i], Double::sum);
      }
    }
    double byChance = lost.getOrDefault(PlaneAttack.Method.RANDOM, 0.0);
    assertTrue(lost.getOrDefault(PlaneAttack.Method.FGSM, 0.0) > 2 * byChance, lost::toString);
    assertTrue(lost.getOrDefault(PlaneAttack.Method.PGD, 0.0) > 2 * byChance, lost::toString);
  }

  @Test
  void probes_beatTheControl_andReadTheParityOffThePlanes() {
    Probes probes = Probes.of(NETWORK, 1);
    for (Probes.Probe probe : probes.probes()) {
      Probes.AtLayer planes = probe.layers().getFirst();
      assertEquals(Probes.INPUT, planes.layer());
      assertTrue(planes.ranking() > planes.control() + 0.1, () -> probe.concept() + " " + planes);
      assertEquals(0.5, planes.control(), 0.1);
    }
    double parity =
        probes.probes().stream()
            .filter(probe -> probe.concept() == Concept.PARITY)
            .findFirst()
            .orElseThrow()
            .layers()
            .getFirst()
            .ranking();
    assertEquals(1, parity, 1e-3);
  }

  @Test
  void everything_isTheSameAgainForTheSameSeed() {
    Objective channel = objective("channel:block1/5");
    assertEquals(describe(channel, 7), describe(channel, 7));
    assertFalse(describe(channel, 7).equals(describe(channel, 8)));
  }

  private static String describe(Objective objective, long seed) {
    // A network of its own: nothing of what ran before is left in it.
    OpenNetwork network = network(ConnectFour.GAME);
    StringBuilder text = new StringBuilder();
    for (FeatureVisualization.Picture each : FeatureVisualization.of(network, objective, 1, seed)) {
      text.append(Arrays.toString(each.own())).append(each.legal().format());
    }
    for (PlaneAttack.Result each :
        PlaneAttack.smallest(network, RECORD.position(), PlaneAttack.Goal.MOVE, seed)) {
      text.append(each.epsilon());
    }
    List<GameRecord> sample = PositionSample.make(ConnectFour.GAME, network, 30, seed);
    Neurons.extremes(network, sample, objective, 3)
        .most()
        .forEach(each -> text.append(each.record().format()).append(each.score()));
    return text.toString();
  }

  @Test
  void featureVisualization_excitesMoreThanChance_andEndsInLegalPositions() {
    Objective channel = objective("channel:block1/5");
    double[] sample =
        NETWORK.scores(
            NETWORK.planes(
                PositionSample.make(ConnectFour.GAME, null, 200, 1).stream()
                    .map(GameRecord::position)
                    .toList()),
            channel);
    double mean = DoubleStream.of(sample).average().orElseThrow();
    for (FeatureVisualization.Picture each : FeatureVisualization.of(NETWORK, channel, 3, 1)) {
      assertTrue(each.relaxed() > mean, each.relaxed() + " of " + mean);
      assertTrue(each.legalScore() >= each.nearestScore());
      assertTrue(each.legalScore() > mean, each.legalScore() + " of " + mean);
      record(ConnectFour.GAME, each.legal().format());
    }
  }

  @Test
  void dream_beginsAtThePosition_climbs_andMarksWhatPlayReaches() {
    Objective layer = objective("layer:block1");
    List<Dream.Frame> frames = Dream.of(NETWORK, RECORD, layer);
    assertEquals(RECORD, frames.getFirst().legal());
    assertTrue(frames.getLast().score() > frames.getFirst().score());
    for (Dream.Frame frame : frames) {
      if (frame.legal() != null) {
        Position legal = frame.legal().position();
        RelaxedBoard.Pieces shown =
            new RelaxedBoard.Pieces(frame.own(), frame.opponent()).rounded();
        assertEquals(0, shown.distance(legal, RECORD.position().sideToMove()));
      }
    }
  }

  @Test
  void legalAttack_namesErrorsBySolversWord() {
    LegalAttack.Result found = LegalAttack.find(NETWORK, RECORD, 6);
    assertTrue(found.solved() > 10);
    for (LegalAttack.Deceived each : found.deceived()) {
      assertTrue(each.isWrong());
      assertTrue(each.record().position().isLegal(each.action()));
    }
  }

  @Test
  void activities_areSeenOnTheBoard() {
    List<Neurons.Activity> all = Neurons.of(NETWORK, RECORD.position());
    assertEquals(NETWORK.layers(), all.stream().map(Neurons.Activity::layer).toList());
    LayerShape stem = all.getFirst().layer();
    float[] raw = NETWORK.activations(NETWORK.planes(RECORD.position()), "stem");
    // The bottom left square of the board is in the last row of the planes.
    assertEquals(raw[5 * 7 * stem.channels() + 2], all.getFirst().channels()[2][0]);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "cat", "move:9", "channel:block7/1", "channel:stem/8", "layer:", "--value"})
  void objective_thatIsNone_isRefusedWithASentence(String text) {
    IllegalArgumentException wrong =
        assertThrows(IllegalArgumentException.class, () -> objective(text));
    assertTrue(String.valueOf(wrong.getMessage()).endsWith("."), wrong.getMessage());
  }
}
