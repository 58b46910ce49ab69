package tabula.games.othello;

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
 * A board of two bitboards in which each row is a byte.
 *
 * @param own the discs of the side to move
 * @param opponent the other side's
 * @param ply not part of what makes positions equal: the discs leave no trace of passes, and the
 *     rules ask only whose move it is
 */
public record OthelloPosition(Othello rules, long own, long opponent, int ply) implements Position {

  static OthelloPosition initial(Othello rules) {
    int middle = rules.size / 2;
    long rising = (1L << bit(middle - 1, middle - 1)) | (1L << bit(middle, middle));
    long falling = (1L << bit(middle - 1, middle)) | (1L << bit(middle, middle - 1));
    return new OthelloPosition(rules, falling, rising, 0);
  }

  private static int bit(int column, int row) {
    return row * Byte.SIZE + column;
  }

  private int bit(int square) {
    return bit(square % rules.size, square / rules.size);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof OthelloPosition position
        && rules == position.rules
        && own == position.own
        && opponent == position.opponent
        && sideToMove() == position.sideToMove();
  }

  @Override
  public int hashCode() {
    return (int) hash64();
  }

  @Override
  public Game game() {
    return rules;
  }

  @Override
  public Side sideToMove() {
    return Side.atPly(ply);
  }

  private long placesOf(long mine, long theirs) {
    return Discs.places(mine, theirs, rules.inner) & (rules.squares ^ (mine | theirs));
  }

  @Override
  public boolean isOver() {
    return placesOf(own, opponent) == 0 && placesOf(opponent, own) == 0;
  }

  @Override
  public Outcome outcome() {
    return isOver() ? counted() : Outcome.ONGOING;
  }

  private Outcome counted() {
    int lead = Long.bitCount(own) - Long.bitCount(opponent);
    if (lead == 0) {
      return Outcome.DRAW;
    }
    return Outcome.winOf(lead > 0 ? sideToMove() : sideToMove().opponent());
  }

  @Override
  public Ending ending() {
    return Ending.COUNT;
  }

  @Override
  public @Nullable Side pieceAt(int square) {
    int bit = bit(square);
    if (((own >>> bit) & 1) != 0) {
      return sideToMove();
    }
    return ((opponent >>> bit) & 1) != 0 ? sideToMove().opponent() : null;
  }

  @Override
  public boolean isLegal(int action) {
    if (action == rules.pass()) {
      return placesOf(own, opponent) == 0 && placesOf(opponent, own) != 0;
    }
    return action >= 0
        && action < rules.pass()
        && (((own | opponent) >>> bit(action)) & 1) == 0
        && Discs.turned(1L << bit(action), own, opponent, rules.inner) != 0;
  }

  @Override
  public int legalActions(int[] actions) {
    long places = placesOf(own, opponent);
    int count = 0;
    if (places == 0 && placesOf(opponent, own) != 0) {
      actions[count++] = rules.pass();
    }
    for (; places != 0; places &= places - 1) {
      int bit = Long.numberOfTrailingZeros(places);
      actions[count++] = (bit >>> 3) * rules.size + (bit & 7);
    }
    return count;
  }

  @Override
  public OthelloPosition play(int action) {
    if (action == rules.pass()) {
      if (!isLegal(action)) {
        throw illegal(action);
      }
      return new OthelloPosition(rules, /* own= */ opponent, /* opponent= */ own, ply + 1);
    }
    if (action < 0 || action > rules.pass()) {
      throw illegal(action);
    }
    long disc = 1L << bit(action);
    long turned = Discs.turned(disc, own, opponent, rules.inner);
    if (turned == 0 || ((own | opponent) & disc) != 0) {
      throw illegal(action);
    }
    return new OthelloPosition(rules, opponent ^ turned, own | turned | disc, ply + 1);
  }

  private IllegalArgumentException illegal(int action) {
    return new IllegalArgumentException(
        "Action %d cannot be played in%n%s".formatted(action, diagram()));
  }

  @Override
  public boolean canWinAtOnce() {
    for (long places = placesOf(own, opponent); places != 0; places &= places - 1) {
      long disc = places & -places;
      long turned = Discs.turned(disc, own, opponent, rules.inner);
      long mine = own | turned | disc;
      long theirs = opponent ^ turned;
      if (Long.bitCount(mine) > Long.bitCount(theirs)
          && placesOf(theirs, mine) == 0
          && placesOf(mine, theirs) == 0) {
        return true;
      }
    }
    return false;
  }

  /**
   * Planes: own discs, the opponent's, where this side may place, where the other could, and ones
   * where the number of free squares is odd (who makes the last move decides many endings).
   */
  @Override
  public void writePlanes(float[] planes, int offset) {
    long ownPlaces = placesOf(own, opponent);
    long opponentPlaces = placesOf(opponent, own);
    float odd = Long.bitCount(own | opponent) & 1;
    int at = offset;
    for (int row = rules.size - 1; row >= 0; row--) {
      for (int column = 0; column < rules.size; column++) {
        int bit = bit(column, row);
        planes[at] = (own >>> bit) & 1;
        planes[at + 1] = (opponent >>> bit) & 1;
        planes[at + 2] = (ownPlaces >>> bit) & 1;
        planes[at + 3] = (opponentPlaces >>> bit) & 1;
        planes[at + 4] = odd;
        at += 5;
      }
    }
  }

  @Override
  public Position transform(int symmetry) {
    Objects.checkIndex(symmetry, Squares.SYMMETRIES);
    return new OthelloPosition(
        rules,
        Discs.transform(own, rules.size, symmetry),
        Discs.transform(opponent, rules.size, symmetry),
        ply);
  }

  @Override
  public long hash64() {
    return Hash.mix(Hash.mix(own), (opponent << 1) + opponent + (ply & 1));
  }

  @Override
  public String diagram() {
    return Squares.diagramWithSide(this);
  }
}
