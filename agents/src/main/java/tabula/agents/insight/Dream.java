package tabula.agents.insight;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tabula.agents.insight.RelaxedBoard.Pieces;
import tabula.games.GameRecord;
import tabula.games.Position;

/**
 * A position that changes, step by step, towards what a layer or an output is excited by. What the
 * board shows on the way is rounded to whole pieces; a frame is legal where play reaches that.
 */
public final class Dream {

  private static final int FRAMES = 33;
  private static final int STEPS_A_FRAME = 2;

  /** Rounded boards within so much of a position are that position. */
  private static final double SAME = 1e-6;

  private Dream() {}

  /**
   * A moment of it.
   *
   * @param own what there is of pieces of the side to move: [squares of the board], each in [0, 1]
   * @param opponent the same of the opponent's
   * @param score the number on that board
   * @param legal moves that lead to what it shows if rounded; null if none were found
   * @param legalScore the number for that position
   */
  public record Frame(
      float[] own,
      float[] opponent,
      double score,
      @Nullable GameRecord legal,
      @Nullable Double legalScore) {}

  public static List<Frame> of(OpenNetwork network, GameRecord record, Objective objective) {
    Position position = record.position();
    float[] planes = network.planes(position);
    List<Frame> frames = new ArrayList<>();
    Pieces shown = Pieces.of(planes, position).rounded();
    @Nullable GameRecord legal = record;
    while (true) {
      Pieces pieces = Pieces.of(planes, position);
      Pieces rounded = pieces.rounded();
      if (!rounded.isSame(shown)) {
        shown = rounded;
        NearestPosition.Found nearest =
            NearestPosition.to(network.game(), rounded, position.sideToMove());
        legal = nearest.distance() < SAME ? nearest.record() : null;
      }
      frames.add(
          new Frame(
              pieces.own(),
              pieces.opponent(),
              network.scores(planes, objective)[0],
              legal,
              legal == null
                  ? null
                  : Double.valueOf(
                      network.scores(network.planes(legal.position()), objective)[0])));
      if (frames.size() == FRAMES) {
        return frames;
      }
      for (int step = 0; step < STEPS_A_FRAME; step++) {
        RelaxedBoard.climb(network.game(), planes, network.gradients(planes, objective).planes());
      }
    }
  }
}
