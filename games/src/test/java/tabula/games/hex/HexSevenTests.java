package tabula.games.hex;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tabula.games.GameRecord;
import tabula.games.Outcome;
import tabula.games.Perft;
import tabula.games.Position;

class HexSevenTests extends HexContract {

  HexSevenTests() {
    super(Hex.SEVEN);
  }

  @Override
  int randomGames() {
    return 100_000;
  }

  /** 49 stones, then 48 and the swap; after it the board has one stone as before. */
  @ParameterizedTest
  @CsvSource({"1, 49", "2, 2401", "3, 112896", "4, 5195568"})
  void perft_isWhatCountingCellsSays(int depth, long games) {
    assertEquals(games, Perft.count(Hex.SEVEN.initialPosition(), depth));
  }

  @ParameterizedTest
  @CsvSource({
    "a1 g7 a2 g6 a3 g5 a4 g4 a5 g3 a6 g2 a7, FIRST_WINS",
    "b2 a4 c2 b4 d2 c4 e2 d4 f2 e4 g2 f4 a1 g4, SECOND_WINS",
    "g1 a1 f2 b1 e3 c1 d4 d1 c5 e1 b6 f1 a7, FIRST_WINS",
    "a1 a7 b2 b7 c3 c7 d4 d7 e5 e7 f6 f7 g7, ONGOING"
  })
  void outcome_isThatOfTheChain(String moves, Outcome outcome) {
    assertEquals(outcome, read(moves).outcome());
  }

  @Test
  void decidingSquares_areAShortestChain() {
    int[] column = read("a1 g7 a2 g6 a3 g5 a4 g4 a5 g3 a6 g2 a7").decidingSquares();
    assertArrayEquals(new int[] {0, 7, 14, 21, 28, 35, 42}, column);
    int[] row = read("b2 a4 c2 b4 d2 c4 e2 d4 f2 e4 g2 f4 a1 g4").decidingSquares();
    assertArrayEquals(new int[] {21, 22, 23, 24, 25, 26, 27}, row);
  }

  private static Position read(String moves) {
    return assertInstanceOf(GameRecord.Reading.Valid.class, GameRecord.read(Hex.SEVEN, moves))
        .record()
        .position();
  }
}
