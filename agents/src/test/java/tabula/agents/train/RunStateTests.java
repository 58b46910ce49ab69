package tabula.agents.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;
import tabula.agents.network.nd4j.NetworkTrainer;
import tabula.games.Outcome;
import tabula.games.connectfour.ConnectFour;
import tabula.games.tictactoe.TicTacToe;

/** What is left of a run on disk, whole and damaged. */
class RunStateTests {

  private static final LearnerState LEARNER =
      new LearnerState(
          new NetworkTrainer.State(
              7,
              new float[] {1, 2, 3},
              new float[] {4, 5, 6},
              new float[] {7, 8, 9},
              new float[] {-1, -2, -3}),
          100,
          -5,
          61.5);

  @TempDir private Path folder = Path.of("");

  /** A game of Connect Four with one example; the first moves tell games apart. */
  private static Trajectory game(int... actions) {
    short[] moves = new short[actions.length];
    for (int i = 0; i < actions.length; i++) {
      moves[i] = (short) actions[i];
    }
    return new Trajectory(
        ConnectFour.GAME,
        moves,
        new short[] {1},
        new float[] {0, 0, 0, 1, 0, 0, 0},
        new float[] {0.5f},
        new boolean[] {false},
        Outcome.FIRST_WINS);
  }

  private static String refusal(Executable reading) {
    return String.valueOf(assertThrows(UnusableRunException.class, reading).getMessage());
  }

  private static byte[] flipped(byte[] bytes, int at) {
    byte[] copy = bytes.clone();
    copy[at] ^= 1;
    return copy;
  }

  private Path written(byte[] bytes) throws IOException {
    return Files.write(folder.resolve("damaged"), bytes);
  }

  @Test
  void learnerState_isReadAsItWasWritten() throws IOException {
    Path file = folder.resolve("learner.state");
    LEARNER.write(file);
    LearnerState read = LearnerState.read(file, 3);
    assertEquals(7, read.trainer().step());
    assertArrayEquals(LEARNER.trainer().weights(), read.trainer().weights());
    assertArrayEquals(LEARNER.trainer().averaged(), read.trainer().averaged());
    assertArrayEquals(LEARNER.trainer().first(), read.trainer().first());
    assertArrayEquals(LEARNER.trainer().second(), read.trainer().second());
    assertEquals(100, read.used());
    assertEquals(-5, read.random());
    assertEquals(61.5, read.seconds());
  }

  @Test
  void learnerState_thatIsDamaged_saysSoWhereverItIs() throws IOException {
    Path file = folder.resolve("learner.state");
    LEARNER.write(file);
    byte[] good = Files.readAllBytes(file);
    for (int at = 0; at < good.length; at++) {
      Path flipped = written(flipped(good, at));
      assertTrue(refusal(() -> LearnerState.read(flipped, 3)).contains("damaged"));
      Path cut = written(Arrays.copyOf(good, at));
      String reason = refusal(() -> LearnerState.read(cut, 3));
      assertTrue(reason.contains("damaged") || reason.contains("cut short"), reason);
    }
    assertTrue(refusal(() -> LearnerState.read(file, 4)).contains("another network"));
    assertTrue(refusal(() -> LearnerState.read(folder, 3)).contains("no learner state"));
  }

  @Test
  void selfPlayState_isReadAsItWasWritten_orSaysWhatIsWrong() throws IOException {
    Path file = folder.resolve("self-play-0.state");
    assertEquals(SelfPlayState.NONE, SelfPlayState.read(file, ConnectFour.GAME));
    new SelfPlayState(List.of(new SelfPlayState.Unfinished(9, game(3, 3)))).write(file);
    SelfPlayState read = SelfPlayState.read(file, ConnectFour.GAME);
    assertEquals(9, read.games().getFirst().random());
    assertArrayEquals(new short[] {3, 3}, read.games().getFirst().soFar().actions());

    assertTrue(refusal(() -> SelfPlayState.read(file, TicTacToe.GAME)).contains("no games of"));
    byte[] good = Files.readAllBytes(file);
    Path damaged = written(flipped(good, good.length - 3));
    assertTrue(refusal(() -> SelfPlayState.read(damaged, ConnectFour.GAME)).contains("checksum"));
    assertTrue(refusal(() -> LearnerState.read(file, 3)).contains("no learner state"));
  }

  private Path log(Trajectory... games) throws IOException {
    Path file = folder.resolve("games.log");
    try (TrajectoryLog log = TrajectoryLog.open(file, ConnectFour.GAME, game -> {})) {
      for (Trajectory game : games) {
        log.append(game);
      }
    }
    return file;
  }

  private static List<Integer> firstMoves(Path file) throws IOException {
    List<Integer> moves = new ArrayList<>();
    TrajectoryLog.open(file, ConnectFour.GAME, game -> moves.add((int) game.actions()[0])).close();
    return moves;
  }

  @Test
  void trajectoryLog_whoseLastGameIsTorn_losesThatGameAlone() throws IOException {
    byte[] whole = Files.readAllBytes(log(game(0, 1), game(1, 1), game(2, 1)));
    int record = whole.length / 3;
    for (int cut = 1; cut < record; cut++) {
      Path torn = written(Arrays.copyOf(whole, whole.length - cut));
      assertEquals(List.of(0, 1), firstMoves(torn));
      assertEquals(2L * record, Files.size(torn));
    }
    assertEquals(List.of(0, 1), firstMoves(written(flipped(whole, whole.length - 1))));
  }

  @Test
  void trajectoryLog_givesTheGamesThatAreAskedFor() throws IOException {
    Path file = log(game(0, 1), game(1, 1), game(2, 1), game(3, 1));
    Function<List<Trajectory>, List<Integer>> firsts =
        games -> games.stream().map(game -> (int) game.actions()[0]).toList();
    assertEquals(List.of(1, 2), firsts.apply(TrajectoryLog.read(file, ConnectFour.GAME, 1, 2)));
    assertEquals(List.of(3), firsts.apply(TrajectoryLog.read(file, ConnectFour.GAME, 3, 9)));
    assertEquals(List.of(), firsts.apply(TrajectoryLog.read(file, ConnectFour.GAME, 9, 9)));
  }

  /** All that followed was once cut off without a word. */
  @Test
  void trajectoryLog_damagedBeforeItsEnd_isLeftAloneAndSaysWhere() throws IOException {
    // More than the longest game's bytes, so that no damaged length looks like a torn last game.
    Trajectory[] games = new Trajectory[60];
    Arrays.fill(games, game(0, 1));
    byte[] whole = Files.readAllBytes(log(games));
    int record = whole.length / games.length;
    for (int at = record; at < 2 * record; at++) {
      byte[] damaged = flipped(whole, at);
      Path file = written(damaged);
      String reason = refusal(() -> firstMoves(file));
      assertTrue(reason.contains("truncate -s " + record + " "), reason);
      assertArrayEquals(damaged, Files.readAllBytes(file));
    }
    Path file = written(whole);
    String reason = refusal(() -> TrajectoryLog.open(file, TicTacToe.GAME, game -> {}));
    assertTrue(reason.contains("no game of"), reason);
    assertFalse(reason.contains("Exception"), reason);
  }
}
