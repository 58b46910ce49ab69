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
   * Adam (Kingma and Ba 2015).
   *
   * @param l2 the factor of half the squared norm of the weights in the loss: its gradient is
   *     scaled by the moments like all else, so that weights with large gradients decay less
   */
  record Adam(double beta1, double beta2, double epsilon, double l2) implements OptimizerSpec {
    public Adam(double l2) {
      this(0.9, 0.999, 1e-8, l2);
    }
  }

  /**
   * Adam with decoupled weight decay (Loshchilov and Hutter 2019).
   *
   * @param weightDecay the share of each weight, times the learning rate, that a step takes away
   */
  record AdamW(double beta1, double beta2, double epsilon, double weightDecay)
      implements OptimizerSpec {
    public static final AdamW DEFAULT = new AdamW(1e-4);

    public AdamW(double weightDecay) {
      this(0.9, 0.999, 1e-8, weightDecay);
    }
  }
}
