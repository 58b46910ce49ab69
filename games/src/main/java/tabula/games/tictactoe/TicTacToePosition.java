package tabula.games.tictactoe;

import static tabula.games.tictactoe.TicTacToe.SIZE;

import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tabula.games.Ending;
import tabula.games.Game;
import tabula.games.Lines;
import tabula.games.Outcome;
import tabula.games.Position;
import tabula.games.Side;
import tabula.games.Squares;

/**
 * A board of two bitboards of nine bits; the bit of a square is its action.
 *
 * @param own the marks of the side to move
 * @param occupied all marks
 */
public record TicTacToePosition(int own, int occupied) implements Position {

  static final TicTacToePosition INITIAL = new TicTacToePosition(0, 0);

  private static final int BOARD = 0b111_111_111;
  private static final int[] LINES = {
    0b000_000_111,
    0b000_111_000,
    0b111_000_000,
    0b001_001_001,
    0b010_010_010,
    0b100_100_100,
    0b100_010_001,
    0b001_010_100
  };

  @Override
  public Game game() {
    return TicTacToe.GAME;
  }

  @Override
  public Side sideToMove() {
    return Side.atPly(ply());
  }

  @Override
  public int ply() {
    return Integer.bitCount(occupied);
  }

  private int opponent() {
    return own ^ occupied;
  }

  private static boolean hasLine(int marks) {
    for (int line : LINES) {
      if ((marks & line) == line) {
        return true;
      }
    }
    return false;
  }

  @Override
  public Outcome outcome() {
    if (hasLine(opponent())) {
      return Outcome.winOf(sideToMove().opponent());
    }
    return occupied == BOARD ? Outcome.DRAW : Outcome.ONGOING;
  }

  @Override
  public Ending ending() {
    return hasLine(opponent()) ? Ending.LINE : Ending.FULL_BOARD;
  }

  @Override
  public int[] decidingSquares() {
    return Lines.squares(this, sideToMove().opponent(), SIZE);
  }

  @Override
  public @Nullable Side pieceAt(int square) {
    int mark = 1 << square;
    if ((occupied & mark) == 0) {
      return null;
    }
    return (own & mark) != 0 ? sideToMove() : sideToMove().opponent();
  }

  @Override
  public boolean isLegal(int action) {
    return action >= 0
        && action < SIZE * SIZE
        && (occupied & (1 << action)) == 0
        && !hasLine(opponent());
  }

  @Override
  public int legalActions(int[] actions) {
    int count = 0;
    if (!hasLine(opponent())) {
      for (int free = ~occupied & BOARD; free != 0; free &= free - 1) {
        actions[count++] = Integer.numberOfTrailingZeros(free);
      }
    }
    return count;
  }

  @Override
  public TicTacToePosition play(int action) {
    if (!isLegal(action)) {
      throw new IllegalArgumentException(
          "Square %d cannot be played in%n%s".formatted(action, diagram()));
    }
    return new TicTacToePosition(opponent(), occupied | (1 << action));
  }

  /** Planes: own marks, the opponent's, and a plane of ones where the first player is to move. */
  @Override
  public void writePlanes(float[] planes, int offset) {
    float first = sideToMove() == Side.FIRST ? 1 : 0;
    int at = offset;
    for (int row = SIZE - 1; row >= 0; row--) {
      for (int column = 0; column < SIZE; column++) {
        int square = row * SIZE + column;
        planes[at] = (own >>> square) & 1;
        planes[at + 1] = (opponent() >>> square) & 1;
        planes[at + 2] = first;
        at += 3;
      }
    }
  }

  @Override
  public Position transform(int symmetry) {
    Objects.checkIndex(symmetry, 8);
    return new TicTacToePosition(transform(own, symmetry), transform(occupied, symmetry));
  }

  private static int transform(int marks, int symmetry) {
    int transformed = 0;
    for (int left = marks; left != 0; left &= left - 1) {
      transformed |=
          1 << TicTacToe.GAME.transformAction(Integer.numberOfTrailingZeros(left), symmetry);
    }
    return transformed;
  }

  @Override
  public long hash64() {
    long key = ((long) own << 9 | occupied) * 0x9E3779B97F4A7C15L;
    key = (key ^ (key >>> 32)) * 0xD6E8FEB86659FD93L;
    return key ^ (key >>> 29);
  }

  @Override
  public String diagram() {
    return Squares.diagram(this);
  }
}
