package tabula.server.session;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The last things that bots were refused, for their owners: the newest of those bots that were
 * refused last, for as long as the server runs.
 */
final class BotErrors {

  static final int MOST_OF_A_BOT = 20;
  private static final int MOST_BOTS = 1_000;

  /**
   * Something that a bot did wrong.
   *
   * @param at milliseconds since 1970
   * @param code a refusal's, or {@code closed} where its connection was ended
   */
  record BotError(long at, String code, String message, @Nullable String matchId) {}

  /** By the bots' accounts, the one that was refused last at the end. */
  private final Map<String, Deque<BotError>> byBot =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Deque<BotError>> eldest) {
          return size() > MOST_BOTS;
        }
      };

  void note(String bot, BotError error) {
    Deque<BotError> errors = byBot.computeIfAbsent(bot, unseen -> new ArrayDeque<>());
    if (errors.size() == MOST_OF_A_BOT) {
      errors.removeLast();
    }
    errors.addFirst(error);
  }

  /** Of one bot, the newest first. */
  List<BotError> of(String bot) {
    Deque<BotError> errors = byBot.get(bot);
    return errors == null ? List.of() : new ArrayList<>(errors);
  }
}
