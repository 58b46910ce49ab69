package tabula.server.lobby;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class RestsTests {

  private final Rests rests = new Rests();

  @Test
  void threeTimeoutsInARow_makeOneRest_andTimeEndsIt() {
    assertFalse(rests.timedOut("a", 1));
    assertFalse(rests.timedOut("a", 2));
    assertEquals(0, rests.until("a", 2));
    assertTrue(rests.timedOut("a", 3));
    long until = rests.until("a", 4);
    assertTrue(until > 4);
    assertEquals(0, rests.until("b", 4));
    assertEquals(0, rests.until("a", until));
    assertFalse(rests.timedOut("a", until), "it begins to count anew");
  }

  @Test
  void matchThatEndsOtherwise_isForgiving() {
    rests.timedOut("a", 1);
    rests.timedOut("a", 2);
    rests.finished("a");
    assertFalse(rests.timedOut("a", 3));
    rests.timedOut("a", 4);
    rests.timedOut("a", 5);
    rests.finished("a");
    assertTrue(rests.until("a", 6) > 0, "a rest is not shortened");
  }
}
