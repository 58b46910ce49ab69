package tabula.server.lobby;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Whoever lets the time of matches run out again and again rests for a while: those whom it meets
 * would only wait for it.
 */
final class Rests {

  private static final int IN_A_ROW = 3;
  private static final long REST_MILLIS = 10 * 60_000;
  private static final int MOST_PLAYERS = 10_000;

  private record Past(int timeouts, long until) {
    static final Past NONE = new Past(0, 0);
  }

  private final Map<String, Past> players = new LinkedHashMap<>(16, 0.75f, true);

  /** Until when somebody rests, in milliseconds since 1970; 0 if they do not. */
  long until(String player, long now) {
    long until = players.getOrDefault(player, Past.NONE).until();
    return until > now ? until : 0;
  }

  /**
   * A match ended because the player did not move in time.
   *
   * @return whether the player rests now
   */
  boolean timedOut(String player, long now) {
    int timeouts = players.getOrDefault(player, Past.NONE).timeouts() + 1;
    boolean rests = timeouts >= IN_A_ROW;
    players.put(player, rests ? new Past(0, now + REST_MILLIS) : new Past(timeouts, 0));
    while (players.size() > MOST_PLAYERS) {
      players.remove(players.keySet().iterator().next());
    }
    return rests;
  }

  /** A match ended otherwise. */
  void finished(String player) {
    players.computeIfPresent(
        player, (id, past) -> past.until() == 0 ? null : new Past(0, past.until()));
  }
}
