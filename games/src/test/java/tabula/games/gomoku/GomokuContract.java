package tabula.games.gomoku;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import tabula.games.Ending;
import tabula.games.GameContract;
import tabula.games.GameRecord;
import tabula.games.Outcome;
import tabula.games.Perft;
import tabula.games.Position;
import tabula.games.RandomPlay;
import tabula.games.Side;
import tabula.games.Squares;

/** What holds on both boards. */
abstract class GomokuContract extends GameContract {

  private static final int[][] DIRECTIONS = {{1, 0}, {0, 1}, {1, 1}, {1, -1}};

  private final Gomoku game;

  GomokuContract(Gomoku game) {
    super(game);
    this.game = game;
  }

  /** An action's rows count from the bottom, those of the planes from the top. */
  @Override
  protected int planesSquareOf(int square, int symmetry) {
    return upsideDown(Squares.transform(upsideDown(square), game.size, symmetry));
  }

  private int upsideDown(int square) {
    return (game.size - 1 - square / game.size) * game.size + square % game.size;
  }

  @Test
  void perft_isThatOfFreePoints() {
    long points = game.actionCount();
    assertEquals(points, Perft.count(game.initialPosition(), 1));
    assertEquals(points * (points - 1), Perft.count(game.initialPosition(), 2));
    assertEquals(points * (points - 1) * (points - 2), Perft.count(game.initialPosition(), 3));
  }

  @Test
  void outcome_alongRandomGames_isWhatLookingFromEveryPointSays() {
    SplittableRandom random = new SplittableRandom(3);
    int wins = 0;
    for (int i = 0; i < 150; i++) {
      for (Position position : RandomPlay.game(game, random)) {
        Side last = position.sideToMove().opponent();
        boolean five =
            IntStream.range(0, game.actionCount()).anyMatch(at -> fiveFrom(position, at, last));
        assertEquals(five, position.outcome() == Outcome.winOf(last), position::diagram);
        wins += five ? 1 : 0;
      }
    }
    assertTrue(wins > 100, "Most random games are won.");
  }

  private boolean fiveFrom(Position position, int square, Side side) {
    for (int[] direction : DIRECTIONS) {
      int length = 0;
      int column = square % game.size;
      int row = square / game.size;
      while (column < game.size
          && row >= 0
          && row < game.size
          && position.pieceAt(row * game.size + column) == side) {
        length++;
        column += direction[0];
        row += direction[1];
      }
      if (length >= 5) {
        return true;
      }
    }
    return false;
  }

  /** A five anywhere on the board, in each direction, is seen: no edge is forgotten. */
  @Test
  void outcome_ofEveryFiveOnTheBoard_isAWin() {
    int fives = 0;
    for (int square = 0; square < game.actionCount(); square++) {
      for (int[] direction : DIRECTIONS) {
        int[] line = new int[5];
        boolean inside = true;
        for (int i = 0; i < line.length; i++) {
          int column = square % game.size + i * direction[0];
          int row = square / game.size + i * direction[1];
          inside &= column < game.size && row >= 0 && row < game.size;
          line[i] = row * game.size + column;
        }
        if (inside) {
          fives++;
          assertFive(line);
        }
      }
    }
    int along = (game.size - 4) * game.size;
    int diagonal = (game.size - 4) * (game.size - 4);
    assertEquals(2 * along + 2 * diagonal, fives);
  }

  private void assertFive(int[] line) {
    // The other side plays a knight's move apart from each other, out of the line.
    int[] others =
        IntStream.range(0, game.actionCount())
            .filter(square -> IntStream.of(line).noneMatch(at -> at == square))
            .filter(square -> (square % game.size + 2 * (square / game.size)) % 5 == 0)
            .limit(4)
            .toArray();
    Position position = game.initialPosition();
    for (int i = 0; i < 4; i++) {
      position = position.play(line[i]).play(others[i]);
    }
    assertTrue(position.canWinAtOnce(), position::diagram);
    Position end = position.play(line[4]);
    assertEquals(Outcome.FIRST_WINS, end.outcome(), end::diagram);
    assertEquals(Ending.LINE, end.ending());
    assertArrayEquals(IntStream.of(line).sorted().toArray(), end.decidingSquares());
  }

  @Test
  void outcome_ofMoreThanFive_isAWinToo() {
    GameRecord six =
        assertInstanceOf(
                GameRecord.Reading.Valid.class,
                GameRecord.read(game, "a1 a9 b1 c9 c1 e9 e1 g9 f1 b7 d1"))
            .record();
    assertEquals(Outcome.FIRST_WINS, six.position().outcome());
    assertEquals(6, six.position().decidingSquares().length);
  }
}
