package tabula.agents.solve;

import java.util.Optional;
import tabula.games.Position;
import tabula.games.othello.Discs;
import tabula.games.othello.Othello;
import tabula.games.othello.OthelloPosition;

/**
 * Solves Othello's last moves exactly: alpha-beta over bitboards. First come moves that leave the
 * opponent few replies, and among them those into quarters of the board with an odd number of free
 * squares, where whoever goes in first also goes last.
 */
public final class OthelloEndings implements Finisher {

  /** With so many squares free an end takes some milliseconds. */
  static final int MOST_FREE = 12;

  /** With fewer squares free, sorting and remembering cost more than they save. */
  private static final int LEAST_SORTED = 5;

  private static final int TABLE_SIZE = 1 << 16;
  private static final int MOST_DISCS = 64;
  private static final long CORNERS = 0x8100_0000_0000_0081L;
  private static final long[] QUARTERS = {
    0x0000_0000_0F0F_0F0FL, 0x0000_0000_F0F0_F0F0L, 0x0F0F_0F0F_0000_0000L, 0xF0F0_F0F0_0000_0000L
  };

  private final long[] tableOwn = new long[TABLE_SIZE];
  private final long[] tableOpponent = new long[TABLE_SIZE];
  private final byte[] lower = new byte[TABLE_SIZE];
  private final byte[] upper = new byte[TABLE_SIZE];

  private final long squares;
  private final long inner;
  private long nodes;

  public OthelloEndings(Othello rules) {
    this.squares = rules.squares();
    this.inner = rules.inner();
  }

  @Override
  public Optional<Finish> find(Position position) {
    OthelloPosition root = (OthelloPosition) position;
    if (Long.bitCount(squares & ~(root.own() | root.opponent())) > MOST_FREE) {
      return Optional.empty();
    }
    int best = -MOST_DISCS - 1;
    int action = -1;
    for (int each : root.legalActions()) {
      OthelloPosition after = root.play(each);
      int lead = -search(after.own(), after.opponent(), -MOST_DISCS - 1, -best);
      if (lead > best) {
        best = lead;
        action = each;
      }
    }
    return Optional.of(new Finish(action, Integer.signum(best)));
  }

  /** By how many discs the side to move leads in the end, if both sides play their best. */
  public int lead(OthelloPosition position) {
    return search(position.own(), position.opponent(), -MOST_DISCS, MOST_DISCS);
  }

  /** How many positions were looked at so far. */
  public long nodes() {
    return nodes;
  }

  /** The lead where it is between the two bounds; outside, a bound of it. */
  private int search(long own, long opponent, int alpha, int beta) {
    nodes++;
    long free = squares & ~(own | opponent);
    long places = Discs.places(own, opponent, inner) & free;
    if (places == 0) {
      return (Discs.places(/* own= */ opponent, /* opponent= */ own, inner) & free) == 0
          ? Long.bitCount(own) - Long.bitCount(opponent)
          : -search(/* own= */ opponent, /* opponent= */ own, -beta, -alpha);
    }
    return Long.bitCount(free) < LEAST_SORTED
        ? plain(own, opponent, places, free, alpha, beta)
        : sorted(own, opponent, places, free, alpha, beta);
  }

  /** Moves into odd quarters first. */
  private int plain(long own, long opponent, long places, long free, int alpha, int beta) {
    long odd = odd(free);
    int best = best(own, opponent, places & odd, -MOST_DISCS - 1, alpha, beta);
    return best(own, opponent, places & ~odd, best, alpha, beta);
  }

  /** The best of some moves and of what is known already. */
  private int best(long own, long opponent, long places, int known, int alpha, int beta) {
    int best = known;
    for (long left = places; left != 0 && best < beta; left &= left - 1) {
      long disc = left & -left;
      best = Math.max(best, after(own, opponent, disc, Math.max(alpha, best), beta));
    }
    return best;
  }

  /** What a move comes to. */
  private int after(long own, long opponent, long disc, int alpha, int beta) {
    long turned = Discs.turned(disc, own, opponent, inner);
    return -search(opponent ^ turned, own | turned | disc, -beta, -alpha);
  }

  private int sorted(long own, long opponent, long places, long free, int alpha, int beta) {
    int slot = slot(own, opponent);
    boolean known = tableOwn[slot] == own && tableOpponent[slot] == opponent;
    int least = known ? Math.max(alpha, lower[slot]) : alpha;
    int most = known ? Math.min(beta, upper[slot]) : beta;
    if (known && least >= most) {
      return lower[slot] >= beta ? lower[slot] : upper[slot];
    }
    int count = Long.bitCount(places);
    long[] discs = new long[count];
    int[] ranks = new int[count];
    long odd = odd(free);
    int filled = 0;
    for (long left = places; left != 0; left &= left - 1) {
      long disc = left & -left;
      long turned = Discs.turned(disc, own, opponent, inner);
      long replies = Discs.places(opponent ^ turned, own | turned | disc, inner) & free & ~disc;
      int rank =
          8 * Long.bitCount(replies)
              - ((disc & CORNERS) != 0 ? 12 : 0)
              - ((disc & odd) != 0 ? 4 : 0);
      int at = filled++;
      for (; at > 0 && ranks[at - 1] > rank; at--) {
        ranks[at] = ranks[at - 1];
        discs[at] = discs[at - 1];
      }
      ranks[at] = rank;
      discs[at] = disc;
    }
    int best = -MOST_DISCS - 1;
    for (long disc : discs) {
      best = Math.max(best, after(own, opponent, disc, Math.max(least, best), most));
      if (best >= most) {
        break;
      }
    }
    boolean same = known && tableOwn[slot] == own && tableOpponent[slot] == opponent;
    tableOwn[slot] = own;
    tableOpponent[slot] = opponent;
    lower[slot] = (byte) (best > least ? best : same ? lower[slot] : -MOST_DISCS);
    upper[slot] = (byte) (best < most ? best : same ? upper[slot] : MOST_DISCS);
    return best;
  }

  private static int slot(long own, long opponent) {
    long mixed = (own * 0x9E37_79B9_7F4A_7C15L) ^ (opponent * 0xC2B2_AE3D_27D4_EB4FL);
    return (int) ((mixed ^ (mixed >>> 29)) >>> 7) & (TABLE_SIZE - 1);
  }

  /** The free squares of quarters that have an odd number of them. */
  private static long odd(long free) {
    long odd = 0;
    for (long quarter : QUARTERS) {
      odd |= (Long.bitCount(free & quarter) & 1) != 0 ? free & quarter : 0;
    }
    return odd;
  }
}
