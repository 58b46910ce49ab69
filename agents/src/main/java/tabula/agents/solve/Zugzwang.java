package tabula.agents.solve;

import static tabula.games.connectfour.Bitboard.ALL;
import static tabula.games.connectfour.Bitboard.BOTTOM;
import static tabula.games.connectfour.Bitboard.hasFour;
import static tabula.games.connectfour.Bitboard.playable;

import tabula.games.connectfour.Bitboard;

/**
 * What can be said of a position without search, from who will run out of safe moves first: two of
 * the rules of Allis, "A knowledge-based approach of Connect-Four" (1988), that bitboards check in
 * a few operations. They cut three quarters of the solver's tree.
 *
 * <p>With an even number of squares in a column, whoever replies above the other's disc each time
 * gets its even rows (the second, fourth and sixth). While all columns are so, that is the second
 * player. Two columns with an odd number of free squares are paired: who is answered in the one by
 * the lowest square of the other has one of the two lowest squares, and above them all is as
 * before.
 */
final class Zugzwang {

  /** No score is higher. */
  static final int UNKNOWN = 100;

  static final long ODD_ROWS = BOTTOM * 0b010101;
  static final long EVEN_ROWS = BOTTOM * 0b101010;

  private Zugzwang() {}

  /**
   * An upper bound of the score for the side to move, which has no win in one: 0 if it cannot win,
   * -1 if it loses, or {@link #UNKNOWN}.
   *
   * @param threats the squares that win for the other side
   */
  static int upperBound(long own, long occupied, long threats, int ply) {
    if ((ply & 1) == 0) {
      return claimeven(own, occupied);
    }
    long oddThreats = threats & ODD_ROWS;
    return oddThreats != 0 && oddThreatWins(own, occupied, oddThreats) ? -1 : UNKNOWN;
  }

  /** The first player is to move, and the second replies above each of its discs. */
  private static int claimeven(long first, long occupied) {
    long free = ALL ^ occupied;
    long unpaired = playable(occupied) & EVEN_ROWS;
    // More than the first player can get, as it gets only half of the unpaired squares.
    if (hasFour(first | (free & ODD_ROWS) | unpaired)) {
      return UNKNOWN;
    }
    boolean secondCompletesFour = hasFour((first ^ occupied) | (free & EVEN_ROWS & ~unpaired));
    return secondCompletesFour ? -1 : 0;
  }

  /**
   * The second player is to move, and the first has a winning square in an odd row of a column with
   * an odd number of free squares. The first replies above each disc, so that in the end the second
   * must play right below that square.
   */
  private static boolean oddThreatWins(long second, long occupied, long threats) {
    long free = ALL ^ occupied;
    long unpaired = playable(occupied) & EVEN_ROWS;
    for (long left = unpaired; left != 0; left &= left - 1) {
      long lowest = left & -left;
      long column = Bitboard.column(Long.numberOfTrailingZeros(lowest) / Bitboard.STRIDE);
      long threat = Long.lowestOneBit(threats & column);
      if (threat != 0) {
        // More than the second player can get before it has to give way.
        long below = free & column & EVEN_ROWS & (threat - 1);
        long elsewhere = free & ~column & ODD_ROWS;
        if (!hasFour(second | below | elsewhere | (unpaired ^ lowest))) {
          return true;
        }
      }
    }
    return false;
  }
}
