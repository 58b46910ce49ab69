package tabula.agents.measure;

import java.util.Arrays;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import tabula.agents.solve.Solver;
import tabula.games.GameRecord;
import tabula.games.Position;

/**
 * A position and what each of its legal moves leads to under best play: 1, 0 or -1 for the side
 * that moves.
 *
 * @param record how it came about
 * @param actions the legal actions, ascending
 * @param values [actions.length]
 */
public record LabelledPosition(GameRecord record, int[] actions, int[] values) {

  /** Solves all moves of a position. */
  public static LabelledPosition solve(GameRecord record, Solver solver) {
    Position position = record.position();
    int[] actions = position.legalActions();
    int[] values = Arrays.stream(actions).map(action -> solver.valueOf(position, action)).toArray();
    return new LabelledPosition(record, actions, values);
  }

  public Position position() {
    return record.position();
  }

  /** The position's value for the side to move. */
  public int value() {
    return Arrays.stream(values).max().orElseThrow();
  }

  /** Whether a move keeps the position's value. */
  public boolean keeps(int action) {
    return values[Arrays.binarySearch(actions, action)] == value();
  }

  /** Whether there is a move that does not. */
  public boolean matters() {
    return Arrays.stream(values).min().orElseThrow() < value();
  }

  /** A line of a file: the moves, a tab, the values of the legal actions. */
  String line() {
    return record.format()
        + "\t"
        + IntStream.of(values).mapToObj(Integer::toString).collect(Collectors.joining(" "));
  }
}
