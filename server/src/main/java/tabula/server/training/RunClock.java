package tabula.server.training;

/** How long a run has trained, all its starts together; what comes after its end does not count. */
final class RunClock {

  private final double secondsBefore;
  private volatile long startNanos = System.nanoTime();
  private volatile double stopped = -1;

  RunClock(double secondsBefore) {
    this.secondsBefore = secondsBefore;
  }

  /** The training begins now. */
  void start() {
    startNanos = System.nanoTime();
  }

  /** The training is over. */
  void stop() {
    stopped = seconds();
  }

  double seconds() {
    double end = stopped;
    return end >= 0 ? end : secondsBefore + (System.nanoTime() - startNanos) / 1e9;
  }
}
