package tabula.games.checkers;

import java.util.HashSet;
import java.util.Set;
import tabula.games.Position;
import tabula.games.Side;

/** The rules on an array of 64 squares, without haste: for comparison. */
final class SlowCheckers {

  private SlowCheckers() {}

  /** The boards that the legal moves of a position lead to. */
  static Set<String> after(Position position) {
    char[] board = new char[64];
    for (int square = 0; square < 64; square++) {
      board[square] = position.symbolAt(square);
    }
    boolean first = position.sideToMove() == Side.FIRST;
    Set<String> jumps = new HashSet<>();
    Set<String> steps = new HashSet<>();
    for (int from = 0; from < 64; from++) {
      if (first
          ? board[from] == 'X' || board[from] == 'K'
          : board[from] == 'O' || board[from] == 'k') {
        char piece = board[from];
        char[] lifted = board.clone();
        lifted[from] = '.';
        jump(lifted, from, piece, first, false, jumps);
        for (int[] way : ways(piece, first)) {
          int to = beside(from, way, 1);
          if (to >= 0 && board[to] == '.') {
            steps.add(down(lifted, to, piece));
          }
        }
      }
    }
    return jumps.isEmpty() ? steps : jumps;
  }

  private static void jump(
      char[] board, int at, char piece, boolean first, boolean jumped, Set<String> ends) {
    boolean stops = jumped && isMan(piece) && at / 8 == (first ? 7 : 0);
    boolean goesOn = false;
    for (int[] way : ways(piece, first)) {
      int over = beside(at, way, 1);
      int to = beside(at, way, 2);
      if (!stops && to >= 0 && board[to] == '.' && isOther(board[over], first)) {
        goesOn = true;
        char[] next = board.clone();
        next[over] = '*';
        jump(next, to, piece, first, true, ends);
      }
    }
    if (jumped && !goesOn) {
      ends.add(down(board, at, piece).replace('*', '.'));
    }
  }

  private static boolean isMan(char piece) {
    return piece == 'X' || piece == 'O';
  }

  private static boolean isOther(char piece, boolean first) {
    return first ? piece == 'O' || piece == 'k' : piece == 'X' || piece == 'K';
  }

  private static String down(char[] lifted, int to, char piece) {
    char[] board = lifted.clone();
    board[to] = piece == 'X' && to / 8 == 7 ? 'K' : piece == 'O' && to / 8 == 0 ? 'k' : piece;
    return new String(board);
  }

  private static int[][] ways(char piece, boolean first) {
    return isMan(piece)
        ? (first ? new int[][] {{1, 1}, {-1, 1}} : new int[][] {{1, -1}, {-1, -1}})
        : new int[][] {{1, 1}, {-1, 1}, {1, -1}, {-1, -1}};
  }

  private static int beside(int from, int[] way, int distance) {
    int column = from % 8 + way[0] * distance;
    int row = from / 8 + way[1] * distance;
    return column >= 0 && column < 8 && row >= 0 && row < 8 ? row * 8 + column : -1;
  }
}
