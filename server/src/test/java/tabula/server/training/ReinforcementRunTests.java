package tabula.server.training;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tabula.agents.AgentSpec;
import tabula.agents.Agents;
import tabula.agents.CheckpointSource;
import tabula.agents.network.nd4j.NetworkTrainer;
import tabula.agents.train.LearnerState;
import tabula.agents.train.RunConfig;
import tabula.games.Position;
import tabula.games.tictactoe.TicTacToe;
import tabula.server.bus.TrainingBus;

/**
 * Runs that learn by rewards have the same folder, metrics and checkpoints as those that search.
 */
class ReinforcementRunTests {

  @TempDir private Path folder = Path.of("");
  private final Vertx vertx = Vertx.vertx();

  @BeforeEach
  void register() {
    TrainingBus.register(vertx);
  }

  @AfterEach
  void close() throws Exception {
    await(vertx.close());
  }

  private static <T> T await(Future<T> future) throws Exception {
    return future.toCompletionStage().toCompletableFuture().get(60, TimeUnit.SECONDS);
  }

  private RunFiles newRun(String algorithm, String network) throws IOException {
    RunFiles files = new RunFiles(folder.resolve(algorithm));
    files.writeHeader(
        new RunFiles.Header(
            TicTacToe.GAME,
            7,
            RunConfig.parse(
                """
                {"algorithm": "%s", "network": "%s", "batch": 16, "firstExamples": 50,
                 "bufferCapacity": 1000, "poolSteps": 50, "openingPlies": 2, "publishSeconds": 1,
                 "gateSeconds": 1, "gateGames": 2, "gateVisits": 0}
                """
                    .formatted(algorithm, network))));
    return files;
  }

  private TrainingRun run(RunFiles files) throws IOException {
    return new TrainingRun(vertx, files, files.readHeader(), Duration.ofHours(1));
  }

  private static long step(List<JsonNode> metrics) {
    return metrics.stream().mapToLong(line -> line.path("step").asLong()).max().orElse(0);
  }

  /** Runs until a checkpoint of a later step than {@code least} was measured. */
  private void runUntilMeasured(RunFiles files, long least) throws Exception {
    TrainingRun run = run(files);
    Future<Void> end = run.start(1, progress -> {});
    long deadline = System.nanoTime() + Duration.ofSeconds(60).toNanos();
    while (step(files.readMetrics()) <= least) {
      assertTrue(!end.isComplete(), () -> "It ended: " + end.cause());
      assertTrue(System.nanoTime() < deadline, "no step after " + least);
      Thread.sleep(20);
    }
    assertEquals(List.of(), await(run.stop()));
  }

  @ParameterizedTest
  @CsvSource({"dqn, residual:8x0", "a2c, mlp:16x1", "a2c, recurrent:8x3"})
  void run_stoppedAndGoneOnWith_isOneRunWithCheckpointsThatPlay(String algorithm, String network)
      throws Exception {
    RunFiles files = newRun(algorithm, network);
    runUntilMeasured(files, 0);
    List<JsonNode> first = files.readMetrics();
    runUntilMeasured(files, step(first));

    List<JsonNode> all = files.readMetrics();
    assertEquals(first, all.subList(0, first.size()));
    long step = 0;
    for (JsonNode line : all) {
      if (line.path("kind").asText().equals("progress")) {
        assertTrue(line.path("step").asLong() >= step, line::toString);
        step = line.path("step").asLong();
      }
    }
    assertTrue(all.getLast().path("games").asLong() > first.getLast().path("games").asLong());
    assertTrue(files.checkpoints().size() >= 2);
    Position position = TicTacToe.GAME.initialPosition();
    for (String player : List.of("net:%s?visits=0", "net:%s?visits=20")) {
      int action =
          new Agents(CheckpointSource.FILES)
              .create(AgentSpec.parse(player.formatted(files.latest())), TicTacToe.GAME)
              .decide(position, new SplittableRandom(7))
              .action();
      assertTrue(position.isLegal(action));
      position = position.play(action);
    }
    RunReport.write(files);
    assertTrue(Files.exists(files.report()));
  }

  @Test
  void run_whoseLossIsNoNumber_failsWithTheReason() throws Exception {
    RunFiles files = newRun("dqn", "residual:8x0");
    float[] weights =
        NetworkTrainer.initialWeights(
            TicTacToe.GAME, files.readHeader().config().networkSpec(), new SplittableRandom(7));
    weights[0] = Float.NaN;
    new LearnerState(NetworkTrainer.start(weights), 0, 7, 0).write(files.learnerState());

    TrainingRun run = run(files);
    Future<Void> end = run.start(1, progress -> {});
    var failure = assertThrows(ExecutionException.class, () -> await(end));
    assertEquals(List.of(), await(run.stop()));
    String reason = String.valueOf(Objects.requireNonNull(failure.getCause()).getMessage());
    assertTrue(
        reason.startsWith(
            "Reinforcement learning failed: The loss is not a number at step 0; the first that is"
                + " none stands in the weights stem.kernel"),
        reason);
  }
}
