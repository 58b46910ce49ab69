package tabula.agents.solve;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashMap;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import tabula.games.Position;
import tabula.games.connectfour.ConnectFour;

class ConnectFourSolverTests {

  private final ConnectFourSolver solver = new ConnectFourSolver();
  private final SplittableRandom random = new SplittableRandom(17);

  private Position randomPosition(int ply) {
    while (true) {
      Position position = ConnectFour.GAME.initialPosition();
      while (position.ply() < ply && !position.isOver()) {
        int[] legal = position.legalActions();
        position = position.play(legal[random.nextInt(legal.length)]);
      }
      if (!position.isOver()) {
        return position;
      }
    }
  }

  /** The score by looking at everything: no bounds, no ordering. */
  private static int slowScore(Position position, Map<Position, Integer> known) {
    Integer found = known.get(position);
    if (found != null) {
      return found;
    }
    int best = Integer.MIN_VALUE;
    for (int action : position.legalActions()) {
      Position after = position.play(action);
      int left = 42 - position.ply();
      int score =
          after.isOver()
              ? after.outcome().valueFor(position.sideToMove()) * ((left + 1) / 2)
              : -slowScore(after, known);
      best = Math.max(best, score);
    }
    known.put(position, best);
    return best;
  }

  @Test
  void score_agreesWithASlowSearchOfEverything() {
    for (int i = 0; i < 300; i++) {
      Position position = randomPosition(28 + random.nextInt(12));
      int expected = slowScore(position, new HashMap<>());
      assertEquals(expected, solver.score(position), position::diagram);
      assertEquals(Integer.signum(expected), solver.value(position), position::diagram);
    }
  }

  @Test
  void score_isTheSameOfTheMirrorImage() {
    for (int i = 0; i < 20; i++) {
      Position position = randomPosition(16);
      assertEquals(solver.score(position), new ConnectFourSolver().score(position.transform(1)));
    }
  }

  @Test
  void score_isTheBestOfItsMoves() {
    for (int i = 0; i < 20; i++) {
      Position position = randomPosition(20);
      int best = Integer.MIN_VALUE;
      for (int action : position.legalActions()) {
        best = Math.max(best, solver.scoreOf(position, action));
      }
      assertEquals(best, solver.score(position));
    }
  }

  @Test
  void valueWithin_tooFewNodes_saysNothing() {
    assertTrue(solver.valueWithin(ConnectFour.GAME.initialPosition(), 1000).isEmpty());
  }
}
