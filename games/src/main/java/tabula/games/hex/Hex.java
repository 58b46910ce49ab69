package tabula.games.hex;

import java.util.List;
import java.util.Locale;
import tabula.games.Board;
import tabula.games.Game;
import tabula.games.PlanesShape;
import tabula.games.Position;
import tabula.games.Side;
import tabula.games.Squares;
import tabula.games.record.MoveText;
import tabula.games.record.RecordFormat;
import tabula.games.record.SgfFormat;

/**
 * Hex. The first player joins the bottom edge with the top one, the second player the left with the
 * right; a cell touches those beside it, and of the next row up the one straight above and the one
 * to its left. One of them always succeeds, and only one.
 *
 * <p>The first stone would win on most cells, so the second player may answer it by {@code swap}
 * instead of a stone: the first stone is taken off, and a stone of the second player's is put on
 * its mirror image in the long diagonal (a3 becomes c1), which is for the second player what the
 * first stone was for the first. The sides keep their edges, and the first player is to move.
 *
 * <p>Actions are cells as the side to move sees them, {@code row * size + column} from its own edge
 * at the bottom: for the second player that is with files and ranks exchanged. The last action
 * swaps. Moves are written as cells of the board, such as {@code c4}, and {@code swap}.
 */
public final class Hex implements Game {

  public static final Hex SEVEN = new Hex(7);
  public static final Hex ELEVEN = new Hex(11);

  private static final String SWAP = "swap";

  final int size;
  final Cells cells;
  private final Board board;
  private final PlanesShape shape;
  private final Position initial;
  private final List<RecordFormat> formats;

  private Hex(int size) {
    this.size = size;
    this.cells = new Cells(size);
    this.board = new Board(Board.Kind.HEX, size, size);
    this.shape = new PlanesShape(size, size, 3);
    this.initial = new HexPosition(this, 0, 0, 0, 0, 0, 0, 0, 0, 0, false);
    this.formats = List.of(new SgfFormat(this, 11, null, new SgfMoves()));
  }

  @Override
  public String id() {
    return "hex-" + size;
  }

  @Override
  public String title() {
    return "Hex %dx%d".formatted(size, size);
  }

  @Override
  public Position initialPosition() {
    return initial;
  }

  @Override
  public int actionCount() {
    return swap() + 1;
  }

  int swap() {
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

  /** Half a turn. */
  @Override
  public int symmetryCount() {
    return 2;
  }

  @Override
  public int transformAction(int action, int symmetry) {
    return symmetry == 0 || action == swap() ? action : size * size - 1 - action;
  }

  /** Every cell, and one more where the first stone went and came. */
  @Override
  public int maxPlies() {
    return size * size + 1;
  }

  /** A cell of the board as a side sees it, or the other way round. */
  int seenBy(Side side, int cell) {
    return side == Side.FIRST ? cell : cells.mirrored(cell);
  }

  @Override
  public String formatMove(Position position, int action) {
    return action == swap() ? SWAP : Squares.name(seenBy(position.sideToMove(), action), size);
  }

  @Override
  public int parseMove(Position position, String move) {
    if (move.equals(SWAP)) {
      return swap();
    }
    int cell = Squares.parse(move, size, size);
    return cell < 0 ? -1 : seenBy(position.sideToMove(), cell);
  }

  @Override
  public String whyIllegal(Position position, int action) {
    return action == swap()
        ? "Only the second player may swap, in answer to the first stone."
        : "Cell %s is taken.".formatted(formatMove(position, action));
  }

  @Override
  public String moveSeparator() {
    return " ";
  }

  @Override
  public List<RecordFormat> recordFormats() {
    return formats;
  }

  /** Cells by their names; stones that swap are told from seats that do. */
  private static final class SgfMoves implements MoveText {
    private static final String SWAP_STONES = "swap-pieces";

    @Override
    public String write(Position position, int action) {
      String move = PLAIN.write(position, action);
      return move.equals(SWAP) ? SWAP_STONES : move;
    }

    @Override
    public int read(Position position, String text) {
      String move = text.toLowerCase(Locale.ROOT);
      return PLAIN.read(position, move.equals(SWAP_STONES) ? SWAP : move);
    }
  }
}
