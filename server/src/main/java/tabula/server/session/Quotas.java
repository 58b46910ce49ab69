package tabula.server.session;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vertx.core.Future;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.net.InetAddress;
import java.util.HashMap;
import java.util.Map;
import tabula.server.SessionLimits;
import tabula.server.match.Refusal;
import tabula.server.session.HttpApi.RefusedException;

/**
 * What one may have of the server: by account or, without one, by address. Programs on the server's
 * own machine are its owner's, and may make any number of matches and open any number of sockets.
 */
final class Quotas {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int MOST_SOCKETS = 200;

  /** Positions that the server's agents look at: a page may ask for a whole match at once. */
  private final TokenBuckets searches = new TokenBuckets(5, 300);

  private final TokenBuckets matches = new TokenBuckets(0.5, 60);
  private final TokenBuckets records = new TokenBuckets(0.5, 60);

  /** The open websockets of each address. */
  private final Map<String, Integer> sockets = new HashMap<>();

  private final SessionLimits limits;
  private final Callers callers;

  Quotas(SessionLimits limits, Callers callers) {
    this.limits = limits;
    this.callers = callers;
  }

  void addTo(Router router) {
    router
        .get("/api/v1/quota")
        .handler(request -> HttpApi.answer(request, 200, () -> show(request)));
  }

  /** Counts a match that is made; throws a refusal if there were too many. */
  void countMatch(Caller caller, RoutingContext request) {
    String address = address(request);
    if (!isOwnMachine(address)) {
      count(matches, caller, address, "Too many matches are made. Wait a little.");
    }
  }

  /** Counts a position that an agent looks at; throws a refusal if there were too many. */
  void countSearch(Caller caller, RoutingContext request) {
    count(searches, caller, address(request), "Too many positions are analysed. Wait a little.");
  }

  /** Counts a text of records that is read; throws a refusal if there were too many. */
  void countRecord(Caller caller, RoutingContext request) {
    count(records, caller, address(request), "Too many records are read. Wait a little.");
  }

  private static void count(TokenBuckets buckets, Caller caller, String address, String refusal) {
    long wait = buckets.take(whose(caller, address));
    if (wait > 0) {
      throw new RefusedException(429, Refusal.RATE_LIMITED, refusal, wait);
    }
  }

  /** Whether one more websocket may be opened from an address. */
  boolean hasSocketFor(String address) {
    return isOwnMachine(address) || sockets.getOrDefault(address, 0) < MOST_SOCKETS;
  }

  void socketOpened(String address) {
    sockets.merge(address, 1, Integer::sum);
  }

  void socketClosed(String address) {
    sockets.computeIfPresent(address, (of, open) -> open == 1 ? null : open - 1);
  }

  private String address(RoutingContext request) {
    return callers.outside().address(request.request());
  }

  private static String whose(Caller caller, String address) {
    return caller.account().map(account -> "account:" + account.id()).orElse(address);
  }

  private static boolean isOwnMachine(String address) {
    try {
      return InetAddress.ofLiteral(address).isLoopbackAddress();
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  /** What there is, and what is left of it. */
  private Future<ObjectNode> show(RoutingContext request) {
    String address = address(request);
    boolean free = isOwnMachine(address);
    return callers
        .of(request.request())
        .map(
            caller -> {
              ObjectNode answer = JSON.createObjectNode();
              ArrayNode list = answer.putArray("quotas");
              String whose = whose(caller, address);
              add(list, "searches", searches, whose);
              add(list, "records", records, whose);
              if (!free) {
                add(list, "matches", matches, whose);
                add(list, "sockets", MOST_SOCKETS)
                    .put("left", MOST_SOCKETS - sockets.getOrDefault(address, 0));
              }
              add(list, "frames", Session.framesAtOnce(limits))
                  .put("perSecond", limits.framesPerSecond());
              add(list, "watched", Attendance.MOST_WATCHED);
              add(list, "challenges", limits.lobby().mostChallenges());
              return answer;
            });
  }

  private static void add(ArrayNode list, String name, TokenBuckets buckets, String whose) {
    add(list, name, buckets.most())
        .put("left", buckets.left(whose))
        .put("perSecond", buckets.perSecond());
  }

  private static ObjectNode add(ArrayNode list, String name, int most) {
    return list.addObject().put("name", name).put("most", most);
  }
}
