package tabula.games.checkers;

import static tabula.games.checkers.Checkers.MOVES;
import static tabula.games.checkers.Squares32.DIRECTIONS;
import static tabula.games.checkers.Squares32.FORWARD;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
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
 * A board of sets of {@link Squares32}, turned so that the side to move plays up.
 *
 * @param own the pieces of the side to move
 * @param other the other side's
 * @param kings those of both sides that are crowned
 * @param clock the moves since the last capture or man's move
 * @param past the boards since then, this one among them
 * @param pastHash the same in one number
 * @param times how often this board was there, this time counted
 * @param end by what the game is over; null while it goes on
 */
public record CheckersPosition(
    int own,
    int other,
    int kings,
    int clock,
    int ply,
    @Nullable Past past,
    long pastHash,
    int times,
    @Nullable Ending end)
    implements Position {

  static final int CHANNELS = 8;

  /** Forty moves of each side. */
  private static final int LONGEST_CLOCK = 80;

  private static final int LAST_ROW = 0xF000_0000;

  static CheckersPosition initial() {
    return of(0xFFF, 0xFFF0_0000, 0, 0, 0, null, 0);
  }

  /** A board with all that follows from it. */
  static CheckersPosition of(
      int own, int other, int kings, int clock, int ply, @Nullable Past before, long beforeHash) {
    long hash =
        Hash.mix(
            Hash.mix((long) own << 32 | (other & 0xFFFF_FFFFL)), (long) kings << 1 | (ply & 1));
    int times = 1 + Past.count(before, hash);
    Past past = new Past(hash, before);
    long pastHash = beforeHash + hash;
    CheckersPosition open =
        new CheckersPosition(own, other, kings, clock, ply, past, pastHash, times, null);
    Ending end = open.findEnd();
    return end == null
        ? open
        : new CheckersPosition(own, other, kings, clock, ply, past, pastHash, times, end);
  }

  private @Nullable Ending findEnd() {
    if (own == 0) {
      return Ending.CAPTURE;
    }
    if (!canStep() && !mustJump()) {
      return Ending.BLOCKED;
    }
    if (times >= 3) {
      return Ending.REPETITION;
    }
    if (clock >= LONGEST_CLOCK) {
      return Ending.NO_PROGRESS;
    }
    return ply >= Checkers.GAME.maxPlies() ? Ending.LENGTH : null;
  }

  /** The same pieces and counts, and the same boards since the last that cannot return. */
  @Override
  public boolean equals(@Nullable Object object) {
    return object instanceof CheckersPosition position
        && own == position.own
        && other == position.other
        && kings == position.kings
        && clock == position.clock
        && ply == position.ply
        && pastHash == position.pastHash;
  }

  @Override
  public int hashCode() {
    return (int) hash64();
  }

  @Override
  public long hash64() {
    return Hash.mix(pastHash, ply << 8 | clock);
  }

  @Override
  public Game game() {
    return Checkers.GAME;
  }

  @Override
  public Side sideToMove() {
    return Side.atPly(ply);
  }

  @Override
  public boolean isOver() {
    return end != null;
  }

  @Override
  public Outcome outcome() {
    if (end == null) {
      return Outcome.ONGOING;
    }
    return end == Ending.CAPTURE || end == Ending.BLOCKED
        ? Outcome.winOf(sideToMove().opponent())
        : Outcome.DRAW;
  }

  @Override
  public Ending ending() {
    return Objects.requireNonNull(end, "The game goes on.");
  }

  /** The square on the board with light squares too, as a side sees it; -1 for a light one. */
  private int seen(int square) {
    int dark = Squares32.square(square % 8, square / 8);
    return dark < 0 ? -1 : Checkers.seenBy(sideToMove(), dark);
  }

  @Override
  public @Nullable Side pieceAt(int square) {
    int seen = seen(square);
    if (seen < 0) {
      return null;
    }
    if ((own >>> seen & 1) != 0) {
      return sideToMove();
    }
    return (other >>> seen & 1) != 0 ? sideToMove().opponent() : null;
  }

  @Override
  public int planesCell(int square) {
    return Position.super.planesCell(sideToMove() == Side.FIRST ? square : 63 - square);
  }

  /** {@code X} and {@code O} for men, {@code K} and {@code k} for the kings of the same sides. */
  @Override
  public char symbolAt(int square) {
    Side side = pieceAt(square);
    if (side == null || (kings >>> seen(square) & 1) == 0) {
      return Squares.mark(side);
    }
    return side == Side.FIRST ? 'K' : 'k';
  }

  private boolean isKing(int square) {
    return (kings >>> square & 1) != 0;
  }

  private int firstDirection(int square) {
    return isKing(square) ? 0 : FORWARD;
  }

  private boolean isFree(int square) {
    return square >= 0 && ((own | other) >>> square & 1) == 0;
  }

  private boolean canStep() {
    for (int left = own; left != 0; left &= left - 1) {
      if (steps(Integer.numberOfTrailingZeros(left)) != 0) {
        return true;
      }
    }
    return false;
  }

  /** Whether a piece can jump: then no other move is legal. */
  boolean mustJump() {
    for (int left = own; left != 0; left &= left - 1) {
      int from = Integer.numberOfTrailingZeros(left);
      for (int direction = firstDirection(from); direction < DIRECTIONS; direction++) {
        if (canJump(from, direction, from, 0)) {
          return true;
        }
      }
    }
    return false;
  }

  /** A bit for each direction in which a piece may step. */
  private long steps(int from) {
    long steps = 0;
    for (int direction = firstDirection(from); direction < DIRECTIONS; direction++) {
      if (isFree(Squares32.step(from, direction))) {
        steps |= 1L << direction;
      }
    }
    return steps;
  }

  /**
   * Whether a piece that began to jump at {@code start}, and took some, may jump on.
   *
   * @param taken pieces that are not jumped twice; they stay on the board until the move ends
   */
  private boolean canJump(int from, int direction, int start, int taken) {
    int to = Squares32.jump(from, direction);
    if (to < 0 || (to != start && !isFree(to))) {
      return false;
    }
    return ((other & ~taken) >>> Squares32.step(from, direction) & 1) != 0;
  }

  /** A bit for each way to jump to an end, from {@link Squares32#DIRECTIONS} on. */
  private long jumps(int start, int at, int taken) {
    long jumps = 0;
    for (int direction = firstDirection(start); direction < DIRECTIONS; direction++) {
      if (canJump(at, direction, start, taken)) {
        int to = Squares32.jump(at, direction);
        jumps |= jumpsAfter(start, to, taken | 1 << Squares32.step(at, direction));
      }
    }
    return jumps;
  }

  private long jumpsAfter(int start, int at, int taken) {
    boolean crowned = !isKing(start) && (LAST_ROW >>> at & 1) != 0;
    long further = crowned ? 0 : jumps(start, at, taken);
    return further != 0 ? further : 1L << (DIRECTIONS + Jumps.way(start, at, taken));
  }

  /** The moves of the piece on a square, a bit each. */
  private long moves(int from, boolean jumping) {
    return jumping ? jumps(from, from, 0) : steps(from);
  }

  @Override
  public boolean isLegal(int action) {
    if (action < 0 || action >= Checkers.GAME.actionCount() || isOver()) {
      return false;
    }
    int from = action / MOVES;
    boolean jumping = action % MOVES >= DIRECTIONS;
    return (own >>> from & 1) != 0
        && (moves(from, jumping) >>> action % MOVES & 1) != 0
        && jumping == mustJump();
  }

  @Override
  public int legalActions(int[] actions) {
    if (isOver()) {
      return 0;
    }
    boolean jumping = mustJump();
    int count = 0;
    for (int left = own; left != 0; left &= left - 1) {
      int from = Integer.numberOfTrailingZeros(left);
      for (long moves = moves(from, jumping); moves != 0; moves &= moves - 1) {
        actions[count++] = from * MOVES + Long.numberOfTrailingZeros(moves);
      }
    }
    return count;
  }

  @Override
  public CheckersPosition play(int action) {
    if (!isLegal(action)) {
      throw new IllegalArgumentException(
          "Action %d cannot be played in%n%s".formatted(action, diagram()));
    }
    int from = action / MOVES;
    int move = action % MOVES;
    boolean jumping = move >= DIRECTIONS;
    int to = jumping ? Jumps.target(from, move - DIRECTIONS) : Squares32.step(from, move);
    int taken = jumping ? Jumps.taken(from, move - DIRECTIONS) : 0;
    int start = 1 << from;
    int target = 1 << to;
    boolean king = isKing(from);
    int mine = (own & ~start) | target;
    int theirs = other & ~taken;
    int crowned = (kings & ~(start | taken)) | (king ? target : target & LAST_ROW);
    boolean forGood = jumping || !king;
    return of(
        /* own= */ Integer.reverse(theirs),
        /* other= */ Integer.reverse(mine),
        Integer.reverse(crowned),
        forGood ? 0 : clock + 1,
        ply + 1,
        forGood ? null : past,
        forGood ? 0 : pastHash);
  }

  /** The squares on a way to jump, the start left out; the end alone where it cannot be gone. */
  List<Integer> way(int from, int way) {
    int taken = Jumps.taken(from, way);
    int to = Jumps.target(from, way);
    Deque<Integer> squares = new ArrayDeque<>();
    return taken != 0 && (taken & ~other) == 0 && goes(from, from, to, taken, squares)
        ? new ArrayList<>(squares)
        : List.of(to);
  }

  /** Whether all pieces that are left to take lie on a way to the end, and on which. */
  private boolean goes(int start, int at, int to, int left, Deque<Integer> squares) {
    if (left == 0) {
      return at == to;
    }
    for (int direction = firstDirection(start); direction < DIRECTIONS; direction++) {
      int over = Squares32.step(at, direction);
      if (over >= 0 && (left >>> over & 1) != 0 && canJump(at, direction, start, 0)) {
        int next = Squares32.jump(at, direction);
        squares.addLast(next);
        if (goes(start, next, to, left & ~(1 << over), squares)) {
          return true;
        }
        squares.removeLast();
      }
    }
    return false;
  }

  /** The legal jump from a square to another, if there is just one; otherwise -1. */
  int onlyJump(int from, int to) {
    int only = -1;
    for (int action : legalActions()) {
      if (action / MOVES == from
          && action % MOVES >= DIRECTIONS
          && Jumps.target(from, action % MOVES - DIRECTIONS) == to) {
        if (only >= 0) {
          return -1;
        }
        only = action;
      }
    }
    return only;
  }

  /**
   * Planes, in the view of the side to move: own pieces, the opponent's, own kings, the opponent's;
   * ones where the board was there before, and from 10, 20 and 30 moves without progress on.
   */
  @Override
  public void writePlanes(float[] planes, int offset) {
    int[] sets = {
      own,
      other,
      own & kings,
      other & kings,
      times >= 2 ? -1 : 0,
      clock >= LONGEST_CLOCK / 4 ? -1 : 0,
      clock >= LONGEST_CLOCK / 2 ? -1 : 0,
      clock >= LONGEST_CLOCK * 3 / 4 ? -1 : 0
    };
    int at = offset;
    for (int row = 7; row >= 0; row--) {
      for (int column = 0; column < 8; column++) {
        int square = Squares32.square(column, row);
        for (int set : sets) {
          planes[at++] = square < 0 ? 0 : set >>> square & 1;
        }
      }
    }
  }

  @Override
  public Position transform(int symmetry) {
    Objects.checkIndex(symmetry, 1);
    return this;
  }

  @Override
  public String diagram() {
    return "%s%s, move %d, %d without progress, boards %016x%n"
        .formatted(Squares.diagram(this), DraughtsFen.format(this), ply + 1, clock, pastHash);
  }
}
