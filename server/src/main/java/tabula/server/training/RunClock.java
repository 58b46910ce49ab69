package tabula.server.training;

/**
 * How long a run has trained, all its starts together. It stands still before the start and after
 * the end, so that it never goes back: what starts slowly has not trained meanwhile.
 */
final class RunClock {

  private double secondsBefore;
  private long startNanos;
  private boolean runs;

  RunClock(double secondsBefore) {
    this.secondsBefore = secondsBefore;
  }

  /** The training begins now. */
  synchronized void start() {
    startNanos = System.nanoTime();
    runs = true;
  }

  /** The training is over. */
  synchronized void stop() {
    secondsBefore = seconds();
    runs = false;
  }

  synchronized double seconds() {
    return runs ? secondsBefore + (System.nanoTime() - startNanos) / 1e9 : secondsBefore;
  }
}
