package tabula.agents.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tabula.agents.AgentSpec.SearchKind;
import tabula.agents.evaluate.EvaluationCache;
import tabula.agents.evaluate.Evaluator;
import tabula.agents.network.TrainingBatch;
import tabula.games.Position;
import tabula.games.connectfour.ConnectFour;
import tabula.games.tictactoe.TicTacToe;

class TrainTests {

  private static final Evaluator KNOWS_NOTHING =
      batch -> {
        Arrays.fill(batch.logits(), 0);
        Arrays.fill(batch.values(), 0);
      };

  @TempDir private Path folder = Path.of("");

  private static List<Trajectory> games(SearchKind search, int least) {
    List<Trajectory> games = new ArrayList<>();
    SelfPlay selfPlay =
        new SelfPlay(
            ConnectFour.GAME,
            new SelfPlayConfig(search, 16, 4, 1, 0.5, 0, 8, 1, 4, 8, ResignConfig.NEVER),
            KNOWS_NOTHING,
            new EvaluationCache(ConnectFour.GAME, 1 << 10),
            new Resignation(ResignConfig.NEVER),
            new RandomStream(4),
            SelfPlayState.NONE,
            games::add);
    while (games.size() < least) {
      selfPlay.step();
    }
    assertEquals(games.size(), selfPlay.counts().games());
    return games;
  }

  @Test
  void selfPlay_makesWholeLegalGames() {
    for (SearchKind search : SearchKind.values()) {
      for (Trajectory game : games(search, 30)) {
        Position end = ConnectFour.GAME.initialPosition();
        for (short action : game.actions()) {
          end = end.play(action);
        }
        assertTrue(end.isOver());
        assertEquals(end.outcome(), game.outcome());
        for (int example = 0; example < game.examples(); example++) {
          assertTrue(game.values()[example] >= -1 && game.values()[example] <= 1);
          Position position = game.position(example);
          assertEquals(game.exampleMoves()[example], position.ply());
          float sum = 0;
          for (int action = 0; action < 7; action++) {
            float probability = game.policies()[example * 7 + action];
            assertTrue(probability == 0 || position.isLegal(action));
            sum += probability;
          }
          assertEquals(1, sum, 1e-4);
        }
      }
    }
  }

  @Test
  void selfPlay_withTheSameSeed_playsTheSameGames() {
    List<Trajectory> one = games(SearchKind.GUMBEL, 10);
    List<Trajectory> other = games(SearchKind.GUMBEL, 10);
    for (int i = 0; i < 10; i++) {
      assertArrayEquals(one.get(i).actions(), other.get(i).actions());
    }
  }

  @Test
  void selfPlay_thatWasStopped_playsTheGamesThatItWouldHavePlayed() throws IOException {
    List<Trajectory> straight = new ArrayList<>();
    List<Trajectory> resumed = new ArrayList<>();
    SelfPlay one = selfPlay(new RandomStream(4), SelfPlayState.NONE, straight::add);
    while (straight.size() < 12) {
      one.step();
    }
    Path file = folder.resolve("state");
    one.state().write(file);
    SelfPlay other =
        selfPlay(new RandomStream(99), SelfPlayState.read(file, ConnectFour.GAME), resumed::add);
    straight.clear();
    // The slots' order within a round differs, as searches start anew: compare as sets.
    while (straight.size() < 40) {
      one.step();
    }
    while (resumed.size() < 60) {
      other.step();
    }
    List<List<Short>> expected = straight.subList(0, 20).stream().map(TrainTests::moves).toList();
    List<List<Short>> found = resumed.stream().map(TrainTests::moves).toList();
    assertTrue(found.containsAll(expected));
  }

  private static List<Short> moves(Trajectory game) {
    List<Short> moves = new ArrayList<>();
    for (short action : game.actions()) {
      moves.add(action);
    }
    return moves;
  }

  private static SelfPlay selfPlay(
      RandomStream random, SelfPlayState state, Consumer<Trajectory> finished) {
    return new SelfPlay(
        ConnectFour.GAME,
        new SelfPlayConfig(SearchKind.GUMBEL, 16, 4, 1, 0.5, 0, 8, 1, 4, 8, ResignConfig.NEVER),
        KNOWS_NOTHING,
        new EvaluationCache(ConnectFour.GAME, 1 << 10),
        new Resignation(ResignConfig.NEVER),
        random,
        state,
        finished);
  }

  /** Openings longer than the game once made self-play look for one for ever. */
  @Test
  void selfPlay_withOpeningsLongerThanTheGame_playsGames() {
    List<Trajectory> games = new ArrayList<>();
    SelfPlay selfPlay =
        new SelfPlay(
            TicTacToe.GAME,
            new SelfPlayConfig(SearchKind.GUMBEL, 4, 2, 1, 0.5, 0, 4, 1, 42, 4, ResignConfig.NEVER),
            KNOWS_NOTHING,
            new EvaluationCache(TicTacToe.GAME, 1 << 10),
            new Resignation(ResignConfig.NEVER),
            new RandomStream(4),
            SelfPlayState.NONE,
            games::add);
    while (games.size() < 20) {
      selfPlay.step();
    }
    assertTrue(games.stream().allMatch(game -> game.moves() >= 5));
  }

  @Test
  void visits_growEvenlyOverTheRun() {
    SelfPlayConfig config =
        new SelfPlayConfig(SearchKind.GUMBEL, 32, 8, 3, 0.5, 0, 8, 1, 4, 8, ResignConfig.NEVER);
    assertEquals(32, config.visits(true, 0));
    assertEquals(64, config.visits(true, 0.5));
    assertEquals(96, config.visits(true, 1));
    assertEquals(24, config.visits(false, 1));
  }

  @Test
  void replayBuffer_forgetsTheOldest_andSamplesWhatItHolds() {
    ReplayBuffer buffer =
        new ReplayBuffer(ConnectFour.GAME, new ReplayConfig(1000, 300, 0.5, true));
    List<Trajectory> games = games(SearchKind.GUMBEL, 200);
    games.forEach(buffer::add);
    int examples = games.stream().mapToInt(Trajectory::examples).sum();
    assertEquals(examples, buffer.totalExamples());
    assertTrue(examples > 1100);
    assertTrue(buffer.size() <= 1030 && buffer.size() > 300, "window: " + buffer.size());

    TrainingBatch batch = new TrainingBatch(ConnectFour.GAME, 256);
    buffer.sample(batch, new SplittableRandom(1));
    for (int row = 0; row < batch.size(); row++) {
      float sum = 0;
      for (int action = 0; action < 7; action++) {
        sum += Math.max(0, batch.policy()[row * 7 + action]);
      }
      assertEquals(1, sum, 1e-4);
      assertTrue(batch.value()[row] >= -1 && batch.value()[row] <= 1);
    }
  }

  @Test
  void trajectoryLog_givesBackItsGames_andCutsOffWhatWasBeingWritten() throws IOException {
    Path file = folder.resolve("games.log");
    List<Trajectory> games = games(SearchKind.GUMBEL, 20);
    try (TrajectoryLog log = TrajectoryLog.open(file, ConnectFour.GAME, game -> {})) {
      for (Trajectory game : games) {
        log.append(game);
      }
    }
    byte[] whole = Files.readAllBytes(file);
    Files.write(file, Arrays.copyOf(whole, whole.length - 5));

    List<Trajectory> read = new ArrayList<>();
    try (TrajectoryLog log = TrajectoryLog.open(file, ConnectFour.GAME, read::add)) {
      log.append(games.getLast());
    }
    assertEquals(games.size() - 1, read.size());
    read.clear();
    TrajectoryLog.open(file, ConnectFour.GAME, read::add).close();
    assertEquals(games.size(), read.size());
    for (int i = 0; i < games.size(); i++) {
      assertArrayEquals(games.get(i).actions(), read.get(i).actions());
      assertArrayEquals(games.get(i).values(), read.get(i).values());
      assertEquals(games.get(i).outcome(), read.get(i).outcome());
      assertEquals(games.get(i).examples(), read.get(i).examples());
    }
  }

  @Test
  void learningRate_climbsThenFallsToItsShare() {
    LearnerConfig config = RunConfig.DEFAULT.learner();
    assertTrue(config.rate(0, 0) < config.rate(100, 0));
    assertEquals(config.learningRate(), config.rate(10_000, 0), 1e-12);
    assertEquals(config.learningRate() * config.finalRateShare(), config.rate(10_000, 1), 1e-12);
  }

  @Test
  void schedules_endAtTheirShare_eachInItsWay() {
    assertEquals(1, Schedule.CONSTANT.share(1, 0.05, 3));
    assertEquals(0.05, Schedule.COSINE.share(1, 0.05, 3), 1e-12);
    assertEquals(0.525, Schedule.COSINE.share(0.5, 0.05, 3), 1e-12);
    assertEquals(1, Schedule.STEP.share(0.24, 0.001, 3), 1e-12);
    assertEquals(0.1, Schedule.STEP.share(0.26, 0.001, 3), 1e-12);
    assertEquals(0.01, Schedule.STEP.share(0.6, 0.001, 3), 1e-12);
    assertEquals(0.001, Schedule.STEP.share(1, 0.001, 3), 1e-12);
  }
}
