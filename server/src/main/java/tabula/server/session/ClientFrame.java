package tabula.server.session;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tabula.games.Side;
import tabula.server.match.Refusal;
import tabula.server.match.Seat;

/** What a client may say: every frame from a socket becomes one of these here, or is refused. */
sealed interface ClientFrame {

  String TYPES = "watch, unwatch, join, move, resign, takeback, ping";
  int MAX_NAME = 40;
  int MAX_ID = 100;

  /** The id that the answer carries, if the client gave one. */
  @Nullable String id();

  record Watch(@Nullable String id, String matchId) implements ClientFrame {}

  record Unwatch(@Nullable String id, String matchId) implements ClientFrame {}

  /** Takes up a seat that the client has a token of. */
  record Resume(@Nullable String id, String matchId, String seatToken) implements ClientFrame {}

  /** Takes an open seat. */
  record TakeSeat(@Nullable String id, String matchId, @Nullable Side side, Seat seat)
      implements ClientFrame {}

  record Move(@Nullable String id, String matchId, int ply, String move) implements ClientFrame {}

  record Resign(@Nullable String id, String matchId) implements ClientFrame {}

  record TakeBack(@Nullable String id, String matchId) implements ClientFrame {}

  record Ping(@Nullable String id) implements ClientFrame {}

  /** A frame that is none of these. */
  record Wrong(@Nullable String id, Refusal refusal, String message) implements ClientFrame {}

  /** Reads a frame; never throws. */
  static ClientFrame parse(String text) {
    JsonNode frame;
    try {
      frame = Reader.JSON.readTree(text);
    } catch (JsonProcessingException e) {
      return new Wrong(null, Refusal.MALFORMED, "The frame is not JSON.");
    }
    @Nullable String id = null;
    try {
      Reader reader = new Reader(frame);
      id = reader.optionalText(frame, "id", MAX_ID);
      return reader.read(id);
    } catch (Reader.MalformedException e) {
      return new Wrong(id, Refusal.MALFORMED, String.valueOf(e.getMessage()));
    }
  }

  /** Reads the fields of a frame. */
  final class Reader {

    static final ObjectMapper JSON = new ObjectMapper();
    private static final JsonNode NOTHING = JSON.createObjectNode();

    private final JsonNode frame;

    static final class MalformedException extends Exception {
      private static final long serialVersionUID = 1;

      MalformedException(String message) {
        super(message);
      }
    }

    Reader(JsonNode frame) throws MalformedException {
      if (!frame.isObject()) {
        throw new MalformedException("A frame is a JSON object with a type.");
      }
      this.frame = frame;
    }

    ClientFrame read(@Nullable String id) throws MalformedException {
      String type = text(frame, "type", 40);
      return switch (type) {
        case "watch" -> new Watch(id, matchId());
        case "unwatch" -> new Unwatch(id, matchId());
        case "join" -> join(id);
        case "move" -> new Move(id, matchId(), ply(), text(data(), "move", 100));
        case "resign" -> new Resign(id, matchId());
        case "takeback" -> new TakeBack(id, matchId());
        case "ping" -> new Ping(id);
        default ->
            new Wrong(
                id,
                Refusal.UNKNOWN_TYPE,
                "There is no frame type '%s'. Types: %s.".formatted(type, TYPES));
      };
    }

    private ClientFrame join(@Nullable String id) throws MalformedException {
      if (data().has("seatToken")) {
        return new Resume(id, matchId(), text(data(), "seatToken", 200));
      }
      String kind = text(data(), "kind", 20);
      String name = Optional.ofNullable(optionalText(data(), "name", MAX_NAME)).orElse("Guest");
      Seat seat =
          switch (kind) {
            case "person" -> new Seat.Person(name);
            case "bot" -> new Seat.Bot(name);
            default ->
                throw new MalformedException(
                    "data.kind is person or bot, not '%s'.".formatted(kind));
          };
      return new TakeSeat(id, matchId(), side(), seat);
    }

    private @Nullable Side side() throws MalformedException {
      String side = optionalText(data(), "side", 20);
      if (side == null) {
        return null;
      }
      return switch (side) {
        case "first" -> Side.FIRST;
        case "second" -> Side.SECOND;
        default ->
            throw new MalformedException("data.side is first or second, not '%s'.".formatted(side));
      };
    }

    private JsonNode data() throws MalformedException {
      JsonNode data = frame.path("data");
      if (data.isMissingNode() || data.isNull()) {
        return NOTHING;
      }
      if (!data.isObject()) {
        throw new MalformedException("data must be an object.");
      }
      return data;
    }

    private String matchId() throws MalformedException {
      return text(frame, "matchId", 100);
    }

    private int ply() throws MalformedException {
      JsonNode ply = frame.path("ply");
      if (!ply.isInt()) {
        throw new MalformedException(
            "ply must be a whole number: how many moves were made before this one.");
      }
      return ply.intValue();
    }

    private String text(JsonNode node, String field, int maxLength) throws MalformedException {
      String text = optionalText(node, field, maxLength);
      if (text == null || text.isEmpty()) {
        throw new MalformedException("%s is missing.".formatted(field));
      }
      return text;
    }

    @Nullable String optionalText(JsonNode node, String field, int maxLength)
        throws MalformedException {
      JsonNode value = node.path(field);
      if (value.isMissingNode() || value.isNull()) {
        return null;
      }
      if (!value.isTextual()) {
        throw new MalformedException("%s must be a text.".formatted(field));
      }
      if (value.textValue().length() > maxLength) {
        throw new MalformedException("%s has more than %d characters.".formatted(field, maxLength));
      }
      if (value.textValue().chars().anyMatch(Character::isISOControl)) {
        throw new MalformedException("%s has control characters.".formatted(field));
      }
      return value.textValue();
    }
  }
}
