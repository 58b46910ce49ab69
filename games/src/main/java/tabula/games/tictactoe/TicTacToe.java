package tabula.games.tictactoe;

import tabula.games.Board;
import tabula.games.Game;
import tabula.games.PlanesShape;
import tabula.games.Position;
import tabula.games.Squares;

/**
 * Tic-tac-toe. Action {@code row * 3 + column} with row 0 at the bottom; moves are written a1 to
 * c3, a file first.
 */
public final class TicTacToe implements Game {

  public static final TicTacToe GAME = new TicTacToe();

  static final int SIZE = 3;

  private static final Board BOARD = new Board(Board.Kind.PLACE, SIZE, SIZE);
  private static final PlanesShape SHAPE = new PlanesShape(SIZE, SIZE, 3);

  private TicTacToe() {}

  @Override
  public String id() {
    return "tic-tac-toe";
  }

  @Override
  public String title() {
    return "Tic-tac-toe";
  }

  @Override
  public Position initialPosition() {
    return TicTacToePosition.INITIAL;
  }

  @Override
  public int actionCount() {
    return SIZE * SIZE;
  }

  @Override
  public PlanesShape shape() {
    return SHAPE;
  }

  @Override
  public int symmetryCount() {
    return Squares.SYMMETRIES;
  }

  @Override
  public int transformAction(int action, int symmetry) {
    return Squares.transform(action, SIZE, symmetry);
  }

  @Override
  public Board board() {
    return BOARD;
  }

  @Override
  public int maxPlies() {
    return SIZE * SIZE;
  }

  @Override
  public String formatMove(Position position, int action) {
    return Squares.name(action, SIZE);
  }

  @Override
  public int parseMove(Position position, String move) {
    return Squares.parse(move, SIZE, SIZE);
  }

  @Override
  public String whyIllegal(Position position, int action) {
    return "Square %s is taken.".formatted(formatMove(position, action));
  }

  @Override
  public String moveSeparator() {
    return " ";
  }
}
