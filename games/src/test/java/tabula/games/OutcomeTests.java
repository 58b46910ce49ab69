package tabula.games;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class OutcomeTests {

  @ParameterizedTest
  @EnumSource(Side.class)
  void winOf_isWorthOneToTheWinner_andMinusOneToTheOther(Side side) {
    Outcome outcome = Outcome.winOf(side);
    assertTrue(outcome.isOver());
    assertEquals(1, outcome.valueFor(side));
    assertEquals(-1, outcome.valueFor(side.opponent()));
    assertEquals(side, side.opponent().opponent());
  }
}
