package toy;

import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tabula.games.Ending;
import tabula.games.Game;
import tabula.games.Hash;
import tabula.games.Outcome;
import tabula.games.Position;
import tabula.games.Side;
import tabula.games.Squares;

/**
 * A strip of two sets of squares, a bit each.
 *
 * @param own the pieces of the side to move
 * @param other the other side's
 */
record StripPosition(Strip rules, int own, int other) implements Position {

  private static final int FULL = (1 << Strip.LENGTH) - 1;

  @Override
  public Game game() {
    return rules;
  }

  @Override
  public Side sideToMove() {
    return (ply() & 1) == 0 ? Side.FIRST : Side.SECOND;
  }

  @Override
  public int ply() {
    return Integer.bitCount(own | other);
  }

  private boolean isLost() {
    return (other & (other >>> 1) & (other >>> 2)) != 0;
  }

  @Override
  public Outcome outcome() {
    if (isLost()) {
      return Outcome.winOf(sideToMove().opponent());
    }
    return (own | other) == FULL ? Outcome.DRAW : Outcome.ONGOING;
  }

  @Override
  public Ending ending() {
    return isLost() ? Ending.LINE : Ending.FULL_BOARD;
  }

  @Override
  public @Nullable Side pieceAt(int square) {
    if ((own >>> square & 1) != 0) {
      return sideToMove();
    }
    return (other >>> square & 1) != 0 ? sideToMove().opponent() : null;
  }

  @Override
  public boolean isLegal(int action) {
    return action >= 0 && action < Strip.LENGTH && !isOver() && ((own | other) >>> action & 1) == 0;
  }

  @Override
  public int legalActions(int[] actions) {
    int count = 0;
    for (int action = 0; action < Strip.LENGTH; action++) {
      if (isLegal(action)) {
        actions[count++] = action;
      }
    }
    return count;
  }

  @Override
  public Position play(int action) {
    if (!isLegal(action)) {
      throw new IllegalArgumentException(
          "Action %d cannot be played in%n%s".formatted(action, diagram()));
    }
    return new StripPosition(rules, /* own= */ other, /* other= */ own | 1 << action);
  }

  @Override
  public void writePlanes(float[] planes, int offset) {
    for (int square = 0; square < Strip.LENGTH; square++) {
      planes[offset + 2 * square] = own >>> square & 1;
      planes[offset + 2 * square + 1] = other >>> square & 1;
    }
  }

  @Override
  public Position transform(int symmetry) {
    Objects.checkIndex(symmetry, 2);
    return symmetry == 0 ? this : new StripPosition(rules, mirrored(own), mirrored(other));
  }

  private static int mirrored(int squares) {
    return Integer.reverse(squares) >>> (Integer.SIZE - Strip.LENGTH);
  }

  @Override
  public long hash64() {
    return Hash.mix((long) own << Strip.LENGTH | other);
  }

  @Override
  public String diagram() {
    return Squares.diagram(this);
  }
}
