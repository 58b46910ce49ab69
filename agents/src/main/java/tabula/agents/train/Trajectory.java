package tabula.agents.train;

import tabula.games.Game;
import tabula.games.GameRecord;
import tabula.games.Outcome;
import tabula.games.Position;

/**
 * A finished game of self-play: what was played, and what the search thought of the positions that
 * are examples to learn from.
 *
 * @param game the rules
 * @param actions [moves]: all of them, from the initial position on
 * @param exampleMoves [examples]: ascending; an example is the position before this move
 * @param policies [examples, actionCount]: the search's improved policy
 * @param values [examples]: the search's value, in [-1, 1] for the side to move
 * @param proven [examples]: whether that value is known for certain
 * @param outcome how the game ended
 */
public record Trajectory(
    Game game,
    short[] actions,
    short[] exampleMoves,
    float[] policies,
    float[] values,
    boolean[] proven,
    Outcome outcome) {

  public int moves() {
    return actions.length;
  }

  /** How many of its positions are examples. */
  public int examples() {
    return exampleMoves.length;
  }

  /**
   * The game up to a moment.
   *
   * @param plies how many of its moves were made by then
   */
  public GameRecord after(int plies) {
    int[] made = new int[plies];
    Position position = game.initialPosition();
    for (int ply = 0; ply < plies; ply++) {
      made[ply] = actions[ply];
      position = position.play(made[ply]);
    }
    return new GameRecord(made, position);
  }

  /** The position of an example. */
  public Position position(int example) {
    return after(exampleMoves[example]).position();
  }
}
