package tabula.agents.search;

/**
 * How PUCT search weighs things (AlphaZero; first-play urgency as in Leela Chess Zero and KataGo).
 *
 * @param exploration c_puct: about 1.25 to 2
 * @param firstPlayReduction how far below its parent's value a move that was not visited is taken
 *     to be
 * @param noiseShare how much of the root's prior is Dirichlet noise; 0 in matches
 * @param noiseConcentration α times the number of legal moves: about 10
 */
public record PuctConfig(
    double exploration, double firstPlayReduction, double noiseShare, double noiseConcentration) {

  public static final PuctConfig SELF_PLAY = new PuctConfig(1.5, 0.2, 0.25, 10);
  public static final PuctConfig MATCH = SELF_PLAY.withNoise(0);

  /** The same with so much of its noise. */
  public PuctConfig withNoise(double share) {
    return new PuctConfig(exploration, firstPlayReduction, noiseShare * share, noiseConcentration);
  }
}
