package tabula.games.breakthrough;

import static tabula.games.breakthrough.Breakthrough.DIRECTIONS;

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
 * A board of two bitboards, turned so that the side to move plays up: each row is a byte, the
 * lowest the home of the side to move, and a move turns the board by reversing bytes.
 *
 * @param own the pieces of the side to move
 * @param opponent the other side's
 * @param ply not part of what makes positions equal: captured pieces leave no trace of how far they
 *     went, and the rules do not ask
 */
public record BreakthroughPosition(Breakthrough rules, long own, long opponent, int ply)
    implements Position {

  private static final long ROW = 0xFF;
  private static final long FIRST_FILE = 0x0101_0101_0101_0101L;

  static BreakthroughPosition initial(Breakthrough rules) {
    long row = (1L << rules.size) - 1;
    long home = row | (row << Byte.SIZE);
    return new BreakthroughPosition(rules, home, home << (Byte.SIZE * (rules.size - 2)), 0);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof BreakthroughPosition position
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

  @Override
  public Outcome outcome() {
    return isOver() ? Outcome.winOf(sideToMove().opponent()) : Outcome.ONGOING;
  }

  @Override
  public boolean isOver() {
    return (opponent & ROW) != 0 || own == 0;
  }

  @Override
  public Ending ending() {
    return own == 0 ? Ending.CAPTURE : Ending.GOAL;
  }

  @Override
  public int[] decidingSquares() {
    long arrived = opponent & ROW;
    return arrived == 0 ? new int[0] : new int[] {turned(Long.numberOfTrailingZeros(arrived))};
  }

  /** A square of the board as the side to move sees it, or the other way round. */
  int turned(int square) {
    int size = rules.size;
    return sideToMove() == Side.FIRST ? square : (size - 1 - square / size) * size + square % size;
  }

  /** The bit of a square as the side to move sees it. */
  private long bit(int square) {
    return 1L << (square / rules.size * Byte.SIZE + square % rules.size);
  }

  @Override
  public @Nullable Side pieceAt(int square) {
    long bit = bit(turned(square));
    if ((own & bit) != 0) {
      return sideToMove();
    }
    return (opponent & bit) != 0 ? sideToMove().opponent() : null;
  }

  // Where own pieces stand that may go left, straight on and right.

  private long goLeft() {
    return own & ~FIRST_FILE & ~(own >>> (Byte.SIZE - 1));
  }

  private long goStraight() {
    return own & ~((own | opponent) >>> Byte.SIZE);
  }

  private long goRight() {
    return own & ~(FIRST_FILE << (rules.size - 1)) & ~(own >>> (Byte.SIZE + 1));
  }

  @Override
  public boolean isLegal(int action) {
    if (action < 0 || action >= rules.actionCount() || isOver()) {
      return false;
    }
    long movable =
        switch (action % DIRECTIONS) {
          case 0 -> goLeft();
          case 1 -> goStraight();
          default -> goRight();
        };
    return (movable & bit(action / DIRECTIONS)) != 0;
  }

  @Override
  public int legalActions(int[] actions) {
    if (isOver()) {
      return 0;
    }
    long left = goLeft();
    long straight = goStraight();
    long right = goRight();
    int count = 0;
    for (long movable = left | straight | right; movable != 0; movable &= movable - 1) {
      int at = Long.numberOfTrailingZeros(movable);
      int action = ((at >>> 3) * rules.size + (at & 7)) * DIRECTIONS;
      // Written in any case, and kept by counting: no branch on what cannot be foreseen.
      actions[count] = action;
      count += (int) ((left >>> at) & 1);
      actions[count] = action + 1;
      count += (int) ((straight >>> at) & 1);
      actions[count] = action + 2;
      count += (int) ((right >>> at) & 1);
    }
    return count;
  }

  @Override
  public BreakthroughPosition play(int action) {
    if (!isLegal(action)) {
      throw new IllegalArgumentException(
          "Action %d cannot be played in%n%s".formatted(action, diagram()));
    }
    long from = bit(action / DIRECTIONS);
    long to = from << (Byte.SIZE - 1 + action % DIRECTIONS);
    return new BreakthroughPosition(rules, turn(opponent & ~to), turn(own ^ from ^ to), ply + 1);
  }

  private long turn(long pieces) {
    return Long.reverseBytes(pieces) >>> (Byte.SIZE * (Byte.SIZE - rules.size));
  }

  @Override
  public boolean canWinAtOnce() {
    // Whatever stands before the last row can step onto it.
    long beforeLast = ROW << (Byte.SIZE * (rules.size - 2));
    return (own & beforeLast) != 0
        || ((opponent & (opponent - 1)) == 0 && (attacked(own) & opponent) != 0);
  }

  /** What pieces that play up the board could capture on. */
  private long attacked(long pieces) {
    return ((pieces & ~FIRST_FILE) << (Byte.SIZE - 1))
        | ((pieces & ~(FIRST_FILE << (rules.size - 1))) << (Byte.SIZE + 1));
  }

  /**
   * Planes, in the view of the side to move: own pieces, the opponent's, the squares that own
   * pieces attack, and those that the opponent's do.
   */
  @Override
  public void writePlanes(float[] planes, int offset) {
    long ownAttacks = attacked(own);
    long opponentAttacks = turn(attacked(turn(opponent)));
    int at = offset;
    for (int row = rules.size - 1; row >= 0; row--) {
      for (int column = 0; column < rules.size; column++) {
        int square = row * Byte.SIZE + column;
        planes[at] = (own >>> square) & 1;
        planes[at + 1] = (opponent >>> square) & 1;
        planes[at + 2] = (ownAttacks >>> square) & 1;
        planes[at + 3] = (opponentAttacks >>> square) & 1;
        at += 4;
      }
    }
  }

  @Override
  public int planesCell(int square) {
    return Position.super.planesCell(turned(square));
  }

  @Override
  public Position transform(int symmetry) {
    Objects.checkIndex(symmetry, 2);
    return symmetry == 0
        ? this
        : new BreakthroughPosition(rules, mirror(own), mirror(opponent), ply);
  }

  private long mirror(long pieces) {
    // Reverses the bits of each byte.
    return Long.reverse(Long.reverseBytes(pieces)) >>> (Byte.SIZE - rules.size);
  }

  @Override
  public long hash64() {
    return Hash.mix(Hash.mix(own + (ply & 1)), opponent);
  }

  @Override
  public String diagram() {
    return Squares.diagramWithSide(this);
  }
}
