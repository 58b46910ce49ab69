package tabula.games.go;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The rules of Tromp and Taylor as they are written, without haste: for comparison. */
final class SlowGo {

  private final int size;
  private final Set<String> before = new HashSet<>();
  private char[] board;
  char toMove = 'X';

  SlowGo(int size) {
    this.size = size;
    this.board = ".".repeat(size * size).toCharArray();
    before.add(new String(board));
  }

  boolean isLegal(int point) {
    return after(point) != null;
  }

  void play(int point) {
    char[] after = after(point);
    if (after == null) {
      throw new IllegalArgumentException("No stone may be put on " + point);
    }
    board = after;
    before.add(new String(board));
    pass();
  }

  void pass() {
    toMove = opponent(toMove);
  }

  String board() {
    return new String(board);
  }

  /** Stones, and empty points from which only that colour is reached. */
  int area(char colour) {
    int area = 0;
    for (int point = 0; point < board.length; point++) {
      area +=
          board[point] == colour
                  || (board[point] == '.'
                      && reaches(board, point, colour)
                      && !reaches(board, point, opponent(colour)))
              ? 1
              : 0;
    }
    return area;
  }

  private char @Nullable [] after(int point) {
    if (board[point] != '.') {
      return null;
    }
    char[] after = board.clone();
    after[point] = toMove;
    clear(after, opponent(toMove));
    clear(after, toMove);
    return before.contains(new String(after)) ? null : after;
  }

  private void clear(char[] stones, char colour) {
    char[] old = stones.clone();
    for (int point = 0; point < stones.length; point++) {
      if (old[point] == colour && !reaches(old, point, '.')) {
        stones[point] = '.';
      }
    }
  }

  /** Whether a way leads from a point over points of its own colour to another colour. */
  private boolean reaches(char[] stones, int from, char colour) {
    boolean[] seen = new boolean[stones.length];
    Deque<Integer> open = new ArrayDeque<>();
    open.add(from);
    while (!open.isEmpty()) {
      int point = open.remove();
      if (stones[point] == colour) {
        return true;
      }
      if (seen[point] || stones[point] != stones[from]) {
        continue;
      }
      seen[point] = true;
      int column = point % size;
      int[] beside = {
        column > 0 ? point - 1 : -1,
        column < size - 1 ? point + 1 : -1,
        point - size,
        point + size < stones.length ? point + size : -1
      };
      Arrays.stream(beside).filter(next -> next >= 0).forEach(open::add);
    }
    return false;
  }

  private static char opponent(char colour) {
    return colour == 'X' ? 'O' : 'X';
  }
}
