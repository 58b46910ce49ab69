package tabula.server.ladder;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import tabula.server.ladder.Strengths.Score;

class StrengthsTests {

  @Test
  void of_resultsThatFitExactly_givesTheirRatings() {
    // 10/11 of the points are 400 Elo, 1/2 are 0; the imagined draw is weighed down by many games.
    Strengths found =
        Strengths.of(
            3,
            500,
            List.of(
                new Score(1, 0, 1_000_000, 1_100_000),
                new Score(2, 1, 500_000, 1_000_000),
                new Score(2, 0, 1_000_000, 1_100_000)));
    assertEquals(500, found.ratings()[0]);
    assertEquals(900, found.ratings()[1], 0.01);
    assertEquals(900, found.ratings()[2], 0.01);
    assertEquals(0, found.deviations()[0]);
    assertTrue(found.deviations()[1] < 1);
  }

  @Test
  void of_oneWhoWonEverything_isFinite_andUncertain() {
    Strengths found = Strengths.of(2, 500, List.of(new Score(1, 0, 50, 50)));
    assertTrue(found.ratings()[1] > 1000 && found.ratings()[1] < 2000);
    assertTrue(found.deviations()[1] > 100);
  }
}
