package tabula.games.othello;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Othello by looking along every line: a table of characters, no bits. */
final class SlowOthello {

  private final char[][] squares;
  private final char mine;

  private SlowOthello(char[][] squares, char mine) {
    this.squares = squares;
    this.mine = mine;
  }

  static SlowOthello start(int size) {
    char[][] squares = new char[size][size];
    for (char[] row : squares) {
      Arrays.fill(row, '.');
    }
    int low = size / 2 - 1;
    squares[low][low] = 'O';
    squares[low + 1][low + 1] = 'O';
    squares[low][low + 1] = 'X';
    squares[low + 1][low] = 'X';
    return new SlowOthello(squares, 'X');
  }

  private char at(int row, int column) {
    boolean inside = row >= 0 && row < squares.length && column >= 0 && column < squares.length;
    return inside ? squares[row][column] : ' ';
  }

  private SlowOthello passed() {
    return new SlowOthello(squares, mine == 'X' ? 'O' : 'X');
  }

  /** The board after a disc there, or null where it turns none. */
  private @Nullable SlowOthello placed(int row, int column) {
    if (squares[row][column] != '.') {
      return null;
    }
    SlowOthello after = passed();
    char theirs = after.mine;
    char[][] copy = new char[squares.length][];
    for (int i = 0; i < copy.length; i++) {
      copy[i] = squares[i].clone();
    }
    boolean turns = false;
    for (int up = -1; up <= 1; up++) {
      for (int right = -1; right <= 1; right++) {
        int length = 1;
        while (at(row + length * up, column + length * right) == theirs) {
          length++;
        }
        if (length > 1 && at(row + length * up, column + length * right) == mine) {
          turns = true;
          for (int i = 0; i < length; i++) {
            copy[row + i * up][column + i * right] = mine;
          }
        }
      }
    }
    return turns ? new SlowOthello(copy, theirs) : null;
  }

  /** The written moves; none once the game is over. */
  List<String> moves() {
    List<String> moves = places();
    if (moves.isEmpty() && !passed().places().isEmpty()) {
      moves.add("pass");
    }
    return moves;
  }

  private List<String> places() {
    List<String> places = new ArrayList<>();
    for (int row = 0; row < squares.length; row++) {
      for (int column = 0; column < squares.length; column++) {
        if (placed(row, column) != null) {
          places.add("%c%d".formatted('a' + column, row + 1));
        }
      }
    }
    return places;
  }

  SlowOthello play(String move) {
    if (move.equals("pass")) {
      return passed();
    }
    return Objects.requireNonNull(placed(move.charAt(1) - '1', move.charAt(0) - 'a'));
  }

  /** How many more discs the first player has. */
  int lead() {
    int lead = 0;
    for (char[] row : squares) {
      for (char disc : row) {
        lead += disc == 'X' ? 1 : disc == 'O' ? -1 : 0;
      }
    }
    return lead;
  }
}
