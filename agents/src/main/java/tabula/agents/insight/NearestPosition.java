package tabula.agents.insight;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tabula.agents.insight.RelaxedBoard.Pieces;
import tabula.games.Game;
import tabula.games.GameRecord;
import tabula.games.Position;
import tabula.games.Side;

/**
 * Looks for the position that is most like a board that need not be one, among those that play
 * reaches: a beam of games, of which at every ply the likest go on. What it finds is legal; that it
 * is the nearest of all is not proven.
 */
final class NearestPosition {

  private static final int BEAM = 16;

  /** The search ends once so many plies brought it no nearer. */
  private static final int PATIENCE = 8;

  private NearestPosition() {}

  /** A position, and how far it is from what was looked for. */
  record Found(GameRecord record, double distance) {}

  private record Line(int[] actions, Position position, double distance) {}

  /** A position in which a side moves, for the squares that it sees; any will do. */
  static Position view(Game game, Side mover) {
    Position start = game.initialPosition();
    return mover == Side.FIRST ? start : start.play(start.legalActions()[0]);
  }

  /** The nearest for either side to move. */
  static Found to(Game game, float[] planes) {
    Found first = to(game, Pieces.of(planes, view(game, Side.FIRST)), Side.FIRST);
    Found second = to(game, Pieces.of(planes, view(game, Side.SECOND)), Side.SECOND);
    return first.distance() <= second.distance() ? first : second;
  }

  /** The nearest in which {@code mover} moves, and the game is not over. */
  static Found to(Game game, Pieces pieces, Side mover) {
    Position start = game.initialPosition();
    List<Line> beam = List.of(new Line(new int[0], start, pieces.distance(start, mover)));
    @Nullable Line best = null;
    int sinceBest = 0;
    while (!beam.isEmpty() && sinceBest < PATIENCE) {
      sinceBest++;
      for (Line line : beam) {
        if (line.position().sideToMove() == mover
            && (best == null || line.distance() < best.distance())) {
          best = line;
          sinceBest = 0;
        }
      }
      beam = next(beam, pieces, mover);
    }
    if (best == null) {
      throw new IllegalStateException("%s never moves in %s.".formatted(mover, game.title()));
    }
    return new Found(new GameRecord(best.actions(), best.position()), best.distance());
  }

  private static List<Line> next(List<Line> beam, Pieces pieces, Side mover) {
    Set<Position> seen = new HashSet<>();
    List<Line> lines = new ArrayList<>();
    for (Line line : beam) {
      for (int action : line.position().legalActions()) {
        Position position = line.position().play(action);
        if (!position.isOver() && seen.add(position)) {
          int[] actions = Arrays.copyOf(line.actions(), line.actions().length + 1);
          actions[actions.length - 1] = action;
          lines.add(new Line(actions, position, pieces.distance(position, mover)));
        }
      }
    }
    lines.sort(Comparator.comparingDouble(Line::distance));
    return lines.subList(0, Math.min(BEAM, lines.size()));
  }
}
