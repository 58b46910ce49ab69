package tabula.games.othello;

import java.util.List;
import tabula.games.Board;
import tabula.games.Game;
import tabula.games.PlanesShape;
import tabula.games.Position;
import tabula.games.Squares;
import tabula.games.record.GgfFormat;
import tabula.games.record.RecordFormat;
import tabula.games.record.TranscriptFormat;

/**
 * Othello. A disc must be placed so that it and another of its colour enclose discs of the other
 * colour in a line: those turn over. Who cannot must pass; the game ends when neither side can
 * place, and more discs win.
 *
 * <p>Action {@code row * size + column} places a disc, with row 0 at the bottom; the last action
 * passes, and is legal only where nothing else is. Moves are written {@code d3}, and {@code pass}.
 */
public final class Othello implements Game {

  public static final Othello SIX = new Othello(6);
  public static final Othello EIGHT = new Othello(8);

  private static final String PASS = "pass";

  final int size;

  final long squares;
  final long inner;

  private final Board board;
  private final PlanesShape shape;
  private final Position initial;
  private final List<RecordFormat> formats;

  private Othello(int size) {
    this.size = size;
    long row = (1L << size) - 1;
    long rows = 0;
    for (int i = 0; i < size; i++) {
      rows |= 1L << (i * Byte.SIZE);
    }
    this.squares = row * rows;
    this.inner = ((row >>> 2) << 1) * rows;
    this.board = new Board(Board.Kind.FLIP, size, size);
    this.shape = new PlanesShape(size, size, 5);
    this.initial = OthelloPosition.initial(this);
    this.formats = List.of(new GgfFormat(this), new TranscriptFormat(this, pass()));
  }

  /** The bitboard's squares that are on the board: each row is a byte. */
  public long squares() {
    return squares;
  }

  /** Those that are neither in the first file nor in the last. */
  public long inner() {
    return inner;
  }

  @Override
  public String id() {
    return size == 8 ? "othello" : "othello-" + size;
  }

  @Override
  public String title() {
    return size == 8 ? "Othello" : "Othello %dx%d".formatted(size, size);
  }

  @Override
  public Position initialPosition() {
    return initial;
  }

  @Override
  public int actionCount() {
    return pass() + 1;
  }

  int pass() {
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
    return action == pass() ? action : Squares.transform(action, size, symmetry);
  }

  /** A disc a move, and no pass follows another. */
  @Override
  public int maxPlies() {
    return 2 * (size * size - 4);
  }

  @Override
  public String formatMove(Position position, int action) {
    return action == pass() ? PASS : Squares.name(action, size);
  }

  @Override
  public int parseMove(Position position, String move) {
    return move.equals(PASS) ? pass() : Squares.parse(move, size, size);
  }

  @Override
  public String whyIllegal(Position position, int action) {
    if (action == pass()) {
      return "Nobody may pass who can place a disc.";
    }
    return position.pieceAt(action) == null
        ? "A disc on %s turns none over.".formatted(formatMove(position, action))
        : "Square %s is taken.".formatted(formatMove(position, action));
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
