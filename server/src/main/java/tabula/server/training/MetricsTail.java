package tabula.server.training;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Follows the metrics of a run as another process writes them: each line is read once. */
final class MetricsTail {

  private static final ObjectMapper JSON = new ObjectMapper();

  private final Path file;
  private @Nullable Object fileKey;
  private long offset;
  private int lines;
  private long generation = System.currentTimeMillis();
  private @Nullable JsonNode progress;

  /**
   * New lines.
   *
   * @param from the number of the first, from 0
   */
  record News(long generation, int from, List<String> lines) {}

  MetricsTail(Path file) {
    this.file = file;
  }

  long generation() {
    return generation;
  }

  int lines() {
    return lines;
  }

  /** The last line of progress. */
  @Nullable JsonNode progress() {
    return progress;
  }

  /** Seconds that the run has trained, as far as is known. */
  double seconds() {
    JsonNode last = progress;
    return last == null ? 0 : last.path("seconds").asDouble();
  }

  /** What was written since the last time. Where lines were taken back, all count as new. */
  News read() throws IOException {
    BasicFileAttributes found;
    try {
      found = Files.readAttributes(file, BasicFileAttributes.class);
    } catch (NoSuchFileException e) {
      return new News(generation, lines, List.of());
    }
    // Who takes lines back puts another file in the place of the old one.
    if ((fileKey != null && !Objects.equals(fileKey, found.fileKey())) || found.size() < offset) {
      generation = Math.max(generation + 1, System.currentTimeMillis());
      offset = 0;
      lines = 0;
    }
    fileKey = found.fileKey();
    int from = lines;
    List<String> read = found.size() > offset ? readFrom(offset) : List.of();
    lines += read.size();
    for (String line : read.reversed()) {
      if (remember(line)) {
        break;
      }
    }
    return new News(generation, from, read);
  }

  /** Whole lines alone: the end of one that is being written comes the next time. */
  private List<String> readFrom(long start) throws IOException {
    try (InputStream in = Files.newInputStream(file, StandardOpenOption.READ)) {
      in.skipNBytes(start);
      byte[] bytes = in.readAllBytes();
      int whole = bytes.length;
      while (whole > 0 && bytes[whole - 1] != '\n') {
        whole--;
      }
      offset = start + whole;
      return new String(bytes, 0, whole, StandardCharsets.UTF_8).lines().toList();
    }
  }

  /** Whether it is a line of progress; if so, it is kept. */
  private boolean remember(String line) {
    try {
      JsonNode json = JSON.readTree(line);
      if (json.path("kind").asText().equals("progress")) {
        progress = json;
        return true;
      }
    } catch (JsonProcessingException e) {
      // Whoever reads all of it says so.
    }
    return false;
  }
}
