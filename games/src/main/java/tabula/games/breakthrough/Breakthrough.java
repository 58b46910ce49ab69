package tabula.games.breakthrough;

import tabula.games.Board;
import tabula.games.Game;
import tabula.games.PlanesShape;
import tabula.games.Position;
import tabula.games.Squares;

/**
 * Breakthrough on a square board. Each side begins with two full rows; a piece steps one square
 * forward, straight or diagonally, and captures diagonally only. Who reaches the last row or takes
 * every piece wins; there is always a move, so nobody draws.
 *
 * <p>An action is {@code (row * size + column) * 3 + direction} with the row of the piece counted
 * from the home of the side to move, and direction 0 to the left, 1 straight on and 2 to the right:
 * both sides play up the board. Moves are written as both squares, such as {@code a2b3}.
 */
public final class Breakthrough implements Game {

  public static final Breakthrough SIX = new Breakthrough(6);
  public static final Breakthrough EIGHT = new Breakthrough(8);

  static final int DIRECTIONS = 3;

  final int size;
  private final Board board;
  private final PlanesShape shape;
  private final Position initial;

  private Breakthrough(int size) {
    this.size = size;
    this.board = new Board(Board.Kind.STEP, size, size);
    this.shape = new PlanesShape(size, size, 4);
    this.initial = BreakthroughPosition.initial(this);
  }

  @Override
  public String id() {
    return "breakthrough-" + size;
  }

  @Override
  public String title() {
    return "Breakthrough %dx%d".formatted(size, size);
  }

  @Override
  public Position initialPosition() {
    return initial;
  }

  /** No piece that stands on the last row moves. */
  @Override
  public int actionCount() {
    return size * (size - 1) * DIRECTIONS;
  }

  @Override
  public PlanesShape shape() {
    return shape;
  }

  @Override
  public Board board() {
    return board;
  }

  /** The mirror image. */
  @Override
  public int symmetryCount() {
    return 2;
  }

  @Override
  public int transformAction(int action, int symmetry) {
    if (symmetry == 0) {
      return action;
    }
    int square = action / DIRECTIONS;
    int mirrored = square / size * size + size - 1 - square % size;
    return mirrored * DIRECTIONS + DIRECTIONS - 1 - action % DIRECTIONS;
  }

  /** Every piece to the row before the last, and one of them a step further. */
  @Override
  public int maxPlies() {
    return 2 * size * (2 * size - 5) + 1;
  }

  @Override
  public String formatMove(Position position, int action) {
    int from = action / DIRECTIONS;
    int to = from + size + action % DIRECTIONS - 1;
    BreakthroughPosition at = (BreakthroughPosition) position;
    return Squares.name(at.turned(from), size) + Squares.name(at.turned(to), size);
  }

  @Override
  public int parseMove(Position position, String move) {
    if (move.length() != 4) {
      return -1;
    }
    int fromName = Squares.parse(move.substring(0, 2), size, size);
    int toName = Squares.parse(move.substring(2), size, size);
    if (fromName < 0 || toName < 0) {
      return -1;
    }
    BreakthroughPosition at = (BreakthroughPosition) position;
    int from = at.turned(fromName);
    int to = at.turned(toName);
    int direction = to % size - from % size + 1;
    return to / size == from / size + 1 && direction >= 0 && direction < DIRECTIONS
        ? from * DIRECTIONS + direction
        : -1;
  }

  @Override
  public String moveSeparator() {
    return " ";
  }
}
