package tabula.server.session;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vertx.core.Vertx;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tabula.server.account.Account;

/**
 * Who is at which match, and tells everybody there who looks on: those who have accounts by their
 * names, others by their number. For one event loop.
 */
final class Audience {

  private static final ObjectMapper JSON = new ObjectMapper();

  /** What changes in so short a time is told together. */
  private static final long GATHER_MILLIS = 300;

  static final int MOST_NAMED = 20;

  private final Vertx vertx;

  /** Of each match the sessions that attend it, and whether each holds a seat in it. */
  private final Map<String, Map<Session, Boolean>> attending = new HashMap<>();

  /** What was told last of the matches at which somebody looks on. */
  private final Map<String, ObjectNode> told = new HashMap<>();

  private final Set<String> changed = new HashSet<>();

  Audience(Vertx vertx) {
    this.vertx = vertx;
  }

  /** A session hears of a match from now on, as one of its players or as one who looks on. */
  void attend(String matchId, Session session, boolean seated) {
    attending.computeIfAbsent(matchId, id -> new LinkedHashMap<>(2)).put(session, seated);
    changed(matchId);
  }

  void leave(String matchId, Session session) {
    Map<Session, Boolean> there = attending.get(matchId);
    if (there != null && there.remove(session) != null) {
      if (there.isEmpty()) {
        attending.remove(matchId);
      }
      changed(matchId);
    }
  }

  /** Who is there may be another now: a connection came or went, or somebody said who it is. */
  void changed(String matchId) {
    if (changed.isEmpty()) {
      vertx.setTimer(GATHER_MILLIS, timer -> tell());
    }
    changed.add(matchId);
  }

  /** Whether anybody is at a match, player or not. */
  boolean isAnybodyAt(String matchId) {
    return attending.getOrDefault(matchId, Map.of()).keySet().stream()
        .anyMatch(Session::isConnected);
  }

  /** So many of the matches at which anybody is. */
  List<String> attended(int most) {
    return attending.keySet().stream().filter(this::isAnybodyAt).limit(most).toList();
  }

  private void tell() {
    List<String> matches = List.copyOf(changed);
    changed.clear();
    for (String matchId : matches) {
      Map<Session, Boolean> there = attending.getOrDefault(matchId, Map.of());
      ObjectNode onlookers = onlookers(there);
      boolean isNobody = onlookers.path("named").isEmpty() && onlookers.path("others").asInt() == 0;
      // Where nobody looks on and nobody did, nothing is to be told.
      boolean news = isNobody ? told.remove(matchId) != null : true;
      if (!isNobody) {
        told.put(matchId, onlookers);
      }
      if (news) {
        there.keySet().stream()
            .filter(session -> session.isConnected() && !session.isBehind())
            .forEach(session -> session.send("spectators", null, matchId, null, onlookers));
      }
    }
  }

  private static ObjectNode onlookers(Map<Session, Boolean> there) {
    Map<String, Account> named = new LinkedHashMap<>();
    Set<Object> others = new HashSet<>();
    there.forEach(
        (session, seated) -> {
          if (!seated && session.isConnected()) {
            session
                .caller()
                .account()
                .ifPresentOrElse(
                    account -> named.put(account.id(), account), () -> others.add(who(session)));
          }
        });
    ObjectNode onlookers = JSON.createObjectNode();
    ArrayNode list = onlookers.putArray("named");
    named.values().stream()
        .limit(MOST_NAMED)
        .forEach(
            account ->
                list.addObject()
                    .put("id", account.id())
                    .put("kind", account.kind().code())
                    .put("name", account.name()));
    return onlookers.put("others", others.size() + named.size() - list.size());
  }

  /** A guest is one in however many windows; a stranger is somebody else in each. */
  private static Object who(Session session) {
    return session.caller() instanceof Caller.Guest(String id) && id != null ? id : session;
  }
}
