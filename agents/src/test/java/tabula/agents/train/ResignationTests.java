package tabula.agents.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import tabula.agents.AgentSpec.SearchKind;
import tabula.agents.evaluate.EvaluationCache;
import tabula.games.Game;
import tabula.games.Outcome;
import tabula.games.Position;
import tabula.games.connectfour.ConnectFour;

class ResignationTests {

  private static final Game GAME = ConnectFour.GAME;

  @Test
  void threshold_isAsHighAsFewEnoughAreWrong() {
    Resignation resignation = new Resignation(new ResignConfig(-0.5, 0.1, 0.05));
    for (int i = 0; i < 39; i++) {
      resignation.add(-0.95f, true);
    }
    assertEquals(-1, resignation.figures().threshold(), "too few to tell");

    resignation.add(-0.95f, true);
    assertEquals(-0.5, resignation.figures().threshold(), "all lost that stood so badly");

    // Of those at -0.7 half did not lose: resigning there would too often be wrong.
    for (int i = 0; i < 40; i++) {
      resignation.add(-0.7f, i % 2 == 0);
    }
    assertTrue(resignation.figures().threshold() <= -0.7f, () -> resignation.figures().toString());
    assertTrue(resignation.figures().threshold() > -0.95f);
    assertTrue(resignation.figures().falseShare() <= 0.05);

    // Who never stood so badly says nothing about resigning.
    Resignation.Figures before = resignation.figures();
    resignation.add(0.3f, false);
    assertEquals(before, resignation.figures());
  }

  @Test
  void selfPlay_thatResigns_endsGamesWithTheLossOfWhoseMoveItWas() {
    ResignConfig config = new ResignConfig(-0.2, 0.3, 0.5);
    Resignation resignation = new Resignation(config);
    List<Trajectory> games = new ArrayList<>();
    SelfPlay selfPlay =
        new SelfPlay(
            GAME,
            new SelfPlayConfig(SearchKind.GUMBEL, 16, 8, 1, 0.5, 0, 8, 1, 4, 16, config),
            batch -> {
              Arrays.fill(batch.logits(), 0);
              Arrays.fill(batch.values(), 0);
            },
            new EvaluationCache(GAME, 1 << 10),
            resignation,
            new RandomStream(4),
            SelfPlayState.NONE,
            games::add);
    while (games.size() < 200) {
      selfPlay.step();
    }
    int resigned = 0;
    for (Trajectory game : games) {
      Position end = GAME.initialPosition();
      for (short action : game.actions()) {
        end = end.play(action);
      }
      if (end.isOver()) {
        assertEquals(end.outcome(), game.outcome());
      } else {
        resigned++;
        assertEquals(Outcome.winOf(end.sideToMove().opponent()), game.outcome());
      }
    }
    assertEquals(resigned, selfPlay.counts().resigned());
    assertTrue(resigned > 0, "nobody resigned");
    assertTrue(resigned < games.size() - 40, "games must be played on, to see who is wrong");
    assertTrue(resignation.figures().falseShare() <= 0.5);
  }
}
