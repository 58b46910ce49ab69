package tabula.agents.train;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tabula.agents.AgentSpec;
import tabula.agents.Agents;
import tabula.agents.CheckpointSource;
import tabula.agents.network.NetworkSpec;
import tabula.agents.network.nd4j.NetworkTrainer;
import tabula.games.Game;
import tabula.games.tictactoe.TicTacToe;

class GateTests {

  private static final Game GAME = TicTacToe.GAME;
  private static final NetworkSpec SPEC = NetworkSpec.parse("residual:8x0");

  @ParameterizedTest
  @CsvSource({"0, 20, 8", "1000, 20, 20", "1000, 2, 2"})
  void playWithin_playsAFewGamesAtLeast_andNoMoreThanThereIsTimeFor(
      int seconds, int most, int games) {
    SplittableRandom random = new SplittableRandom(1);
    Gate.Score score =
        new Gate(GAME, 2)
            .playWithin(
                Duration.ofSeconds(seconds),
                SPEC,
                NetworkTrainer.initialWeights(GAME, SPEC, random),
                new Agents(CheckpointSource.FILES).create(new AgentSpec.Rollouts(2), GAME),
                most,
                random);
    assertEquals(games, score.games());
  }
}
