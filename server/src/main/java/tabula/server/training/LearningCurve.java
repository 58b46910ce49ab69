package tabula.server.training;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import tabula.server.training.LineChart.Across;
import tabula.server.training.LineChart.Line;
import tabula.server.training.LineChart.Panel;
import tabula.server.training.LineChart.Point;
import tabula.server.training.LineChart.Unit;

/** A run's learning curve as a picture in SVG: strength above, losses below, by minutes. */
final class LearningCurve {

  private LearningCurve() {}

  static String draw(String title, List<JsonNode> gates, List<JsonNode> progress) {
    double minutes = 1e-3;
    for (JsonNode line : progress) {
      minutes = Math.max(minutes, line.path("seconds").asDouble() / 60);
    }
    for (JsonNode line : gates) {
      minutes = Math.max(minutes, line.path("seconds").asDouble() / 60);
    }
    List<Line> strength = new ArrayList<>();
    strength.add(line("points against mcts:1000", "#0b6e4f", "", gates, "scoreAgainstMcts1000"));
    strength.add(line("against the best before", "#b5651d", "5 4", gates, "scoreAgainstBest"));
    Line truth = line("policy keeps the value", "#5b3fa0", "2 3", gates, "keepsValueByPolicyAlone");
    if (!truth.points().isEmpty()) {
      strength.add(truth);
    }
    // A loss of 0 stands for "no step yet".
    List<JsonNode> learnt =
        progress.stream().filter(line -> line.path("policyLoss").asDouble() > 0).toList();
    List<Line> losses =
        List.of(
            line("policy loss", "#1f4e8c", "", learnt, "policyLoss"),
            line("value loss", "#9c2c77", "5 4", learnt, "valueLoss"));
    double highestLoss = 0.1;
    for (Line line : losses) {
      for (Point point : line.points()) {
        highestLoss = Math.max(highestLoss, point.value());
      }
    }
    return LineChart.draw(
        title + ": learning from nothing",
        Across.MINUTES,
        minutes,
        List.of(
            Panel.around(Unit.SHARE, 0, 1, strength, List.of()),
            Panel.around(Unit.NUMBER, 0, highestLoss, losses, List.of())));
  }

  private static Line line(
      String name, String colour, String dash, List<JsonNode> lines, String field) {
    List<Point> points =
        lines.stream()
            .filter(line -> line.has(field))
            .map(
                line ->
                    new Point(line.path("seconds").asDouble() / 60, line.path(field).asDouble()))
            .toList();
    return new Line(name, colour, dash, points);
  }
}
