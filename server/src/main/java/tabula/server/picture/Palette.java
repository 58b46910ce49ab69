package tabula.server.picture;

import tabula.games.Board;
import tabula.games.Side;

/**
 * The colours of a kind of board: those of the page, where it is light.
 *
 * @param frame around the squares
 * @param ground a square, or what a hole lets through
 * @param lines between squares
 * @param label numbers and letters at the edge
 * @param win around the squares that decided
 */
record Palette(
    Piece first,
    Piece second,
    String frame,
    String ground,
    String lines,
    String label,
    String win) {

  /** What lies around a board that has no frame of its own. */
  static final String PAPER = "#f3ede1";

  static final String DARK_SQUARE = "#b98a5e";
  static final String FELT = "#2c7a51";

  /** Where the last move came from and went to. */
  static final String TRACE = "#f2c94c";

  /** Around the ring that marks what decided, on a board with holes. */
  static final String WIN_EDGE = "#0b1a30";

  /**
   * @param line what is drawn on a piece
   */
  record Piece(String fill, String edge, String line) {
    private Piece(String fill, String edge) {
      this(fill, edge, edge);
    }
  }

  private static final Piece RED = new Piece("#d8452f", "#a52d1b", "#ffffff");
  private static final Piece YELLOW = new Piece("#f2bd3d", "#b98511", "#7a5506");
  private static final Piece BLUE = new Piece("#2f74c9", "#1c4d8d", "#ffffff");
  private static final Piece RING = new Piece("#27508c", "#27508c");
  private static final Piece LIGHT_WOOD = new Piece("#fbf4e2", "#8a7656");
  private static final Piece DARK_WOOD = new Piece("#4a3b30", "#1f1712", "#cbb9a4");
  private static final Piece BLACK = new Piece("#24272c", "#0c0d0f");
  private static final Piece WHITE = new Piece("#fdfbf4", "#9a958a");

  Piece of(Side side) {
    return side == Side.FIRST ? first : second;
  }

  static Palette of(Board.Kind kind) {
    return switch (kind) {
      case DROP -> new Palette(RED, YELLOW, "#27508c", "#e9e2d3", "#27508c", "#dfe8f5", "#ffffff");
      case PLACE -> new Palette(RED, RING, "#d9cfbd", "#f8f1e2", "#d9cfbd", "#665d50", "#1f5f4a");
      case STEP, CHESS ->
          new Palette(LIGHT_WOOD, DARK_WOOD, "#5b4632", "#eed9b6", "#5b4632", "#f0dfc4", "#f2c94c");
      case DRAUGHTS ->
          new Palette(DARK_WOOD, LIGHT_WOOD, "#5b4632", "#eed9b6", "#5b4632", "#f0dfc4", "#f2c94c");
      case FLIP -> new Palette(BLACK, WHITE, "#5b4632", FELT, "#1b4f34", "#f0dfc4", "#f2c94c");
      case POINT, SURROUND ->
          new Palette(BLACK, WHITE, "#dcb878", "#dcb878", "#7d5f2f", "#5d4620", "#f2c94c");
      case HEX -> new Palette(RED, BLUE, PAPER, "#f8f1e2", "#9c9484", "#665d50", "#f2c94c");
    };
  }
}
