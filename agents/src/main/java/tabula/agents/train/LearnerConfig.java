package tabula.agents.train;

import tabula.agents.network.OptimizerSpec;

/**
 * How examples are learnt from.
 *
 * @param optimizer how the weights descend the gradient
 * @param batch examples a step
 * @param learningRate its highest value, after the warm-up and before the decline
 * @param warmUpSteps steps over which the rate climbs from 0
 * @param finalRateShare the share of the rate that is left when the run's time is over (a cosine in
 *     between)
 * @param reuse how often an example is used on average
 * @param firstExamples how many examples must be there before the first step
 * @param averaging how much of the weights' average stays at each step
 * @param threads how many threads a step takes
 */
public record LearnerConfig(
    OptimizerSpec optimizer,
    int batch,
    double learningRate,
    int warmUpSteps,
    double finalRateShare,
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
    double cosine = (1 + Math.cos(Math.PI * Math.clamp(progress, 0, 1))) / 2;
    return learningRate * warm * (finalRateShare + (1 - finalRateShare) * cosine);
  }
}
