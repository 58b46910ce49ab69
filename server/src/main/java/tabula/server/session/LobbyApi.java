package tabula.server.session;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.Locale;
import tabula.server.lobby.Lobby;

/** Who is there to be challenged, over HTTP. */
final class LobbyApi {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int MOST_LISTED = 500;

  private final Lobby lobby;

  LobbyApi(Lobby lobby) {
    this.lobby = lobby;
  }

  void addTo(Router router) {
    router.get("/api/v1/available").handler(this::available);
  }

  private void available(RoutingContext request) {
    ObjectNode answer = JSON.createObjectNode();
    ArrayNode list = answer.putArray("available");
    for (Lobby.Present present : lobby.present().stream().limit(MOST_LISTED).toList()) {
      ObjectNode player = list.addObject();
      player.put("id", present.id());
      player.set("seat", JSON.valueToTree(present.seat()));
      player.set("games", JSON.valueToTree(present.wishes().games()));
      ArrayNode controls = player.putArray("timeControls");
      // One by one: a list forgets that its members say their kind.
      present.wishes().timeControls().forEach(control -> controls.add(JSON.valueToTree(control)));
      player.put(
          "untimed", present.wishes().untimed() || present.wishes().timeControls().isEmpty());
      ArrayNode opponents = player.putArray("opponents");
      present
          .wishes()
          .opponents()
          .forEach(kind -> opponents.add(kind.name().toLowerCase(Locale.ROOT)));
      if (present.wishes().rated() != null) {
        player.put("rated", present.wishes().rated());
      }
      player.put("atOnce", present.wishes().atOnce());
    }
    request
        .response()
        .putHeader("Content-Type", "application/json")
        .putHeader("Cache-Control", "no-store")
        .end(answer.toString());
  }
}
