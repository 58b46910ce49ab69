package tabula.server.ladder;

/**
 * What is known of a player's strength after some games.
 *
 * @param rating on Glicko's scale: 400 points more are ten times the odds
 * @param deviation the rating's standard error, in points
 * @param volatility how much the strength itself is thought to vary, on Glicko-2's own scale
 * @param games how many it rests on
 * @param at when the last of them ended, in milliseconds since 1970; 0 before the first
 */
public record Rating(double rating, double deviation, double volatility, int games, long at) {

  /** Of a player of whom nothing is known. */
  public static final Rating UNKNOWN = new Rating(1500, 350, 0.06, 0, 0);

  /** Standard errors to either side that hold the strength in 95 of 100 cases. */
  private static final double Z = 1.96;

  private static final double PERIOD_MILLIS = 24 * 60 * 60 * 1000.0;

  /** The rating at a time after its last game: less certain, if the player may have changed. */
  public Rating asOf(String player, long time) {
    return Glicko2.aged(this, periodsUntil(player, time));
  }

  /** A year without a game makes a strong player's interval about four times as wide. */
  double periodsUntil(String player, long time) {
    return games == 0 || !Player.changes(player) ? 0 : Math.max(0, time - at) / PERIOD_MILLIS;
  }

  /** The lower end of the 95 % interval. */
  public double low() {
    return rating - Z * deviation;
  }

  /** The upper end of the 95 % interval. */
  public double high() {
    return rating + Z * deviation;
  }
}
