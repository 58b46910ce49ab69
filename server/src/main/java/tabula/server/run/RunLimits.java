package tabula.server.run;

/**
 * How much training a server does for others.
 *
 * @param atOnce how many runs train at once; 0 takes none
 * @param nice how far each stands back behind matches, from 0 to 19, where the system has {@code
 *     nice}
 * @param threads of self-play of each; the learner has its own beside them
 * @param underWay how many runs of an account wait or train
 * @param underWayOfGuest the same of somebody without an account
 * @param kept how many runs of one owner are kept, those that are over among them
 * @param keptInAll how many runs are kept
 * @param minutes the most that a run may train in all
 */
public record RunLimits(
    int atOnce,
    int nice,
    int threads,
    int underWay,
    int underWayOfGuest,
    int kept,
    int keptInAll,
    double minutes) {

  /** One at a time, that leaves a processor to matches where there are several. */
  public static final RunLimits USUAL =
      new RunLimits(
          1, 19, Math.max(1, Runtime.getRuntime().availableProcessors() - 1), 8, 2, 40, 400, 1440);

  /** The same for as many runs at once. */
  public RunLimits atOnce(int runs) {
    return new RunLimits(runs, nice, threads, underWay, underWayOfGuest, kept, keptInAll, minutes);
  }

  /** The same, standing back so far. */
  public RunLimits nice(int level) {
    return new RunLimits(
        atOnce, level, threads, underWay, underWayOfGuest, kept, keptInAll, minutes);
  }

  /** The same with so many threads of self-play each. */
  public RunLimits threads(int each) {
    return new RunLimits(atOnce, nice, each, underWay, underWayOfGuest, kept, keptInAll, minutes);
  }
}
