package tabula.server.training;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tabula.server.TestProgram;

/** Real training runs that are stopped in every way, and gone on with. */
class TrainingCrashTests {

  private static final int SIGTERM = 15;

  @TempDir private Path folder = Path.of("");

  private Process train(String... options) throws IOException {
    List<String> command =
        TestProgram.line("train", "tic-tac-toe", "--threads", "1", "--out", run().toString());
    command.addAll(List.of(options));
    return new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.appendTo(said().toFile()))
        .start();
  }

  private Path run() {
    return folder.resolve("run");
  }

  private Path said() {
    return folder.resolve("said");
  }

  private Path config(String fields) throws IOException {
    return Files.writeString(
        folder.resolve("config.json"),
        """
        {"network": "residual:8x1", "visits": 8, "fastVisits": 4, "gamesPerThread": 16, "batch": 64,
         "firstExamples": 200, "gateSeconds": 86400, "gateVisits": 4, %s}
        """
            .formatted(fields));
  }

  private interface Condition {
    boolean holds() throws IOException;
  }

  private void await(Process process, Condition condition) throws Exception {
    while (!condition.holds()) {
      assertTrue(process.isAlive(), () -> "It ended: " + text());
      Thread.sleep(50);
    }
  }

  private String text() {
    try {
      return Files.readString(said());
    } catch (IOException e) {
      return e.toString();
    }
  }

  private List<JsonNode> metrics() throws IOException {
    return new RunFiles(run()).readMetrics();
  }

  private static long step(List<JsonNode> metrics) {
    return metrics.isEmpty() ? 0 : metrics.getLast().path("step").asLong();
  }

  @Test
  void kill_thenResume_repeatsNothingAndLeavesNoGap() throws Exception {
    String config = config("\"publishSeconds\": 2, \"gateGames\": 4").toString();
    Process killed = train("--config", config, "--minutes", "60");
    long stepAtTheKill;
    try {
      await(killed, () -> metrics().size() >= 3 && step(metrics()) > 0);
      Process second = train("--resume", "--minutes", "60");
      try {
        assertTrue(second.waitFor(60, TimeUnit.SECONDS));
        assertEquals(1, second.exitValue());
        assertTrue(text().contains("Another training is at work"), this::text);
      } finally {
        second.destroyForcibly();
      }
      stepAtTheKill = step(metrics());
    } finally {
      killed.destroyForcibly();
    }
    assertTrue(killed.waitFor(20, TimeUnit.SECONDS));
    List<JsonNode> before = metrics();
    double secondsAtTheKill = before.getLast().path("seconds").asDouble();

    Process resumed = train("--resume", "--minutes", String.valueOf((secondsAtTheKill + 12) / 60));
    try {
      assertTrue(resumed.waitFor(120, TimeUnit.SECONDS));
      assertEquals(0, resumed.exitValue(), this::text);
    } finally {
      resumed.destroyForcibly();
    }
    List<JsonNode> after = metrics();
    double seconds = 0;
    long step = 0;
    for (JsonNode line : after) {
      assertTrue(line.path("seconds").asDouble() >= seconds, line::toString);
      assertTrue(line.path("seconds").asDouble() <= seconds + 60, line::toString);
      // Until the learner's first report after a start a line has no step.
      assertTrue(line.path("step").asLong(step) >= step, line::toString);
      seconds = line.path("seconds").asDouble();
      step = line.path("step").asLong(step);
    }
    assertTrue(step > stepAtTheKill, "no step after the kill: " + step);
    assertEquals(before.getFirst(), after.getFirst());
  }

  @Test
  void terminate_twice_endsAtOnce() throws Exception {
    String config = config("\"publishSeconds\": 1, \"gateGames\": 10000").toString();
    Process process = train("--config", config, "--minutes", "60");
    try {
      await(process, () -> Files.exists(new RunFiles(run()).learnerState()));
      process.destroy();
      // Measuring so many games would take minutes.
      await(process, () -> text().contains("A second Ctrl-C ends at once"));
      process.destroy();
      assertTrue(process.waitFor(30, TimeUnit.SECONDS));
      assertEquals(128 + SIGTERM, process.exitValue(), this::text);
      assertTrue(text().contains("Ended at once"), this::text);
    } finally {
      process.destroyForcibly();
    }
  }
}
