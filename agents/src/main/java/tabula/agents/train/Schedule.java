package tabula.agents.train;

/** How the learning rate falls over a run, after its warm-up. */
public enum Schedule {
  /** Not at all. */
  CONSTANT,
  /** In equal drops, each after an equal part of the run, by the same factor. */
  STEP,
  /** As half a period of a cosine (Loshchilov and Hutter 2017). */
  COSINE;

  /**
   * The share of the highest rate that is left.
   *
   * @param progress how much of the run's time is over, in [0, 1]
   * @param last the share at the end of the run
   * @param drops how many drops {@link #STEP} has
   */
  double share(double progress, double last, int drops) {
    double over = Math.clamp(progress, 0, 1);
    return switch (this) {
      case CONSTANT -> 1;
      case STEP -> Math.pow(last, Math.min(drops, Math.floor(over * (drops + 1))) / drops);
      case COSINE -> last + (1 - last) * (1 + Math.cos(Math.PI * over)) / 2;
    };
  }
}
