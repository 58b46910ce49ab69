package tabula.games.tictactoe;

import tabula.games.Board;
import tabula.games.Game;
import tabula.games.PlanesShape;
import tabula.games.Position;

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

  /**
   * The square's four rotations, each also mirrored: bit 0 mirrors the files, bit 1 the ranks, bit
   * 2 the diagonal.
   */
  @Override
  public int symmetryCount() {
    return 8;
  }

  @Override
  public int transformAction(int action, int symmetry) {
    int row = action / SIZE;
    int column = action % SIZE;
    if ((symmetry & 1) != 0) {
      column = SIZE - 1 - column;
    }
    if ((symmetry & 2) != 0) {
      row = SIZE - 1 - row;
    }
    return (symmetry & 4) != 0 ? column * SIZE + row : row * SIZE + column;
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
    return "" + (char) ('a' + action % SIZE) + (char) ('1' + action / SIZE);
  }

  @Override
  public int parseMove(Position position, String move) {
    if (move.length() != 2) {
      return -1;
    }
    int column = move.charAt(0) - 'a';
    int row = move.charAt(1) - '1';
    return column >= 0 && column < SIZE && row >= 0 && row < SIZE ? row * SIZE + column : -1;
  }

  @Override
  public String moveSeparator() {
    return " ";
  }
}
