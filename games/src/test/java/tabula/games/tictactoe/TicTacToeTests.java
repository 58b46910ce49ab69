package tabula.games.tictactoe;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tabula.games.GameContract;
import tabula.games.GameRecord;
import tabula.games.Outcome;
import tabula.games.Perft;
import tabula.games.Position;

class TicTacToeTests extends GameContract {

  private static final int SIZE = TicTacToe.SIZE;

  TicTacToeTests() {
    super(TicTacToe.GAME);
  }

  /** An action's rows count from the bottom, those of the planes from the top. */
  @Override
  protected int planesSquareOf(int square, int symmetry) {
    return upsideDown(TicTacToe.GAME.transformAction(upsideDown(square), symmetry));
  }

  private static int upsideDown(int square) {
    return (SIZE - 1 - square / SIZE) * SIZE + square % SIZE;
  }

  @Test
  void games_are255168_andPositions5478() {
    Set<Position> positions = new HashSet<>();
    assertEquals(255_168, games(TicTacToe.GAME.initialPosition(), positions));
    assertEquals(5_478, positions.size());
  }

  private static int games(Position position, Set<Position> positions) {
    positions.add(position);
    if (position.isOver()) {
      return 1;
    }
    int games = 0;
    for (int action : position.legalActions()) {
      games += games(position.play(action), positions);
    }
    return games;
  }

  /** Games that ended before do not count: 9 * 8 * 7 * 6 * 5 until the first can have ended. */
  @ParameterizedTest
  @CsvSource({"0, 1", "1, 9", "5, 15120", "6, 54720", "7, 148176", "8, 200448", "9, 127872"})
  void perft_isTheKnownNumber(int depth, long games) {
    assertEquals(games, Perft.count(TicTacToe.GAME.initialPosition(), depth));
  }

  @ParameterizedTest
  @CsvSource({
    "a1 a2 b1 b2 c1, FIRST_WINS",
    "a1 b1 a2 b2 a3, FIRST_WINS",
    "a1 b1 b2 a2 c3, FIRST_WINS",
    "a1 c1 a2 b2 c3 a3, SECOND_WINS",
    "a1 b2 c3 b1 b3 a3 c1 c2 a2, DRAW",
    "a1 b2 c3, ONGOING"
  })
  void outcome_isThatOfTheLines(String moves, Outcome outcome) {
    GameRecord record =
        assertInstanceOf(GameRecord.Reading.Valid.class, GameRecord.read(TicTacToe.GAME, moves))
            .record();
    assertEquals(outcome, record.position().outcome(), record.position()::diagram);
  }

  @Test
  void record_withSeveralSpaces_isReadAlike() {
    assertEquals(
        new GameRecord.Reading.Invalid("Move 2 (b2) is not legal there."),
        GameRecord.read(TicTacToe.GAME, "b2   b2"));
  }

  @Test
  void diagram_showsTheTopRowFirst() {
    Position position = TicTacToe.GAME.initialPosition().play(0).play(4).play(8);
    assertEquals(
        """
        3 . . X
        2 . O .
        1 X . .
          a b c
        """,
        position.diagram());
  }
}
