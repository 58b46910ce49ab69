package tabula.agents.solve;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tabula.games.GameRecord;
import tabula.games.Position;
import tabula.games.tictactoe.TicTacToe;

class ExhaustiveSolverTests {

  /** A win is worth half the squares that are free before its last mark, rounded up. */
  @ParameterizedTest
  @CsvSource({
    "-, 0",
    "a1, 0",
    "a1 b2, 0",
    "a1 a2, 2", // three marks in a corner, then either of two lines
    "a1 b1 a2 b3, 3", // wins at once
    "a1 a2 b2, -2" // parries the diagonal, and loses to two lines
  })
  void score_ofTicTacToe_saysWhoWinsAndHowSoon(String moves, int score) {
    Position position =
        assertInstanceOf(GameRecord.Reading.Valid.class, GameRecord.read(TicTacToe.GAME, moves))
            .record()
            .position();
    Solver solver = new ExhaustiveSolver();
    assertEquals(score, solver.score(position), position::diagram);
    assertEquals(Integer.signum(score), solver.value(position));
  }
}
