package tabula.agents.rl4j;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tabula.agents.Agent;
import tabula.agents.AgentSpec;
import tabula.agents.Agents;
import tabula.agents.CheckpointSource;
import tabula.agents.network.NetworkSpec;
import tabula.agents.network.OptimizerSpec;
import tabula.agents.network.nd4j.NetworkTrainer;
import tabula.agents.train.Gate;
import tabula.agents.train.LearnerState;
import tabula.agents.train.ReinforcementConfig;
import tabula.agents.train.ReinforcementConfig.Algorithm;
import tabula.agents.train.Trajectory;
import tabula.games.Game;
import tabula.games.tictactoe.TicTacToe;

class ReinforcementLearnerTests {

  private static final Game GAME = TicTacToe.GAME;
  private static final NetworkSpec SPEC = NetworkSpec.parse("residual:8x0");
  private static final int SEED = 7;

  private static ReinforcementConfig config(Algorithm algorithm, int batch) {
    return new ReinforcementConfig(
        algorithm,
        new OptimizerSpec.AdamW(0),
        0.99,
        batch,
        batch,
        5_000,
        0.99,
        1_000,
        0.1,
        50,
        0.01,
        3,
        4,
        200);
  }

  private static LearnerState start() {
    return new LearnerState(
        NetworkTrainer.start(NetworkTrainer.initialWeights(GAME, SPEC, new SplittableRandom(SEED))),
        0,
        SEED,
        0);
  }

  private static ReinforcementLearner learner(
      ReinforcementConfig config, LearnerState state, Consumer<Trajectory> finished) {
    return new ReinforcementLearner(
        GAME, SPEC, config, state, List.of(), new RewardHistory(5_000), finished);
  }

  private static void play(ReinforcementLearner learner, long games) {
    learner.learn(3e-3, () -> learner.games() >= games);
  }

  /** Points against a player of random moves, by the policy alone. */
  private static double strength(float[] weights) {
    Agent random = new Agents(CheckpointSource.FILES).create(new AgentSpec.RandomMoves(), GAME);
    return new Gate(GAME, 0).play(SPEC, weights, random, 400, new SplittableRandom(SEED)).share();
  }

  /** Better by three times what chance makes of 400 games; mostly after 500 to 1,000 games. */
  @ParameterizedTest
  @EnumSource
  void learn_fewGames_playsBetterThanBefore(Algorithm algorithm) {
    ReinforcementLearner learner = learner(config(algorithm, 16), start(), game -> {});
    double before = strength(learner.weights());
    double after = before;
    for (int games = 250; games <= 3000 && after < before + 0.08; games += 250) {
      play(learner, games);
      after = strength(learner.weights());
    }
    assertTrue(after >= before + 0.08, "from %.2f to %.2f".formatted(before, after));
  }

  @ParameterizedTest
  @EnumSource
  void learn_gameThatCannotBeKept_comesOutAsItsReason(Algorithm algorithm) {
    ReinforcementLearner learner =
        learner(
            config(algorithm, 16),
            start(),
            game -> {
              throw new IllegalStateException("The disk is full.");
            });
    String reason = assertThrows(IllegalStateException.class, () -> play(learner, 10)).getMessage();
    assertEquals("The disk is full.", reason);
  }

  @ParameterizedTest
  @EnumSource
  void learn_weightsThatAreNoNumbers_saysWhere(Algorithm algorithm) {
    float[] weights = start().trainer().weights();
    weights[3] = Float.NaN;
    ReinforcementLearner learner =
        learner(
            config(algorithm, 16),
            new LearnerState(NetworkTrainer.start(weights), 0, SEED, 0),
            game -> {});
    var failure = assertThrows(ArithmeticException.class, () -> play(learner, 100));
    String reason = String.valueOf(failure.getMessage());
    assertTrue(reason.contains("stem.kernel"), reason);
  }

  @Test
  void learn_memoryNotYetFull_playsOnWithoutAStep() {
    ReinforcementLearner learner = learner(config(Algorithm.DQN, 200), start(), game -> {});
    play(learner, 10);
    assertEquals(10, learner.games());
    assertEquals(0, learner.steps());
    assertTrue(learner.window() < 200);
    play(learner, 80);
    assertTrue(learner.steps() > 0);
    assertEquals(200L * learner.steps(), learner.used());
  }

  @ParameterizedTest
  @EnumSource
  void resume_fromStateAndGames_goesOnFromThere(Algorithm algorithm) {
    RewardHistory history = new RewardHistory(100);
    ReinforcementConfig config = config(algorithm, 16);
    ReinforcementLearner stopped = learner(config, start(), history);
    play(stopped, 100);
    LearnerState state = stopped.state(12);
    List<float[]> pastSelves = stopped.pastSelves();

    ReinforcementLearner resumed =
        new ReinforcementLearner(GAME, SPEC, config, state, pastSelves, history, game -> {});
    assertEquals(stopped.steps(), resumed.steps());
    assertEquals(100, resumed.games());
    assertEquals(stopped.examples(), resumed.examples());
    assertEquals(stopped.used(), resumed.used());
    assertArrayEquals(stopped.weights(), resumed.weights());
    assertEquals(pastSelves.size(), resumed.pastSelves().size());
    if (algorithm == Algorithm.DQN) {
      assertTrue(resumed.window() >= 100 && resumed.window() < 110, "" + resumed.window());
    }
    play(resumed, 120);
    assertTrue(resumed.steps() > stopped.steps());
  }

  @Test
  void pastSelves_overTheRun_areKeptWithTheFirst() {
    ReinforcementLearner learner = learner(config(Algorithm.A2C, 16), start(), game -> {});
    for (int games = 200; games <= 1200; games += 200) {
      play(learner, games);
    }
    List<float[]> selves = learner.pastSelves();
    assertEquals(4, selves.size());
    assertArrayEquals(start().trainer().weights(), selves.getFirst());
    assertTrue(!Arrays.equals(selves.get(2), selves.get(3)));
  }
}
