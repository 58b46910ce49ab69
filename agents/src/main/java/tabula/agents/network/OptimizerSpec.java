package tabula.agents.network;

/** How weights descend the gradient. The learning rate comes with each step. */
public sealed interface OptimizerSpec {

  /**
   * Stochastic gradient descent with momentum.
   *
   * @param l2 the factor of half the squared norm of the weights in the loss
   */
  record Sgd(double momentum, double l2) implements OptimizerSpec {}

  /**
   * Adam (Kingma and Ba 2015) with decoupled weight decay (Loshchilov and Hutter 2019).
   *
   * @param weightDecay the share of each weight, times the learning rate, that a step takes away
   */
  record Adam(double beta1, double beta2, double epsilon, double weightDecay)
      implements OptimizerSpec {
    public static final Adam DEFAULT = new Adam(0.9, 0.999, 1e-8, 1e-4);
  }
}
