package tabula.server.picture;

import java.util.ArrayList;
import java.util.List;
import tabula.games.Board;

/**
 * Where things are on a drawn board whose squares are 100 wide: as on the page.
 *
 * @param turned whether the board is seen from the second player's side
 */
record Layout(Board board, boolean turned) {

  static final double CELL = 100;

  /** A hexagon's outer radius where it is 100 wide. */
  static final double RADIUS = CELL / Math.sqrt(3);

  private static final double EDGE = 14;

  /** Room for numbers and letters beside a board that has none on its squares. */
  private static final double LABELS = 34;

  private static final double NUMBERS = 18;
  private static final double HEX_LEFT = 44;
  private static final double HEX_TOP = 40;

  record Point(double x, double y) {

    /** The corners of a hexagon around it: the lowest first, then counter-clockwise. */
    List<Point> corners(double radius) {
      List<Point> corners = new ArrayList<>();
      for (int i = 0; i < 6; i++) {
        double angle = i * Math.PI / 3;
        corners.add(new Point(x + radius * Math.sin(angle), y + radius * Math.cos(angle)));
      }
      return corners;
    }
  }

  private boolean isOfHexagons() {
    return board.kind() == Board.Kind.HEX;
  }

  /** Whether numbers and letters stand at the left and below. */
  private boolean hasMargins() {
    return board.kind() != Board.Kind.DROP && board.kind() != Board.Kind.PLACE;
  }

  double width() {
    return isOfHexagons()
        ? (board.width() + (board.height() - 1) / 2.0) * CELL + 2 * HEX_LEFT
        : left() + board.width() * CELL + EDGE;
  }

  double height() {
    double below = hasMargins() ? LABELS : board.kind() == Board.Kind.DROP ? EDGE + NUMBERS : EDGE;
    return isOfHexagons()
        ? (board.height() - 1) * 1.5 * RADIUS + 2 * RADIUS + 2 * HEX_TOP
        : EDGE + board.height() * CELL + below;
  }

  private double left() {
    return hasMargins() ? LABELS : EDGE;
  }

  /** The middle of a square, row 0 at the bottom. */
  Point centre(int column, int row) {
    int c = turned ? board.width() - 1 - column : column;
    int r = turned ? board.height() - 1 - row : row;
    return isOfHexagons()
        ? new Point(
            HEX_LEFT + (c + r / 2.0 + 0.5) * CELL,
            HEX_TOP + RADIUS + (board.height() - 1 - r) * 1.5 * RADIUS)
        : new Point(left() + (c + 0.5) * CELL, EDGE + (board.height() - r - 0.5) * CELL);
  }

  /** The points that are marked on a board of lines, for the eye: [column, row] each. */
  List<double[]> starPoints() {
    double middle = (board.width() - 1) / 2.0;
    double near = board.width() > 9 ? 3 : 2;
    double far = board.width() - 1 - near;
    return List.of(
        new double[] {middle, middle},
        new double[] {near, near},
        new double[] {near, far},
        new double[] {far, near},
        new double[] {far, far});
  }
}
