package tabula.games;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;

/**
 * The moves of a game from its initial position, and the position that they lead to.
 *
 * @param actions the moves in order; never changed after construction
 * @param position the position after the last of them
 */
public record GameRecord(int[] actions, Position position) {

  /** The reading of a line of moves: a record, or a sentence that says what was wrong. */
  public sealed interface Reading {
    record Valid(GameRecord record) implements Reading {}

    /**
     * @param reason a sentence for people
     */
    record Invalid(String reason) implements Reading {}
  }

  /**
   * Reads moves such as {@code 4455} or {@code b2 a1}; {@code -} and the empty line are the initial
   * position.
   */
  public static Reading read(Game game, String line) {
    String text = line.strip();
    Position position = game.initialPosition();
    if (text.isEmpty() || text.equals("-")) {
      return new Reading.Valid(new GameRecord(new int[0], position));
    }
    String[] moves =
        game.moveSeparator().isEmpty()
            ? text.codePoints().mapToObj(Character::toString).toArray(String[]::new)
            : text.split(Pattern.quote(game.moveSeparator()) + "+", -1);
    int[] actions = new int[Math.min(moves.length, game.maxPlies())];
    for (int i = 0; i < moves.length; i++) {
      String move = moves[i];
      if (position.isOver()) {
        return new Reading.Invalid(
            "Move %d (%s) comes after the end of the game.".formatted(i + 1, move));
      }
      int action = game.parseMove(position, move);
      if (action < 0) {
        return new Reading.Invalid(
            "Move %d (%s) is not a move of %s.".formatted(i + 1, move, game.title()));
      }
      if (!position.isLegal(action)) {
        return new Reading.Invalid("Move %d (%s) is not legal there.".formatted(i + 1, move));
      }
      actions[i] = action;
      position = position.play(action);
    }
    return new Reading.Valid(new GameRecord(Arrays.copyOf(actions, moves.length), position));
  }

  /** The game after one more move. */
  public GameRecord play(int action) {
    int[] longer = Arrays.copyOf(actions, actions.length + 1);
    longer[actions.length] = action;
    return new GameRecord(longer, position.play(action));
  }

  /** The moves in their written form, one by one. */
  public List<String> moves() {
    Game game = position.game();
    List<String> moves = new ArrayList<>(actions.length);
    Position at = game.initialPosition();
    for (int action : actions) {
      moves.add(game.formatMove(at, action));
      at = at.play(action);
    }
    return moves;
  }

  /** The moves in their written form, as a line: what {@link #read} reads. */
  public String format() {
    return actions.length == 0 ? "-" : String.join(position.game().moveSeparator(), moves());
  }
}
