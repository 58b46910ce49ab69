package tabula.server.training;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tabula.server.training.LineChart.Across;
import tabula.server.training.LineChart.Line;
import tabula.server.training.LineChart.Panel;
import tabula.server.training.LineChart.Point;
import tabula.server.training.LineChart.Unit;

/**
 * The errors of runs on games that they never learnt from and on those that they did, as a picture
 * in SVG by steps: how well what was learnt holds.
 */
public final class ErrorCurves {

  /** How many runs one picture can tell apart. */
  public static final int MOST_RUNS = 8;

  private static final List<String> COLOURS =
      List.of(
          "#222222", "#0b6e4f", "#1f4e8c", "#b5651d", "#5b3fa0", "#9c2c77", "#6b7d0f", "#b3261e");
  private static final List<String> DASHES =
      List.of("", "7 3", "2 3", "8 3 2 3", "12 4", "4 2", "1 2", "6 2 1 2");

  private ErrorCurves() {}

  /** One run: both its errors, of the moves above and of the value below. */
  static String draw(String title, List<JsonNode> metrics) {
    List<Panel> panels = new ArrayList<>();
    for (String loss : List.of("PolicyLoss", "ValueLoss")) {
      String of = loss.equals("PolicyLoss") ? "moves" : "value";
      panels.add(
          panel(
              List.of(
                  line("%s, held-out games".formatted(of), 0, metrics, "heldOut" + loss),
                  line("%s, games learnt from".formatted(of), 1, metrics, "training" + loss))));
    }
    return LineChart.draw(title, Across.STEPS, end(List.of(metrics)), panels);
  }

  /**
   * Several runs beside each other.
   *
   * @param runs by the name that each has in the picture, {@link #MOST_RUNS} at most
   * @param loss PolicyLoss or ValueLoss
   */
  public static String compare(String title, Map<String, RunFiles> runs, String loss)
      throws IOException {
    Map<String, List<JsonNode>> metrics = new LinkedHashMap<>();
    for (Map.Entry<String, RunFiles> run : runs.entrySet()) {
      metrics.put(run.getKey(), run.getValue().readMetrics());
    }
    List<Panel> panels = new ArrayList<>();
    for (String error : List.of("heldOut", "training")) {
      List<Line> lines = new ArrayList<>();
      metrics.forEach((name, of) -> lines.add(line(name, lines.size(), of, error + loss)));
      panels.add(panel(lines));
    }
    return LineChart.draw(title, Across.STEPS, end(metrics.values()), panels);
  }

  private static Line line(String name, int style, List<JsonNode> metrics, String field) {
    List<Point> points =
        metrics.stream()
            .filter(each -> each.path("kind").asText().equals("progress") && each.has(field))
            .map(
                each ->
                    new Point(each.path("examinedStep").asDouble(), each.path(field).asDouble()))
            .toList();
    return new Line(name, COLOURS.get(style), DASHES.get(style), points);
  }

  /** From the lowest error to the highest but for the first two, which would leave no room. */
  private static Panel panel(List<Line> lines) {
    double highest =
        lines.stream()
            .flatMap(line -> line.points().stream().skip(2))
            .mapToDouble(Point::value)
            .max()
            .orElse(1);
    double lowest =
        lines.stream()
            .flatMap(line -> line.points().stream())
            .mapToDouble(Point::value)
            .min()
            .orElse(0);
    return Panel.around(Unit.NUMBER, lowest, Math.max(highest, lowest + 0.01), lines, List.of());
  }

  private static double end(Iterable<List<JsonNode>> runs) {
    double end = 1;
    for (List<JsonNode> metrics : runs) {
      for (JsonNode line : metrics) {
        end = Math.max(end, line.path("step").asDouble());
      }
    }
    return end;
  }
}
