package tabula.agents.train;

import tabula.games.Game;
import tabula.games.Outcome;
import tabula.games.Position;

/**
 * A finished game of self-play: what was played and what the search thought of it.
 *
 * @param game the rules
 * @param actions [moves]: all of them, from the initial position on
 * @param recorded [moves]: whether the position before the move is an example to learn from
 * @param policies [moves, actionCount]: the search's improved policy before each move; rows not
 *     recorded mean nothing
 * @param values [moves]: the search's value before each move, in [-1, 1] for the side to move
 * @param proven [moves]: whether that value is known for certain
 * @param outcome how the game ended
 */
public record Trajectory(
    Game game,
    short[] actions,
    boolean[] recorded,
    float[] policies,
    float[] values,
    boolean[] proven,
    Outcome outcome) {

  public int moves() {
    return actions.length;
  }

  /** How many of its positions are examples. */
  public int examples() {
    int examples = 0;
    for (boolean example : recorded) {
      examples += example ? 1 : 0;
    }
    return examples;
  }

  /** The position before move {@code move}. */
  public Position positionAt(int move) {
    Position position = game.initialPosition();
    for (int i = 0; i < move; i++) {
      position = position.play(actions[i]);
    }
    return position;
  }
}
