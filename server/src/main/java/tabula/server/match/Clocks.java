package tabula.server.match;

import tabula.games.Side;

/**
 * The clocks of a match after an event. Which of them runs is the match's to say.
 *
 * @param first what the first player has left, in milliseconds
 * @param since when the side to move began to think, in milliseconds since 1970; later than now
 *     where time is not counted yet
 */
public record Clocks(TimeControl control, long first, long second, long since) {

  /** The first move of each side costs no time; it has to come within a limit of its own. */
  public static final int FREE_PLIES = 2;

  static Clocks begin(TimeControl control, long at) {
    return new Clocks(control, control.initialMillis(), control.initialMillis(), at);
  }

  /** What a side had left when its clock began to run last. */
  public long left(Side side) {
    return side == Side.FIRST ? first : second;
  }

  /** How long the side to move has been thinking. */
  long thought(long now) {
    return Math.max(0, now - since);
  }

  /** The side to move thinks from now on. */
  Clocks from(long at) {
    return new Clocks(control, first, second, at);
  }

  Clocks with(Side side, long left, long at) {
    return side == Side.FIRST
        ? new Clocks(control, left, second, at)
        : new Clocks(control, first, left, at);
  }
}
