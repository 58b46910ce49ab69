package tabula.games.go;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import tabula.games.GameContract;
import tabula.games.Outcome;
import tabula.games.Perft;
import tabula.games.Side;
import tabula.games.Squares;

/** What holds on both boards. */
abstract class GoContract extends GameContract {

  private final Go game;

  GoContract(Go game) {
    super(game);
    this.game = game;
  }

  @Override
  protected int planesSquareOf(int square, int symmetry) {
    return upsideDown(Squares.transform(upsideDown(square), game.size, symmetry));
  }

  private int upsideDown(int square) {
    return (game.size - 1 - square / game.size) * game.size + square % game.size;
  }

  @Test
  void perft_countsStonesAndPasses() {
    long points = (long) game.size * game.size;
    assertEquals(points + 1, Perft.count(game.initialPosition(), 1));
    // No stone can be taken so soon; a second pass ends the game.
    assertEquals(points * points + points + 1, Perft.count(game.initialPosition(), 2));
  }

  @Test
  void movesBoardsAndAreas_alongRandomGames_areThoseOfTheRulesAsWritten() {
    SplittableRandom random = new SplittableRandom(11);
    int refused = 0;
    for (int i = 0; i < 4; i++) {
      SlowGo slow = new SlowGo(game.size);
      GoPosition position = (GoPosition) game.initialPosition();
      while (!position.isOver()) {
        for (int point = 0; point < game.pass(); point++) {
          assertEquals(slow.isLegal(point), position.isLegal(point), position::diagram);
          refused += position.pieceAt(point) == null && !position.isLegal(point) ? 1 : 0;
        }
        int[] legal = position.legalActions();
        int action = legal[random.nextInt(legal.length)];
        if (action == game.pass()) {
          slow.pass();
        } else {
          slow.play(action);
        }
        position = position.play(action);
        for (int point = 0; point < game.pass(); point++) {
          assertEquals(
              slow.board().charAt(point), Squares.mark(position.pieceAt(point)), position::diagram);
        }
        assertEquals(
            slow.area('X') - slow.area('O') - game.komi(), position.lead(), position::diagram);
      }
      assertEquals(
          position.lead() == 0
              ? Outcome.DRAW
              : Outcome.winOf(position.lead() > 0 ? Side.FIRST : Side.SECOND),
          position.outcome());
    }
    assertTrue(refused > 20, "Repetitions and suicides are met.");
  }
}
