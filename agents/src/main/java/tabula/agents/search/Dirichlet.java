package tabula.agents.search;

import java.util.random.RandomGenerator;

/** Random shares of one. */
final class Dirichlet {

  private Dirichlet() {}

  /** A sample of the symmetric Dirichlet distribution: {@code count} shares that sum to 1. */
  static double[] sample(int count, double concentration, RandomGenerator random) {
    double[] shares = new double[count];
    double sum = 0;
    for (int i = 0; i < count; i++) {
      shares[i] = gamma(concentration, random);
      sum += shares[i];
    }
    for (int i = 0; i < count; i++) {
      shares[i] = sum > 0 ? shares[i] / sum : 1.0 / count;
    }
    return shares;
  }

  /** A gamma variate (Marsaglia and Tsang 2000; shapes below 1 by their boost). */
  private static double gamma(double shape, RandomGenerator random) {
    if (shape < 1) {
      return gamma(shape + 1, random) * Math.pow(random.nextDouble(), 1 / shape);
    }
    double d = shape - 1.0 / 3;
    double c = 1 / Math.sqrt(9 * d);
    while (true) {
      double x = random.nextGaussian();
      double v = Math.pow(1 + c * x, 3);
      if (v > 0 && Math.log(1 - random.nextDouble()) < 0.5 * x * x + d - d * v + d * Math.log(v)) {
        return d * v;
      }
    }
  }
}
