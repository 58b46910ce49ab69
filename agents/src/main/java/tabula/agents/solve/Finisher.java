package tabula.agents.solve;

import java.util.Optional;
import tabula.games.Game;
import tabula.games.Position;
import tabula.games.gomoku.Gomoku;
import tabula.games.othello.Othello;

/**
 * Finds out how a position ends under best play where that takes little: near the end of a game, or
 * where one side can force it. Used by one thread at a time.
 */
public interface Finisher {

  /**
   * An end that nobody can prevent.
   *
   * @param action a move that leads to it
   * @param value 1, 0 or -1 for the side to move
   */
  record Finish(int action, int value) {}

  /**
   * The end of a position; empty where it is not known.
   *
   * @param position one that is not over
   */
  Optional<Finish> find(Position position);

  /** A new one for a game, if there is one. */
  static Optional<Finisher> of(Game game) {
    if (game instanceof Othello othello) {
      return Optional.of(new OthelloEndings(othello));
    }
    if (game instanceof Gomoku) {
      return Optional.of(new GomokuThreats());
    }
    return Optional.empty();
  }
}
