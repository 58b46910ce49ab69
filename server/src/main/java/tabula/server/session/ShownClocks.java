package tabula.server.session;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import tabula.server.match.ClocksView;
import tabula.server.match.MatchView;

/** What the clocks of the matches showed last in which a session has a seat. */
final class ShownClocks {

  private static final ObjectMapper JSON = new ObjectMapper();

  private final Map<String, ClocksView> byMatch = new LinkedHashMap<>();

  /**
   * A match as it stands now.
   *
   * @param seated the matches in which the session has a seat
   */
  void keep(MatchView match, Set<String> seated) {
    ClocksView shown = match.clocks();
    if (shown == null && byMatch.isEmpty()) {
      return;
    }
    if (shown == null || match.isOver() || !seated.contains(match.id())) {
      byMatch.remove(match.id());
    } else {
      byMatch.put(match.id(), shown);
    }
  }

  void forget(String matchId) {
    byMatch.remove(matchId);
  }

  /** What they show now, as pings say it. */
  ObjectNode live() {
    ObjectNode data = JSON.createObjectNode();
    if (!byMatch.isEmpty()) {
      long now = System.currentTimeMillis();
      ObjectNode clocks = data.putObject("clocks");
      byMatch.forEach((id, shown) -> clocks.set(id, JSON.valueToTree(shown.later(now))));
    }
    return data;
  }
}
