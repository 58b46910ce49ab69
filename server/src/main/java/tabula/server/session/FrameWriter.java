package tabula.server.session;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.io.JsonStringEncoder;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tabula.server.bus.MatchBus.Change;
import tabula.server.bus.MatchBus.Changed;
import tabula.server.match.ClocksView;
import tabula.server.match.MatchView;
import tabula.server.match.OffersView;

/**
 * Writes the frames that every move brings. A match's state is written once for all who hear of it,
 * one after the other; only what stands before it differs.
 */
final class FrameWriter {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final ObjectWriter STATE = JSON.writerFor(State.class);
  private static final ObjectWriter MATCH = JSON.writerFor(MatchView.class);
  private static final JsonStringEncoder QUOTES = JsonStringEncoder.getInstance();

  /** What {@code matchState} says; {@code moves} where it is not a move's alone. */
  private record State(
      @Nullable String move,
      int ply,
      @Nullable String by,
      @Nullable String toMove,
      List<String> legalMoves,
      List<String> board,
      String outcome,
      @Nullable String reason,
      List<List<Integer>> winningSquares,
      @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable ClocksView clocks,
      @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable OffersView offers,
      @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable List<String> moves) {}

  private @Nullable Changed last;
  private String lastState = "";

  /** The data of {@code matchState}. */
  @SuppressWarnings("ReferenceEquality") // the bus brings all listeners the same object
  String state(Changed changed) {
    if (changed != last) {
      MatchView match = changed.match();
      boolean moved = changed.change() == Change.MOVED;
      lastState =
          write(
              STATE,
              new State(
                  moved ? match.moves().getLast() : null,
                  match.ply(),
                  changed.by(),
                  match.toMove(),
                  match.legalMoves(),
                  match.board(),
                  match.outcome(),
                  match.reason(),
                  match.winningSquares(),
                  match.clocks(),
                  match.offers(),
                  moved ? null : match.moves()));
      last = changed;
    }
    return lastState;
  }

  private static String write(ObjectWriter writer, Object value) {
    try {
      return writer.writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The data of {@code matchStarted}. */
  static String match(MatchView match) {
    return "{\"match\":" + write(MATCH, match) + "}";
  }

  /** The data of {@code matchEnded}. */
  static ObjectNode ended(MatchView match) {
    ObjectNode data = JSON.createObjectNode();
    data.put("outcome", match.outcome());
    data.put("reason", match.reason());
    if (match.clocks() != null) {
      data.set("clocks", JSON.valueToTree(match.clocks()));
    }
    return data;
  }

  /** An object with one text in it. */
  static String object(String name, String text) {
    StringBuilder object = new StringBuilder(32).append("{\"").append(name).append("\":");
    quote(object, text);
    return object.append('}').toString();
  }

  /** What is on offer now, and what was declined just now. */
  static ObjectNode offers(Changed changed) {
    ObjectNode data = JSON.createObjectNode();
    data.put("by", changed.by());
    OffersView open = changed.match().offers();
    data.set("offers", open == null ? JSON.createObjectNode() : JSON.valueToTree(open));
    switch (changed.change()) {
      case DRAW_DECLINED -> data.put("declined", "draw");
      case TAKEBACK_DECLINED -> data.put("declined", "takeback");
      case OFFERED, MOVED, TAKEN_BACK, SEAT_TAKEN, TIME_HELD, ENDED -> {}
    }
    return data;
  }

  /**
   * A frame.
   *
   * @param data in JSON
   */
  static String frame(
      String type,
      @Nullable String id,
      long seq,
      @Nullable String matchId,
      @Nullable Integer ply,
      String data) {
    StringBuilder frame = new StringBuilder(data.length() + 160);
    frame.append("{\"type\":\"").append(type).append('"');
    if (id != null) {
      quote(frame.append(",\"id\":"), id);
    }
    frame.append(",\"seq\":").append(seq);
    if (matchId != null) {
      quote(frame.append(",\"matchId\":"), matchId);
    }
    if (ply != null) {
      frame.append(",\"ply\":").append(ply.intValue());
    }
    frame.append(",\"ts\":").append(System.currentTimeMillis());
    return frame.append(",\"data\":").append(data).append('}').toString();
  }

  private static void quote(StringBuilder frame, String text) {
    frame.append('"');
    QUOTES.quoteAsString(text, frame);
    frame.append('"');
  }
}
