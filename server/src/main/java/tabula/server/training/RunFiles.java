package tabula.server.training;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import tabula.agents.files.AtomicFile;
import tabula.agents.network.Checkpoint;
import tabula.agents.train.RunConfig;
import tabula.agents.train.UnusableRunException;
import tabula.games.Game;
import tabula.games.Games;

/**
 * The folder of a training run: {@code run.json} (game, seed, configuration), {@code
 * metrics.jsonl}, {@code checkpoints/}, {@code latest.tabula} and {@code best.tabula}, and what
 * resuming needs ({@code games.log}, {@code learner.state}, {@code self-play-N.state}, {@code
 * past-selves.state}). Who writes in it holds its {@link RunLock}.
 */
public record RunFiles(Path folder) {

  /** Of run.json and the metrics; the files of the state have versions of their own. */
  private static final int FORMAT = 2;

  /** How a training exits that its supervisor stopped before its time: it can go on. */
  public static final int EXIT_STOPPED_EARLY = 75;

  private static final Pattern STEP = Pattern.compile("step-\\d{7,12}");

  private static final ObjectMapper JSON =
      new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

  /** What a run was started with. */
  public record Header(Game game, long seed, RunConfig config) {}

  public Path metrics() {
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

  /** The opponents of a run that learns by rewards. */
  Path pastSelves() {
    return folder.resolve("past-selves.state");
  }

  public Path latest() {
    return folder.resolve("latest.tabula");
  }

  public Path best() {
    return folder.resolve("best.tabula");
  }

  /** What a run that does not begin from nothing began with. */
  public Path first() {
    return folder.resolve("first.tabula");
  }

  /** The games being played, while somebody looks on. */
  public Path live() {
    return folder.resolve("live.json");
  }

  public Path curve() {
    return folder.resolve("curve.svg");
  }

  public Path report() {
    return folder.resolve("report.md");
  }

  /** The configuration that a server's run was given, before {@code train} read it. */
  Path given() {
    return folder.resolve("config.json");
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
    String text = JSON.writerWithDefaultPrettyPrinter().writeValueAsString(json) + "\n";
    AtomicFile.write(header(), text.getBytes(StandardCharsets.UTF_8));
  }

  /**
   * What the run was started with.
   *
   * @throws UnusableRunException if the file is damaged, or another version's
   */
  public Header readHeader() throws IOException {
    JsonNode json = parse(header(), Files.readString(header()));
    JsonNode seed = json.path("seed");
    if (!json.path("format").isInt() || !seed.isIntegralNumber() || !seed.canConvertToLong()) {
      throw new UnusableRunException(header(), "it needs the whole numbers 'format' and 'seed'.");
    }
    if (json.path("format").asInt() != FORMAT) {
      throw new UnusableRunException(
          header(), "it was made by another version of Tabula. Start a new run.");
    }
    if (!(json.get("config") instanceof ObjectNode config)) {
      throw new UnusableRunException(header(), "it needs the object 'config'.");
    }
    try {
      return new Header(
          Games.get(json.path("game").asText()), seed.asLong(), RunConfig.ofRun(config));
    } catch (IllegalArgumentException e) {
      throw new UnusableRunException(header(), String.valueOf(e.getMessage()));
    }
  }

  private static JsonNode parse(Path file, String text) throws IOException {
    try {
      if (JSON.readTree(text) instanceof ObjectNode json) {
        return json;
      }
    } catch (JsonProcessingException e) {
      // Said below.
    }
    throw new UnusableRunException(file, "it holds no JSON object: it was cut short or damaged.");
  }

  void appendMetrics(ObjectNode line) throws IOException {
    Files.writeString(metrics(), line + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
  }

  /** All lines of the metrics; one that was being written when the machine stopped is left out. */
  List<JsonNode> readMetrics() throws IOException {
    List<JsonNode> lines = new ArrayList<>();
    if (Files.exists(metrics())) {
      String text = Files.readString(metrics());
      // Without its end of line, the last one is not whole.
      for (String line : text.substring(0, text.lastIndexOf('\n') + 1).lines().toList()) {
        lines.add(parse(metrics(), line));
      }
    }
    return lines;
  }

  /**
   * Forgets the metrics of what a run that was killed did after its state was saved: it does that
   * again. One that goes on has not stopped early, whatever it did before.
   *
   * @param seconds the state's time
   * @param step the state's step
   */
  void rewindMetrics(double seconds, long step) throws IOException {
    if (!Files.exists(metrics())) {
      return;
    }
    StringBuilder kept = new StringBuilder();
    for (JsonNode line : readMetrics()) {
      if (line.path("seconds").asDouble() <= rounded(seconds)
          && line.path("step").asLong() <= step
          && !line.path("kind").asText().equals("stoppedEarly")) {
        kept.append(line).append('\n');
      }
    }
    AtomicFile.write(metrics(), kept.toString().getBytes(StandardCharsets.UTF_8));
  }

  /** Seconds as the metrics have them. */
  static double rounded(double seconds) {
    return Math.round(seconds * 10) / 10.0;
  }

  /** The checkpoints kept, the first first. */
  public List<Path> checkpoints() throws IOException {
    try (Stream<Path> files = Files.list(folder.resolve("checkpoints"))) {
      return files.filter(file -> file.toString().endsWith(".tabula")).sorted().toList();
    }
  }

  /** What the gate measured, the first first. */
  public List<JsonNode> measured() throws IOException {
    return readMetrics().stream()
        .filter(line -> line.path("kind").asText().equals("gate"))
        .toList();
  }

  /** The name of the checkpoint of a step. */
  public static String name(long step) {
    return "step-%07d".formatted(step);
  }

  /**
   * A checkpoint by its name: {@code step-0001200}, {@code best}, {@code latest} or {@code first}.
   * Any other name is none's, and never becomes a path.
   */
  public Optional<Path> checkpoint(String name) {
    Path file =
        switch (name) {
          case "best" -> best();
          case "latest" -> latest();
          case "first" -> first();
          default ->
              STEP.matcher(name).matches()
                  ? folder.resolve("checkpoints").resolve(name + ".tabula")
                  : folder;
        };
    return Files.isRegularFile(file) ? Optional.of(file) : Optional.empty();
  }

  /** Keeps a candidate, as the latest and under its own step. */
  void writeCandidate(Checkpoint checkpoint) throws IOException {
    checkpoint.write(folder.resolve("checkpoints").resolve(name(checkpoint.step()) + ".tabula"));
    checkpoint.write(latest());
  }
}
