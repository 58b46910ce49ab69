package tabula.server.session;

import java.util.LinkedHashMap;
import java.util.Map;

/** A token bucket each for many, such as accounts and addresses: those heard of last are kept. */
final class TokenBuckets {

  private static final int MOST_REMEMBERED = 10_000;

  private final double perSecond;
  private final double most;
  private final Map<String, TokenBucket> buckets =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, TokenBucket> eldest) {
          return size() > MOST_REMEMBERED;
        }
      };

  TokenBuckets(double perSecond, double most) {
    this.perSecond = perSecond;
    this.most = most;
  }

  /** Whether one more may pass: 0, or after how many milliseconds the next may. */
  long take(String whose) {
    TokenBucket bucket = buckets.computeIfAbsent(whose, unseen -> new TokenBucket(perSecond, most));
    return bucket.take() ? 0 : bucket.retryAfterMillis();
  }

  /** How many may pass at this moment. */
  int left(String whose) {
    TokenBucket bucket = buckets.get(whose);
    return (int) (bucket == null ? most : bucket.left());
  }

  double perSecond() {
    return perSecond;
  }

  int most() {
    return (int) most;
  }
}
