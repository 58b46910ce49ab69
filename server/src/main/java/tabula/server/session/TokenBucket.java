package tabula.server.session;

/** Lets so many things through a second, and so many at once. */
final class TokenBucket {

  private final double perSecond;
  private final double most;
  private double tokens;
  private long last = System.nanoTime();

  TokenBucket(double perSecond, double most) {
    this.perSecond = perSecond;
    this.most = most;
    this.tokens = most;
  }

  /** Whether one more may pass. */
  boolean take() {
    fill();
    if (tokens < 1) {
      return false;
    }
    tokens--;
    return true;
  }

  private void fill() {
    long now = System.nanoTime();
    tokens = Math.min(most, tokens + (now - last) / 1e9 * perSecond);
    last = now;
  }

  /** How many may pass at this moment. */
  double left() {
    fill();
    return tokens;
  }

  /** When the next one may pass. */
  long retryAfterMillis() {
    return tokens >= 1 ? 0 : (long) Math.ceil((1 - tokens) / perSecond * 1000);
  }
}
