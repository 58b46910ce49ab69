package tabula.agents.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import tabula.agents.network.Examination;
import tabula.agents.network.Losses;

class EarlyStoppingTests {

  private static void examine(EarlyStopping stopping, int step, double heldOut) {
    Examination learnt = new Examination(new Losses(0.1, 0.1, 0.5), 0);
    Examination held = new Examination(new Losses(heldOut, 0, 0.5), 0);
    stopping.examined(new Learner.Report(step, learnt, held), () -> new float[] {step});
  }

  @Test
  void over_afterSoManyExaminationsInVain_keepsTheWeightsWithTheLowestError() {
    EarlyStopping stopping = new EarlyStopping(2);
    examine(stopping, 1, 0.9);
    examine(stopping, 2, 1.0);
    examine(stopping, 3, 0.7);
    examine(stopping, 4, 0.8);
    assertFalse(stopping.over().isPresent());
    examine(stopping, 5, 0.7);
    assertTrue(stopping.over().isPresent());
    assertEquals(3, stopping.over().orElseThrow().step());
    assertEquals(3, stopping.over().orElseThrow().weights()[0]);
  }

  @Test
  void over_withoutPatienceOrHeldOutGames_never() {
    EarlyStopping never = new EarlyStopping(0);
    examine(never, 1, 0.5);
    examine(never, 2, 0.6);
    assertFalse(never.over().isPresent());
    assertEquals(1, never.best().orElseThrow().step());

    EarlyStopping blind = new EarlyStopping(1);
    Examination learnt = new Examination(new Losses(0.1, 0.1, 0.5), 0);
    for (int step = 0; step < 5; step++) {
      blind.examined(new Learner.Report(step, learnt, null), () -> new float[1]);
    }
    assertFalse(blind.over().isPresent());
  }
}
