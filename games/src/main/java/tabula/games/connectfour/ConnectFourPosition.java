package tabula.games.connectfour;

import static tabula.games.connectfour.ConnectFour.HEIGHT;
import static tabula.games.connectfour.ConnectFour.WIDTH;

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
 * A board of two {@linkplain Bitboard bitboards}.
 *
 * @param own the discs of the side to move
 * @param occupied all discs
 */
public record ConnectFourPosition(long own, long occupied) implements Position {

  static final ConnectFourPosition INITIAL = new ConnectFourPosition(0, 0);

  @Override
  public Game game() {
    return ConnectFour.GAME;
  }

  @Override
  public Side sideToMove() {
    return Side.atPly(ply());
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
    if (Bitboard.hasFour(opponent())) {
      return Outcome.winOf(sideToMove().opponent());
    }
    return occupied == Bitboard.ALL ? Outcome.DRAW : Outcome.ONGOING;
  }

  @Override
  public boolean isOver() {
    return occupied == Bitboard.ALL || Bitboard.hasFour(opponent());
  }

  @Override
  public Ending ending() {
    return Bitboard.hasFour(opponent()) ? Ending.LINE : Ending.FULL_BOARD;
  }

  @Override
  public int[] decidingSquares() {
    return Lines.squares(this, sideToMove().opponent(), 4);
  }

  @Override
  public @Nullable Side pieceAt(int square) {
    long disc = 1L << (square % WIDTH * Bitboard.STRIDE + square / WIDTH);
    if ((occupied & disc) == 0) {
      return null;
    }
    return (own & disc) != 0 ? sideToMove() : sideToMove().opponent();
  }

  @Override
  public boolean isLegal(int action) {
    return action >= 0 && action < WIDTH && hasRoom(action) && !Bitboard.hasFour(opponent());
  }

  private boolean hasRoom(int column) {
    return (occupied & (1L << (column * Bitboard.STRIDE + HEIGHT - 1))) == 0;
  }

  @Override
  public int legalActions(int[] actions) {
    int count = 0;
    if (!Bitboard.hasFour(opponent())) {
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
    long disc = Bitboard.playable(occupied) & Bitboard.column(action);
    return new ConnectFourPosition(opponent(), occupied | disc);
  }

  @Override
  public boolean canWinAtOnce() {
    return (Bitboard.winningSquares(own, occupied) & Bitboard.playable(occupied)) != 0;
  }

  /**
   * Planes: own discs, the opponent's, the rows that fall to this side where columns fill up in
   * turn (odd ones to the first player: what decides most endings), and the free squares that would
   * complete four, own and the opponent's.
   */
  @Override
  public void writePlanes(float[] planes, int offset) {
    long opponent = opponent();
    long ownWins = Bitboard.winningSquares(own, occupied);
    long opponentWins = Bitboard.winningSquares(opponent, occupied);
    int parity = ply() & 1;
    int at = offset;
    for (int row = HEIGHT - 1; row >= 0; row--) {
      float ownRow = (row & 1) == parity ? 1 : 0;
      for (int column = 0; column < WIDTH; column++) {
        int square = column * Bitboard.STRIDE + row;
        planes[at] = (own >>> square) & 1;
        planes[at + 1] = (opponent >>> square) & 1;
        planes[at + 2] = ownRow;
        planes[at + 3] = (ownWins >>> square) & 1;
        planes[at + 4] = (opponentWins >>> square) & 1;
        at += 5;
      }
    }
  }

  @Override
  public Position transform(int symmetry) {
    Objects.checkIndex(symmetry, 2);
    return symmetry == 0
        ? this
        : new ConnectFourPosition(Bitboard.mirror(own), Bitboard.mirror(occupied));
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
    StringBuilder text = new StringBuilder();
    for (int row = HEIGHT - 1; row >= 0; row--) {
      for (int column = 0; column < WIDTH; column++) {
        text.append(column == 0 ? "" : " ").append(Squares.mark(pieceAt(row * WIDTH + column)));
      }
      text.append('\n');
    }
    return text.append("1 2 3 4 5 6 7\n").toString();
  }
}
