package tabula.agents.solve;

import static tabula.games.connectfour.Bitboard.playable;
import static tabula.games.connectfour.Bitboard.winningSquares;
import static tabula.games.connectfour.ConnectFour.HEIGHT;
import static tabula.games.connectfour.ConnectFour.WIDTH;

import tabula.games.Position;
import tabula.games.connectfour.Bitboard;
import tabula.games.connectfour.ConnectFourPosition;

/**
 * Solves Connect Four by alpha-beta over bitboards with a null window, a transposition table and
 * moves ordered by the threats that they make: the well-known technique of Pascal Pons's solver,
 * whose scores it shares. The score is half the number of discs that the winner has left after the
 * winning one, plus one. {@link Zugzwang} cuts what needs no search.
 */
final class ConnectFourSolver implements Solver {

  private static final int SQUARES = WIDTH * HEIGHT;
  private static final int[] CENTRE_FIRST = {3, 2, 4, 1, 5, 0, 6};

  /** Before so many moves a position and its mirror image are one; later it is not worth it. */
  private static final int MIRRORED_PLIES = 14;

  /** From so many moves on, looking a child up before searching it costs more than it saves. */
  private static final int LOOKED_UP_PLIES = 26;

  /** What is added to a bound to make an entry's low 8 bits, which are never 0. */
  private static final int UPPER_BOUND = 64;

  private static final int LOWER_BOUND = 192;

  /** Keys have 50 bits. */
  private static final int PLY_SHIFT = 58;

  /** 64 MB of table. */
  private static final int USUAL_TABLE_BITS = 23;

  /** An entry: a ply, above a position's key, above 8 bits that say what is known of its score. */
  private final long[] table;

  private final int tableShift;
  private final ConnectFourBook book;

  /** For each ply, the moves in the order in which they are tried: see {@link #rank}. */
  private final int[][] orders = new int[SQUARES][WIDTH];

  ConnectFourSolver() {
    this(ConnectFourBook.shipped(), USUAL_TABLE_BITS);
  }

  /**
   * A solver with nothing in its table.
   *
   * @param tableBits the table has 2 to this power entries of 8 bytes
   */
  ConnectFourSolver(ConnectFourBook book, int tableBits) {
    this.book = book;
    this.table = new long[1 << tableBits];
    this.tableShift = Long.SIZE - tableBits;
  }

  @Override
  public int score(Position position) {
    return scoreWithin(position, SQUARES);
  }

  @Override
  public int scoreWithin(Position position, int plies) {
    ConnectFourPosition board = (ConnectFourPosition) position;
    int soonest = (SQUARES + 1 - board.ply()) / 2;
    int leastWin = Solver.leastWin(SQUARES, board.ply(), plies);
    int leastLoss = Solver.leastWin(SQUARES, board.ply() + 1, plies - 1);
    // Asking only for scores so far from 0 keeps the search as shallow.
    int score = leastWin <= soonest ? search(board, leastWin - 1, soonest) : 0;
    if (score >= leastWin) {
      return score;
    }
    score = leastLoss <= soonest ? search(board, -soonest, 1 - leastLoss) : 0;
    return score <= -leastLoss ? score : 0;
  }

  @Override
  public int value(Position position) {
    return Integer.signum(search((ConnectFourPosition) position, -1, 1));
  }

  /**
   * Narrows the score down by questions of the form "is it more than this?", each asked with a null
   * window.
   */
  private int search(ConnectFourPosition board, int least, int most) {
    long own = board.own();
    long occupied = board.occupied();
    int ply = board.ply();
    if ((winningSquares(own, occupied) & playable(occupied)) != 0) {
      return (SQUARES + 1 - ply) / 2;
    }
    int low = least;
    int high = most;
    while (low < high) {
      int middle = low + (high - low) / 2;
      if (middle <= 0 && low / 2 < middle) {
        middle = low / 2;
      } else if (middle >= 0 && high / 2 > middle) {
        middle = high / 2;
      }
      int score = negamax(own, occupied, ply, middle, middle + 1);
      if (score <= middle) {
        high = score;
      } else {
        low = score;
      }
    }
    return low;
  }

  /** A bound of the score within the window. The side to move has no win in one. */
  private int negamax(long own, long occupied, int ply, int lowest, int highest) {
    long moves = movesThatDoNotLoseAtOnce(own, occupied);
    if (moves == 0) {
      return -(SQUARES - ply) / 2;
    }
    if (ply >= SQUARES - 2) {
      return 0;
    }
    // Neither side can win sooner than these say.
    int alpha = Math.max(lowest, -(SQUARES - 2 - ply) / 2);
    int beta = Math.min(highest, (SQUARES - 1 - ply) / 2);
    if (ply == book.ply()) {
      // The book knows who wins, not how soon.
      int value = book.value(own, occupied);
      alpha = value >= 0 ? Math.max(alpha, value) : alpha;
      beta = value <= 0 ? Math.min(beta, value) : beta;
    }
    if (alpha >= beta) {
      return alpha > lowest ? alpha : beta;
    }
    if ((moves & (moves - 1)) == 0) {
      return -negamax(own ^ occupied, occupied | moves, ply + 1, -beta, -alpha);
    }
    long key = key(own, occupied, ply);
    long entry = entry(key);
    if (entry != 0) {
      int known = (int) (entry & 0xFF);
      if (known >= LOWER_BOUND) {
        alpha = Math.max(alpha, known - LOWER_BOUND);
      } else {
        beta = Math.min(beta, known - UPPER_BOUND);
      }
      if (alpha >= beta) {
        return known >= LOWER_BOUND ? alpha : beta;
      }
    }
    long opponent = own ^ occupied;
    int[] order = orders[ply];
    int count = 0;
    for (int column : CENTRE_FIRST) {
      long move = moves & Bitboard.column(column);
      if (move != 0) {
        long after = occupied | move;
        long threats = winningSquares(own | move, after);
        if (cannotBeParried(threats, after)) {
          return (SQUARES - 1 - ply) / 2;
        }
        int known = -knownUpperBound(opponent, after, threats, ply + 1);
        if (known >= beta) {
          return known;
        }
        // Sorted by insertion: at most seven.
        int rank = rank(move, threats, ply);
        int at = count++;
        while (at > 0 && order[at - 1] >> 6 < rank >> 6) {
          order[at] = order[at - 1];
          at--;
        }
        order[at] = rank;
      }
    }
    for (int i = 0; i < count; i++) {
      // A shift takes the low six bits: the square.
      long move = 1L << order[i];
      int score = -negamax(opponent, occupied | move, ply + 1, -beta, -alpha);
      if (score >= beta) {
        remember(key, ply, score + LOWER_BOUND);
        return score;
      }
      alpha = Math.max(alpha, score);
    }
    remember(key, ply, alpha + UPPER_BOUND);
    return alpha;
  }

  /**
   * What is known without search of the score for the side to move, which has no win in one: no
   * more than this.
   *
   * @param threats the squares that win for the other side
   */
  private int knownUpperBound(long own, long occupied, long threats, int ply) {
    if (ply < LOOKED_UP_PLIES) {
      int known = (int) (entry(key(own, occupied, ply)) & 0xFF);
      if (known != 0 && known < LOWER_BOUND) {
        return known - UPPER_BOUND;
      }
    }
    return Zugzwang.upperBound(own, occupied, threats, ply);
  }

  /**
   * The square of a move, and above its six bits how early it is to be tried: after how many
   * threats it makes, those in the rows that this side is likely to get counting twice. Of equals
   * the most central comes first.
   */
  private static int rank(long move, long threats, int ply) {
    long likely = threats & ((ply & 1) == 0 ? Zugzwang.ODD_ROWS : Zugzwang.EVEN_ROWS);
    return (Long.bitCount(threats) + Long.bitCount(likely)) << 6 | Long.numberOfTrailingZeros(move);
  }

  /** Whether the opponent, to move and without a win in one, cannot keep up with these threats. */
  private static boolean cannotBeParried(long threats, long occupied) {
    long now = threats & playable(occupied);
    return now != 0 && ((now & (now - 1)) != 0 || (threats & (now << 1)) != 0);
  }

  /** No two positions share a key, apart from mirror images, and none is 0, as a free slot is. */
  private static long key(long own, long occupied, int ply) {
    long key = own + occupied;
    if (ply < MIRRORED_PLIES) {
      key = Math.min(key, Bitboard.mirror(own) + Bitboard.mirror(occupied));
    }
    return key + Bitboard.BOTTOM;
  }

  /** The entry of a position, or 0. */
  private long entry(long key) {
    int slot = slot(key);
    long entry = table[slot];
    if (keyOf(entry) != key) {
      entry = table[slot + 1];
    }
    return keyOf(entry) == key ? entry : 0;
  }

  /**
   * Of two neighbouring slots, the first is for what took the most work, the second for the latest.
   */
  private void remember(long key, int ply, int bound) {
    int slot = slot(key);
    long first = table[slot];
    boolean takesFirst = first == 0 || keyOf(first) == key || ply <= first >>> PLY_SHIFT;
    table[takesFirst ? slot : slot + 1] = (long) ply << PLY_SHIFT | key << 8 | bound;
  }

  private static long keyOf(long entry) {
    return (entry & (1L << PLY_SHIFT) - 1) >>> 8;
  }

  /** The first of the two slots of a key. */
  private int slot(long key) {
    return (int) ((key * 0x9E3779B97F4A7C15L) >>> tableShift) & ~1;
  }

  private static long movesThatDoNotLoseAtOnce(long own, long occupied) {
    long possible = playable(occupied);
    long threatened = winningSquares(own ^ occupied, occupied);
    long forced = possible & threatened;
    if (forced != 0) {
      if ((forced & (forced - 1)) != 0) {
        return 0;
      }
      possible = forced;
    }
    // Nor a move right below a square where the opponent wins.
    return possible & ~(threatened >>> 1);
  }
}
