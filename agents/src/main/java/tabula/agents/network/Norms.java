package tabula.agents.network;

/**
 * How long two vectors of the same weights are (Euclidean norm).
 *
 * @param gradient of the loss with respect to the weights, at the last step, before it was clipped
 * @param weight of the weights themselves
 */
public record Norms(double gradient, double weight) {

  /** Of a gradient that was shortened to the share {@code kept} of its length. */
  public Norms beforeClipping(double kept) {
    return new Norms(gradient / kept, weight);
  }
}
