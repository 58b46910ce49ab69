package tabula.games.hex;

import static tabula.games.hex.Cells.has;
import static tabula.games.hex.Cells.high;
import static tabula.games.hex.Cells.low;

import java.util.BitSet;
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
 * A board as both sides see it, each with its own edges at the bottom and the top: so moves, wins
 * and the network's input are the same for both. Sets of cells are two longs; see {@link Cells}.
 *
 * @param ownLow and {@code ownHigh} the stones of the side to move, as it sees them
 * @param ownTakenLow and {@code ownTakenHigh} all stones, as it sees them
 * @param otherLow and {@code otherHigh} the other side's stones, as the other side sees them
 * @param otherTakenLow and {@code otherTakenHigh} all stones, as the other side sees them
 * @param lost whether the other side has joined its edges
 */
public record HexPosition(
    Hex rules,
    long ownLow,
    long ownHigh,
    long ownTakenLow,
    long ownTakenHigh,
    long otherLow,
    long otherHigh,
    long otherTakenLow,
    long otherTakenHigh,
    int ply,
    boolean lost)
    implements Position {

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
    return lost;
  }

  @Override
  public Outcome outcome() {
    return lost ? Outcome.winOf(sideToMove().opponent()) : Outcome.ONGOING;
  }

  @Override
  public Ending ending() {
    return Ending.CONNECTION;
  }

  /** A shortest chain of the winner's. */
  @Override
  public int[] decidingSquares() {
    Side winner = sideToMove().opponent();
    BitSet stones = new BitSet();
    for (int cell = 0; cell < rules.swap(); cell++) {
      stones.set(cell, has(otherLow, otherHigh, cell));
    }
    return Chain.shortest(stones, rules.size).stream()
        .mapToInt(cell -> rules.seenBy(winner, cell))
        .sorted()
        .toArray();
  }

  @Override
  public @Nullable Side pieceAt(int square) {
    Side side = sideToMove();
    if (has(ownLow, ownHigh, rules.seenBy(side, square))) {
      return side;
    }
    Side other = side.opponent();
    return has(otherLow, otherHigh, rules.seenBy(other, square)) ? other : null;
  }

  @Override
  public boolean isLegal(int action) {
    if (lost || action < 0 || action > rules.swap()) {
      return false;
    }
    return action == rules.swap() ? ply == 1 : !has(ownTakenLow, ownTakenHigh, action);
  }

  @Override
  public int legalActions(int[] actions) {
    if (lost) {
      return 0;
    }
    int cells = rules.swap();
    int count = 0;
    for (long free = ~ownTakenLow & first(cells); free != 0; free &= free - 1) {
      actions[count++] = Long.numberOfTrailingZeros(free);
    }
    for (long free = ~ownTakenHigh & first(cells - Long.SIZE); free != 0; free &= free - 1) {
      actions[count++] = Long.SIZE + Long.numberOfTrailingZeros(free);
    }
    if (ply == 1) {
      actions[count++] = cells;
    }
    return count;
  }

  /** The lowest bits of a long. */
  private static long first(int bits) {
    return bits <= 0 ? 0 : bits >= Long.SIZE ? -1 : (1L << bits) - 1;
  }

  @Override
  public HexPosition play(int action) {
    if (!isLegal(action)) {
      throw new IllegalArgumentException(
          "Action %d cannot be played in%n%s".formatted(action, diagram()));
    }
    if (action == rules.swap()) {
      // What the first player sees of its stone is what the second sees of the one it gets.
      int stone = Long.numberOfTrailingZeros(otherLow == 0 ? otherHigh : otherLow);
      int cell = otherLow == 0 ? Long.SIZE + stone : stone;
      int seen = rules.cells.mirrored(cell);
      return new HexPosition(
          rules, 0, 0, low(seen), high(seen), otherLow, otherHigh, otherLow, otherHigh, 2, false);
    }
    int seen = rules.cells.mirrored(action);
    long low = ownLow | low(action);
    long high = ownHigh | high(action);
    return new HexPosition(
        rules,
        otherLow,
        otherHigh,
        otherTakenLow | low(seen),
        otherTakenHigh | high(seen),
        low,
        high,
        ownTakenLow | low(action),
        ownTakenHigh | high(action),
        ply + 1,
        // With fewer stones than rows nothing is joined.
        ply >= 2 * rules.size - 2 && rules.cells.joinsEdges(low, high, action));
  }

  @Override
  public boolean canWinAtOnce() {
    if (ply < 2 * rules.size - 2) {
      return false;
    }
    int cells = rules.swap();
    return rules.cells.canJoinEdges(
        ownLow, ownHigh, ~ownTakenLow & first(cells), ~ownTakenHigh & first(cells - Long.SIZE));
  }

  /**
   * Planes, as the side to move sees the board: own stones, the opponent's, and ones where swapping
   * is a move.
   */
  @Override
  public void writePlanes(float[] planes, int offset) {
    float swap = ply == 1 ? 1 : 0;
    int size = rules.size;
    int at = offset;
    for (int row = size - 1; row >= 0; row--) {
      for (int column = 0; column < size; column++) {
        int cell = row * size + column;
        boolean own = has(ownLow, ownHigh, cell);
        planes[at] = own ? 1 : 0;
        planes[at + 1] = !own && has(ownTakenLow, ownTakenHigh, cell) ? 1 : 0;
        planes[at + 2] = swap;
        at += 3;
      }
    }
  }

  @Override
  public int planesCell(int square) {
    return Position.super.planesCell(rules.seenBy(sideToMove(), square));
  }

  @Override
  public Position transform(int symmetry) {
    Objects.checkIndex(symmetry, 2);
    if (symmetry == 0) {
      return this;
    }
    Cells cells = rules.cells;
    return new HexPosition(
        rules,
        cells.turnedLow(ownLow, ownHigh),
        cells.turnedHigh(ownLow),
        cells.turnedLow(ownTakenLow, ownTakenHigh),
        cells.turnedHigh(ownTakenLow),
        cells.turnedLow(otherLow, otherHigh),
        cells.turnedHigh(otherLow),
        cells.turnedLow(otherTakenLow, otherTakenHigh),
        cells.turnedHigh(otherTakenLow),
        ply,
        lost);
  }

  @Override
  public long hash64() {
    long hash = Hash.mix(Hash.mix(ply & 1), ownLow);
    hash = Hash.mix(hash, ownHigh);
    hash = Hash.mix(hash, otherLow);
    return Hash.mix(hash, otherHigh);
  }

  /**
   * The rows as they lie on the table: each stands half a cell further right than the one below.
   */
  @Override
  public String diagram() {
    StringBuilder text = new StringBuilder();
    int number = rules.size;
    for (String line : Squares.diagramWithSide(this).split("\n", -1)) {
      text.repeat(' ', Math.max(0, number--)).append(line).append('\n');
    }
    return text.toString().stripTrailing() + "\n";
  }
}
