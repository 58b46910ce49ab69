package tabula.games;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.stream.Collectors;
import tabula.games.breakthrough.Breakthrough;
import tabula.games.checkers.Checkers;
import tabula.games.chess.Chess;
import tabula.games.connectfour.ConnectFour;
import tabula.games.go.Go;
import tabula.games.gomoku.Gomoku;
import tabula.games.hex.Hex;
import tabula.games.othello.Othello;
import tabula.games.tictactoe.TicTacToe;

/**
 * The registry of games: a new game adds one line here, and one from outside a line in its jar's
 * {@code META-INF/services/tabula.games.Game}.
 */
public final class Games {

  private static final List<Game> OWN =
      List.of(
          ConnectFour.GAME,
          TicTacToe.GAME,
          Othello.SIX,
          Othello.EIGHT,
          Breakthrough.SIX,
          Breakthrough.EIGHT,
          Hex.SEVEN,
          Hex.ELEVEN,
          Gomoku.NINE,
          Gomoku.FIFTEEN,
          Go.SEVEN,
          Go.NINE,
          Checkers.GAME,
          Chess.GAME);

  /** Those that come with Tabula, and those that jars on the class path bring along. */
  private static final List<Game> ALL = withOthers();

  private Games() {}

  private static List<Game> withOthers() {
    List<Game> games = new ArrayList<>(OWN);
    for (Game other : ServiceLoader.load(Game.class, Games.class.getClassLoader())) {
      if (games.stream().anyMatch(game -> game.id().equals(other.id()))) {
        throw new IllegalStateException(
            "%s brings a game '%s', which there is already."
                .formatted(other.getClass().getName(), other.id()));
      }
      games.add(other);
    }
    return List.copyOf(games);
  }

  public static List<Game> all() {
    return ALL;
  }

  public static Optional<Game> find(String id) {
    return ALL.stream().filter(game -> game.id().equals(id)).findFirst();
  }

  /**
   * @throws IllegalArgumentException if there is no such game; the message lists those that there
   *     are
   */
  public static Game get(String id) {
    return find(id)
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "There is no game '%s'. Games: %s."
                        .formatted(
                            id, ALL.stream().map(Game::id).collect(Collectors.joining(", ")))));
  }
}
