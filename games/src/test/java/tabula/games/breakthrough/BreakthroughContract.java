package tabula.games.breakthrough;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import tabula.games.Ending;
import tabula.games.GameContract;
import tabula.games.Outcome;
import tabula.games.Perft;
import tabula.games.Position;
import tabula.games.Squares;

/** What holds on both boards. */
abstract class BreakthroughContract extends GameContract {

  private final Breakthrough game;

  BreakthroughContract(Breakthrough game) {
    super(game);
    this.game = game;
  }

  @Override
  protected int planesSquareOf(int square, int symmetry) {
    int size = game.size;
    return symmetry == 0 ? square : square / size * size + size - 1 - square % size;
  }

  @Test
  void perft_isThatOfASlowImplementation() {
    for (int depth = 0; depth <= 6; depth++) {
      assertEquals(
          SlowBreakthrough.start(game.size).perft(depth),
          Perft.count(game.initialPosition(), depth));
    }
  }

  @Test
  void moves_alongRandomGames_areThoseOfASlowImplementation() {
    SplittableRandom random = new SplittableRandom(7);
    for (int i = 0; i < 300; i++) {
      Position position = game.initialPosition();
      SlowBreakthrough slow = SlowBreakthrough.start(game.size);
      while (true) {
        Position at = position;
        String[] moves =
            IntStream.of(at.legalActions())
                .mapToObj(action -> game.formatMove(at, action))
                .sorted()
                .toArray(String[]::new);
        assertArrayEquals(slow.moves().stream().sorted().toArray(), moves, at::diagram);
        if (moves.length == 0) {
          break;
        }
        String move = moves[random.nextInt(moves.length)];
        slow = slow.play(move);
        position = at.play(game.parseMove(at, move));
      }
    }
  }

  @Test
  void equality_doesNotAskHowManyMovesItTook() {
    BreakthroughPosition three = new BreakthroughPosition(game, 1L << 8, 1L << 17, 3);
    assertEquals(three, new BreakthroughPosition(game, 1L << 8, 1L << 17, 5));
    assertEquals(three.hash64(), new BreakthroughPosition(game, 1L << 8, 1L << 17, 5).hash64());
    assertNotEquals(three, new BreakthroughPosition(game, 1L << 8, 1L << 17, 4));
  }

  @Test
  void outcome_isAWinForWhoTakesTheLastPiece() {
    // The first player's only piece on a2 is taken by the second player's on b3.
    Position position = new BreakthroughPosition(game, turned("b3"), turned("a2"), 1);
    assertTrue(position.canWinAtOnce());
    Position end = position.play(game.parseMove(position, "b3a2"));
    assertEquals(Outcome.SECOND_WINS, end.outcome());
    assertEquals(Ending.CAPTURE, end.ending());
    assertEquals(0, end.decidingSquares().length);
  }

  @Test
  void outcome_isAWinForWhoReachesTheLastRow() {
    Position position = new BreakthroughPosition(game, turned("c2"), turned("a2"), 1);
    Position end = position.play(game.parseMove(position, "c2b1"));
    assertEquals(Outcome.SECOND_WINS, end.outcome());
    assertEquals(Ending.GOAL, end.ending());
    assertArrayEquals(new int[] {1}, end.decidingSquares());
  }

  /** The bit of a square as the second player sees it. */
  private long turned(String square) {
    int index = Squares.parse(square, game.size, game.size);
    return 1L << ((game.size - 1 - index / game.size) * Byte.SIZE + index % game.size);
  }

  @Test
  void parseMove_isOfTheSideToMove() {
    Position start = game.initialPosition();
    assertTrue(start.isLegal(game.parseMove(start, "a2a3")));
    assertTrue(start.isLegal(game.parseMove(start, "a2b3")));
    assertFalse(start.isLegal(game.parseMove(start, "a1a2")));
    assertEquals(-1, game.parseMove(start, "a3a2"), "backwards");
    assertEquals(-1, game.parseMove(start, "a2c3"), "too far");
    assertEquals(-1, game.parseMove(start, "a2a4"), "two steps");
    assertEquals(-1, game.parseMove(start, "a2a"));
    assertEquals(-1, game.parseMove(start, "a0a1"));
  }
}
