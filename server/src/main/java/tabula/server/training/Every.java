package tabula.server.training;

import java.time.Duration;

/** Says when it is time again. */
final class Every {

  private final long nanos;
  private long last = System.nanoTime();

  Every(Duration interval) {
    this.nanos = interval.toNanos();
  }

  /** Whether the interval is over; if so, the next one begins. */
  boolean isDue() {
    if (System.nanoTime() - last < nanos) {
      return false;
    }
    last = System.nanoTime();
    return true;
  }
}
