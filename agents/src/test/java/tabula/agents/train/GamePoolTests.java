package tabula.agents.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import tabula.agents.network.NetworkSpec;
import tabula.agents.network.nd4j.NetworkTrainer;
import tabula.games.Position;
import tabula.games.tictactoe.TicTacToe;

class GamePoolTests {

  private static final ReplayConfig REPLAY = new ReplayConfig(100_000, 100_000, 1, true);

  /** A game of random moves, each of which is an example whose policy is the move played. */
  private static Trajectory game(SplittableRandom random) {
    List<Integer> actions = new ArrayList<>();
    Position position = TicTacToe.GAME.initialPosition();
    while (!position.isOver()) {
      int[] legal = position.legalActions();
      int action = legal[random.nextInt(legal.length)];
      actions.add(action);
      position = position.play(action);
    }
    short[] played = new short[actions.size()];
    short[] moves = new short[actions.size()];
    float[] policies = new float[actions.size() * 9];
    for (short i = 0; i < actions.size(); i++) {
      played[i] = actions.get(i).shortValue();
      moves[i] = i;
      policies[9 * i + played[i]] = 1;
    }
    return new Trajectory(
        TicTacToe.GAME,
        played,
        moves,
        policies,
        new float[moves.length],
        new boolean[moves.length],
        position.outcome());
  }

  private static GamePool pool(double heldOutShare, int games) {
    GamePool pool = new GamePool(TicTacToe.GAME, REPLAY, heldOutShare);
    SplittableRandom random = new SplittableRandom(3);
    for (int i = 0; i < games; i++) {
      pool.add(game(random));
    }
    return pool;
  }

  @Test
  void heldOutGames_areTheirShare_andTheSameEachTime() {
    GamePool pool = pool(0.2, 4000);
    assertEquals(4000, pool.totalGames());
    assertEquals(800.0, (double) pool.heldOut().totalGames(), 120);
    assertEquals(pool.heldOut().totalExamples(), pool(0.2, 4000).heldOut().totalExamples());
    assertEquals(0, pool(0, 100).heldOut().size());
  }

  @Test
  void sameGame_isNeverOnBothSides() {
    SplittableRandom random = new SplittableRandom(8);
    for (int i = 0; i < 50; i++) {
      GamePool pool = new GamePool(TicTacToe.GAME, REPLAY, 0.5);
      Trajectory game = game(random);
      for (int again = 0; again < 4; again++) {
        pool.add(game);
      }
      assertEquals(0, pool.learnt().totalGames() % 4);
    }
  }

  @Test
  void statistics_tellGamesThatAreAllAlike() {
    GamePool pool = new GamePool(TicTacToe.GAME, REPLAY, 0);
    Trajectory game = game(new SplittableRandom(8));
    for (int i = 0; i < 1500; i++) {
      pool.add(game);
    }
    GameStatistics.Figures alike = pool.statistics();
    assertEquals(1000, alike.games());
    assertEquals(0, alike.openingEntropy(), 1e-9);
    assertEquals(game.moves(), alike.length(), 1e-9);
    GameStatistics.Figures random = pool(0, 1000).statistics();
    assertTrue(random.openingEntropy() > 8, () -> "bits: " + random.openingEntropy());
    // Random play: the first player wins 58.5 %, and 12.7 % are drawn.
    assertEquals(0.649, random.firstPlayerShare(), 0.05);
  }

  /** A few games are learnt by heart; that says nothing of others. */
  @Test
  void learner_onFewGames_showsTheGapBetweenThemAndOthers() {
    GamePool pool = pool(0.96, 500);
    NetworkSpec network = NetworkSpec.parse("residual:16x1");
    RunConfig config =
        RunConfig.parse(
            """
            {"batch": 64, "firstExamples": 64, "reuse": 1000, "averaging": 0.9, "warmUpSteps": 1,
             "learningRate": 0.01, "weightDecay": 0}
            """);
    float[] weights =
        NetworkTrainer.initialWeights(TicTacToe.GAME, network, new SplittableRandom(1));
    LearnerState start = new LearnerState(NetworkTrainer.start(weights), 0, 1, 0);
    try (Learner learner = new Learner(TicTacToe.GAME, network, config.learner(), pool, start)) {
      for (int step = 0; step < 300; step++) {
        learner.step(0);
      }
      Learner.Report report = learner.examine();
      double learnt = report.learnt().losses().policy();
      double heldOut =
          Objects.requireNonNull(report.heldOut(), "nothing held out").losses().policy();
      assertTrue(heldOut > learnt + 0.2, () -> "%.3f and %.3f".formatted(learnt, heldOut));
      assertTrue(report.learnt().deadShare() < 1);
      assertNotNull(learner.normsByLayer().get("heads"));
    }
    try (Learner learner =
        new Learner(TicTacToe.GAME, network, config.learner(), pool(0.01, 100), start)) {
      assertNull(learner.examine().heldOut(), "too few to measure on");
    }
  }
}
