package tabula.agents.rl4j;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import org.deeplearning4j.rl4j.environment.IActionSchema;
import org.deeplearning4j.rl4j.environment.StepResult;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.ndarray.INDArray;
import tabula.agents.train.Trajectory;
import tabula.games.Game;
import tabula.games.Games;
import tabula.games.Outcome;
import tabula.games.Position;
import tabula.games.Side;
import tabula.games.connectfour.ConnectFour;
import tabula.games.tictactoe.TicTacToe;

class BoardGameEnvironmentTests {

  private final SplittableRandom random = new SplittableRandom(7);
  private final List<Trajectory> finished = new ArrayList<>();

  private BoardGameEnvironment environment(Game game, int openingPlies) {
    BoardGameEnvironment.Opponent opponent =
        new BoardGameEnvironment.Opponent() {
          @Override
          public void newGame() {
            // It has no memory.
          }

          @Override
          public int choose(Position position) {
            int[] legal = position.legalActions();
            return legal[random.nextInt(legal.length)];
          }
        };
    return new BoardGameEnvironment(game, openingPlies, opponent, random, finished::add);
  }

  static List<Game> games() {
    return Games.all();
  }

  @ParameterizedTest
  @MethodSource("games")
  void episode_ofRandomActions_isAGameWithItsResultAsReward(Game game) {
    BoardGameEnvironment environment = environment(game, 4);
    IActionSchema<Integer> actions = environment.getSchema().getActionSchema();
    environment.reset();
    StepResult last;
    do {
      last = environment.step(actions.getRandomAction());
      assertEquals(environment.isEpisodeFinished(), last.isTerminal());
      assertTrue(last.isTerminal() || last.getReward() == 0);
    } while (!last.isTerminal());
    Trajectory played = finished.getFirst();
    assertTrue(played.outcome() != Outcome.ONGOING);
    Side learner = played.position(0).sideToMove();
    assertEquals(played.outcome().valueFor(learner), last.getReward());
    for (int example = 0; example < played.examples(); example++) {
      assertEquals(learner, played.position(example).sideToMove());
    }
  }

  @Test
  void step_illegalAction_isRefusedWithTheBoard() {
    BoardGameEnvironment environment = environment(TicTacToe.GAME, 0);
    Map<String, Object> shown = environment.reset();
    for (int move = 0; move < 2 && !environment.isEpisodeFinished(); move++) {
      boolean[] legal = boards(TicTacToe.GAME, shown).legal();
      for (int action = 0; action < legal.length; action++) {
        if (!legal[action]) {
          int illegal = action;
          var refused = assertThrows(IllegalStateException.class, () -> environment.step(illegal));
          String reason = String.valueOf(refused.getMessage());
          assertTrue(reason.contains("which is not legal in"), reason);
        }
      }
      shown =
          environment
              .step(environment.getSchema().getActionSchema().getRandomAction())
              .getChannelsData();
    }
  }

  private static Boards boards(Game game, Map<String, Object> shown) {
    return Boards.decode(game, (INDArray) Objects.requireNonNull(shown.get(Boards.CHANNEL)));
  }

  @Test
  void observation_symmetricBoard_isShownEitherWayAndActionsFollow() {
    BoardGameEnvironment environment = environment(ConnectFour.GAME, 0);
    int mirrored = 0;
    for (int episode = 0; episode < 40; episode++) {
      finished.clear();
      boolean[] legal = boards(ConnectFour.GAME, environment.reset()).legal();
      assertArrayEquals(new boolean[] {true, true, true, true, true, true, true}, legal);
      environment.step(0);
      while (!environment.isEpisodeFinished()) {
        environment.step(environment.getSchema().getActionSchema().getRandomAction());
      }
      Trajectory played = finished.getFirst();
      int first = played.actions()[played.exampleMoves()[0]];
      assertTrue(first == 0 || first == 6, "column " + first);
      mirrored += first == 6 ? 1 : 0;
    }
    assertTrue(mirrored > 5 && mirrored < 35, "mirrored " + mirrored);
  }

  @Test
  void boards_encodedAndDecoded_areTheSame() {
    Position position = ConnectFour.GAME.initialPosition();
    for (int i = 0; i < 6; i++) {
      position = position.play(3);
    }
    float[] planes = new float[ConnectFour.GAME.shape().size()];
    position.writePlanes(planes, 0);
    Boards boards = Boards.decode(ConnectFour.GAME, Boards.encode(position));
    assertArrayEquals(planes, boards.planes());
    assertArrayEquals(new boolean[] {true, true, true, false, true, true, true}, boards.legal());
  }
}
