package tabula.agents.solve;

import java.util.Optional;
import tabula.games.Game;
import tabula.games.Position;
import tabula.games.connectfour.ConnectFour;
import tabula.games.tictactoe.TicTacToe;

/** Knows how every position ends when both sides play their best. Used by one thread at a time. */
public interface Solver {

  /**
   * How a position ends under best play, for the side to move: 0 for a draw; otherwise the sign
   * says who wins and the size how soon, a win in fewer moves being higher and a loss in more moves
   * too.
   *
   * @param position one that is not over
   */
  int score(Position position);

  /**
   * The score if the game ends within so many moves under best play, otherwise 0. Quick where that
   * is few.
   */
  default int scoreWithin(Position position, int plies) {
    int score = score(position);
    int maxPlies = position.game().maxPlies();
    boolean inSight =
        score > 0
            ? score >= leastWin(maxPlies, position.ply(), plies)
            : -score >= leastWin(maxPlies, position.ply() + 1, plies - 1);
    return inSight ? score : 0;
  }

  /**
   * The least score of a win for the side to move at {@code ply} that comes within so many moves.
   */
  static int leastWin(int maxPlies, int ply, int plies) {
    if (plies <= 0) {
      return Integer.MAX_VALUE;
    }
    int lastOwnMove = ply + (plies - 1) / 2 * 2;
    return Math.max(1, (maxPlies - lastOwnMove + 1) / 2);
  }

  /**
   * 1, 0 or -1: whether the side to move wins, draws or loses under best play. Often much quicker
   * than the score.
   */
  int value(Position position);

  /** The score of what {@code action} leads to, for the side that plays it. */
  default int scoreOf(Position position, int action) {
    return scoreOfWithin(position, action, position.game().maxPlies());
  }

  /** The same if the game ends within so many moves, {@code action} included; otherwise 0. */
  default int scoreOfWithin(Position position, int action, int plies) {
    Position after = position.play(action);
    if (!after.isOver()) {
      return -scoreWithin(after, plies - 1);
    }
    int left = position.game().maxPlies() - position.ply();
    return after.outcome().valueFor(position.sideToMove()) * ((left + 1) / 2);
  }

  /** The value of what {@code action} leads to, for the side that plays it. */
  default int valueOf(Position position, int action) {
    Position after = position.play(action);
    return after.isOver() ? after.outcome().valueFor(position.sideToMove()) : -value(after);
  }

  /** Whether there is a solver of a game. */
  static boolean exists(Game game) {
    return game instanceof ConnectFour || game instanceof TicTacToe;
  }

  /** A new solver of a game, if there is one. */
  static Optional<Solver> of(Game game) {
    if (game instanceof ConnectFour) {
      return Optional.of(new ConnectFourSolver());
    }
    if (game instanceof TicTacToe) {
      return Optional.of(new ExhaustiveSolver());
    }
    return Optional.empty();
  }
}
