package tabula.agents.solve;

import static tabula.games.connectfour.ConnectFour.HEIGHT;
import static tabula.games.connectfour.ConnectFour.WIDTH;

import java.util.OptionalInt;
import tabula.games.Position;
import tabula.games.connectfour.Bitboard;
import tabula.games.connectfour.ConnectFourPosition;

/**
 * Solves Connect Four by alpha-beta over bitboards with a null window, a transposition table and
 * moves ordered by the threats that they make: the well-known technique of Pascal Pons's solver,
 * whose scores it shares. The score is half the number of discs that the winner has left after the
 * winning one, plus one.
 */
final class ConnectFourSolver implements Solver {

  private static final int SQUARES = WIDTH * HEIGHT;
  private static final long LOWER_OF_PAIRS = Bitboard.BOTTOM * 0b010101;
  private static final int MIRRORED_TO_PLY = 16;
  private static final int[] CENTRE_FIRST = {3, 2, 4, 1, 5, 0, 6};

  /** A prime: keys spread evenly over the table. 64 MB. */
  private static final int TABLE_SIZE = 8_388_593;

  /** An entry: a position's key above 8 bits that say what is known of its score. */
  private final long[] table;

  private long nodesLeft;

  /** Thrown through the search when it has used up its nodes. */
  private static final class OutOfNodesException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private OutOfNodesException() {
      super("out of nodes", null, false, false);
    }
  }

  ConnectFourSolver() {
    this.table = new long[TABLE_SIZE];
  }

  @Override
  public int score(Position position) {
    ConnectFourPosition board = (ConnectFourPosition) position;
    nodesLeft = Long.MAX_VALUE;
    return search(board, -(SQUARES - board.ply()) / 2, (SQUARES + 1 - board.ply()) / 2);
  }

  @Override
  public int value(Position position) {
    return valueWithin(position, Long.MAX_VALUE).orElseThrow();
  }

  @Override
  public OptionalInt valueWithin(Position position, long nodes) {
    nodesLeft = nodes;
    try {
      return OptionalInt.of(Integer.signum(search((ConnectFourPosition) position, -1, 1)));
    } catch (OutOfNodesException e) {
      return OptionalInt.empty();
    }
  }

  /**
   * Narrows the score down by questions of the form "is it more than this?", each asked with a null
   * window.
   */
  private int search(ConnectFourPosition board, int least, int most) {
    long own = board.own();
    long occupied = board.occupied();
    int ply = board.ply();
    if ((Bitboard.winningSquares(own, occupied) & Bitboard.playable(occupied)) != 0) {
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
    if (alpha >= beta) {
      return alpha > lowest ? alpha : beta;
    }
    nodesLeft--;
    if (nodesLeft < 0) {
      throw new OutOfNodesException();
    }
    if (alpha >= 0 && (ply & 1) == 0 && cannotWinAgainstFollowUp(own, occupied)) {
      return 0;
    }
    long key = ply <= MIRRORED_TO_PLY ? canonicalKey(own, occupied) : own + occupied;
    int slot = (int) (key % table.length);
    long entry = table[slot];
    if (entry != 0 && entry >>> 8 == key) {
      // An upper bound is written as 64 plus it, a lower bound as 192 plus it.
      int known = (int) (entry & 0xFF);
      if (known >= 128) {
        alpha = Math.max(alpha, known - 192);
      } else {
        beta = Math.min(beta, known - 64);
      }
      if (alpha >= beta) {
        return known >= 128 ? alpha : beta;
      }
    }
    // At most seven moves, sorted by insertion; of equals the most central stays first.
    long[] sorted = new long[WIDTH];
    int[] threats = new int[WIDTH];
    int count = 0;
    for (int column : CENTRE_FIRST) {
      long move = moves & Bitboard.column(column);
      if (move != 0) {
        int made = Long.bitCount(Bitboard.winningSquares(own | move, occupied));
        int at = count++;
        while (at > 0 && threats[at - 1] < made) {
          sorted[at] = sorted[at - 1];
          threats[at] = threats[at - 1];
          at--;
        }
        sorted[at] = move;
        threats[at] = made;
      }
    }
    for (int i = 0; i < count; i++) {
      int score = -negamax(own ^ occupied, occupied | sorted[i], ply + 1, -beta, -alpha);
      if (score >= beta) {
        table[slot] = key << 8 | (score + 192);
        return score;
      }
      alpha = Math.max(alpha, score);
    }
    table[slot] = key << 8 | (alpha + 64);
    return alpha;
  }

  /**
   * Whether the first player, to move, cannot win because the opponent may always answer right
   * above its move: all columns have an even number of free squares, and the lower ones of each
   * pair do not make four in a line for it.
   */
  private static boolean cannotWinAgainstFollowUp(long own, long occupied) {
    long free = Bitboard.ALL & ~occupied;
    // A column has an even number of discs if its lowest free square is in the first, third or
    // fifth row.
    if ((Bitboard.playable(occupied) & ~LOWER_OF_PAIRS) != 0) {
      return false;
    }
    return !Bitboard.hasFour(own | (free & LOWER_OF_PAIRS));
  }

  /**
   * The lesser of the keys of a position and its mirror image: early on the two meet often in one
   * search.
   */
  private static long canonicalKey(long own, long occupied) {
    long key = own + occupied;
    long mirrored = 0;
    for (int column = 0; column < WIDTH; column++) {
      long bits = (key >>> (column * Bitboard.STRIDE)) & ((1L << Bitboard.STRIDE) - 1);
      mirrored |= bits << ((WIDTH - 1 - column) * Bitboard.STRIDE);
    }
    return Math.min(key, mirrored);
  }

  private static long movesThatDoNotLoseAtOnce(long own, long occupied) {
    long possible = Bitboard.playable(occupied);
    long threatened = Bitboard.winningSquares(own ^ occupied, occupied);
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
