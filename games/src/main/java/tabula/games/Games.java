package tabula.games;

import java.util.List;
import java.util.Optional;
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

/** The registry of games: a new game adds one line here. */
public final class Games {

  private static final List<Game> ALL =
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

  private Games() {}

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
