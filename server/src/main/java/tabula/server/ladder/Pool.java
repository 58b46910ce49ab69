package tabula.server.ladder;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import tabula.server.match.TimeControl;

/** Matches that are rated together: those of one time class. */
public final class Pool {

  /** Matches without clocks. */
  public static final String UNTIMED = "untimed";

  /** A side's moves in a usual match. */
  private static final int MOVES = 40;

  private Pool() {}

  /** The class of a time control, by how long a side has for a usual match. */
  public static String of(@Nullable TimeControl control) {
    return switch (control) {
      case null -> UNTIMED;
      case TimeControl.Bank(long initialMs, long incrementMs) ->
          of(initialMs + MOVES * incrementMs);
      case TimeControl.PerMove(long moveMs) -> of(MOVES * moveMs);
      case TimeControl.Correspondence(int days) -> "correspondence";
    };
  }

  private static String of(long millis) {
    if (millis < Duration.ofMinutes(3).toMillis()) {
      return "bullet";
    }
    return millis < Duration.ofMinutes(8).toMillis()
        ? "blitz"
        : millis < Duration.ofMinutes(25).toMillis() ? "rapid" : "classical";
  }
}
