package tabula.server.training;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class RunClockTests {

  /** A line of metrics was written while the parts still started, and the next one was earlier. */
  @Test
  void seconds_beforeTheStartAndAfterTheEnd_standStill() throws InterruptedException {
    RunClock clock = new RunClock(7);
    Thread.sleep(2);
    assertEquals(7, clock.seconds());
    clock.start();
    double running = clock.seconds();
    assertTrue(running >= 7);
    clock.stop();
    double end = clock.seconds();
    assertTrue(end >= running);
    Thread.sleep(2);
    assertEquals(end, clock.seconds());
  }
}
