package tabula.agents.insight;

import java.util.Arrays;
import java.util.SplittableRandom;
import tabula.games.Game;
import tabula.games.PlanesShape;
import tabula.games.Position;
import tabula.games.Side;

/**
 * Boards between positions: on each square some of an own piece and some of the opponent's,
 * together at most 1. Gradients can climb there, where between positions there are only jumps. Only
 * the pieces change: the planes that say more of them stay as they were.
 */
final class RelaxedBoard {

  /** By how much of a piece a square changes at a step, at most. */
  private static final double STEP = 0.06;

  private static final double MOST_NOISE = 0.4;

  /** What a step takes from every piece, so that what excites nothing fades. */
  private static final double FADING = 0.004;

  private RelaxedBoard() {}

  /** Boards on which chance put a little everywhere, the rest as it is before the first move. */
  static float[] noise(Game game, int count, SplittableRandom random) {
    PlanesShape shape = game.shape();
    float[] planes = new float[count * shape.size()];
    for (int row = 0; row < count; row++) {
      game.initialPosition().writePlanes(planes, row * shape.size());
    }
    for (int i = 0; i < planes.length; i += shape.channels()) {
      planes[i] = (float) (MOST_NOISE * random.nextDouble());
      planes[i + 1] = (float) (MOST_NOISE * random.nextDouble());
    }
    return planes;
  }

  /**
   * One step up.
   *
   * @param planes [B, H, W, C], changed
   * @param gradient the objective's
   */
  static void climb(Game game, float[] planes, float[] gradient) {
    PlanesShape shape = game.shape();
    for (int row = 0; row < planes.length; row += shape.size()) {
      float highest = Float.MIN_NORMAL;
      for (int i = row; i < row + shape.size(); i += shape.channels()) {
        highest = Math.max(highest, Math.max(Math.abs(gradient[i]), Math.abs(gradient[i + 1])));
      }
      for (int i = row; i < row + shape.size(); i += shape.channels()) {
        float own = moved(planes[i], gradient[i] / highest);
        float opponent = moved(planes[i + 1], gradient[i + 1] / highest);
        // One square holds one piece.
        float both = Math.max(1, own + opponent);
        planes[i] = own / both;
        planes[i + 1] = opponent / both;
      }
    }
  }

  private static float moved(float piece, float gradient) {
    return (float) Math.clamp(piece + STEP * gradient - FADING, 0, 1);
  }

  /**
   * What stands where: [squares of the board, row 0 at the bottom], each in [0, 1].
   *
   * @param own the pieces of the side to move
   */
  record Pieces(float[] own, float[] opponent) {

    /**
     * @param planes [H, W, C]
     * @param view any position in which the same side moves: where squares stand in the planes
     */
    static Pieces of(float[] planes, Position view) {
      PlanesShape shape = view.game().shape();
      float[] own = new float[shape.squares()];
      float[] opponent = new float[shape.squares()];
      for (int square = 0; square < own.length; square++) {
        int at = view.planesCell(square) * shape.channels();
        own[square] = planes[at];
        opponent[square] = planes[at + 1];
      }
      return new Pieces(own, opponent);
    }

    /** Whole pieces: on each square the likeliest of an own one, the opponent's and none. */
    Pieces rounded() {
      float[] roundOwn = new float[own.length];
      float[] roundOpponent = new float[own.length];
      for (int square = 0; square < own.length; square++) {
        float none = 1 - own[square] - opponent[square];
        if (own[square] > Math.max(none, opponent[square])) {
          roundOwn[square] = 1;
        } else if (opponent[square] > Math.max(none, own[square])) {
          roundOpponent[square] = 1;
        }
      }
      return new Pieces(roundOwn, roundOpponent);
    }

    boolean isSame(Pieces other) {
      return Arrays.equals(own, other.own) && Arrays.equals(opponent, other.opponent);
    }

    /** How far a position is from this board if {@code mover} moves: summed over the squares. */
    double distance(Position position, Side mover) {
      double sum = 0;
      for (int square = 0; square < own.length; square++) {
        Side piece = position.pieceAt(square);
        sum +=
            piece == null
                ? own[square] + opponent[square]
                : piece == mover
                    ? 1 - own[square] + opponent[square]
                    : 1 - opponent[square] + own[square];
      }
      return sum;
    }
  }
}
