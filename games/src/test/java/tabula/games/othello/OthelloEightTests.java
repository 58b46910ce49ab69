package tabula.games.othello;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tabula.games.GameRecord;
import tabula.games.Outcome;
import tabula.games.Perft;
import tabula.games.Position;

class OthelloEightTests extends OthelloContract {

  OthelloEightTests() {
    super(Othello.EIGHT);
  }

  /** A pass is a move, and the first one comes at depth 9. */
  @ParameterizedTest
  @CsvSource({
    "0, 1",
    "1, 4",
    "2, 12",
    "3, 56",
    "4, 244",
    "5, 1396",
    "6, 8200",
    "7, 55092",
    "8, 390216",
    "9, 3005288"
  })
  void perft_isTheKnownNumber(int depth, long games) {
    assertEquals(games, Perft.count(Othello.EIGHT.initialPosition(), depth));
  }

  @Test
  void opening_isTheCustomaryOne() {
    assertEquals(
        """
        8 . . . . . . . .
        7 . . . . . . . .
        6 . . . . . . . .
        5 . . . X O . . .
        4 . . . O X . . .
        3 . . . . . . . .
        2 . . . . . . . .
        1 . . . . . . . .
          a b c d e f g h
        X to move
        """,
        Othello.EIGHT.initialPosition().diagram());
    // The tiger: a line of play that every book has.
    GameRecord tiger =
        assertInstanceOf(
                GameRecord.Reading.Valid.class,
                GameRecord.read(Othello.EIGHT, "f5 d6 c3 d3 c4 f4 f6 f3 e6 e7"))
            .record();
    assertEquals(10, tiger.position().ply());
  }

  @Test
  void whyIllegal_saysWhatIsWrong() {
    Position start = Othello.EIGHT.initialPosition();
    assertEquals("Square d4 is taken.", why(start, "d4"));
    assertEquals("A disc on a1 turns none over.", why(start, "a1"));
    assertEquals("Nobody may pass who can place a disc.", why(start, "pass"));
  }

  private static String why(Position position, String move) {
    return Othello.EIGHT.whyIllegal(position, Othello.EIGHT.parseMove(position, move));
  }

  /** The shortest game that ends by leaving the opponent nothing. */
  @Test
  void outcome_isAWinForWhoTurnsTheLastDisc() {
    GameRecord wiped =
        assertInstanceOf(
                GameRecord.Reading.Valid.class,
                GameRecord.read(Othello.EIGHT, "e6 f4 e3 f6 g5 d6 e7 f5 c5"))
            .record();
    assertEquals(Outcome.FIRST_WINS, wiped.position().outcome());
    assertEquals(9, wiped.position().ply());
  }
}
