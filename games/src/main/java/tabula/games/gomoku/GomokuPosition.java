package tabula.games.gomoku;

import static tabula.games.gomoku.Stones.STRIDE;
import static tabula.games.gomoku.Stones.WORDS;

import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tabula.games.Ending;
import tabula.games.Game;
import tabula.games.Hash;
import tabula.games.Lines;
import tabula.games.Outcome;
import tabula.games.Position;
import tabula.games.Side;
import tabula.games.Squares;

/**
 * A board of two sets of {@link Stones}.
 *
 * @param own0 to {@code own3} the stones of the side to move
 * @param other0 to {@code other3} the other side's
 * @param lost whether the other side has five in a row
 */
public record GomokuPosition(
    Gomoku rules,
    long own0,
    long own1,
    long own2,
    long own3,
    long other0,
    long other1,
    long other2,
    long other3,
    boolean lost)
    implements Position {

  @Override
  public Game game() {
    return rules;
  }

  @Override
  public Side sideToMove() {
    return Side.atPly(ply());
  }

  @Override
  public int ply() {
    return Long.bitCount(own0 | other0)
        + Long.bitCount(own1 | other1)
        + Long.bitCount(own2 | other2)
        + Long.bitCount(own3 | other3);
  }

  private boolean isFull() {
    return ply() == rules.actionCount();
  }

  @Override
  public boolean isOver() {
    return lost || isFull();
  }

  @Override
  public Outcome outcome() {
    if (lost) {
      return Outcome.winOf(sideToMove().opponent());
    }
    return isFull() ? Outcome.DRAW : Outcome.ONGOING;
  }

  @Override
  public Ending ending() {
    return lost ? Ending.LINE : Ending.FULL_BOARD;
  }

  @Override
  public int[] decidingSquares() {
    return Lines.squares(this, sideToMove().opponent(), 5);
  }

  private int bit(int square) {
    return square / rules.size * STRIDE + square % rules.size;
  }

  private long own(int word) {
    return switch (word) {
      case 0 -> own0;
      case 1 -> own1;
      case 2 -> own2;
      default -> own3;
    };
  }

  private long other(int word) {
    return switch (word) {
      case 0 -> other0;
      case 1 -> other1;
      case 2 -> other2;
      default -> other3;
    };
  }

  @Override
  public @Nullable Side pieceAt(int square) {
    int bit = bit(square);
    int word = bit / Long.SIZE;
    if (((own(word) >>> bit) & 1) != 0) {
      return sideToMove();
    }
    return ((other(word) >>> bit) & 1) != 0 ? sideToMove().opponent() : null;
  }

  @Override
  public boolean isLegal(int action) {
    if (lost || action < 0 || action >= rules.actionCount()) {
      return false;
    }
    int bit = bit(action);
    int word = bit / Long.SIZE;
    return (((own(word) | other(word)) >>> bit) & 1) == 0;
  }

  @Override
  public int legalActions(int[] actions) {
    if (lost) {
      return 0;
    }
    return squares(free(), actions);
  }

  /** Writes down the actions of a set of points, and returns how many there are. */
  private int squares(long[] points, int[] actions) {
    int count = 0;
    for (int word = 0; word < WORDS; word++) {
      for (long left = points[word]; left != 0; left &= left - 1) {
        int bit = Long.numberOfTrailingZeros(left);
        actions[count++] = (word * (Long.SIZE / STRIDE) + bit / STRIDE) * rules.size + bit % STRIDE;
      }
    }
    return count;
  }

  private int[] squares(long[] points) {
    int[] actions = new int[rules.actionCount()];
    int count = squares(points, actions);
    return Arrays.copyOf(actions, count);
  }

  @Override
  public GomokuPosition play(int action) {
    if (!isLegal(action)) {
      throw new IllegalArgumentException(
          "Action %d cannot be played in%n%s".formatted(action, diagram()));
    }
    int bit = bit(action);
    int word = bit / Long.SIZE;
    long stone = 1L << bit;
    long a = word == 0 ? own0 | stone : own0;
    long b = word == 1 ? own1 | stone : own1;
    long c = word == 2 ? own2 | stone : own2;
    long d = word == 3 ? own3 | stone : own3;
    return new GomokuPosition(
        rules, other0, other1, other2, other3, a, b, c, d, Stones.hasFive(a, b, c, d));
  }

  private long[] free() {
    long[] free = new long[WORDS];
    for (int word = 0; word < WORDS; word++) {
      free[word] = rules.points(word) & ~(own(word) | other(word));
    }
    return free;
  }

  private long[] ownExtending(int missing) {
    return Stones.extending(new long[] {own0, own1, own2, own3}, free(), missing);
  }

  private long[] otherCompleting() {
    return Stones.extending(new long[] {other0, other1, other2, other3}, free(), 1);
  }

  /**
   * The moves to lines of five points where nothing is but own stones and so many free points: with
   * 1 they win at once, with 2 they threaten to.
   */
  public int[] extending(int missing) {
    return squares(ownExtending(missing));
  }

  /** The moves with which the other side would win at once, were it its turn. */
  public int[] otherFives() {
    return squares(otherCompleting());
  }

  /** As if the side to move passed, which the rules do not know. */
  public GomokuPosition passed() {
    return new GomokuPosition(
        rules,
        /* own0= */ other0,
        /* own1= */ other1,
        /* own2= */ other2,
        /* own3= */ other3,
        /* other0= */ own0,
        /* other1= */ own1,
        /* other2= */ own2,
        /* other3= */ own3,
        /* lost= */ false);
  }

  @Override
  public boolean canWinAtOnce() {
    long[] points = ownExtending(1);
    return (points[0] | points[1] | points[2] | points[3]) != 0;
  }

  /** Planes: own stones, the opponent's, and the points that would complete five for either. */
  @Override
  public void writePlanes(float[] planes, int offset) {
    long[] ownWins = ownExtending(1);
    long[] otherWins = otherCompleting();
    int at = offset;
    for (int row = rules.size - 1; row >= 0; row--) {
      int word = row * STRIDE / Long.SIZE;
      for (int column = 0; column < rules.size; column++) {
        int bit = row * STRIDE + column;
        planes[at] = (own(word) >>> bit) & 1;
        planes[at + 1] = (other(word) >>> bit) & 1;
        planes[at + 2] = (ownWins[word] >>> bit) & 1;
        planes[at + 3] = (otherWins[word] >>> bit) & 1;
        at += 4;
      }
    }
  }

  @Override
  public Position transform(int symmetry) {
    Objects.checkIndex(symmetry, Squares.SYMMETRIES);
    if (symmetry == 0) {
      return this;
    }
    long[] own = new long[WORDS];
    long[] other = new long[WORDS];
    for (int word = 0; word < WORDS; word++) {
      addTransformed(own, own(word), word, symmetry);
      addTransformed(other, other(word), word, symmetry);
    }
    return new GomokuPosition(
        rules, own[0], own[1], own[2], own[3], other[0], other[1], other[2], other[3], lost);
  }

  private void addTransformed(long[] seen, long stones, int word, int symmetry) {
    for (long left = stones; left != 0; left &= left - 1) {
      int from = word * Long.SIZE + Long.numberOfTrailingZeros(left);
      int square = from / STRIDE * rules.size + from % STRIDE;
      int to = bit(Squares.transform(square, rules.size, symmetry));
      seen[to / Long.SIZE] |= 1L << to;
    }
  }

  @Override
  public long hash64() {
    long hash = 0;
    for (int word = 0; word < WORDS; word++) {
      hash = Hash.mix(Hash.mix(hash, own(word)), other(word));
    }
    return hash;
  }

  @Override
  public String diagram() {
    return Squares.diagram(this);
  }
}
