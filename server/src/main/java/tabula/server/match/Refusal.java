package tabula.server.match;

import java.util.Locale;

/** Why something was not done. The codes are part of the protocol. */
public enum Refusal {
  MALFORMED(false),
  UNKNOWN_TYPE(false),
  UNKNOWN_MATCH(false),
  UNKNOWN_GAME(false),
  UNKNOWN_AGENT(false),
  UNKNOWN_PLAYER(false),
  UNKNOWN_TOURNAMENT(false),
  UNKNOWN_CHECKPOINT(false),
  NOT_YOUR_SEAT(false),
  SEAT_TAKEN(false),
  NOT_YOUR_TURN(true),
  STALE_PLY(false),
  NOT_A_MOVE(false),
  ILLEGAL_MOVE(false),
  MATCH_OVER(false),
  TAKEBACK_NOT_ALLOWED(false),
  OFFER_NOT_ALLOWED(false),
  NO_OFFER(false),
  ABORT_NOT_ALLOWED(false),
  UNKNOWN_CHALLENGE(false),
  NOT_WISHED(true),
  RATE_LIMITED(true),
  UNAVAILABLE(true),
  DRAINING(true),
  UNSUPPORTED_PROTOCOL(false),
  FORBIDDEN(false),
  /** A token or a password is wrong, or there is none. */
  UNAUTHENTICATED(false),
  NAME_TAKEN(false),
  UNKNOWN_RUN(false),
  INVALID_CONFIG(false),
  TOO_MANY_RUNS(true),
  /** Something is not in the state for it. */
  NOT_NOW(true),
  UNKNOWN_ACCOUNT(false),
  UNKNOWN_TOKEN(false),
  /** A text is no record of a game. */
  NOT_A_RECORD(false),
  /** Our bug. */
  INTERNAL(true);

  private final boolean retryable;

  Refusal(boolean retryable) {
    this.retryable = retryable;
  }

  /** As frames say it, such as {@code stale_ply}. */
  public String code() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Whether the same may be accepted later. */
  public boolean retryable() {
    return retryable;
  }
}
