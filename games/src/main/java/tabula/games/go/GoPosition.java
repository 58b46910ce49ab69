package tabula.games.go;

import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tabula.games.Ending;
import tabula.games.Game;
import tabula.games.Hash;
import tabula.games.Outcome;
import tabula.games.Past;
import tabula.games.Position;
import tabula.games.Side;
import tabula.games.Squares;

/**
 * A board of two sets of {@link Points}, and all boards before it.
 *
 * @param ownLow and {@code ownHigh} the stones of the side to move
 * @param otherLow and {@code otherHigh} the other side's
 * @param boardHash of the stones
 * @param past this board and those before it
 * @param pastHash the same boards in one number, whatever their order
 * @param captured whether stones were ever taken off: before, no move but a suicide repeats a board
 * @param passes how many of the last moves passed, 2 at most
 * @param view the symmetry through which the position is seen; all else is as it was played, so
 *     that the boards of the past need not be turned
 */
public record GoPosition(
    Go rules,
    long ownLow,
    long ownHigh,
    long otherLow,
    long otherHigh,
    long boardHash,
    Past past,
    long pastHash,
    boolean captured,
    int ply,
    int passes,
    int view)
    implements Position {

  static final int CHANNELS = 9;

  static GoPosition initial(Go rules) {
    return new GoPosition(rules, 0, 0, 0, 0, 0, new Past(0, null), Hash.mix(0, 0), false, 0, 0, 0);
  }

  /** The same stones, and the same boards before: they alone say what may not be repeated. */
  @Override
  public boolean equals(@Nullable Object object) {
    return object instanceof GoPosition position
        && rules == position.rules
        && ownLow == position.ownLow
        && ownHigh == position.ownHigh
        && otherLow == position.otherLow
        && otherHigh == position.otherHigh
        && pastHash == position.pastHash
        && ply == position.ply
        && passes == position.passes
        && view == position.view;
  }

  @Override
  public int hashCode() {
    return (int) hash64();
  }

  @Override
  public long hash64() {
    long hash = Hash.mix(Hash.mix(ownLow, ownHigh), otherLow);
    return Hash.mix(Hash.mix(hash, otherHigh + pastHash), ((ply << 2) + passes) * 8L + view);
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
  public boolean isOver() {
    return passes == 2 || ply == rules.maxPlies();
  }

  @Override
  public Outcome outcome() {
    if (!isOver()) {
      return Outcome.ONGOING;
    }
    int lead = lead();
    return lead == 0 ? Outcome.DRAW : Outcome.winOf(lead > 0 ? Side.FIRST : Side.SECOND);
  }

  @Override
  public Ending ending() {
    return Ending.AREA;
  }

  /** The first player's area less the second player's and the komi. */
  public int lead() {
    int own = area(ownLow, ownHigh, otherLow, otherHigh);
    int other = area(otherLow, otherHigh, ownLow, ownHigh);
    return (sideToMove() == Side.FIRST ? own - other : other - own) - rules.komi;
  }

  private int area(long mineLow, long mineHigh, long theirsLow, long theirsHigh) {
    Points points = rules.points;
    long emptyLow = points.allLow & ~(mineLow | theirsLow);
    long emptyHigh = points.allHigh & ~(mineHigh | theirsHigh);
    Reach theirReach =
        new Reach(points).from(theirsLow, theirsHigh, theirsLow | emptyLow, theirsHigh | emptyHigh);
    Reach reach =
        new Reach(points).from(mineLow, mineHigh, mineLow | emptyLow, mineHigh | emptyHigh);
    return Long.bitCount(reach.low & ~theirReach.low)
        + Long.bitCount(reach.high & ~theirReach.high);
  }

  @Override
  public @Nullable Side pieceAt(int square) {
    int point = played(square);
    if (rules.points.has(ownLow, ownHigh, point)) {
      return sideToMove();
    }
    return rules.points.has(otherLow, otherHigh, point) ? sideToMove().opponent() : null;
  }

  /** Where an action of this view was on the board as it was played. */
  private int played(int action) {
    return view == 0 ? action : rules.transformAction(action, Squares.inverse(view));
  }

  @Override
  public boolean isLegal(int action) {
    if (action < 0 || action > rules.pass() || isOver()) {
      return false;
    }
    return action == rules.pass() || after(played(action)) != null;
  }

  @Override
  public int legalActions(int[] actions) {
    if (isOver()) {
      return 0;
    }
    Points points = rules.points;
    long emptyLow = points.allLow & ~(ownLow | otherLow);
    long emptyHigh = points.allHigh & ~(ownHigh | otherHigh);
    // A stone that takes none off and has a liberty beside it repeats a board only by itself.
    Reach taking = liberties(otherLow, otherHigh, emptyLow, emptyHigh, 1);
    long freeLow = emptyLow & points.besideLow(emptyLow, emptyHigh) & ~taking.low;
    long freeHigh = emptyHigh & points.besideHigh(emptyLow, emptyHigh) & ~taking.high;
    long checkLow = emptyLow & ~freeLow;
    long checkHigh = emptyHigh & ~freeHigh;
    if (captured) {
      Side side = sideToMove();
      for (Past at = past; at != null; at = at.before()) {
        int repeating = rules.pointOfStoneHash(side, at.hash() ^ boardHash);
        if (repeating >= 0) {
          freeLow &= ~points.low(repeating);
          freeHigh &= ~points.high(repeating);
        }
      }
    }
    while ((checkLow | checkHigh) != 0) {
      int point = points.any(checkLow, checkHigh);
      long low = points.low(point);
      long high = points.high(point);
      checkLow ^= low;
      checkHigh ^= high;
      if (after(point) != null) {
        freeLow |= low;
        freeHigh |= high;
      }
    }
    return write(freeLow, freeHigh, actions);
  }

  /** Writes a set of points as they are seen, ascending, and the pass. */
  private int write(long low, long high, int[] actions) {
    Points points = rules.points;
    long leftLow = low;
    long leftHigh = high;
    if (view != 0) {
      leftLow = 0;
      leftHigh = 0;
      for (int point = 0; point < rules.pass(); point++) {
        if (points.has(low, high, point)) {
          int seen = Squares.transform(point, rules.size, view);
          leftLow |= points.low(seen);
          leftHigh |= points.high(seen);
        }
      }
    }
    int count = 0;
    while ((leftLow | leftHigh) != 0) {
      int point = points.any(leftLow, leftHigh);
      actions[count++] = point;
      leftLow &= ~points.low(point);
      leftHigh &= ~points.high(point);
    }
    actions[count++] = rules.pass();
    return count;
  }

  /** The liberties of all chains of a side that have so many. */
  private Reach liberties(
      long stonesLow, long stonesHigh, long emptyLow, long emptyHigh, int wanted) {
    Points points = rules.points;
    Reach found = new Reach(points);
    Reach chain = new Reach(points);
    long leftLow = stonesLow;
    long leftHigh = stonesHigh;
    while ((leftLow | leftHigh) != 0) {
      int stone = points.any(leftLow, leftHigh);
      chain.from(points.low(stone), points.high(stone), stonesLow, stonesHigh);
      leftLow &= ~chain.low;
      leftHigh &= ~chain.high;
      long low = points.besideLow(chain.low, chain.high) & emptyLow;
      long high = points.besideHigh(chain.low, chain.high) & emptyHigh;
      if (Long.bitCount(low) + Long.bitCount(high) == wanted) {
        found.low |= low;
        found.high |= high;
      }
    }
    return found;
  }

  /**
   * The stone of the other side's that has just taken one on a square and may not be taken back
   * there; -1 where there is none. Where the other side passed since, it is the same.
   */
  public int takerOfKo(int square) {
    Past before = past.before();
    if (before == null || pieceAt(square) != null) {
      return -1;
    }
    Side side = sideToMove();
    long taker = boardHash ^ before.hash() ^ rules.stoneHash(side, played(square));
    int point = rules.pointOfStoneHash(side.opponent(), taker);
    return point < 0 ? -1 : rules.transformAction(point, view);
  }

  /** The position after a stone on a point; null where none may be put there. */
  private @Nullable GoPosition after(int point) {
    Points points = rules.points;
    long low = points.low(point);
    long high = points.high(point);
    if (((ownLow | otherLow) & low) != 0 || ((ownHigh | otherHigh) & high) != 0) {
      return null;
    }
    long mineLow = ownLow | low;
    long mineHigh = ownHigh | high;
    long emptyLow = points.allLow & ~(mineLow | otherLow);
    long emptyHigh = points.allHigh & ~(mineHigh | otherHigh);
    long besideLow = points.besideLow(low, high) & otherLow;
    long besideHigh = points.besideHigh(low, high) & otherHigh;
    long takenLow = 0;
    long takenHigh = 0;
    Reach chain = new Reach(points);
    while ((besideLow | besideHigh) != 0) {
      int stone = points.any(besideLow, besideHigh);
      chain.from(points.low(stone), points.high(stone), otherLow, otherHigh);
      besideLow &= ~chain.low;
      besideHigh &= ~chain.high;
      if (!chain.touches(emptyLow, emptyHigh)) {
        takenLow |= chain.low;
        takenHigh |= chain.high;
      }
    }
    Side side = sideToMove();
    long hash = boardHash ^ rules.stoneHash(side, point);
    boolean takes = (takenLow | takenHigh) != 0;
    boolean removes = takes;
    if (takes) {
      hash ^= hashOf(side.opponent(), takenLow, takenHigh);
    } else if (((points.besideLow(low, high) & emptyLow)
            | (points.besideHigh(low, high) & emptyHigh))
        == 0) {
      chain.from(low, high, mineLow, mineHigh);
      if (!chain.touches(emptyLow, emptyHigh)) {
        removes = true;
        mineLow &= ~chain.low;
        mineHigh &= ~chain.high;
        hash ^= hashOf(side, chain.low, chain.high);
      }
    }
    if ((captured || removes) && Past.contains(past, hash)) {
      return null;
    }
    return new GoPosition(
        rules,
        /* ownLow= */ otherLow & ~takenLow,
        /* ownHigh= */ otherHigh & ~takenHigh,
        /* otherLow= */ mineLow,
        /* otherHigh= */ mineHigh,
        hash,
        new Past(hash, past),
        pastHash + Hash.mix(hash, 0),
        captured || removes,
        ply + 1,
        0,
        view);
  }

  private long hashOf(Side side, long low, long high) {
    long hash = 0;
    long leftLow = low;
    long leftHigh = high;
    while ((leftLow | leftHigh) != 0) {
      int stone = rules.points.any(leftLow, leftHigh);
      hash ^= rules.stoneHash(side, stone);
      leftLow &= ~rules.points.low(stone);
      leftHigh &= ~rules.points.high(stone);
    }
    return hash;
  }

  @Override
  public GoPosition play(int action) {
    GoPosition after = null;
    if (!isOver() && action >= 0 && action <= rules.pass()) {
      after = action == rules.pass() ? passed() : after(played(action));
    }
    if (after == null) {
      throw new IllegalArgumentException(
          "Action %d cannot be played in%n%s".formatted(action, diagram()));
    }
    return after;
  }

  private GoPosition passed() {
    return new GoPosition(
        rules,
        /* ownLow= */ otherLow,
        /* ownHigh= */ otherHigh,
        /* otherLow= */ ownLow,
        /* otherHigh= */ ownHigh,
        boardHash,
        past,
        pastHash,
        captured,
        ply + 1,
        passes + 1,
        view);
  }

  @Override
  public boolean canWinAtOnce() {
    if (ply + 1 == rules.maxPlies()) {
      return Position.super.canWinAtOnce();
    }
    return passes == 1 && (sideToMove() == Side.FIRST ? lead() > 0 : lead() < 0);
  }

  /**
   * Planes: own stones, the opponent's; own chains with one liberty and with two, the opponent's
   * likewise; empty points where no stone may be put; ones where the opponent has just passed, and
   * where the side to move gets the komi.
   */
  @Override
  public void writePlanes(float[] planes, int offset) {
    Points points = rules.points;
    long emptyLow = points.allLow & ~(ownLow | otherLow);
    long emptyHigh = points.allHigh & ~(ownHigh | otherHigh);
    byte[] own = new byte[rules.pass()];
    byte[] other = new byte[rules.pass()];
    countLiberties(own, ownLow, ownHigh, emptyLow, emptyHigh);
    countLiberties(other, otherLow, otherHigh, emptyLow, emptyHigh);
    int[] legal = new int[rules.actionCount()];
    boolean[] forbidden = new boolean[rules.pass()];
    if (!isOver()) {
      Arrays.fill(forbidden, true);
      int count = legalActions(legal);
      for (int i = 0; i < count - 1; i++) {
        forbidden[played(legal[i])] = false;
      }
    }
    float passed = passes > 0 ? 1 : 0;
    float getsKomi = sideToMove() == Side.SECOND ? 1 : 0;
    for (int point = 0; point < rules.pass(); point++) {
      int seen = Squares.transform(point, rules.size, view);
      int at =
          offset
              + ((rules.size - 1 - seen / rules.size) * rules.size + seen % rules.size) * CHANNELS;
      boolean empty = points.has(emptyLow, emptyHigh, point);
      planes[at] = points.has(ownLow, ownHigh, point) ? 1 : 0;
      planes[at + 1] = points.has(otherLow, otherHigh, point) ? 1 : 0;
      planes[at + 2] = own[point] == 1 ? 1 : 0;
      planes[at + 3] = own[point] == 2 ? 1 : 0;
      planes[at + 4] = other[point] == 1 ? 1 : 0;
      planes[at + 5] = other[point] == 2 ? 1 : 0;
      planes[at + 6] = empty && forbidden[point] ? 1 : 0;
      planes[at + 7] = passed;
      planes[at + 8] = getsKomi;
    }
  }

  /** For every stone of a side, how many liberties its chain has. */
  private void countLiberties(
      byte[] counts, long stonesLow, long stonesHigh, long emptyLow, long emptyHigh) {
    Points points = rules.points;
    Reach chain = new Reach(points);
    long leftLow = stonesLow;
    long leftHigh = stonesHigh;
    while ((leftLow | leftHigh) != 0) {
      int first = points.any(leftLow, leftHigh);
      chain.from(points.low(first), points.high(first), stonesLow, stonesHigh);
      leftLow &= ~chain.low;
      leftHigh &= ~chain.high;
      byte count = (byte) chain.countBeside(emptyLow, emptyHigh);
      for (int point = first; point < counts.length; point++) {
        if (points.has(chain.low, chain.high, point)) {
          counts[point] = count;
        }
      }
    }
  }

  @Override
  public Position transform(int symmetry) {
    Objects.checkIndex(symmetry, Squares.SYMMETRIES);
    return new GoPosition(
        rules,
        ownLow,
        ownHigh,
        otherLow,
        otherHigh,
        boardHash,
        past,
        pastHash,
        captured,
        ply,
        passes,
        Squares.then(view, symmetry));
  }

  @Override
  public String diagram() {
    return "%sMove %d%s, boards %016x%n"
        .formatted(
            Squares.diagramWithSide(this),
            ply + 1,
            passes == 0 ? "" : " after a pass",
            pastHash + passes);
  }
}
