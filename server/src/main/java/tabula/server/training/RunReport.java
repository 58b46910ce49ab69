package tabula.server.training;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Locale;

/** What is left of a run at its end: a short report, and its learning curve as a picture. */
public final class RunReport {

  private RunReport() {}

  /**
   * Writes {@code report.md} and {@code curve.svg} from the run's metrics, and returns its figures.
   */
  public static ObjectNode write(RunFiles files) throws IOException {
    List<JsonNode> metrics = files.readMetrics();
    RunFiles.Header header = files.readHeader();
    List<JsonNode> gates = of(metrics, "gate");
    List<JsonNode> progress = of(metrics, "progress");
    JsonNode last = progress.isEmpty() ? JsonNodeFactory.instance.objectNode() : progress.getLast();

    ObjectNode report = JsonNodeFactory.instance.objectNode();
    report.put("game", header.game().id());
    report.put("network", header.config().network());
    report.put("seed", header.seed());
    report.put("minutes", Math.round(last.path("seconds").asDouble() / 6) / 10.0);
    report.put("games", last.path("games").asLong());
    report.put("examples", last.path("examples").asLong());
    report.put("steps", last.path("step").asLong());
    report.put("policyLoss", last.path("policyLoss").asDouble());
    report.put("valueLoss", last.path("valueLoss").asDouble());
    if (!gates.isEmpty()) {
      gates.getLast().properties().stream()
          .filter(field -> field.getKey().startsWith("scoreAgainstMcts"))
          .forEach(field -> report.set(field.getKey(), field.getValue()));
      report.put("gateVisits", header.config().gateVisits());
      report.put("gateGames", gates.getLast().path("gateGames").asInt());
    }
    of(metrics, "stoppedEarly")
        .forEach(
            line ->
                report.put(
                    "ended",
                    "early, after step %,d, as the error on held-out games fell no more: step %,d had the lowest"
                        .formatted(line.path("step").asLong(), line.path("bestStep").asLong())));
    report.put("latest", files.latest().toString());
    report.put("best", files.best().toString());
    Files.writeString(files.curve(), LearningCurve.draw(header.game().title(), gates, progress));
    Files.writeString(
        files.report(), "# A training run\n\n![Learning curve](curve.svg)\n\n" + table(report));
    return report;
  }

  private static List<JsonNode> of(List<JsonNode> metrics, String kind) {
    return metrics.stream().filter(line -> line.path("kind").asText().equals(kind)).toList();
  }

  private static String table(ObjectNode report) {
    StringBuilder table = new StringBuilder("| | |\n| --- | --- |\n");
    report
        .properties()
        .forEach(
            field ->
                table.append(
                    "| %s | %s |\n".formatted(label(field.getKey()), shown(field.getValue()))));
    return table.toString();
  }

  /** {@code scoreAgainstMcts1000} as words. */
  private static String label(String field) {
    String words = field.replaceAll("([A-Z0-9]+)", " $1").toLowerCase(Locale.ROOT);
    return words.replace("mcts 1000", "mcts:1000");
  }

  private static String shown(JsonNode value) {
    return value.isIntegralNumber()
        ? "%,d".formatted(value.asLong())
        : value.isNumber() ? "%.3f".formatted(value.asDouble()) : value.asText();
  }

  /** The report as lines for a terminal. */
  public static String forPeople(ObjectNode report, RunFiles files) {
    StringBuilder text = new StringBuilder();
    report
        .properties()
        .forEach(
            field ->
                text.append(
                    "%-27s %s%n".formatted(label(field.getKey()), shown(field.getValue()))));
    text.append("%-27s %s%n".formatted("learning curve", files.curve()));
    return text.append(
            "%-27s scripts/tabula match %s 'net:%s?visits=100' mcts:1000%n"
                .formatted("try it", report.path("game").asText(), files.best()))
        .toString()
        .stripTrailing();
  }
}
