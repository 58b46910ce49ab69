package tabula.server.session;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The sessions by their ids, connected or waiting for their clients to come back. */
final class Sessions {

  private static final int MOST = 40_000;

  private final Map<String, Session> byId = new HashMap<>();

  /** By the accounts of bots: the session that each of them speaks in. */
  private final Map<String, Session> byBot = new HashMap<>();

  void add(Session session) {
    byId.put(session.id(), session);
  }

  void remove(Session session) {
    byId.remove(session.id(), session);
    session.caller().account().ifPresent(account -> byBot.remove(account.id(), session));
  }

  /** A bot speaks in this session from now on; the one that it spoke in before, if it did. */
  Optional<Session> speaks(String bot, Session session) {
    Session before = byBot.put(bot, session);
    return session.equals(before) ? Optional.empty() : Optional.ofNullable(before);
  }

  Optional<Session> find(String id) {
    return Optional.ofNullable(byId.get(id));
  }

  List<Session> all() {
    return List.copyOf(byId.values());
  }

  /** Whether one more may wait for its client. */
  boolean hasRoom() {
    return byId.size() < MOST;
  }
}
