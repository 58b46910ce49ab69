package tabula.games.othello;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import tabula.games.Ending;
import tabula.games.GameContract;
import tabula.games.Position;
import tabula.games.Side;
import tabula.games.Squares;

/** What holds on both boards. */
abstract class OthelloContract extends GameContract {

  private final Othello game;

  OthelloContract(Othello game) {
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
  void moves_alongRandomGames_areThoseOfASlowImplementation() {
    SplittableRandom random = new SplittableRandom(11);
    int passes = 0;
    for (int i = 0; i < 200; i++) {
      Position position = game.initialPosition();
      SlowOthello slow = SlowOthello.start(game.size);
      while (true) {
        Position at = position;
        List<String> moves =
            IntStream.of(at.legalActions())
                .mapToObj(action -> game.formatMove(at, action))
                .toList();
        assertEquals(slow.moves(), moves, at::diagram);
        if (moves.isEmpty()) {
          break;
        }
        String move = moves.get(random.nextInt(moves.size()));
        passes += move.equals("pass") ? 1 : 0;
        slow = slow.play(move);
        position = at.play(game.parseMove(at, move));
      }
      assertEquals(
          Integer.signum(slow.lead()), position.outcome().valueFor(Side.FIRST), position::diagram);
      assertEquals(Ending.COUNT, position.ending());
    }
    assertTrue(passes > 50, "Passes were among the moves.");
  }
}
