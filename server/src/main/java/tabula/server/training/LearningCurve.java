package tabula.server.training;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A run's learning curve as a picture in SVG: strength above, losses below, by minutes. */
final class LearningCurve {

  private static final int WIDTH = 760;
  private static final int LEFT = 64;
  private static final int RIGHT = 24;
  private static final int PANEL = 190;

  private LearningCurve() {}

  private record Point(double minutes, double value) {}

  private record Line(String name, String colour, String dash, List<Point> points) {}

  static String draw(String title, List<JsonNode> gates, List<JsonNode> progress) {
    double minutes = 1e-3;
    for (JsonNode line : progress) {
      minutes = Math.max(minutes, line.path("seconds").asDouble() / 60);
    }
    for (JsonNode line : gates) {
      minutes = Math.max(minutes, line.path("seconds").asDouble() / 60);
    }
    List<Line> strength =
        List.of(
            new Line(
                "points against mcts:1000", "#0b6e4f", "", points(gates, "scoreAgainstMcts1000")),
            new Line(
                "points against the best before",
                "#b5651d",
                "5 4",
                points(gates, "scoreAgainstBest")));
    List<Line> losses =
        List.of(
            new Line("policy loss", "#1f4e8c", "", points(progress, "policyLoss")),
            new Line("value loss", "#9c2c77", "5 4", points(progress, "valueLoss")));
    double highestLoss = 0.1;
    for (Line line : losses) {
      for (Point point : line.points()) {
        highestLoss = Math.max(highestLoss, point.value());
      }
    }
    StringBuilder svg = new StringBuilder();
    int height = 60 + 2 * (PANEL + 60);
    svg.append(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" font-family=\"system-ui, sans-serif\" font-size=\"13\">\n"
            .formatted(WIDTH, height));
    svg.append("<title>%s: learning curve</title>\n".formatted(title));
    svg.append("<rect width=\"100%\" height=\"100%\" fill=\"#fffdf8\"/>\n");
    svg.append(
        "<text x=\"%d\" y=\"30\" font-size=\"18\" font-weight=\"600\" fill=\"#222\">%s: learning from nothing</text>\n"
            .formatted(LEFT, title));
    panel(svg, 60, minutes, 1, true, strength);
    panel(svg, 60 + PANEL + 60, minutes, highestLoss, false, losses);
    return svg.append("</svg>\n").toString();
  }

  private static List<Point> points(List<JsonNode> lines, String field) {
    List<Point> points = new ArrayList<>();
    for (JsonNode line : lines) {
      double value = line.path(field).asDouble(-1);
      // A loss of 0 stands for "no step yet".
      if (value > 0 || (value == 0 && line.path("kind").asText().equals("gate"))) {
        points.add(new Point(line.path("seconds").asDouble() / 60, value));
      }
    }
    return points;
  }

  private static void panel(
      StringBuilder svg, int top, double minutes, double highest, boolean share, List<Line> lines) {
    int right = WIDTH - RIGHT;
    for (int tick = 0; tick <= 4; tick++) {
      double y = top + PANEL - PANEL * tick / 4.0;
      double value = highest * tick / 4;
      svg.append(
          format(
              "<line x1=\"%d\" x2=\"%d\" y1=\"%.1f\" y2=\"%.1f\" stroke=\"#e4ddcf\"/>\n",
              LEFT, right, y, y));
      svg.append(
          format(
              "<text x=\"%d\" y=\"%.1f\" text-anchor=\"end\" fill=\"#555\">%s</text>\n",
              LEFT - 8, y + 4, share ? format("%.0f%%", 100 * value) : format("%.2f", value)));
    }
    double step = step(minutes);
    for (double minute = 0; minute <= minutes + 1e-9; minute += step) {
      svg.append(
          format(
              "<text x=\"%.1f\" y=\"%d\" text-anchor=\"middle\" fill=\"#555\">%s min</text>\n",
              x(minute, minutes),
              top + PANEL + 20,
              minute == Math.rint(minute) ? format("%.0f", minute) : format("%.1f", minute)));
    }
    int legend = LEFT;
    for (Line line : lines) {
      svg.append(
          format(
              "<line x1=\"%d\" x2=\"%d\" y1=\"%d\" y2=\"%d\" stroke=\"%s\" stroke-width=\"2.5\""
                  + " stroke-dasharray=\"%s\"/>\n",
              legend, legend + 26, top - 14, top - 14, line.colour(), line.dash()));
      svg.append(
          format(
              "<text x=\"%d\" y=\"%d\" fill=\"#222\">%s</text>\n",
              legend + 32, top - 10, line.name()));
      legend += 60 + 7 * line.name().length();
      StringBuilder path = new StringBuilder();
      for (Point point : line.points()) {
        double y = top + PANEL - PANEL * Math.min(1, point.value() / highest);
        path.append(path.isEmpty() ? "M" : "L")
            .append(format("%.1f %.1f ", x(point.minutes(), minutes), y));
      }
      if (!path.isEmpty()) {
        svg.append(
            format(
                "<path d=\"%s\" fill=\"none\" stroke=\"%s\" stroke-width=\"2\""
                    + " stroke-dasharray=\"%s\"/>\n",
                path.toString().strip(), line.colour(), line.dash()));
      }
    }
  }

  private static double x(double minute, double minutes) {
    return LEFT + (WIDTH - LEFT - RIGHT) * minute / minutes;
  }

  /** A round number of minutes between ticks, for at most 10 of them. */
  private static double step(double minutes) {
    for (double step : new double[] {0.1, 0.2, 0.5, 1, 2, 5, 10, 15, 30, 60, 120, 240, 480, 1440}) {
      if (minutes / step <= 10) {
        return step;
      }
    }
    return minutes / 10;
  }

  private static String format(String form, Object... values) {
    return String.format(Locale.ROOT, form, values);
  }
}
