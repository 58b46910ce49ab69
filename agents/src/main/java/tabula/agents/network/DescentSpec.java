package tabula.agents.network;

/**
 * What is minimised by training, and how. The learning rate comes with each step.
 *
 * @param optimizer how the weights descend the gradient
 * @param clipNorm gradients longer than this are shortened to it; 0 for none
 * @param policyWeight the factor of the policy's cross-entropy in the error
 * @param valueWeight the factor of the value's squared error
 * @param dropout the share of what the heads read that is left out at each step (Srivastava et al.
 *     2014); nothing is left out where a network plays or is examined
 * @param adversarial how many of the examples are made harder than they were played
 */
public record DescentSpec(
    OptimizerSpec optimizer,
    double clipNorm,
    double policyWeight,
    double valueWeight,
    double dropout,
    Adversarial adversarial) {

  /**
   * Adversarial training (Goodfellow et al. 2015): part of each batch is seen as it deceives the
   * network most, each number of its planes moved by ε to where the error grows, and within [0, 1].
   *
   * @param share the share of the examples that are, in [0, 1]
   * @param epsilon by how much each number is moved
   */
  public record Adversarial(double share, double epsilon) {
    public static final Adversarial NONE = new Adversarial(0, 0);
  }

  /** Both errors count alike, and nothing is clipped, left out or made harder. */
  public static DescentSpec plain(OptimizerSpec optimizer) {
    return new DescentSpec(optimizer, 0, 1, 1, 0, Adversarial.NONE);
  }
}
