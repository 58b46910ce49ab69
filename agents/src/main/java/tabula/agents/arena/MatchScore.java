package tabula.agents.arena;

/**
 * The results of many games, for the first named player.
 *
 * @param winsAsFirst games won of those in which it moved first; the others likewise
 */
public record MatchScore(
    int winsAsFirst,
    int drawsAsFirst,
    int lossesAsFirst,
    int winsAsSecond,
    int drawsAsSecond,
    int lossesAsSecond) {

  public static final MatchScore NONE = new MatchScore(0, 0, 0, 0, 0, 0);

  /**
   * With one more game.
   *
   * @param result 1, 0 or -1 for the first named player
   */
  public MatchScore plus(boolean movedFirst, int result) {
    int win = result > 0 ? 1 : 0;
    int draw = result == 0 ? 1 : 0;
    int loss = result < 0 ? 1 : 0;
    return movedFirst
        ? new MatchScore(
            winsAsFirst + win,
            drawsAsFirst + draw,
            lossesAsFirst + loss,
            winsAsSecond,
            drawsAsSecond,
            lossesAsSecond)
        : new MatchScore(
            winsAsFirst,
            drawsAsFirst,
            lossesAsFirst,
            winsAsSecond + win,
            drawsAsSecond + draw,
            lossesAsSecond + loss);
  }

  public int wins() {
    return winsAsFirst + winsAsSecond;
  }

  public int draws() {
    return drawsAsFirst + drawsAsSecond;
  }

  public int losses() {
    return lossesAsFirst + lossesAsSecond;
  }

  public int games() {
    return wins() + draws() + losses();
  }

  /** 1 for a win, a half for a draw. */
  public double points() {
    return wins() + 0.5 * draws();
  }

  /** The share of the points, in [0, 1]. */
  public double share() {
    return games() == 0 ? 0.5 : points() / games();
  }

  /**
   * The Elo difference that the share of the points stands for; infinite where all or no points
   * were won.
   */
  public double elo() {
    return elo(share());
  }

  /**
   * The ends of the 95 % interval of {@link #elo}, by the normal approximation of the mean of the
   * games' points.
   */
  public double eloLow() {
    return elo(Math.max(0, share() - margin()));
  }

  public double eloHigh() {
    return elo(Math.min(1, share() + margin()));
  }

  /**
   * Half the width of the share's 95 % interval. Where all games ended alike, by the rule of three.
   */
  private double margin() {
    if (games() == 0) {
      return 1;
    }
    double mean = share();
    double variance =
        (wins() * (1 - mean) * (1 - mean)
                + draws() * (0.5 - mean) * (0.5 - mean)
                + losses() * mean * mean)
            / games();
    return variance == 0 ? Math.min(1, 3.0 / games()) : 1.96 * Math.sqrt(variance / games());
  }

  private static double elo(double share) {
    return share <= 0
        ? Double.NEGATIVE_INFINITY
        : share >= 1 ? Double.POSITIVE_INFINITY : -400 * Math.log10(1 / share - 1);
  }
}
