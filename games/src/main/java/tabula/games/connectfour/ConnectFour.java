package tabula.games.connectfour;

import tabula.games.Board;
import tabula.games.Game;
import tabula.games.PlanesShape;
import tabula.games.Position;

/**
 * Connect Four on seven columns and six rows. Action a drops a disc into column a + 1; moves are
 * written 1 to 7.
 */
public final class ConnectFour implements Game {

  public static final int WIDTH = 7;
  public static final int HEIGHT = 6;
  public static final ConnectFour GAME = new ConnectFour();

  private static final Board BOARD = new Board(Board.Kind.DROP, WIDTH, HEIGHT);
  private static final PlanesShape SHAPE = new PlanesShape(HEIGHT, WIDTH, 5);

  private ConnectFour() {}

  @Override
  public String id() {
    return "connect-four";
  }

  @Override
  public String title() {
    return "Connect Four";
  }

  @Override
  public Position initialPosition() {
    return ConnectFourPosition.INITIAL;
  }

  @Override
  public int actionCount() {
    return WIDTH;
  }

  @Override
  public PlanesShape shape() {
    return SHAPE;
  }

  @Override
  public int symmetryCount() {
    return 2;
  }

  @Override
  public int transformAction(int action, int symmetry) {
    return symmetry == 0 ? action : WIDTH - 1 - action;
  }

  @Override
  public Board board() {
    return BOARD;
  }

  @Override
  public int maxPlies() {
    return WIDTH * HEIGHT;
  }

  @Override
  public String formatMove(Position position, int action) {
    return String.valueOf((char) ('1' + action));
  }

  @Override
  public int parseMove(Position position, String move) {
    int column = move.length() == 1 ? move.charAt(0) - '1' : -1;
    return column >= 0 && column < WIDTH ? column : -1;
  }

  @Override
  public String whyIllegal(Position position, int action) {
    return "Column %d is full.".formatted(action + 1);
  }

  @Override
  public String moveSeparator() {
    return "";
  }
}
