package tabula.server.match;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.time.Duration;

/** How long the players of a match may think. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
@JsonSubTypes({
  @JsonSubTypes.Type(value = TimeControl.Bank.class, name = "bank"),
  @JsonSubTypes.Type(value = TimeControl.PerMove.class, name = "perMove"),
  @JsonSubTypes.Type(value = TimeControl.Correspondence.class, name = "correspondence")
})
public sealed interface TimeControl {

  long FIRST_MOVE_MILLIS = 30_000;

  /** A time for the whole match, and some more after each move. */
  record Bank(long initialMs, long incrementMs) implements TimeControl {
    @Override
    public long initialMillis() {
      return initialMs;
    }

    @Override
    public long afterMove(long leftMillis) {
      return leftMillis + incrementMs;
    }

    @Override
    public boolean isSound() {
      return isBetween(500, initialMs, Duration.ofHours(6))
          && isBetween(0, incrementMs, Duration.ofMinutes(10));
    }
  }

  /** The same time for each move. */
  record PerMove(long moveMs) implements TimeControl {
    @Override
    public long initialMillis() {
      return moveMs;
    }

    @Override
    public long afterMove(long leftMillis) {
      return moveMs;
    }

    @Override
    public boolean isSound() {
      return isBetween(500, moveMs, Duration.ofHours(6));
    }
  }

  /** Days for each move. */
  record Correspondence(int days) implements TimeControl {
    @Override
    public long initialMillis() {
      return Duration.ofDays(days).toMillis();
    }

    @Override
    public long afterMove(long leftMillis) {
      return initialMillis();
    }

    @Override
    public long firstMoveMillis() {
      return initialMillis();
    }

    @Override
    public boolean isSound() {
      return days >= 1 && days <= 30;
    }
  }

  /** What each clock shows at the beginning. */
  long initialMillis();

  /**
   * How long each side may take for its first move, which costs it no time: a match whose player
   * does not come is not waited for.
   */
  default long firstMoveMillis() {
    return Math.min(FIRST_MOVE_MILLIS, 10 * initialMillis());
  }

  /** What a clock shows after a move, that showed so much when it was stopped. */
  long afterMove(long leftMillis);

  /** Whether its times are within the bounds that the contract states. */
  @JsonIgnore
  boolean isSound();

  private static boolean isBetween(long least, long millis, Duration most) {
    return millis >= least && millis <= most.toMillis();
  }
}
