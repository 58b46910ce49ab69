package tabula.agents.network;

/**
 * What a network got wrong on a batch, on average for a position.
 *
 * @param policy the cross-entropy of its policy with the target, in nats
 * @param value the squared error of its value
 * @param policyEntropy the entropy of its own policy, in nats
 */
public record Losses(double policy, double value, double policyEntropy) {

  public static final Losses ZERO = new Losses(0, 0, 0);

  public Losses plus(Losses other) {
    return new Losses(
        policy + other.policy, value + other.value, policyEntropy + other.policyEntropy);
  }

  public Losses dividedBy(int count) {
    return new Losses(policy / count, value / count, policyEntropy / count);
  }

  public double total() {
    return policy + value;
  }
}
