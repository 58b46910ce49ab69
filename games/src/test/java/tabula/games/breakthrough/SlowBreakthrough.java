package tabula.games.breakthrough;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Breakthrough as a child would write it, to count against: a table of characters, no bits. */
final class SlowBreakthrough {

  private final char[][] squares;
  private final boolean firstToMove;

  private SlowBreakthrough(char[][] squares, boolean firstToMove) {
    this.squares = squares;
    this.firstToMove = firstToMove;
  }

  static SlowBreakthrough start(int size) {
    char[][] squares = new char[size][size];
    for (int row = 0; row < size; row++) {
      for (int column = 0; column < size; column++) {
        squares[row][column] = row < 2 ? 'X' : row >= size - 2 ? 'O' : '.';
      }
    }
    return new SlowBreakthrough(squares, true);
  }

  private boolean over() {
    int size = squares.length;
    boolean first = false;
    boolean second = false;
    for (int row = 0; row < size; row++) {
      for (int column = 0; column < size; column++) {
        char piece = squares[row][column];
        first |= piece == 'X';
        second |= piece == 'O';
        if ((piece == 'X' && row == size - 1) || (piece == 'O' && row == 0)) {
          return true;
        }
      }
    }
    return !first || !second;
  }

  /** The written moves. */
  List<String> moves() {
    List<String> moves = new ArrayList<>();
    after(moves);
    return moves;
  }

  /** The boards that each move leads to; their moves go to the list. */
  private List<SlowBreakthrough> after(List<String> moves) {
    List<SlowBreakthrough> boards = new ArrayList<>();
    if (over()) {
      return boards;
    }
    int size = squares.length;
    char mine = firstToMove ? 'X' : 'O';
    int forward = firstToMove ? 1 : -1;
    for (int row = 0; row < size; row++) {
      for (int column = 0; column < size; column++) {
        if (squares[row][column] != mine) {
          continue;
        }
        for (int target = column - 1; target <= column + 1; target++) {
          if (target < 0 || target >= size) {
            continue;
          }
          char there = squares[row + forward][target];
          if (there == mine || (there != '.' && target == column)) {
            continue;
          }
          char[][] copy = new char[size][];
          for (int i = 0; i < size; i++) {
            copy[i] = squares[i].clone();
          }
          copy[row][column] = '.';
          copy[row + forward][target] = mine;
          boards.add(new SlowBreakthrough(copy, !firstToMove));
          moves.add("%c%d%c%d".formatted('a' + column, row + 1, 'a' + target, row + forward + 1));
        }
      }
    }
    return boards;
  }

  SlowBreakthrough play(String move) {
    List<String> moves = new ArrayList<>();
    return after(moves).get(moves.indexOf(move));
  }

  /** How many sequences of moves there are: counted board by board, each board once a depth. */
  long perft(int depth) {
    Map<String, SlowBreakthrough> boards = Map.of(text(), this);
    Map<String, Long> ways = Map.of(text(), 1L);
    for (int ply = 1; ply < depth; ply++) {
      Map<String, SlowBreakthrough> nextBoards = new HashMap<>();
      Map<String, Long> nextWays = new HashMap<>();
      for (Map.Entry<String, SlowBreakthrough> board : boards.entrySet()) {
        for (SlowBreakthrough after : board.getValue().after(new ArrayList<>())) {
          nextBoards.put(after.text(), after);
          nextWays.merge(after.text(), ways.getOrDefault(board.getKey(), 0L), Long::sum);
        }
      }
      boards = nextBoards;
      ways = nextWays;
    }
    long count = 0;
    for (Map.Entry<String, SlowBreakthrough> board : boards.entrySet()) {
      count +=
          ways.getOrDefault(board.getKey(), 0L)
              * (depth == 0 ? 1 : board.getValue().moves().size());
    }
    return count;
  }

  private String text() {
    return Arrays.stream(squares).map(String::valueOf).collect(Collectors.joining());
  }
}
