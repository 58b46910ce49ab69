package tabula.server.match;

import org.jspecify.annotations.Nullable;
import tabula.games.Side;

/**
 * How a match ended otherwise than by the rules of its game.
 *
 * @param loser null where nobody lost
 */
public record Termination(Reason reason, @Nullable Side loser) {

  /** As the protocol says it. */
  public enum Reason {
    RESIGNATION("resignation"),
    TIME("time"),
    AGREEMENT("agreement"),
    ABORTED("aborted"),
    FIRST_MOVE_EXPIRED("firstMoveExpired");

    private final String text;

    Reason(String text) {
      this.text = text;
    }

    String text() {
      return text;
    }

    /** Whether the match counts as never played: nobody won, nobody lost, it was no draw. */
    boolean isAborted() {
      return this == ABORTED || this == FIRST_MOVE_EXPIRED;
    }
  }
}
