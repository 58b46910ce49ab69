package toy;

import tabula.games.Board;
import tabula.games.Game;
import tabula.games.PlanesShape;
import tabula.games.Position;
import tabula.games.Squares;

/** Three in a row on a strip of seven squares. */
public final class Strip implements Game {

  static final int LENGTH = 7;

  private final Board board = new Board(Board.Kind.PLACE, LENGTH, 1);
  private final PlanesShape shape = new PlanesShape(1, LENGTH, 2);
  private final Position initial = new StripPosition(this, 0, 0);

  @Override
  public String id() {
    return "strip";
  }

  @Override
  public String title() {
    return "Strip";
  }

  @Override
  public Position initialPosition() {
    return initial;
  }

  @Override
  public int actionCount() {
    return LENGTH;
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
    return 2;
  }

  @Override
  public int transformAction(int action, int symmetry) {
    return symmetry == 0 ? action : LENGTH - 1 - action;
  }

  @Override
  public int maxPlies() {
    return LENGTH;
  }

  @Override
  public String formatMove(Position position, int action) {
    return Squares.name(action, LENGTH);
  }

  @Override
  public int parseMove(Position position, String move) {
    return Squares.parse(move, LENGTH, 1);
  }

  @Override
  public String moveSeparator() {
    return " ";
  }
}
