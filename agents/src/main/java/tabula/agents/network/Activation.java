package tabula.agents.network;

import java.util.Locale;

/** What a layer does with the numbers that its weights give. */
public enum Activation {
  /** max(x, 0). */
  RELU(Math.sqrt(2)),
  /** x, or x / 100 where it is negative: no unit is ever dead. */
  LEAKY(Math.sqrt(2)),
  /** Between -1 and 1. */
  TANH(1);

  private final double gain;

  Activation(double gain) {
    this.gain = gain;
  }

  /**
   * By how much initial weights must be larger than 1 / sqrt(inputs), so that activations keep
   * their variance from layer to layer (He et al. 2015).
   */
  public double gain() {
    return gain;
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
