package tabula.server.training;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import tabula.server.training.LineChart.Across;
import tabula.server.training.LineChart.Level;
import tabula.server.training.LineChart.Line;
import tabula.server.training.LineChart.Panel;
import tabula.server.training.LineChart.Point;
import tabula.server.training.LineChart.Unit;

/** A run's checkpoints measured against the truth, as a picture in SVG by minutes. */
public final class StrengthCurve {

  /**
   * What plain tree search with random rollouts keeps of the value where the choice matters, by
   * simulations a move, measured on this kind of machine.
   */
  private static final List<Level> PLAIN_SEARCH =
      List.of(
          new Level("plain search, 100 simulations", 0.825),
          new Level("plain search, 10,000", 0.941));

  /** Recorded moves/s of a {@code residual:32x3} at 32 simulations, on this kind of machine. */
  private static final List<Level> OPEN_SPIEL =
      List.of(new Level("OpenSpiel (C++), 32 simulations every move", 1180));

  private static final List<String> COLOURS = List.of("#0b6e4f", "#1f4e8c", "#b5651d", "#5b3fa0");
  private static final List<String> DASHES = List.of("", "5 4", "2 3", "8 3 2 3");

  private StrengthCurve() {}

  /**
   * A measured checkpoint.
   *
   * @param keepsValue by visits, 0 for the policy alone: the share of moves that keep the game's
   *     value where the choice matters
   */
  public record Measured(double minutes, Map<Integer, Double> keepsValue) {}

  /** Draws it into the run's folder, and returns the file. */
  public static Path write(RunFiles files, List<Measured> checkpoints) throws IOException {
    Map<Integer, List<Point>> byVisits = new TreeMap<>();
    for (Measured checkpoint : checkpoints) {
      checkpoint
          .keepsValue()
          .forEach(
              (visits, share) ->
                  byVisits
                      .computeIfAbsent(visits, any -> new ArrayList<>())
                      .add(new Point(checkpoint.minutes(), share)));
    }
    List<Line> strength = new ArrayList<>();
    byVisits.forEach(
        (visits, points) -> {
          int style = strength.size() % COLOURS.size();
          strength.add(
              new Line(
                  visits == 0 ? "policy alone" : "%,d visits".formatted(visits),
                  COLOURS.get(style),
                  DASHES.get(style),
                  points));
        });
    List<Point> speed = new ArrayList<>();
    for (JsonNode line : files.readMetrics()) {
      if (line.path("movesPerSecond").asDouble() > 0) {
        speed.add(
            new Point(
                line.path("seconds").asDouble() / 60, line.path("movesPerSecond").asDouble()));
      }
    }
    double minutes = 0.1;
    double fastest = 2000;
    for (Point point : speed) {
      minutes = Math.max(minutes, point.at());
      fastest = Math.max(fastest, point.value());
    }
    Path file = files.folder().resolve("strength.svg");
    Files.writeString(
        file,
        LineChart.draw(
            files.readHeader().game().title() + ": moves that keep the game's value",
            Across.MINUTES,
            minutes,
            List.of(
                Panel.around(Unit.SHARE, 0.7, 1, strength, PLAIN_SEARCH),
                Panel.around(
                    Unit.COUNT,
                    0,
                    fastest,
                    List.of(new Line("moves/s of self-play", "#9c2c77", "", speed)),
                    OPEN_SPIEL))));
    return file;
  }
}
