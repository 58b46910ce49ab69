package tabula.games.connectfour;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tabula.games.GameContract;
import tabula.games.GameRecord;
import tabula.games.Outcome;
import tabula.games.Perft;
import tabula.games.Position;
import tabula.games.RandomPlay;

class ConnectFourTests extends GameContract {

  ConnectFourTests() {
    super(ConnectFour.GAME);
  }

  @Override
  protected int planesSquareOf(int square, int symmetry) {
    int width = ConnectFour.WIDTH;
    int column = square % width;
    return symmetry == 0 ? square : square - column + (width - 1 - column);
  }

  private static Position after(String moves) {
    return assertInstanceOf(
            GameRecord.Reading.Valid.class, GameRecord.read(ConnectFour.GAME, moves))
        .record()
        .position();
  }

  @ParameterizedTest
  @CsvSource({
    "1, 7",
    "2, 49",
    "3, 343",
    "4, 2401",
    "5, 16807",
    "6, 117649",
    "7, 823536",
    "8, 5673234",
    "9, 39394572"
  })
  void perft_isTheKnownNumber(int depth, long games) {
    assertEquals(games, Perft.count(ConnectFour.GAME.initialPosition(), depth));
  }

  /** OEIS A212693. */
  @Test
  void distinctPositions_byPly_areTheKnownNumbers() {
    Set<Position> positions = Set.of(ConnectFour.GAME.initialPosition());
    for (int expected : List.of(1, 7, 49, 238, 1120, 4263, 16422, 54859, 184275, 558186)) {
      assertEquals(expected, positions.size());
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
  @ValueSource(
      strings = {
        "1213141", // upright
        "1122334", // level
        "12234334544", // rising
        "76654554344", // falling
        "7172737" // upright on the other side
      })
  void fourInALine_wins(String moves) {
    Position position = after(moves);
    assertEquals(Outcome.FIRST_WINS, position.outcome());
    assertFalse(position.isLegal(0));
  }

  @Test
  void hasFour_agreesWithLookingAtEverySquare() {
    SplittableRandom random = new SplittableRandom(2);
    int fours = 0;
    for (int i = 0; i < 20_000; i++) {
      long half = random.nextLong();
      long discs = half & random.nextLong() & Bitboard.ALL;
      assertEquals(hasFourBySquares(discs), Bitboard.hasFour(discs));
      fours += Bitboard.hasFour(discs) ? 1 : 0;
    }
    assertTrue(fours > 1000 && fours < 19_000, "There were both kinds.");
  }

  private static boolean hasFourBySquares(long discs) {
    int[][] directions = {{0, 1}, {1, 0}, {1, 1}, {1, -1}};
    for (int column = 0; column < ConnectFour.WIDTH; column++) {
      for (int row = 0; row < ConnectFour.HEIGHT; row++) {
        for (int[] direction : directions) {
          int length = 0;
          while (length < 4
              && hasDisc(discs, column + length * direction[0], row + length * direction[1])) {
            length++;
          }
          if (length == 4) {
            return true;
          }
        }
      }
    }
    return false;
  }

  private static boolean hasDisc(long discs, int column, int row) {
    return column >= 0
        && column < ConnectFour.WIDTH
        && row >= 0
        && row < ConnectFour.HEIGHT
        && (discs >>> (column * Bitboard.STRIDE + row) & 1) != 0;
  }

  @Test
  void fullColumn_cannotBePlayed() {
    Position position = after("111111");
    assertFalse(position.isLegal(0));
    assertEquals(6, position.legalActions().length);
    assertEquals(
        new GameRecord.Reading.Invalid("Move 7 (1) is not legal there."),
        GameRecord.read(ConnectFour.GAME, "1111111"));
  }

  @Test
  void fullBoard_withoutFour_isADraw() {
    SplittableRandom random = new SplittableRandom(3);
    Position end = RandomPlay.game(ConnectFour.GAME, random).getLast();
    while (end.ply() < 42 || end.outcome() != Outcome.DRAW) {
      assertEquals(end.ply() == 42 && !lastMoverHasFour(end), end.outcome() == Outcome.DRAW);
      end = RandomPlay.game(ConnectFour.GAME, random).getLast();
    }
    assertFalse(lastMoverHasFour(end), end::diagram);
    assertEquals(0, end.legalActions().length);
  }

  private static boolean lastMoverHasFour(Position position) {
    return hasFourBySquares(((ConnectFourPosition) position).opponent());
  }

  @Test
  void diagram_showsTheTopRowFirst() {
    assertEquals(
        """
        . . . . . . .
        . . . . . . .
        . . . . . . .
        . . . . . . .
        . . . O . . .
        . . . X X . .
        1 2 3 4 5 6 7
        """,
        after("445").diagram());
  }

  @Test
  void winningSquares_areThoseThatCompleteFour() {
    SplittableRandom random = new SplittableRandom(1);
    int found = 0;
    for (int i = 0; i < 1000; i++) {
      ConnectFourPosition position =
          (ConnectFourPosition) RandomPlay.position(ConnectFour.GAME, 6 + i % 30, random);
      long winning = Bitboard.winningSquares(position.own(), position.occupied());
      for (long left = Bitboard.ALL ^ position.occupied(); left != 0; left &= left - 1) {
        long square = left & -left;
        assertEquals(
            Bitboard.hasFour(position.own() | square), (winning & square) != 0, position::diagram);
      }
      assertEquals(0, winning & position.occupied());
      found += Long.bitCount(winning);
    }
    assertTrue(found > 1000, "There was something to find.");
  }
}
