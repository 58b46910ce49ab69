package tabula.server.ladder;

import java.util.List;

/**
 * Glicko-2 as Glickman's "Example of the Glicko-2 system" (2013) gives it, step by step. Uses
 * {@link StrictMath}, so that the same games give the same ratings to the last bit everywhere.
 */
public final class Glicko2 {

  /** One game, seen from the player who is rated. */
  public record Played(Rating opponent, double score) {}

  /** Points on Glicko's scale for one of Glicko-2's. */
  private static final double SCALE = 173.7178;

  private static final double MIDDLE = 1500;

  /** τ: how fast volatility may change. The paper advises 0.3 to 1.2, and computes with 0.5. */
  private static final double TAU = 0.5;

  private static final double PRECISION = 1e-6;

  /** Nobody is less certain than somebody unknown. */
  private static final double WIDEST = Rating.UNKNOWN.deviation();

  private Glicko2() {}

  /**
   * The rating after games (steps 2 to 8).
   *
   * @param periods how much time went by since the games before: 1 is the paper's rating period
   */
  static Rating after(Rating player, List<Played> games, double periods, long at) {
    double mu = (player.rating() - MIDDLE) / SCALE;
    double phi = player.deviation() / SCALE;
    double information = 0;
    double surprise = 0;
    for (Played game : games) {
      double muOpponent = (game.opponent().rating() - MIDDLE) / SCALE;
      double g = g(game.opponent().deviation() / SCALE);
      double expected = expected(g, mu - muOpponent);
      information += g * g * expected * (1 - expected);
      surprise += g * (game.score() - expected);
    }
    double variance = 1 / information;
    double volatility = volatility(phi, player.volatility(), variance, variance * surprise);
    double phiBefore = Math.min(square(phi) + square(volatility) * periods, square(WIDEST / SCALE));
    double phiAfter = 1 / StrictMath.sqrt(1 / phiBefore + information);
    double muAfter = mu + square(phiAfter) * surprise;
    return new Rating(
        muAfter * SCALE + MIDDLE, phiAfter * SCALE, volatility, player.games() + games.size(), at);
  }

  /**
   * A rating after a time without games: less certain, by the volatility (step 6).
   *
   * @param periods of time, and parts of one
   */
  static Rating aged(Rating rating, double periods) {
    double deviation =
        StrictMath.sqrt(square(rating.deviation()) + square(rating.volatility() * SCALE) * periods);
    return new Rating(
        rating.rating(),
        Math.min(deviation, WIDEST),
        rating.volatility(),
        rating.games(),
        rating.at());
  }

  /** How much a game against an opponent would tell of a player's strength: 1 / v of step 3. */
  static double information(Rating player, Rating opponent) {
    double g = g(opponent.deviation() / SCALE);
    double expected = expected(g, (player.rating() - opponent.rating()) / SCALE);
    return g * g * expected * (1 - expected);
  }

  private static double g(double phi) {
    return 1 / StrictMath.sqrt(1 + 3 * square(phi / StrictMath.PI));
  }

  private static double expected(double g, double difference) {
    return 1 / (1 + StrictMath.exp(-g * difference));
  }

  /** Step 5: the root of f by the Illinois algorithm. */
  private static double volatility(double phi, double sigma, double variance, double delta) {
    double a = StrictMath.log(square(sigma));
    double low = a;
    double high;
    if (square(delta) > square(phi) + variance) {
      high = StrictMath.log(square(delta) - square(phi) - variance);
    } else {
      int k = 1;
      while (f(a - k * TAU, phi, variance, delta, a) < 0) {
        k++;
      }
      high = a - k * TAU;
    }
    double fLow = f(low, phi, variance, delta, a);
    double fHigh = f(high, phi, variance, delta, a);
    while (Math.abs(high - low) > PRECISION) {
      double middle = low + (low - high) * fLow / (fHigh - fLow);
      double fMiddle = f(middle, phi, variance, delta, a);
      if (fMiddle * fHigh <= 0) {
        low = high;
        fLow = fHigh;
      } else {
        fLow /= 2;
      }
      high = middle;
      fHigh = fMiddle;
    }
    return StrictMath.exp(low / 2);
  }

  private static double f(double x, double phi, double variance, double delta, double a) {
    double e = StrictMath.exp(x);
    double sum = square(phi) + variance + e;
    return e * (square(delta) - sum) / (2 * square(sum)) - (x - a) / square(TAU);
  }

  private static double square(double x) {
    return x * x;
  }
}
