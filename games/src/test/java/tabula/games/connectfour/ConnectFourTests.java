package tabula.games.connectfour;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tabula.games.GameContract;
import tabula.games.GameRecord;
import tabula.games.GameRecord.Reading;
import tabula.games.Outcome;
import tabula.games.Perft;
import tabula.games.Position;

class ConnectFourTests extends GameContract {

  ConnectFourTests() {
    super(ConnectFour.GAME);
  }

  private static Position after(String moves) {
    return assertInstanceOf(Reading.Valid.class, GameRecord.read(ConnectFour.GAME, moves))
        .record()
        .position();
  }

  @ParameterizedTest
  @CsvSource({"1,7", "2,49", "3,343", "4,2401", "5,16807", "6,117649", "7,823536", "8,5673234"})
  void perft_agreesWithThePublishedCounts(int depth, long expected) {
    assertEquals(expected, Perft.count(ConnectFour.GAME.initialPosition(), depth));
  }

  @Test
  void distinctPositions_byPly_agreeWithThePublishedCounts() {
    long[] expected = {1, 7, 49, 238, 1120, 4263, 16422, 54859, 184275, 558186};
    Set<Position> positions = Set.of(ConnectFour.GAME.initialPosition());
    for (long count : expected) {
      assertEquals(count, positions.size());
      Set<Position> next = new HashSet<>();
      for (Position position : positions) {
        for (int action : position.legalActions()) {
          next.add(position.play(action));
        }
      }
      positions = next;
    }
  }

  @ParameterizedTest
  @CsvSource({
    "1122334, FIRST_WINS",
    "1212121, FIRST_WINS",
    "71122334, SECOND_WINS",
    "12233434474, FIRST_WINS",
    "76655454414, FIRST_WINS",
    "121212, ONGOING"
  })
  void outcome_ofLinesInEveryDirection(String moves, Outcome expected) {
    assertEquals(expected, after(moves).outcome());
  }

  @Test
  void lines_neverRunFromOneColumnIntoTheNext() {
    // Discs at the top of one column and the bottom of the next stand in neighbouring bits but in
    // no line.
    Position position = after("1212121".substring(0, 6));
    assertFalse(position.isOver());
    assertFalse(ConnectFourPosition.hasFour((0b111L << 3) | (1L << 7)));
    assertTrue(ConnectFourPosition.hasFour(0b1111L));
  }

  @Test
  void play_inAFullColumn_isNotLegal() {
    Position full = after("444444");
    assertFalse(full.isLegal(3));
    assertEquals(6, full.legalActions().length);
  }

  @Test
  void diagram_showsTheBoard() {
    assertEquals(
        """
        . . . . . . .
        . . . . . . .
        . . . . . . .
        . . . . . . .
        . . . O . . .
        X . . X . . .
        1 2 3 4 5 6 7
        """,
        after("441").diagram());
  }
}
