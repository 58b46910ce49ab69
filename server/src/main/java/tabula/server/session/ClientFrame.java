package tabula.server.session;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tabula.games.Side;
import tabula.server.lobby.Wishes;
import tabula.server.lobby.Wishes.Terms;
import tabula.server.match.Offers;
import tabula.server.match.Refusal;
import tabula.server.match.Seat;
import tabula.server.match.TimeControl;
import tabula.server.protocol.Contract;
import tabula.server.protocol.Contract.Part;

/** What a client may say: every frame from a socket becomes one of these here, or is refused. */
sealed interface ClientFrame {

  /** The id that the answer carries, if the client gave one. */
  @Nullable String id();

  record Watch(@Nullable String id, String matchId) implements ClientFrame {}

  record Unwatch(@Nullable String id, String matchId) implements ClientFrame {}

  /** Takes up a seat that the client has a token of. */
  record TakeUpSeat(@Nullable String id, String matchId, String seatToken) implements ClientFrame {}

  /** Takes an open seat. */
  record TakeSeat(@Nullable String id, String matchId, @Nullable Side side, Seat seat)
      implements ClientFrame {}

  record Move(@Nullable String id, String matchId, int ply, String move) implements ClientFrame {}

  record Resign(@Nullable String id, String matchId) implements ClientFrame {}

  record Abort(@Nullable String id, String matchId) implements ClientFrame {}

  /** Offers something to the other side, or answers its offer. */
  record Bargain(
      @Nullable String id,
      String matchId,
      Offers.Kind kind,
      Offers.Action action,
      @Nullable Integer ply)
      implements ClientFrame {}

  /**
   * Says what the client would like to play.
   *
   * @param as who it is; an account's name counts for more
   */
  record Availability(@Nullable String id, Seat as, Wishes wishes) implements ClientFrame {}

  /** Challenges somebody, or whoever comes first. */
  record Challenge(
      @Nullable String id, Seat as, Terms terms, @Nullable Side side, @Nullable String to)
      implements ClientFrame {}

  record AcceptChallenge(@Nullable String id, String matchId, Seat as) implements ClientFrame {}

  record DeclineChallenge(@Nullable String id, String matchId, Wishes.Reason reason)
      implements ClientFrame {}

  record WatchRun(@Nullable String id, String runId) implements ClientFrame {}

  record UnwatchRun(@Nullable String id, String runId) implements ClientFrame {}

  record Ping(@Nullable String id) implements ClientFrame {}

  record Pong(@Nullable String id) implements ClientFrame {}

  /**
   * Goes on with a session after a broken connection.
   *
   * @param seatTokens by match, for a session that the server has forgotten
   */
  record Resume(@Nullable String id, String sessionId, long lastSeq, Map<String, String> seatTokens)
      implements ClientFrame {}

  /** Says by a token who the client is. */
  record Authenticate(@Nullable String id, String token) implements ClientFrame {
    @Override
    public String toString() {
      return "Authenticate[token not shown]";
    }
  }

  /** A frame that is none of these. */
  record Wrong(@Nullable String id, Refusal refusal, String message) implements ClientFrame {}

  /** Reads a frame; never throws. */
  static ClientFrame parse(String text) {
    JsonNode frame;
    try {
      frame = Reading.JSON.readTree(text);
    } catch (JsonProcessingException e) {
      return new Wrong(null, Refusal.MALFORMED, "The frame is not JSON.");
    }
    if (!frame.isObject()) {
      return new Wrong(null, Refusal.MALFORMED, "A frame is a JSON object with a type.");
    }
    @Nullable String id = Reading.id(frame);
    JsonNode type = frame.path("type");
    if (!type.isTextual()) {
      return new Wrong(
          id,
          Refusal.MALFORMED,
          type.isMissingNode() ? "type is missing." : "type must be a text.");
    }
    Contract contract = Contract.get();
    String name = type.textValue();
    if (!contract.names(Part.CLIENT).contains(name)) {
      return new Wrong(
          id,
          Refusal.UNKNOWN_TYPE,
          "There is no frame type '%s'. Types: %s."
              .formatted(
                  name.length() <= 20 ? name : name.substring(0, 20) + "…",
                  String.join(", ", contract.names(Part.CLIENT))));
    }
    if (!Reading.isPlainMove(frame) && !Reading.isPlainJoin(frame)) {
      Optional<String> problem = contract.problem(Part.CLIENT, name, frame);
      if (problem.isPresent()) {
        return new Wrong(id, Refusal.MALFORMED, problem.get());
      }
    }
    return Reading.read(name, id, frame);
  }

  /** Reads the fields of a frame that keeps its schema. */
  final class Reading {

    /** What the schemas allow in a text, as far as {@link #isPlainMove} needs to know. */
    private static final int MAX_TEXT = 100;

    private static final int MAX_PLY = 100_000;

    private static final ObjectMapper JSON =
        new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    private Reading() {}

    private static @Nullable String id(JsonNode frame) {
      JsonNode id = frame.path("id");
      return isPlain(id, 0) ? id.textValue() : null;
    }

    /**
     * Whether a frame is a move without anything unusual: moves are the hot path. What it lets
     * through keeps the schema, as a test shows; whatever else there is, the schema decides.
     */
    static boolean isPlainMove(JsonNode frame) {
      JsonNode ply = frame.path("ply");
      JsonNode id = frame.path("id");
      return "move".equals(frame.path("type").textValue())
          && isPlain(frame.path("matchId"), 1)
          && ply.isInt()
          && ply.intValue() >= 0
          && ply.intValue() <= MAX_PLY
          && (id.isMissingNode() || isPlain(id, 0))
          && isPlain(frame.path("data").path("move"), 1);
    }

    /** The same for taking up a seat, which begins every match. */
    static boolean isPlainJoin(JsonNode frame) {
      JsonNode id = frame.path("id");
      return "join".equals(frame.path("type").textValue())
          && isPlain(frame.path("matchId"), 1)
          && (id.isMissingNode() || isPlain(id, 0))
          && frame.path("data").size() == 1
          && isPlain(frame.path("data").path("seatToken"), 1);
    }

    private static boolean isPlain(JsonNode node, int minLength) {
      if (!node.isTextual()) {
        return false;
      }
      String text = node.textValue();
      if (text.length() < minLength || text.length() > MAX_TEXT) {
        return false;
      }
      for (int i = 0; i < text.length(); i++) {
        if (Character.isISOControl(text.charAt(i))) {
          return false;
        }
      }
      return true;
    }

    private static ClientFrame read(String type, @Nullable String id, JsonNode frame) {
      String matchId = frame.path("matchId").asText();
      JsonNode data = frame.path("data");
      return switch (type) {
        case "watch" -> new Watch(id, matchId);
        case "unwatch" -> new Unwatch(id, matchId);
        case "join" ->
            data.path("seatToken").isTextual()
                ? new TakeUpSeat(id, matchId, data.path("seatToken").textValue())
                : new TakeSeat(id, matchId, side(data.path("side")), seat(data));
        case "move" ->
            new Move(id, matchId, frame.path("ply").intValue(), data.path("move").textValue());
        case "resign" -> new Resign(id, matchId);
        case "abort" -> new Abort(id, matchId);
        case "draw" -> new Bargain(id, matchId, Offers.Kind.DRAW, action(data), null);
        case "takeback" ->
            new Bargain(
                id,
                matchId,
                Offers.Kind.TAKEBACK,
                action(data),
                frame.has("ply") ? frame.path("ply").intValue() : null);
        case "availability" -> new Availability(id, seat(data.path("as")), wishes(data));
        case "challenge" ->
            new Challenge(
                id,
                seat(data.path("as")),
                new Terms(
                    data.path("game").textValue(),
                    timeControl(data.path("timeControl")),
                    rated(data)),
                side(data.path("side")),
                data.path("to").textValue());
        case "acceptChallenge" -> new AcceptChallenge(id, matchId, seat(data.path("as")));
        case "declineChallenge" -> new DeclineChallenge(id, matchId, reason(data.path("reason")));
        case "watchRun" -> new WatchRun(id, data.path("runId").textValue());
        case "unwatchRun" -> new UnwatchRun(id, data.path("runId").textValue());
        case "ping" -> new Ping(id);
        case "pong" -> new Pong(id);
        case "resume" ->
            new Resume(
                id,
                data.path("sessionId").textValue(),
                data.path("lastSeq").longValue(),
                texts(data.path("seatTokens")));
        case "authenticate" -> new Authenticate(id, data.path("token").textValue());
        default ->
            throw new IllegalStateException("The contract has a frame that nobody reads: " + type);
      };
    }

    private static Map<String, String> texts(JsonNode object) {
      Map<String, String> texts = new LinkedHashMap<>();
      object.properties().forEach(field -> texts.put(field.getKey(), field.getValue().textValue()));
      return texts;
    }

    private static Wishes wishes(JsonNode data) {
      List<String> games = new ArrayList<>();
      data.path("games").forEach(game -> games.add(game.textValue()));
      List<TimeControl> controls = new ArrayList<>();
      for (JsonNode node : data.path("timeControls")) {
        TimeControl control = timeControl(node);
        if (control != null) {
          controls.add(control);
        }
      }
      Set<Wishes.Kind> opponents = EnumSet.noneOf(Wishes.Kind.class);
      for (JsonNode kind : data.path("opponents")) {
        opponents.add(Wishes.Kind.valueOf(kind.textValue().toUpperCase(Locale.ROOT)));
      }
      return new Wishes(
          games,
          controls,
          data.path("untimed").asBoolean(false),
          opponents.isEmpty() ? EnumSet.allOf(Wishes.Kind.class) : opponents,
          data.path("atOnce").asInt(1),
          data.path("paired").asBoolean(true),
          data.path("paused").asBoolean(false),
          rated(data));
    }

    /** Null where it does not matter. */
    private static @Nullable Boolean rated(JsonNode data) {
      return data.has("rated") ? data.path("rated").booleanValue() : null;
    }

    private static Wishes.Reason reason(JsonNode reason) {
      for (Wishes.Reason known : Wishes.Reason.values()) {
        if (known.code().equals(reason.textValue())) {
          return known;
        }
      }
      return Wishes.Reason.OTHER;
    }

    private static Offers.Action action(JsonNode data) {
      return switch (data.path("action").asText()) {
        case "accept" -> Offers.Action.ACCEPT;
        case "decline" -> Offers.Action.DECLINE;
        default -> Offers.Action.OFFER;
      };
    }

    private static Seat seat(JsonNode data) {
      String name = data.path("name").asText(Seat.GUEST);
      return data.path("kind").asText().equals("bot") ? new Seat.Bot(name) : new Seat.Person(name);
    }

    /** A time control that keeps its schema, if there is one. */
    static @Nullable TimeControl timeControl(JsonNode control) {
      return switch (control.path("kind").asText()) {
        case "bank" ->
            new TimeControl.Bank(
                control.path("initialMs").longValue(), control.path("incrementMs").longValue());
        case "perMove" -> new TimeControl.PerMove(control.path("moveMs").longValue());
        case "correspondence" -> new TimeControl.Correspondence(control.path("days").intValue());
        default -> null;
      };
    }

    private static @Nullable Side side(JsonNode side) {
      return side.isTextual() ? Side.valueOf(side.textValue().toUpperCase(Locale.ROOT)) : null;
    }
  }
}
