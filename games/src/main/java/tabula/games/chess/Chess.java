package tabula.games.chess;

import java.util.List;
import java.util.Optional;
import tabula.games.Board;
import tabula.games.Game;
import tabula.games.PlanesShape;
import tabula.games.Position;
import tabula.games.Side;
import tabula.games.Squares;
import tabula.games.record.PositionNotation;
import tabula.games.record.RecordFormat;
import tabula.games.record.TagFormat;

/**
 * Chess by the laws of FIDE. A position that is there for the third time, fifty moves of each side
 * without a pawn's move or a capture, and too few pieces to mate end the game in a draw without
 * anybody asking, and so does move {@link #maxPlies()}, half moves counted.
 *
 * <p>The side to move plays up the board: for the second player the rows are turned, the files are
 * not. An action is {@code from * 73 + plane}: the first 64 planes are the ways that a queen and a
 * knight go, by rows and then by columns from the lowest, so that the actions of a piece ascend
 * with their squares; a pawn that arrives that way becomes a queen. The other nine are a pawn's
 * last steps to the left, straight on and to the right, each to become a knight, a bishop or a
 * rook. Moves are written as UCI does: {@code e2e4}, {@code e1g1} to castle, {@code e7e8q}.
 */
public final class Chess implements Game {

  public static final Chess GAME = new Chess();

  static final int PLANES = 73;
  static final int UNDERPROMOTIONS = 64;

  /** What a pawn may become other than a queen, in the order of the planes. */
  static final String PROMOTIONS = "nbr";

  private static final byte[] PLANE = new byte[64 * 64];
  private static final int MAX_PLIES = 1000;

  /** By plane: where a piece goes, in squares. */
  private static final int[] ROWS = new int[UNDERPROMOTIONS];

  private static final int[] COLUMNS = new int[UNDERPROMOTIONS];

  static {
    int plane = 0;
    for (int rows = -7; rows <= 7; rows++) {
      for (int columns = -7; columns <= 7; columns++) {
        boolean queen = rows == 0 || columns == 0 || Math.abs(rows) == Math.abs(columns);
        if ((queen && (rows != 0 || columns != 0)) || Math.abs(rows * columns) == 2) {
          ROWS[plane] = rows;
          COLUMNS[plane] = columns;
          for (int from = 0; from < 64; from++) {
            int to = target(from, rows, columns);
            if (to >= 0) {
              PLANE[from * 64 + to] = (byte) plane;
            }
          }
          plane++;
        }
      }
    }
  }

  private final Board board = new Board(Board.Kind.CHESS, 8, 8);
  private final PlanesShape shape = new PlanesShape(8, 8, ChessPosition.CHANNELS);
  private final PositionNotation positions =
      new PositionNotation(Fen::parse, position -> Fen.format((ChessPosition) position));
  private final List<RecordFormat> formats = List.of(TagFormat.pgn(this, San.WORDS, positions));

  private Chess() {}

  private static int target(int from, int rows, int columns) {
    int row = from / 8 + rows;
    int column = from % 8 + columns;
    return row >= 0 && row < 8 && column >= 0 && column < 8 ? row * 8 + column : -1;
  }

  /** The action of a piece that goes from a square to another as a queen or a knight does. */
  static int action(int from, int to) {
    return from * PLANES + PLANE[from * 64 + to];
  }

  /**
   * The action of a pawn that becomes less than a queen.
   *
   * @param columns -1, 0 or 1
   * @param promotion an index of {@link #PROMOTIONS}
   */
  static int underpromotion(int from, int columns, int promotion) {
    return from * PLANES + UNDERPROMOTIONS + (columns + 1) * 3 + promotion;
  }

  static int from(int action) {
    return action / PLANES;
  }

  /** Where an action leads, as the side to move sees it; -1 off the board. */
  static int to(int action) {
    int plane = action % PLANES;
    return plane < UNDERPROMOTIONS
        ? target(from(action), ROWS[plane], COLUMNS[plane])
        : target(from(action), 1, (plane - UNDERPROMOTIONS) / 3 - 1);
  }

  /** An index of {@link #PROMOTIONS}, or -1. */
  static int promotion(int action) {
    int plane = action % PLANES;
    return plane < UNDERPROMOTIONS ? -1 : (plane - UNDERPROMOTIONS) % 3;
  }

  /** A square of the board as a side sees it, or the other way round. */
  static int seenBy(Side side, int square) {
    return side == Side.FIRST ? square : square ^ 56;
  }

  @Override
  public String id() {
    return "chess";
  }

  @Override
  public String title() {
    return "Chess";
  }

  @Override
  public Position initialPosition() {
    return Initial.POSITION;
  }

  /** Made when it is first asked for: positions ask the game for tables. */
  private static final class Initial {
    static final ChessPosition POSITION = Fen.parse(Fen.START);
  }

  @Override
  public int actionCount() {
    return 64 * PLANES;
  }

  @Override
  public PlanesShape shape() {
    return shape;
  }

  @Override
  public Board board() {
    return board;
  }

  /** Castling knows left from right, and pawns up from down. */
  @Override
  public int symmetryCount() {
    return 1;
  }

  @Override
  public int transformAction(int action, int symmetry) {
    return action;
  }

  @Override
  public int maxPlies() {
    return MAX_PLIES;
  }

  @Override
  public String formatMove(Position position, int action) {
    int to = to(action);
    ChessPosition at = (ChessPosition) position;
    String squares = name(at, from(action)) + (to < 0 ? "?" : name(at, to));
    if (promotion(action) >= 0) {
      return squares + PROMOTIONS.charAt(promotion(action));
    }
    return at.isPawn(from(action)) && to >= 56 ? squares + "q" : squares;
  }

  private static String name(ChessPosition position, int square) {
    return Squares.name(seenBy(position.sideToMove(), square), 8);
  }

  @Override
  public int parseMove(Position position, String move) {
    if (move.length() < 4 || move.length() > 5) {
      return -1;
    }
    int from = Squares.parse(move.substring(0, 2), 8, 8);
    int to = Squares.parse(move.substring(2, 4), 8, 8);
    if (from < 0 || to < 0) {
      return -1;
    }
    ChessPosition at = (ChessPosition) position;
    from = seenBy(at.sideToMove(), from);
    to = seenBy(at.sideToMove(), to);
    int action = action(from, to);
    if (to(action) != to) {
      return -1;
    }
    boolean promotes = at.isPawn(from) && to >= 56;
    if (move.length() == 4) {
      return promotes ? -1 : action;
    }
    if (!promotes || to / 8 != from / 8 + 1 || Math.abs(to % 8 - from % 8) > 1) {
      return -1;
    }
    int promotion = PROMOTIONS.indexOf(move.charAt(4));
    if (promotion >= 0) {
      return underpromotion(from, to % 8 - from % 8, promotion);
    }
    return move.charAt(4) == 'q' ? action : -1;
  }

  @Override
  public String whyIllegal(Position position, int action) {
    ChessPosition at = (ChessPosition) position;
    return at.isCheck()
        ? "%s is not a legal move here: the king is attacked.".formatted(formatMove(at, action))
        : Game.super.whyIllegal(position, action);
  }

  @Override
  public String moveSeparator() {
    return " ";
  }

  @Override
  public List<RecordFormat> recordFormats() {
    return formats;
  }

  @Override
  public Optional<PositionNotation> positionNotation() {
    return Optional.of(positions);
  }
}
