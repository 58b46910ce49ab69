package tabula.games.tictactoe;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import tabula.games.GameContract;
import tabula.games.GameRecord;
import tabula.games.GameRecord.Reading;
import tabula.games.Outcome;
import tabula.games.Perft;
import tabula.games.Position;

class TicTacToeTests extends GameContract {

  TicTacToeTests() {
    super(TicTacToe.GAME);
  }

  private static long games(Position position) {
    long games = position.isOver() ? 1 : 0;
    for (int action : position.legalActions()) {
      games += games(position.play(action));
    }
    return games;
  }

  private static void collect(Position position, Set<Position> seen) {
    if (seen.add(position)) {
      for (int action : position.legalActions()) {
        collect(position.play(action), seen);
      }
    }
  }

  @Test
  void games_agreeWithThePublishedCount() {
    assertEquals(255_168, games(TicTacToe.GAME.initialPosition()));
  }

  @Test
  void positions_agreeWithThePublishedCount() {
    Set<Position> seen = new HashSet<>();
    collect(TicTacToe.GAME.initialPosition(), seen);
    assertEquals(5_478, seen.size());
  }

  @Test
  void perft_countsSequencesOfTheWholeLength() {
    assertEquals(9 * 8 * 7 * 6 * 5, Perft.count(TicTacToe.GAME.initialPosition(), 5));
    assertEquals(127_872, Perft.count(TicTacToe.GAME.initialPosition(), 9));
  }

  @Test
  void outcome_ofADiagonal_isAWin() {
    Reading reading = GameRecord.read(TicTacToe.GAME, "a1 a2 b2 b1 c3");
    assertEquals(
        Outcome.FIRST_WINS,
        assertInstanceOf(Reading.Valid.class, reading).record().position().outcome());
  }
}
