package tabula.server.session;

import java.util.LinkedHashMap;
import java.util.Map;

/** How often somebody may try a password or claim a name, by account and by address. */
final class SignInLimits {

  /** How many accounts and addresses are remembered, those of the latest tries. */
  private static final int MOST_REMEMBERED = 10_000;

  private static final class Buckets extends LinkedHashMap<String, TokenBucket> {
    private static final long serialVersionUID = 1;

    Buckets() {
      super(16, 0.75f, true);
    }

    @Override
    protected boolean removeEldestEntry(Map.Entry<String, TokenBucket> eldest) {
      return size() > MOST_REMEMBERED;
    }

    /** Whether one more may pass: 0, or when the next may, in milliseconds. */
    long take(String key, double perSecond, double most) {
      TokenBucket bucket = computeIfAbsent(key, unseen -> new TokenBucket(perSecond, most));
      return bucket.take() ? 0 : bucket.retryAfterMillis();
    }
  }

  private final Buckets tries = new Buckets();
  private final Buckets triesFrom = new Buckets();
  private final Buckets claimsFrom = new Buckets();

  /**
   * Counts a try at an account's password, whether or not there is such an account.
   *
   * @return 0 if it may be tried, or after how many milliseconds
   */
  long trySignIn(String foldedName, String address) {
    long wait = triesFrom.take(address, 1 / 5.0, 20);
    return wait > 0 ? wait : tries.take(foldedName, 1 / 10.0, 30);
  }

  /** Counts a claim of a name. */
  long claim(String address) {
    return claimsFrom.take(address, 1 / 60.0, 10);
  }
}
