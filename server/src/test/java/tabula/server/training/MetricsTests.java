package tabula.server.training;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tabula.agents.files.AtomicFile;
import tabula.agents.train.Trajectory;
import tabula.agents.train.TrajectoryLog;
import tabula.games.Outcome;
import tabula.games.tictactoe.TicTacToe;

class MetricsTests {

  private static final String FIRST = "{\"kind\":\"progress\",\"seconds\":1,\"step\":0}\n";
  private static final String GATE = "{\"kind\":\"gate\",\"seconds\":2,\"promoted\":true}\n";
  private static final String SECOND =
      "{\"kind\":\"progress\",\"seconds\":3,\"step\":5,\"policyLoss\":1.5}\n";

  private static final Trajectory GAME =
      new Trajectory(
          TicTacToe.GAME,
          new short[] {0, 3, 1, 4, 8, 5},
          new short[] {1, 4},
          new float[2 * 9],
          new float[] {0.5f, -1},
          new boolean[] {false, true},
          Outcome.SECOND_WINS);

  @TempDir private Path folder = Path.of("");
  private Path file = Path.of("");

  @BeforeEach
  void name() {
    file = folder.resolve("metrics.jsonl");
  }

  private void append(String text) throws IOException {
    Files.writeString(file, text, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
  }

  @Test
  void tail_readsEachLineOnce_andNoHalfOfOne() throws IOException {
    MetricsTail tail = new MetricsTail(file);
    assertEquals(List.of(), tail.read().lines());
    append(FIRST + GATE.substring(0, 10));
    assertEquals(List.of(FIRST.strip()), tail.read().lines());
    assertEquals(List.of(), tail.read().lines());
    append(GATE.substring(10) + SECOND);
    MetricsTail.News news = tail.read();
    assertEquals(1, news.from());
    assertEquals(List.of(GATE.strip(), SECOND.strip()), news.lines());
    assertEquals(3, tail.lines());
    assertEquals(3, tail.seconds());
  }

  @Test
  void tail_ofLinesThatWereTakenBack_beginsAnotherGeneration() throws IOException {
    append(FIRST + GATE + SECOND);
    MetricsTail tail = new MetricsTail(file);
    long before = tail.read().generation();
    AtomicFile.write(file, (FIRST + SECOND).getBytes(StandardCharsets.UTF_8));
    MetricsTail.News news = tail.read();
    assertNotEquals(before, news.generation());
    assertEquals(0, news.from());
    assertEquals(2, tail.lines());
  }

  /** The log is longer than what the metrics knew at that moment. */
  @Test
  void finishedGames_areTheLastOnesByTheMoment() throws IOException {
    RunFiles files = new RunFiles(folder);
    assertEquals("{\"finished\":0,\"games\":[]}", games(files, 9, 3).toString());
    append("{\"kind\":\"progress\",\"seconds\":1,\"games\":2}\n" + GATE);
    append("{\"kind\":\"progress\",\"seconds\":3,\"games\":4}\n{\"kind\":\"prog");
    try (TrajectoryLog log = TrajectoryLog.open(files.games(), TicTacToe.GAME, game -> {})) {
      for (int i = 0; i < 5; i++) {
        log.append(GAME);
      }
    }
    assertEquals(0, games(files, 0.5, 3).path("games").size());
    assertEquals(List.of(2, 1), numbers(games(files, 2.9, 3)));
    assertEquals(List.of(4, 3, 2), numbers(games(files, Double.POSITIVE_INFINITY, 3)));
    assertEquals(
        "{\"moves\":[\"a1\",\"a2\",\"b1\",\"b2\",\"c3\",\"c2\"],"
            + "\"values\":[null,0.5,null,null,-1.0,null],\"outcome\":\"second\",\"number\":2}",
        games(files, 1, 1).at("/games/0").toString());
  }

  private static JsonNode games(RunFiles files, double seconds, int most) throws IOException {
    return FinishedGames.read(files, TicTacToe.GAME, seconds, most);
  }

  private static List<Integer> numbers(JsonNode answer) {
    List<Integer> numbers = new ArrayList<>();
    answer.path("games").forEach(game -> numbers.add(game.path("number").asInt()));
    return numbers;
  }

  @Test
  void columns_haveAnEntryForEveryLine() throws IOException {
    append(FIRST + GATE + SECOND + SECOND.substring(0, 20));
    assertEquals(
        "{\"series\":{\"progress\":{\"line\":[0,2],\"seconds\":[1,3],\"step\":[0,5],\"policyLoss\":[null,1.5]},"
            + "\"gate\":{\"line\":[1],\"seconds\":[2],\"promoted\":[true]}},\"lines\":3}",
        MetricsColumns.read(file, 0).toString());
    assertEquals(
        "{\"series\":{\"progress\":{\"line\":[2],\"seconds\":[3],\"step\":[5],\"policyLoss\":[1.5]}},\"lines\":3}",
        MetricsColumns.read(file, 2).toString());
  }
}
