package tabula.games.connectfour;

import static tabula.games.connectfour.ConnectFour.HEIGHT;
import static tabula.games.connectfour.ConnectFour.WIDTH;

import java.util.Objects;
import tabula.games.Game;
import tabula.games.Outcome;
import tabula.games.Position;
import tabula.games.Side;

/**
 * A board of two bitboards. Square (column, row) is bit {@code column * 7 + row}, row 0 at the
 * bottom; the seventh bit of each column stays empty, so that lines never run from one column into
 * the next (the usual layout of solvers).
 *
 * @param own the discs of the side to move
 * @param occupied all discs
 */
public record ConnectFourPosition(long own, long occupied) implements Position {

  /** Bits from one column to the next. */
  static final int STRIDE = HEIGHT + 1;

  static final ConnectFourPosition INITIAL = new ConnectFourPosition(0, 0);

  private static final long BOTTOM = bottom();
  private static final long BOARD = BOTTOM * ((1L << HEIGHT) - 1);
  private static final long COLUMN = (1L << HEIGHT) - 1;

  private static long bottom() {
    long mask = 0;
    for (int column = 0; column < WIDTH; column++) {
      mask |= 1L << (column * STRIDE);
    }
    return mask;
  }

  @Override
  public Game game() {
    return ConnectFour.GAME;
  }

  @Override
  public Side sideToMove() {
    return (ply() & 1) == 0 ? Side.FIRST : Side.SECOND;
  }

  @Override
  public int ply() {
    return Long.bitCount(occupied);
  }

  /** The discs of the side that has just moved. */
  public long opponent() {
    return own ^ occupied;
  }

  @Override
  public Outcome outcome() {
    if (hasFour(opponent())) {
      return Outcome.winOf(sideToMove().opponent());
    }
    return occupied == BOARD ? Outcome.DRAW : Outcome.ONGOING;
  }

  @Override
  public boolean isOver() {
    return occupied == BOARD || hasFour(opponent());
  }

  @Override
  public boolean isLegal(int action) {
    return action >= 0 && action < WIDTH && hasRoom(action) && !hasFour(opponent());
  }

  private boolean hasRoom(int column) {
    return (occupied & (1L << (column * STRIDE + HEIGHT - 1))) == 0;
  }

  @Override
  public int legalActions(int[] actions) {
    int count = 0;
    if (!hasFour(opponent())) {
      for (int column = 0; column < WIDTH; column++) {
        if (hasRoom(column)) {
          actions[count++] = column;
        }
      }
    }
    return count;
  }

  @Override
  public ConnectFourPosition play(int action) {
    if (!isLegal(action)) {
      throw new IllegalArgumentException(
          "Column %d cannot be played in%n%s".formatted(action + 1, diagram()));
    }
    // Adding the column's lowest bit carries through its discs to the first empty square.
    long disc = (occupied + (1L << (action * STRIDE))) & (COLUMN << (action * STRIDE));
    return new ConnectFourPosition(opponent(), occupied | disc);
  }

  /** Whether four of {@code discs} stand in a line. */
  public static boolean hasFour(long discs) {
    return hasFour(discs, 1)
        || hasFour(discs, STRIDE)
        || hasFour(discs, STRIDE - 1)
        || hasFour(discs, STRIDE + 1);
  }

  private static boolean hasFour(long discs, int step) {
    long pairs = discs & (discs >>> step);
    return (pairs & (pairs >>> (2 * step))) != 0;
  }

  /** Planes: own discs, the opponent's, and a plane of ones where the first player is to move. */
  @Override
  public void writePlanes(float[] planes, int offset) {
    long opponent = opponent();
    float first = sideToMove() == Side.FIRST ? 1 : 0;
    int at = offset;
    for (int row = HEIGHT - 1; row >= 0; row--) {
      for (int column = 0; column < WIDTH; column++) {
        int square = column * STRIDE + row;
        planes[at] = (own >>> square) & 1;
        planes[at + 1] = (opponent >>> square) & 1;
        planes[at + 2] = first;
        at += 3;
      }
    }
  }

  @Override
  public Position transform(int symmetry) {
    Objects.checkIndex(symmetry, 2);
    return symmetry == 0 ? this : new ConnectFourPosition(mirror(own), mirror(occupied));
  }

  private static long mirror(long discs) {
    long mirrored = 0;
    for (int column = 0; column < WIDTH; column++) {
      mirrored |= ((discs >>> (column * STRIDE)) & COLUMN) << ((WIDTH - 1 - column) * STRIDE);
    }
    return mirrored;
  }

  @Override
  public long hash64() {
    // Own discs plus all discs is a perfect key of the position; the multiplications mix it.
    long key = (own + occupied) * 0x9E3779B97F4A7C15L;
    key = (key ^ (key >>> 32)) * 0xD6E8FEB86659FD93L;
    return key ^ (key >>> 29);
  }

  @Override
  public String diagram() {
    char mine = sideToMove() == Side.FIRST ? 'X' : 'O';
    char theirs = sideToMove() == Side.FIRST ? 'O' : 'X';
    StringBuilder text = new StringBuilder();
    for (int row = HEIGHT - 1; row >= 0; row--) {
      for (int column = 0; column < WIDTH; column++) {
        long square = 1L << (column * STRIDE + row);
        text.append(column == 0 ? "" : " ")
            .append((own & square) != 0 ? mine : (occupied & square) != 0 ? theirs : '.');
      }
      text.append('\n');
    }
    return text.append("1 2 3 4 5 6 7\n").toString();
  }
}
