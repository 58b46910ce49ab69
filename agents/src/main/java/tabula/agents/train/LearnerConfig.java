package tabula.agents.train;

import tabula.agents.network.DescentSpec;

/**
 * How examples are learnt from.
 *
 * @param descent what is minimised, and how
 * @param batch examples a step
 * @param learningRate its highest value, after the warm-up and before the decline
 * @param warmUpSteps steps over which the rate climbs from 0
 * @param schedule how the rate falls after that
 * @param finalRateShare the share of the rate that is left when the run's time is over, unless the
 *     schedule is constant
 * @param rateDrops how many drops take it there, where it falls in steps
 * @param reuse how often an example is used on average
 * @param firstExamples how many examples must be there before the first step
 * @param averaging how much of the weights' average stays at each step
 * @param threads how many threads a step takes
 */
public record LearnerConfig(
    DescentSpec descent,
    int batch,
    double learningRate,
    int warmUpSteps,
    Schedule schedule,
    double finalRateShare,
    int rateDrops,
    double reuse,
    int firstExamples,
    double averaging,
    int threads) {

  /**
   * The learning rate at a step.
   *
   * @param progress how much of the run's time is over, in [0, 1]
   */
  public double rate(long step, double progress) {
    double warm = Math.min(1, (step + 1.0) / Math.max(1, warmUpSteps));
    return learningRate * warm * schedule.share(progress, finalRateShare, rateDrops);
  }
}
