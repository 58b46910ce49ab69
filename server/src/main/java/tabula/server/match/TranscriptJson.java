package tabula.server.match;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A match as a line of JSON: its events, and for readers' sake what follows from them. Of what
 * follows, a reader believes nothing: it replays the events.
 */
public final class TranscriptJson {

  private static final JsonMapper JSON =
      JsonMapper.builder()
          .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();
  private static final Pattern ID = Pattern.compile("[A-Za-z0-9_-]{1,100}");
  private static final List<String> TOKEN_HASHES =
      List.of("firstTokenHash", "secondTokenHash", "tokenHash");
  private static final int MAX_TEXT = 200;

  private TranscriptJson() {}

  /**
   * Writes a match.
   *
   * @param tokens whether the hashes of the seats' tokens go with it, so that their holders can
   *     play on where it is read
   */
  public static String write(Transcript transcript, boolean tokens) {
    Match match = transcript.match();
    MatchView view = match.view(match.createdAt());
    ObjectNode line = JSON.createObjectNode();
    line.put("id", transcript.id());
    line.put("game", view.game());
    line.put("outcome", view.outcome());
    line.put("reason", view.reason());
    line.set("moves", JSON.valueToTree(view.moves()));
    for (TimedEvent timed : transcript.events()) {
      ObjectNode event = JSON.valueToTree(timed.event());
      event.put("at", timed.at());
      if (!tokens) {
        event.remove(TOKEN_HASHES);
      }
      line.withArray("events").add(event);
    }
    return line.toString();
  }

  /** Reads a match, and plays it through. */
  public static Transcript.Reading read(String text) {
    try {
      JsonNode line = JSON.readTree(text);
      String id = line.path("id").asText();
      if (!ID.matcher(id).matches()) {
        return new Transcript.Reading.Invalid(
            "id is 1 to 100 letters, digits, '-' and '_', not '%s'.".formatted(id));
      }
      List<TimedEvent> events = new ArrayList<>();
      for (JsonNode node : line.path("events")) {
        TimedEvent event = event(node);
        if (event == null) {
          return new Transcript.Reading.Invalid(
              "Event %d lacks a field, or one is too long.".formatted(events.size() + 1));
        }
        events.add(event);
      }
      return Transcript.check(id, events);
    } catch (JsonProcessingException e) {
      return new Transcript.Reading.Invalid("This is no match: " + e.getOriginalMessage());
    }
  }

  private static @Nullable TimedEvent event(JsonNode node) throws JsonProcessingException {
    if (!(node instanceof ObjectNode object) || !object.path("at").canConvertToLong()) {
      return null;
    }
    long at = object.path("at").longValue();
    String type = object.path("type").asText();
    if (!type.equals("created")) {
      object.remove("at");
    }
    List<String> hashes =
        switch (type) {
          case "created" -> List.of("firstTokenHash", "secondTokenHash");
          case "seatTaken" -> List.of("tokenHash");
          default -> List.of();
        };
    if (type.equals("created") && !object.has("rated")) {
      object.put("rated", false);
    }
    hashes.stream().filter(hash -> !object.has(hash)).forEach(hash -> object.put(hash, ""));
    MatchEvent event = JSON.treeToValue(object, MatchEvent.class);
    return isWhole(event) ? new TimedEvent(at, event) : null;
  }

  private static boolean isWhole(MatchEvent event) {
    return switch (event) {
      case MatchEvent.Created created ->
          isText(created.game())
              && isWhole(created.first())
              && isWhole(created.second())
              && isText(created.firstTokenHash())
              && isText(created.secondTokenHash());
      case MatchEvent.SeatTaken taken ->
          taken.side() != null && isWhole(taken.seat()) && isText(taken.tokenHash());
      case MatchEvent.MovePlayed played -> isText(played.move());
      case MatchEvent.TakenBack back -> true;
      case MatchEvent.Resigned resigned -> resigned.side() != null;
      case MatchEvent.Offered offered -> offered.side() != null && offered.offer() != null;
      case MatchEvent.OfferDeclined declined -> declined.side() != null && declined.offer() != null;
      case MatchEvent.DrawAgreed agreed -> true;
      case MatchEvent.Aborted aborted -> aborted.side() != null;
      case MatchEvent.FlagFell fell -> fell.side() != null;
      case MatchEvent.Expired expired -> true;
      case MatchEvent.TimeHeld held -> true;
    };
  }

  private static boolean isWhole(@Nullable Seat seat) {
    return switch (seat) {
      case null -> false;
      case Seat.Person person -> isText(person.name());
      case Seat.Bot bot -> isText(bot.name());
      case Seat.ServerAgent agent -> isText(agent.agent()) && isText(agent.name());
      case Seat.Open open -> true;
    };
  }

  private static boolean isText(@Nullable String text) {
    return text != null
        && text.length() <= MAX_TEXT
        && text.chars().noneMatch(Character::isISOControl);
  }
}
