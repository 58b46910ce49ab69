package tabula.games.checkers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashSet;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tabula.games.Ending;
import tabula.games.GameContract;
import tabula.games.GameRecord;
import tabula.games.Outcome;
import tabula.games.Perft;
import tabula.games.Position;
import tabula.games.RandomPlay;

class CheckersTests extends GameContract {

  CheckersTests() {
    super(Checkers.GAME);
  }

  @Override
  protected int planesSquareOf(int square, int symmetry) {
    return square;
  }

  /** Deeper counts are in decision 0017. */
  @ParameterizedTest
  @CsvSource({"1, 7", "2, 49", "3, 302", "4, 1469", "5, 7361", "6, 36768"})
  void perft_isTheKnownOne(int depth, long count) {
    assertEquals(count, Perft.count(Checkers.GAME.initialPosition(), depth));
  }

  private static CheckersPosition after(String moves) {
    return (CheckersPosition)
        assertInstanceOf(
                GameRecord.Reading.Valid.class, GameRecord.read(Checkers.GAME, moves), moves)
            .record()
            .position();
  }

  /** A set of squares by their numbers, as the first player sees them. */
  private static int squares(int... numbers) {
    return IntStream.of(numbers).map(number -> 1 << (number - 1)).reduce(0, (a, b) -> a | b);
  }

  private static void assertSameBoards(Position position) {
    Set<String> boards = new HashSet<>();
    for (int action : position.legalActions()) {
      Position after = position.play(action);
      StringBuilder board = new StringBuilder();
      for (int square = 0; square < 64; square++) {
        board.append(after.symbolAt(square));
      }
      assertTrue(boards.add(board.toString()), "No two moves are the same.");
    }
    assertEquals(SlowCheckers.after(position), boards, position::diagram);
  }

  @Test
  void moves_alongRandomGames_leadWhereTheRulesSay() {
    SplittableRandom random = new SplittableRandom(6);
    for (int i = 0; i < 40; i++) {
      for (Position position : RandomPlay.game(Checkers.GAME, random)) {
        if (!position.isOver()) {
          assertSameBoards(position);
        }
      }
    }
  }

  /** Boards strewn with kings, on which ways to jump go around and cross themselves. */
  @Test
  void jumps_ofKingsAmongMany_leadWhereTheRulesSay() {
    SplittableRandom random = new SplittableRandom(7);
    int cycles = 0;
    for (int i = 0; i < 4_000; i++) {
      int own = 1 << random.nextInt(32);
      // The pieces that may be jumped stand on every other row.
      boolean even = (own & 0x0F0F_0F0F) != 0;
      int other = random.nextInt() & (even ? 0xF0F0_F0F0 : 0x0F0F_0F0F);
      if (Integer.bitCount(other) > 12 || other == 0) {
        continue;
      }
      CheckersPosition position =
          CheckersPosition.of(own, other, own | (other & random.nextInt()), 0, 0, null, 0);
      if (position.isOver()) {
        continue;
      }
      assertSameBoards(position);
      for (int action : position.legalActions()) {
        String move = Checkers.GAME.formatMove(position, action);
        assertEquals(action, Checkers.GAME.parseMove(position, move), position::diagram);
        String[] squares = move.split("x", -1);
        cycles += squares.length > 2 && squares[0].equals(squares[squares.length - 1]) ? 1 : 0;
      }
    }
    assertTrue(cycles > 10, "Some ways end where they began.");
  }

  @Test
  void jumping_isForced_andGoesOn_andIsWrittenWithItsWay() {
    CheckersPosition forced = after("9-14 23-18");
    assertTrue(forced.mustJump());
    assertEquals(1, forced.legalActions().length);
    assertEquals(
        "A piece that can jump must: 11-15 does not.",
        Checkers.GAME.whyIllegal(forced, Checkers.GAME.parseMove(forced, "11-15")));
    CheckersPosition two = CheckersPosition.of(squares(9), squares(14, 22, 32), 0, 0, 0, null, 0);
    assertEquals("9x18x25", Checkers.GAME.formatMove(two, two.legalActions()[0]));
    assertEquals(two.legalActions()[0], Checkers.GAME.parseMove(two, "9x25"));
    assertEquals(-1, Checkers.GAME.parseMove(two, "9x18x28"));
  }

  @Test
  void man_thatIsCrowned_stops() {
    // As a king it could go on over 27.
    CheckersPosition position =
        CheckersPosition.of(squares(22), squares(26, 27, 1), 0, 0, 0, null, 0);
    assertEquals("22x31", Checkers.GAME.formatMove(position, position.legalActions()[0]));
    CheckersPosition crowned = position.play(position.legalActions()[0]);
    assertEquals('K', crowned.symbolAt(7 * 8 + Squares32.column(30)));
    assertEquals(2, Integer.bitCount(crowned.own()));
  }

  @Test
  void ends_areThoseOfTheRules() {
    CheckersPosition last = CheckersPosition.of(squares(9), squares(14), 0, 0, 0, null, 0);
    CheckersPosition taken = last.play(last.legalActions()[0]);
    assertEquals(Ending.CAPTURE, taken.ending());
    assertEquals(Outcome.FIRST_WINS, taken.outcome());
    // The man on 4 cannot step to 8, nor jump over it to 11.
    CheckersPosition stuck = CheckersPosition.of(squares(4), squares(8, 11), 0, 0, 0, null, 0);
    assertEquals(Ending.BLOCKED, stuck.ending());
    assertEquals(Outcome.SECOND_WINS, stuck.outcome());
    CheckersPosition kings =
        CheckersPosition.of(squares(1), squares(32), squares(1, 32), 0, 0, null, 0);
    CheckersPosition back = kings;
    for (String move : "1-5 32-28 5-1 28-32 1-5 32-28 5-1 28-32".split(" ", -1)) {
      assertFalse(back.isOver(), back::diagram);
      back = back.play(Checkers.GAME.parseMove(back, move));
    }
    assertEquals(Ending.REPETITION, back.ending());
    assertEquals(Outcome.DRAW, back.outcome());
    CheckersPosition long80 =
        CheckersPosition.of(squares(1), squares(32), squares(1, 32), 79, 0, null, 0);
    assertEquals(Ending.NO_PROGRESS, long80.play(Checkers.GAME.parseMove(long80, "1-5")).ending());
  }
}
