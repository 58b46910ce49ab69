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
 */
public record DescentSpec(
    OptimizerSpec optimizer,
    double clipNorm,
    double policyWeight,
    double valueWeight,
    double dropout) {

  /** Both errors count alike, and nothing is clipped or left out. */
  public static DescentSpec plain(OptimizerSpec optimizer) {
    return new DescentSpec(optimizer, 0, 1, 1, 0);
  }
}
