package tabula.server.session;

import java.util.LinkedHashMap;
import java.util.Map;

/** Who may do something how often: those of the latest tries are remembered. */
final class Buckets {

  private static final int MOST_REMEMBERED = 10_000;

  private final Map<String, TokenBucket> buckets =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, TokenBucket> eldest) {
          return size() > MOST_REMEMBERED;
        }
      };

  /** Whether one more may pass: 0, or when the next may, in milliseconds. */
  long take(String key, double perSecond, double most) {
    TokenBucket bucket = buckets.computeIfAbsent(key, unseen -> new TokenBucket(perSecond, most));
    return bucket.take() ? 0 : bucket.retryAfterMillis();
  }
}
