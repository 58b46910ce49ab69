package tabula.server.training;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tabula.agents.files.AtomicFile;

class MetricsTests {

  private static final String FIRST = "{\"kind\":\"progress\",\"seconds\":1,\"step\":0}\n";
  private static final String GATE = "{\"kind\":\"gate\",\"seconds\":2,\"promoted\":true}\n";
  private static final String SECOND =
      "{\"kind\":\"progress\",\"seconds\":3,\"step\":5,\"policyLoss\":1.5}\n";

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
