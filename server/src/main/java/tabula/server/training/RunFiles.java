package tabula.server.training;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import tabula.agents.network.Checkpoint;
import tabula.agents.train.RunConfig;
import tabula.games.Game;
import tabula.games.Games;

/**
 * The folder of a training run: {@code run.json} (game, seed, configuration), {@code
 * metrics.jsonl}, {@code checkpoints/}, {@code latest.tabula} and {@code best.tabula}, and what
 * resuming needs ({@code games.log}, {@code learner.state}, {@code self-play-N.state}).
 */
public record RunFiles(Path folder) {

  /** Of all the files; another Tabula's runs cannot be resumed. */
  private static final int FORMAT = 2;

  private static final ObjectMapper JSON = new ObjectMapper();

  /** What a run was started with. */
  public record Header(Game game, long seed, RunConfig config) {}

  Path metrics() {
    return folder.resolve("metrics.jsonl");
  }

  Path games() {
    return folder.resolve("games.log");
  }

  Path learnerState() {
    return folder.resolve("learner.state");
  }

  /** The games that a thread of self-play is in the middle of. */
  Path selfPlayState(int thread) {
    return folder.resolve("self-play-%d.state".formatted(thread));
  }

  public Path latest() {
    return folder.resolve("latest.tabula");
  }

  public Path best() {
    return folder.resolve("best.tabula");
  }

  public Path curve() {
    return folder.resolve("curve.svg");
  }

  public Path report() {
    return folder.resolve("report.md");
  }

  private Path header() {
    return folder.resolve("run.json");
  }

  /** Whether a run was started here. */
  public boolean exists() {
    return Files.exists(header());
  }

  public void writeHeader(Header header) throws IOException {
    Files.createDirectories(folder.resolve("checkpoints"));
    ObjectNode json = JSON.createObjectNode();
    json.put("format", FORMAT);
    json.put("game", header.game().id());
    json.put("seed", header.seed());
    json.set("config", header.config().toJson());
    Files.writeString(
        this.header(), JSON.writerWithDefaultPrettyPrinter().writeValueAsString(json) + "\n");
  }

  public Header readHeader() throws IOException {
    JsonNode json = JSON.readTree(header().toFile());
    if (json.path("format").asInt(1) != FORMAT) {
      throw new IllegalArgumentException(
          "The run in %s was made by another version of Tabula: start a new one."
              .formatted(folder));
    }
    return new Header(
        Games.get(json.path("game").asText()),
        json.path("seed").asLong(),
        RunConfig.parse(json.path("config").toString()));
  }

  void appendMetrics(ObjectNode line) throws IOException {
    Files.writeString(metrics(), line + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
  }

  /** All lines of the metrics; one that was being written when the machine stopped is left out. */
  List<JsonNode> readMetrics() throws IOException {
    List<JsonNode> lines = new ArrayList<>();
    if (Files.exists(metrics())) {
      for (String line : Files.readAllLines(metrics())) {
        if (line.endsWith("}")) {
          lines.add(JSON.readTree(line));
        }
      }
    }
    return lines;
  }

  /** The checkpoints kept, the first first. */
  public List<Path> checkpoints() throws IOException {
    try (Stream<Path> files = Files.list(folder.resolve("checkpoints"))) {
      return files.filter(file -> file.toString().endsWith(".tabula")).sorted().toList();
    }
  }

  /** Keeps a candidate, as the latest and under its own step. */
  void writeCandidate(Checkpoint checkpoint) throws IOException {
    checkpoint.write(
        folder.resolve("checkpoints").resolve("step-%07d.tabula".formatted(checkpoint.step())));
    checkpoint.write(latest());
  }
}
