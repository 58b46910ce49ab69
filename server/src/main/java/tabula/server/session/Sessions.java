package tabula.server.session;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The sessions by their ids, connected or waiting for their clients to come back. */
final class Sessions {

  private static final int MOST = 40_000;

  private final Map<String, Session> byId = new HashMap<>();

  void add(Session session) {
    byId.put(session.id(), session);
  }

  void remove(Session session) {
    byId.remove(session.id(), session);
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
