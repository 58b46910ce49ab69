package tabula.games.go;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import tabula.games.Board;
import tabula.games.Game;
import tabula.games.PlanesShape;
import tabula.games.Position;
import tabula.games.Side;
import tabula.games.Squares;
import tabula.games.record.RecordFormat;
import tabula.games.record.SgfFormat;

/**
 * Go by the rules of Tromp and Taylor: chains without liberties are taken off, the opponent's first
 * and then one's own; no stone may make the board any that there was before (positional superko);
 * two passes end the game, and every stone that is then on the board lives. A side's area is its
 * stones and the empty points from which only they are reached; the second player gets the komi. A
 * game that is not over after {@link #maxPlies()} moves is counted as it stands.
 *
 * <p>Action {@code row * size + column} with row 0 at the bottom, and the last one passes. Moves
 * are written {@code a1} to {@code i9}, no letter left out, and {@code pass}.
 */
public final class Go implements Game {

  public static final Go SEVEN = new Go(7, 9);
  public static final Go NINE = new Go(9, 7);

  static final String PASS = "pass";

  /** What a hash of stones is looked up by: its highest bits. */
  private static final int SLOT_BITS = 12;

  final int size;
  final int komi;
  final Points points;
  private final Board board;
  private final PlanesShape shape;
  private final Position initial;
  private final List<RecordFormat> formats;

  /** By side and point. */
  private final long[][] stoneHashes = new long[2][];

  private final byte[][] pointsBySlot = new byte[2][1 << SLOT_BITS];

  Go(int size, int komi) {
    this.size = size;
    this.komi = komi;
    this.points = new Points(size);
    this.board = new Board(Board.Kind.SURROUND, size, size);
    this.shape = new PlanesShape(size, size, GoPosition.CHANNELS);
    SplittableRandom random = new SplittableRandom(size);
    for (int side = 0; side < 2; side++) {
      byte[] bySlot = pointsBySlot[side];
      Arrays.fill(bySlot, (byte) -1);
      long[] hashes = new long[size * size];
      for (int point = 0; point < hashes.length; point++) {
        do {
          hashes[point] = random.nextLong();
        } while (bySlot[slot(hashes[point])] >= 0);
        bySlot[slot(hashes[point])] = (byte) point;
      }
      stoneHashes[side] = hashes;
    }
    this.initial = GoPosition.initial(this);
    this.formats = List.of(new SgfFormat(this, 1, komi, SgfFormat.POINTS));
  }

  private static int slot(long hash) {
    return (int) (hash >>> (Long.SIZE - SLOT_BITS));
  }

  private long[] hashes(Side side) {
    return stoneHashes[side == Side.FIRST ? 0 : 1];
  }

  /** A stone's share in the hash of a board. */
  long stoneHash(Side side, int point) {
    return hashes(side)[point];
  }

  /** The point of which this is the {@link #stoneHash}, or -1. */
  int pointOfStoneHash(Side side, long hash) {
    int point = pointsBySlot[side == Side.FIRST ? 0 : 1][slot(hash)];
    return point >= 0 && hashes(side)[point] == hash ? point : -1;
  }

  @Override
  public String id() {
    return "go-" + size;
  }

  @Override
  public String title() {
    return "Go %dx%d".formatted(size, size);
  }

  /** What the second player gets for moving second, in points. */
  public int komi() {
    return komi;
  }

  @Override
  public Position initialPosition() {
    return initial;
  }

  @Override
  public int actionCount() {
    return pass() + 1;
  }

  int pass() {
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

  @Override
  public int symmetryCount() {
    return Squares.SYMMETRIES;
  }

  @Override
  public int transformAction(int action, int symmetry) {
    return action == pass() ? action : Squares.transform(action, size, symmetry);
  }

  /** The rules alone would end a game at some time too, but nobody would live to see it. */
  @Override
  public int maxPlies() {
    return 4 * size * size;
  }

  @Override
  public String formatMove(Position position, int action) {
    return action == pass() ? PASS : Squares.name(action, size);
  }

  @Override
  public int parseMove(Position position, String move) {
    return move.equals(PASS) ? pass() : Squares.parse(move, size, size);
  }

  @Override
  public String whyIllegal(Position position, int action) {
    return position.pieceAt(action) == null
        ? "A stone on %s would make the board one that was there before."
            .formatted(formatMove(position, action))
        : "Point %s is taken.".formatted(formatMove(position, action));
  }

  @Override
  public String moveSeparator() {
    return " ";
  }

  @Override
  public List<RecordFormat> recordFormats() {
    return formats;
  }
}
