package tabula.games.checkers;

import java.util.List;
import java.util.Optional;
import tabula.games.Board;
import tabula.games.Game;
import tabula.games.PlanesShape;
import tabula.games.Position;
import tabula.games.Side;
import tabula.games.record.PositionNotation;
import tabula.games.record.RecordFormat;
import tabula.games.record.TagFormat;

/**
 * Checkers, or English draughts. A man steps forward to a free square beside it, a king also back;
 * a piece that can jump over one of the other side's to the free square behind must, and goes on
 * for as long as it can, except that a man is crowned, and stops, on the last row. Who cannot move
 * loses. A position that is there for the third time, forty moves of each side without a capture or
 * a man's move, and move {@link #maxPlies()} end the game in a draw.
 *
 * <p>The side to move plays up the board, half a turn apart from how the other side sees it. An
 * action is {@code from * 36}, and to that a direction for a step, or 4 and the number of a way to
 * jump: see {@link Jumps}. Squares are numbered from 1 at the first player's right; moves are
 * written {@code 11-15}, and with all squares on the way {@code 9x18x25}.
 */
public final class Checkers implements Game {

  public static final Checkers GAME = new Checkers();

  static final int MOVES = Squares32.DIRECTIONS + Jumps.WAYS;

  private final Board board = new Board(Board.Kind.DRAUGHTS, 8, 8);
  private final PlanesShape shape = new PlanesShape(8, 8, CheckersPosition.CHANNELS);
  private final PositionNotation positions =
      new PositionNotation(
          DraughtsFen::parse, position -> DraughtsFen.format((CheckersPosition) position));
  private final List<RecordFormat> formats = List.of(TagFormat.pdn(this, positions, "21"));

  private Checkers() {}

  /** Made when it is first asked for: positions ask the game for its rules. */
  private static final class Initial {
    static final CheckersPosition POSITION = CheckersPosition.initial();
  }

  @Override
  public String id() {
    return "checkers";
  }

  @Override
  public String title() {
    return "Checkers";
  }

  @Override
  public Position initialPosition() {
    return Initial.POSITION;
  }

  @Override
  public int actionCount() {
    return 32 * MOVES;
  }

  @Override
  public PlanesShape shape() {
    return shape;
  }

  @Override
  public Board board() {
    return board;
  }

  /** A mirror image has its dark squares elsewhere. */
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
    return 500;
  }

  /** A square as a side sees it, or the other way round. */
  static int seenBy(Side side, int square) {
    return side == Side.FIRST ? square : 31 - square;
  }

  @Override
  public String formatMove(Position position, int action) {
    CheckersPosition at = (CheckersPosition) position;
    int from = action / MOVES;
    int move = action % MOVES;
    if (move < Squares32.DIRECTIONS) {
      int to = Squares32.step(from, move);
      return name(at, from) + "-" + (to < 0 ? "?" : name(at, to));
    }
    StringBuilder text = new StringBuilder(name(at, from));
    for (int square : at.way(from, move - Squares32.DIRECTIONS)) {
      text.append('x').append(name(at, square));
    }
    return text.toString();
  }

  private static String name(CheckersPosition position, int square) {
    return String.valueOf(seenBy(position.sideToMove(), square) + 1);
  }

  /** Reads also {@code 9x25} for {@code 9x18x25}, where only one way leads there. */
  @Override
  public int parseMove(Position position, String move) {
    CheckersPosition at = (CheckersPosition) position;
    boolean jump = move.indexOf('x') > 0;
    String[] names = move.split(jump ? "x" : "-", -1);
    if (names.length < 2 || (names.length > 2 && !jump)) {
      return -1;
    }
    int[] squares = new int[names.length];
    for (int i = 0; i < names.length; i++) {
      squares[i] = square(names[i]);
      if (squares[i] < 0) {
        return -1;
      }
      squares[i] = seenBy(at.sideToMove(), squares[i]);
    }
    if (jump) {
      return parseJump(at, squares);
    }
    int direction = Squares32.direction(squares[0], squares[1], false);
    return direction < 0 ? -1 : squares[0] * MOVES + direction;
  }

  private static int parseJump(CheckersPosition position, int[] squares) {
    int from = squares[0];
    int to = squares[squares.length - 1];
    int taken = 0;
    for (int i = 1; i < squares.length; i++) {
      int direction = Squares32.direction(squares[i - 1], squares[i], true);
      if (direction < 0) {
        return squares.length == 2 ? position.onlyJump(from, to) : -1;
      }
      int over = 1 << Squares32.step(squares[i - 1], direction);
      if ((taken & over) != 0) {
        return -1;
      }
      taken |= over;
    }
    int action = from * MOVES + Squares32.DIRECTIONS + Jumps.way(from, to, taken);
    return squares.length == 2 && !position.isLegal(action) && position.onlyJump(from, to) >= 0
        ? position.onlyJump(from, to)
        : action;
  }

  private static int square(String name) {
    if (name.isEmpty() || name.length() > 2 || name.charAt(0) == '0') {
      return -1;
    }
    int number = 0;
    for (int i = 0; i < name.length(); i++) {
      int digit = name.charAt(i) - '0';
      if (digit < 0 || digit > 9) {
        return -1;
      }
      number = 10 * number + digit;
    }
    return number <= 32 ? number - 1 : -1;
  }

  @Override
  public String whyIllegal(Position position, int action) {
    CheckersPosition at = (CheckersPosition) position;
    return at.mustJump() && action % MOVES < Squares32.DIRECTIONS
        ? "A piece that can jump must: %s does not.".formatted(formatMove(at, action))
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
