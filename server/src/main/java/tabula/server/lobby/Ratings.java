package tabula.server.lobby;

import org.jspecify.annotations.Nullable;
import tabula.server.match.TimeControl;

/** How strong players are, as far as pairing needs to know. */
@FunctionalInterface
public interface Ratings {

  /**
   * A player's strength.
   *
   * @param deviation its standard error, in the same points
   */
  record Strength(double rating, double deviation) {}

  /** Everybody is as strong as everybody. */
  Ratings EQUAL = (player, game, timeControl) -> new Strength(1500, 350);

  /**
   * How strong a player is. Does not block.
   *
   * @param player as {@link tabula.server.match.Seat#player} names it; what is not known there is
   *     somebody new
   * @param timeControl null in matches without clocks
   */
  Strength of(String player, String game, @Nullable TimeControl timeControl);
}
