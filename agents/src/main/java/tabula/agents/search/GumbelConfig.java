package tabula.agents.search;

/**
 * How Gumbel search weighs things (Danihelka et al., ICLR 2022).
 *
 * @param consideredActions how many moves the root samples, at most
 * @param visitOffset c_visit: 50 in the paper
 * @param valueScale c_scale: 1 in the paper's board games, for values scaled to [0, 1]
 * @param gumbelScale 1 samples the root's moves, as self-play needs; 0 takes the most likely, as
 *     matches do
 */
public record GumbelConfig(
    int consideredActions, double visitOffset, double valueScale, double gumbelScale) {

  public static final GumbelConfig SELF_PLAY = new GumbelConfig(8, 50, 1, 1);

  /** With so many simulations and fewer, c_scale in matches is the paper's. */
  private static final double FEW = 100;

  /**
   * As a match is played. The more simulations there are, the flatter c_scale: the paper's grows
   * with the visits, and soon trusts the best-looking value alone (see docs/decisions).
   */
  public static GumbelConfig match(int simulations) {
    return new GumbelConfig(16, 50, Math.min(1, FEW / Math.max(1, simulations)), 0);
  }

  public GumbelConfig {
    if (consideredActions < 1) {
      throw new IllegalArgumentException("At least one move must be considered.");
    }
  }
}
