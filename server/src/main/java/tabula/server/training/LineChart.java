package tabula.server.training;

import java.util.List;
import java.util.Locale;
import java.util.stream.DoubleStream;

/** Lines over minutes or steps as a picture in SVG, one panel below the other. */
final class LineChart {

  private static final int WIDTH = 760;
  private static final int LEFT = 64;
  private static final int RIGHT = 24;
  private static final int TOP = 60;
  private static final int PANEL = 190;
  private static final int GAP = 76;

  /** Into how many parts at most rules divide a panel. */
  private static final int PARTS = 6;

  private LineChart() {}

  /** What the lines run over. */
  enum Across {
    MINUTES("minutes"),
    STEPS("steps");

    private final String unit;

    Across(String unit) {
      this.unit = unit;
    }

    private DoubleStream ticks() {
      return switch (this) {
        case MINUTES ->
            DoubleStream.of(0.1, 0.2, 0.5, 1, 2, 5, 10, 15, 30, 60, 120, 240, 480, 1440);
        case STEPS -> DoubleStream.of(10, 20, 50, 100, 200, 500, 1000, 2000, 5000, 10_000, 20_000);
      };
    }

    /** A round distance between ticks, for at most 10 of them. */
    private double tick(double end) {
      return ticks().filter(tick -> end / tick <= 10).findFirst().orElse(end / 10);
    }
  }

  record Point(double at, double value) {}

  /**
   * A line.
   *
   * @param dash as in SVG's {@code stroke-dasharray}; empty draws it through
   */
  record Line(String name, String colour, String dash, List<Point> points) {}

  /** A level to compare the lines with. */
  record Level(String name, double value) {}

  /** How the numbers at the side are written. */
  enum Unit {
    SHARE,
    NUMBER,
    COUNT;

    String format(double value) {
      return switch (this) {
        case SHARE -> LineChart.format("%.0f%%", 100 * value);
        case NUMBER -> LineChart.format("%.2f", value);
        case COUNT -> LineChart.format("%,.0f", value);
      };
    }
  }

  /**
   * Lines that share an axis from {@code lowest} to {@code highest}, with a rule every {@code
   * step}.
   */
  record Panel(
      Unit unit, double lowest, double highest, double step, List<Line> lines, List<Level> levels) {

    /** A panel whose axis ends at the round numbers around {@code from} and {@code to}. */
    static Panel around(Unit unit, double from, double to, List<Line> lines, List<Level> levels) {
      double least = Math.max(to - from, 1e-6) / PARTS;
      double power = Math.pow(10, Math.floor(Math.log10(least)));
      double step =
          DoubleStream.of(1, 2, 5, 10)
              .map(factor -> factor * power)
              .filter(each -> each >= least)
              .findFirst()
              .orElse(least);
      double lowest = Math.floor(from / step + 1e-9) * step;
      double highest = Math.ceil(to / step - 1e-9) * step;
      return new Panel(unit, lowest, highest, step, lines, levels);
    }

    private double y(int top, double value) {
      double share = (value - lowest) / (highest - lowest);
      return top + PANEL - PANEL * Math.clamp(share, 0, 1);
    }
  }

  /**
   * Draws it.
   *
   * @param end where the lines end at the latest, in what they run over
   */
  static String draw(String title, Across across, double end, List<Panel> panels) {
    StringBuilder svg = new StringBuilder();
    svg.append(
        format(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\""
                + " font-family=\"system-ui, sans-serif\" font-size=\"13\">\n",
            WIDTH, TOP + panels.size() * (PANEL + GAP)));
    svg.append(format("<title>%s</title>\n", escaped(title)));
    svg.append("<rect width=\"100%\" height=\"100%\" fill=\"#fffdf8\"/>\n");
    svg.append(
        format(
            "<text x=\"%d\" y=\"30\" font-size=\"18\" font-weight=\"600\""
                + " fill=\"#222\">%s</text>\n",
            LEFT, escaped(title)));
    for (int i = 0; i < panels.size(); i++) {
      panel(svg, TOP + i * (PANEL + GAP), across, end, panels.get(i));
    }
    return svg.append("</svg>\n").toString();
  }

  private static void panel(StringBuilder svg, int top, Across across, double end, Panel panel) {
    for (double value = panel.lowest; value <= panel.highest + 1e-9; value += panel.step) {
      rule(svg, panel.y(top, value), "#e4ddcf", "");
      svg.append(
          format(
              "<text x=\"%d\" y=\"%.1f\" text-anchor=\"end\" fill=\"#555\">%s</text>\n",
              LEFT - 8, panel.y(top, value) + 4, panel.unit.format(value)));
    }
    double tick = across.tick(end);
    for (double at = 0; at <= end + 1e-9; at += tick) {
      svg.append(
          format(
              "<text x=\"%.1f\" y=\"%d\" text-anchor=\"middle\" fill=\"#555\">%s</text>\n",
              x(at, end),
              top + PANEL + 20,
              at == Math.rint(at) ? format("%,.0f", at) : format("%.1f", at)));
    }
    svg.append(
        format(
            "<text x=\"%d\" y=\"%d\" text-anchor=\"end\" fill=\"#555\">%s</text>\n",
            WIDTH - RIGHT, top + PANEL + 38, across.unit));
    for (Level level : panel.levels) {
      double y = panel.y(top, level.value);
      rule(svg, y, "#888", "1 4");
      svg.append(
          format(
              "<text x=\"%d\" y=\"%.1f\" text-anchor=\"end\" font-size=\"11\""
                  + " fill=\"#555\">%s</text>\n",
              WIDTH - RIGHT, y - 4, level.name));
    }
    int legend = LEFT;
    for (Line line : panel.lines) {
      svg.append(
          format(
              "<line x1=\"%d\" x2=\"%d\" y1=\"%d\" y2=\"%d\" stroke=\"%s\" stroke-width=\"2.5\""
                  + " stroke-dasharray=\"%s\"/>\n",
              legend, legend + 26, top - 14, top - 14, line.colour, line.dash));
      svg.append(
          format(
              "<text x=\"%d\" y=\"%d\" fill=\"#222\">%s</text>\n",
              legend + 32, top - 10, escaped(line.name)));
      legend += 50 + 7 * line.name.length();
      path(svg, top, end, panel, line);
    }
  }

  private static void rule(StringBuilder svg, double y, String colour, String dash) {
    svg.append(
        format(
            "<line x1=\"%d\" x2=\"%d\" y1=\"%.1f\" y2=\"%.1f\" stroke=\"%s\""
                + " stroke-dasharray=\"%s\"/>\n",
            LEFT, WIDTH - RIGHT, y, y, colour, dash));
  }

  private static void path(StringBuilder svg, int top, double end, Panel panel, Line line) {
    StringBuilder path = new StringBuilder();
    for (Point point : line.points) {
      path.append(path.isEmpty() ? "M" : "L")
          .append(format("%.1f %.1f ", x(point.at, end), panel.y(top, point.value)));
    }
    if (!path.isEmpty()) {
      svg.append(
          format(
              "<path d=\"%s\" fill=\"none\" stroke=\"%s\" stroke-width=\"2\""
                  + " stroke-dasharray=\"%s\"/>\n",
              path.toString().strip(), line.colour, line.dash));
    }
  }

  private static double x(double at, double end) {
    return LEFT + (WIDTH - LEFT - RIGHT) * at / end;
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;");
  }

  private static String format(String format, Object... arguments) {
    return String.format(Locale.ROOT, format, arguments);
  }
}
