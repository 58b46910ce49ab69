package tabula.games.gomoku;

import java.util.List;
import tabula.games.Board;
import tabula.games.Game;
import tabula.games.PlanesShape;
import tabula.games.Position;
import tabula.games.Squares;
import tabula.games.record.RecordFormat;
import tabula.games.record.SgfFormat;

/**
 * Freestyle Gomoku: a stone on any free point, and five in a row or more win. Action {@code row *
 * size + column} with row 0 at the bottom; moves are written a1 to o15.
 */
public final class Gomoku implements Game {

  public static final Gomoku NINE = new Gomoku(9);
  public static final Gomoku FIFTEEN = new Gomoku(15);

  final int size;
  private final Board board;
  private final PlanesShape shape;
  private final long[] points = new long[Stones.WORDS];
  private final Position initial;
  private final List<RecordFormat> formats;

  private Gomoku(int size) {
    this.size = size;
    this.board = new Board(Board.Kind.POINT, size, size);
    this.shape = new PlanesShape(size, size, 4);
    for (int row = 0; row < size; row++) {
      int bit = row * Stones.STRIDE;
      points[bit / Long.SIZE] |= ((1L << size) - 1) << bit;
    }
    this.initial = new GomokuPosition(this, 0, 0, 0, 0, 0, 0, 0, 0, false);
    this.formats = List.of(new SgfFormat(this, 4, null, SgfFormat.POINTS));
  }

  /** A word of all points of the board: see {@link Stones}. */
  long points(int word) {
    return points[word];
  }

  @Override
  public String id() {
    return "gomoku-" + size;
  }

  @Override
  public String title() {
    return "Gomoku %dx%d".formatted(size, size);
  }

  @Override
  public Position initialPosition() {
    return initial;
  }

  @Override
  public int actionCount() {
    return size * size;
  }

  @Override
  public PlanesShape shape() {
    return shape;
  }

  @Override
  public Board board() {
    return board;
  }

  @Override
  public int symmetryCount() {
    return Squares.SYMMETRIES;
  }

  @Override
  public int transformAction(int action, int symmetry) {
    return Squares.transform(action, size, symmetry);
  }

  @Override
  public int maxPlies() {
    return size * size;
  }

  @Override
  public String formatMove(Position position, int action) {
    return Squares.name(action, size);
  }

  @Override
  public int parseMove(Position position, String move) {
    return Squares.parse(move, size, size);
  }

  @Override
  public String whyIllegal(Position position, int action) {
    return "Point %s is taken.".formatted(formatMove(position, action));
  }

  @Override
  public String moveSeparator() {
    return " ";
  }

  @Override
  public List<RecordFormat> recordFormats() {
    return formats;
  }
}
