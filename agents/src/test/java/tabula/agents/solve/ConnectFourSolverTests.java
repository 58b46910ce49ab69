package tabula.agents.solve;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tabula.games.GameRecord;
import tabula.games.Position;
import tabula.games.RandomPlay;
import tabula.games.connectfour.Bitboard;
import tabula.games.connectfour.ConnectFour;
import tabula.games.connectfour.ConnectFourPosition;

class ConnectFourSolverTests {

  private final Solver solver = new ConnectFourSolver();

  private static Position after(String moves) {
    return assertInstanceOf(
            GameRecord.Reading.Valid.class, GameRecord.read(ConnectFour.GAME, moves))
        .record()
        .position();
  }

  private static boolean winsInOne(Position position) {
    return IntStream.of(position.legalActions())
        .anyMatch(action -> position.play(action).isOver() && position.ply() < 41);
  }

  /** {@link ExhaustiveSolver} knows only the rules. */
  @ParameterizedTest
  @ValueSource(ints = {41, 40, 39, 38, 36, 34, 32, 30, 28, 26, 24})
  void score_andValue_areThoseOfPlainSearch(int ply) {
    SplittableRandom random = new SplittableRandom(ply);
    for (int i = 0; i < (ply < 28 ? 5 : 40); i++) {
      Position position = RandomPlay.position(ConnectFour.GAME, ply, random);
      Solver plain = new ExhaustiveSolver();
      int score = plain.score(position);
      assertEquals(score, solver.score(position), position::diagram);
      assertEquals(Integer.signum(score), solver.value(position), position::diagram);
      for (int action : position.legalActions()) {
        assertEquals(plain.scoreOf(position, action), solver.scoreOf(position, action));
        assertEquals(plain.valueOf(position, action), solver.valueOf(position, action));
      }
    }
  }

  @Test
  void scoreWithin_isTheScoreOfWhatEndsSoon_andOtherwiseNothing() {
    SplittableRandom random = new SplittableRandom(7);
    int soon = 0;
    for (int i = 0; i < 300; i++) {
      Position position = RandomPlay.position(ConnectFour.GAME, 18 + i % 14, random);
      int score = solver.score(position);
      // A win of score s is the move at ply 42 - 2 s or the next, by whose turn it is then.
      int last = 42 - 2 * Math.abs(score);
      boolean wins = score > 0;
      last += (last - position.ply()) % 2 == 0 == wins ? 0 : 1;
      int plies = last + 1 - position.ply();
      for (int within : new int[] {1, 2, 5, 6, 11, 12, 42}) {
        boolean inSight = score != 0 && plies <= within;
        assertEquals(inSight ? score : 0, solver.scoreWithin(position, within), position::diagram);
        soon += inSight ? 1 : 0;
      }
    }
    assertTrue(soon > 500, "Some games ended soon.");
  }

  @Test
  void zugzwang_neverSaysLessThanTheScore_andOftenSaysSomething() {
    SplittableRandom random = new SplittableRandom(5);
    int[] said = new int[2];
    for (int i = 0; i < 10_000; i++) {
      ConnectFourPosition position =
          (ConnectFourPosition) RandomPlay.position(ConnectFour.GAME, 26 + i % 14, random);
      if (!winsInOne(position)) {
        int bound =
            Zugzwang.upperBound(
                position.own(),
                position.occupied(),
                Bitboard.winningSquares(position.opponent(), position.occupied()),
                position.ply());
        if (bound != Zugzwang.UNKNOWN) {
          assertTrue(new ExhaustiveSolver().score(position) <= bound, position::diagram);
          said[-bound]++;
        }
      }
    }
    assertTrue(said[0] > 100 && said[1] > 100, () -> "Bounds met: " + Arrays.toString(said));
  }

  /** Positions and scores of Pascal Pons's test set for the end of the game. */
  @ParameterizedTest
  @CsvSource({
    "2252576253462244111563365343671351441, -1",
    "7422341735647741166133573473242566, 1",
    "23163416124767223154467471272416755633, 0",
    "65214673556155731566316327373221417, -1"
  })
  void score_isThatOfTheTestSet(String moves, int score) {
    assertEquals(score, solver.score(after(moves)));
  }

  @Test
  void score_ofAMirroredPosition_isTheSame() {
    SplittableRandom random = new SplittableRandom(6);
    for (int i = 0; i < 50; i++) {
      Position position = RandomPlay.position(ConnectFour.GAME, 18 + i % 12, random);
      assertEquals(solver.score(position), solver.score(position.transform(1)));
    }
  }

  @Test
  void value_ofTheEmptyBoard_isAWinByTheCentreColumnAlone() {
    Position start = ConnectFour.GAME.initialPosition();
    assertEquals(1, solver.value(start));
    int[] values = IntStream.range(0, 7).map(column -> solver.valueOf(start, column)).toArray();
    assertArrayEquals(new int[] {-1, -1, 0, 1, 0, -1, -1}, values);
  }

  @Test
  void value_alongPerfectPlay_staysAWin() {
    Position position = ConnectFour.GAME.initialPosition();
    for (int ply = 0; ply < 12; ply++) {
      int expected = ply % 2 == 0 ? 1 : -1;
      assertEquals(expected, solver.value(position), position::diagram);
      Position at = position;
      int best =
          IntStream.of(at.legalActions())
              .filter(action -> solver.valueOf(at, action) == expected)
              .findFirst()
              .orElseThrow();
      position = at.play(best);
    }
  }

  @Test
  void book_agreesWithASolverWithoutIt() {
    SplittableRandom random = new SplittableRandom(8);
    ConnectFourBook book = ConnectFourBook.shipped();
    Solver unaided = new ConnectFourSolver(ConnectFourBook.empty(), 22);
    for (int i = 0; i < 6; i++) {
      ConnectFourPosition position;
      do {
        position = (ConnectFourPosition) RandomPlay.position(ConnectFour.GAME, book.ply(), random);
      } while (winsInOne(position));
      assertEquals(
          unaided.value(position),
          book.value(position.own(), position.occupied()),
          position::diagram);
    }
  }

  @Test
  void book_hasEveryPositionOfItsPly_withoutAWinInOne() {
    SplittableRandom random = new SplittableRandom(9);
    ConnectFourBook book = ConnectFourBook.shipped();
    assertEquals(ConnectFourBook.sizeAt(book.ply()), book.size());
    for (int i = 0; i < 5000; i++) {
      ConnectFourPosition position =
          (ConnectFourPosition) RandomPlay.position(ConnectFour.GAME, book.ply(), random);
      if (!winsInOne(position)) {
        ConnectFourPosition mirrored = (ConnectFourPosition) position.transform(1);
        assertEquals(
            book.value(position.own(), position.occupied()),
            book.value(mirrored.own(), mirrored.occupied()));
      }
    }
  }

  @Test
  void book_written_isTheSameFile(@TempDir Path folder) throws Exception {
    ConnectFourBook book = ConnectFourBook.shipped();
    Path file = folder.resolve("book");
    book.write(file);
    try (InputStream shipped = ConnectFourBook.class.getResourceAsStream("connect-four.book")) {
      assertArrayEquals(shipped.readAllBytes(), Files.readAllBytes(file));
    }
  }
}
