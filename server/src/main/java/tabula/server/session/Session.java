package tabula.server.session;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.netty.handler.codec.http.websocketx.CorruptedWebSocketFrameException;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.core.http.WebSocketFrame;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tabula.games.Side;
import tabula.server.bus.MatchBus;
import tabula.server.match.Command;
import tabula.server.match.Match;
import tabula.server.match.MatchView;
import tabula.server.match.Refusal;

/**
 * One connection: reads its frames, answers them, and tells it what happens in the matches that it
 * watches.
 */
final class Session {

  private static final Logger LOG = LoggerFactory.getLogger(Session.class);
  private static final ObjectMapper JSON = new ObjectMapper();

  static final String PROTOCOL = "tabula.v1";
  static final int MAX_FRAME_BYTES = 16 * 1024;
  private static final int FRAMES_PER_SECOND = 50;
  private static final int MOST_FRAMES_AT_ONCE = 100;
  private static final int MOST_REFUSED_FOR_RATE = 1000;
  private static final int MOST_WATCHED = 100;
  private static final long HEARTBEAT_MILLIS = 20_000;
  private static final long IDLE_MILLIS = 90_000;
  private static final long SLOW_MILLIS = 30_000;

  private static final short CLOSE_TOO_LARGE = 1009;
  private static final short CLOSE_IDLE = 4000;
  private static final short CLOSE_SLOW = 4008;
  private static final short CLOSE_RATE = 4029;

  private final Vertx vertx;
  private final ServerWebSocket socket;
  private final MatchBus matches;
  private final MatchBus.Watcher watcher;
  private final FrameWriter frames;
  private final Runnable onClosed;
  private final TokenBucket bucket = new TokenBucket(FRAMES_PER_SECOND, MOST_FRAMES_AT_ONCE);
  private final Map<String, Side> seats = new HashMap<>();

  /** Joins that are not answered yet, by match: a client need not wait for one before it moves. */
  private final Map<String, Future<?>> joining = new HashMap<>();

  private final Set<String> watched = new HashSet<>();
  private final Consumer<MatchBus.Changed> listener = this::changed;

  /**
   * The newest change of each match that waits for a slow reader: it gets the newest state, not
   * every frame.
   */
  private final Map<String, MatchBus.Changed> waiting = new LinkedHashMap<>();

  private Buffer parts = Buffer.buffer();

  /** Whether the message whose parts come in was refused already. */
  private boolean skipping;

  private long seq;
  private int refusedForRate;
  private long lastHeard = System.currentTimeMillis();
  private long fullSince;

  Session(
      Vertx vertx,
      ServerWebSocket socket,
      MatchBus matches,
      MatchBus.Watcher watcher,
      FrameWriter frames,
      Runnable onClosed) {
    this.onClosed = onClosed;
    this.watcher = watcher;
    this.frames = frames;
    this.vertx = vertx;
    this.socket = socket;
    this.matches = matches;
  }

  /** Greets, and listens until the connection ends. */
  void start(String serverVersion, String sessionId) {
    socket.frameHandler(this::hearFrame);
    socket.pongHandler(pong -> lastHeard = System.currentTimeMillis());
    socket.exceptionHandler(
        failure -> {
          LOG.debug("Session {}: {}", sessionId, failure.toString());
          if (failure instanceof CorruptedWebSocketFrameException corrupted) {
            socket.close((short) corrupted.closeStatus().code(), corrupted.getMessage());
          }
        });
    long timer = vertx.setPeriodic(HEARTBEAT_MILLIS, tick -> beat());
    socket.closeHandler(
        closed -> {
          vertx.cancelTimer(timer);
          watched.forEach(matchId -> watcher.unwatch(matchId, listener));
          watched.clear();
          onClosed.run();
        });
    socket.drainHandler(
        drained -> {
          fullSince = 0;
          socket.resume();
          sendWaiting();
        });
    ObjectNode data = JSON.createObjectNode();
    data.put("protocol", PROTOCOL);
    data.put("server", serverVersion);
    data.put("sessionId", sessionId);
    data.put("heartbeatMs", HEARTBEAT_MILLIS);
    data.putObject("limits")
        .put("maxFrameBytes", MAX_FRAME_BYTES)
        .put("framesPerSecond", FRAMES_PER_SECOND);
    send("hello", null, null, null, data);
  }

  private void beat() {
    long now = System.currentTimeMillis();
    if (now - lastHeard > IDLE_MILLIS) {
      socket.close(CLOSE_IDLE, "nothing heard for " + IDLE_MILLIS / 1000 + " s");
    } else if (socket.writeQueueFull() && fullSince > 0 && now - fullSince > SLOW_MILLIS) {
      socket.close(CLOSE_SLOW, "reads too slowly");
    } else {
      socket.writePing(Buffer.buffer("tabula"));
    }
  }

  /**
   * Puts the parts of a message together, as long as they are not too many. Every frame counts for
   * the rate, whatever it holds.
   */
  private void hearFrame(WebSocketFrame frame) {
    lastHeard = System.currentTimeMillis();
    if (!frame.isText() && !frame.isBinary() && !frame.isContinuation()) {
      return;
    }
    if (!bucket.take()) {
      parts = Buffer.buffer();
      skipping = !frame.isFinal();
      refuseForRate();
    } else if (skipping && frame.isContinuation()) {
      skipping = !frame.isFinal();
    } else if (frame.isBinary()) {
      skipping = !frame.isFinal();
      refuse(null, null, Refusal.MALFORMED, "Frames are text.", null);
    } else {
      skipping = false;
      if (parts.length() + frame.binaryData().length() > MAX_FRAME_BYTES) {
        socket.close(CLOSE_TOO_LARGE, "more than %d bytes".formatted(MAX_FRAME_BYTES));
        return;
      }
      parts.appendBuffer(frame.binaryData());
      if (frame.isFinal()) {
        String text = parts.toString();
        parts = Buffer.buffer();
        hear(text);
      }
    }
  }

  private void refuseForRate() {
    refusedForRate++;
    if (refusedForRate > MOST_REFUSED_FOR_RATE) {
      socket.close(CLOSE_RATE, "rate limit ignored");
    } else {
      refuse(
          null,
          null,
          Refusal.RATE_LIMITED,
          "More than %d frames a second.".formatted(FRAMES_PER_SECOND),
          bucket.retryAfterMillis());
    }
  }

  private void hear(String text) {
    ClientFrame frame = ClientFrame.parse(text);
    switch (frame) {
      case ClientFrame.Wrong(String id, Refusal refusal, String message) ->
          refuse(id, null, refusal, message, null);
      case ClientFrame.Ping(String id) -> send("pong", id, null, null, JSON.createObjectNode());
      case ClientFrame.Watch(String id, String matchId) -> watch(id, matchId);
      case ClientFrame.Unwatch(String id, String matchId) -> {
        unwatch(matchId);
        send("unwatched", id, matchId, null, JSON.createObjectNode());
      }
      case ClientFrame.TakeUpSeat(String id, String matchId, String token) ->
          join(id, new Command.ResumeSeat(matchId, Tokens.hash(token)), token);
      case ClientFrame.TakeSeat take -> {
        String token = Tokens.newToken();
        join(
            take.id(),
            new Command.TakeSeat(take.matchId(), take.side(), take.seat(), Tokens.hash(token)),
            token);
      }
      case ClientFrame.Move(String id, String matchId, int ply, String move) ->
          seated(
              id,
              matchId,
              side ->
                  ask(
                      id,
                      new Command.Play(matchId, side, ply, move),
                      done ->
                          send(
                              "moveAccepted",
                              id,
                              matchId,
                              ply,
                              JSON.createObjectNode().put("move", move))));
      case ClientFrame.Resign(String id, String matchId) ->
          seated(
              id,
              matchId,
              side -> ask(id, new Command.Resign(matchId, side), done -> accepted(id, matchId)));
      case ClientFrame.TakeBack(String id, String matchId) ->
          seated(
              id,
              matchId,
              side -> ask(id, new Command.TakeBack(matchId, side), done -> accepted(id, matchId)));
    }
  }

  /** Acts for the seat held in a match, once a join on its way there is answered. */
  private void seated(@Nullable String id, String matchId, Consumer<Side> act) {
    joining
        .getOrDefault(matchId, Future.succeededFuture())
        .onComplete(
            joined -> {
              Side side = seats.get(matchId);
              if (side != null) {
                act.accept(side);
              } else {
                refuse(
                    id,
                    matchId,
                    Refusal.NOT_YOUR_SEAT,
                    "Join the match first: this connection holds no seat in it.",
                    null);
              }
            });
  }

  private void accepted(@Nullable String id, String matchId) {
    send("accepted", id, matchId, null, JSON.createObjectNode());
  }

  private void join(@Nullable String id, Command command, String token) {
    Future<?> answer =
        ask(
            id,
            command,
            done -> {
              Side side = done.side();
              if (side != null) {
                seats.put(command.matchId(), side);
                ObjectNode data = JSON.createObjectNode();
                data.put("side", Match.name(side));
                data.put("seatToken", token);
                send("joined", id, command.matchId(), done.match().ply(), data);
                watch(id, command.matchId());
              }
            });
    joining.put(command.matchId(), answer);
    answer.onComplete(answered -> joining.remove(command.matchId(), answer));
  }

  private void watch(@Nullable String id, String matchId) {
    if (!watched.contains(matchId)) {
      if (watched.size() >= MOST_WATCHED) {
        refuse(
            id,
            matchId,
            Refusal.RATE_LIMITED,
            "At most %d matches are watched at once.".formatted(MOST_WATCHED),
            null);
        return;
      }
      // Listening begins before the look, so that nothing falls between them.
      watched.add(matchId);
      watcher.watch(matchId, listener);
    }
    ask(
        id,
        new Command.Look(matchId),
        done ->
            send(
                "matchStarted",
                id,
                matchId,
                done.match().ply(),
                JSON.createObjectNode().set("match", JSON.valueToTree(done.match()))));
  }

  private void unwatch(String matchId) {
    watched.remove(matchId);
    watcher.unwatch(matchId, listener);
  }

  private interface WhenDone {
    void accept(Command.Done done);
  }

  private Future<?> ask(@Nullable String id, Command command, WhenDone whenDone) {
    return matches
        .ask(command)
        .onSuccess(
            reply -> {
              switch (reply) {
                case Command.Done done -> whenDone.accept(done);
                case Command.Refused(Refusal refusal, String message) -> {
                  if (refusal == Refusal.UNKNOWN_MATCH) {
                    unwatch(command.matchId());
                  }
                  refuse(id, command.matchId(), refusal, message, null);
                }
              }
            })
        .onFailure(
            failure ->
                refuse(
                    id,
                    command.matchId(),
                    Refusal.UNAVAILABLE,
                    "The server is busy. Try again.",
                    1000L));
  }

  private void changed(MatchBus.Changed changed) {
    if (socket.writeQueueFull()) {
      waiting.put(changed.match().id(), changed);
    } else {
      tell(changed);
    }
  }

  /** Those who read slowly get each match whole, as it stands now. */
  private void sendWaiting() {
    for (MatchBus.Changed changed : waiting.values()) {
      MatchView match = changed.match();
      send(
          "matchStarted",
          null,
          match.id(),
          match.ply(),
          JSON.createObjectNode().set("match", JSON.valueToTree(match)));
      if (match.isOver()) {
        unwatch(match.id());
      }
    }
    waiting.clear();
  }

  private void tell(MatchBus.Changed changed) {
    MatchView match = changed.match();
    ObjectNode data = JSON.createObjectNode();
    switch (changed.change()) {
      case MOVED, TAKEN_BACK ->
          send("matchState", null, match.id(), match.ply(), frames.state(changed));
      case SEAT_TAKEN -> {
        data.put("side", changed.by());
        data.set("seat", JSON.valueToTree(match.seats().get(String.valueOf(changed.by()))));
        send("seatTaken", null, match.id(), match.ply(), data);
      }
      case ENDED -> {
        data.put("outcome", match.outcome());
        data.put("reason", match.reason());
        send("matchEnded", null, match.id(), match.ply(), data);
        // Nothing more comes of it.
        unwatch(match.id());
      }
    }
  }

  private void refuse(
      @Nullable String id,
      @Nullable String matchId,
      Refusal refusal,
      String message,
      @Nullable Long retryAfterMillis) {
    ObjectNode data = JSON.createObjectNode();
    data.put("code", refusal.code());
    data.put("message", message);
    data.put("retryable", refusal.retryable());
    if (retryAfterMillis != null) {
      data.put("retryAfterMs", retryAfterMillis);
    }
    send("refused", id, matchId, null, data);
  }

  private void send(
      String type,
      @Nullable String id,
      @Nullable String matchId,
      @Nullable Integer ply,
      JsonNode data) {
    send(type, id, matchId, ply, data.toString());
  }

  private void send(
      String type,
      @Nullable String id,
      @Nullable String matchId,
      @Nullable Integer ply,
      String data) {
    if (socket.isClosed()) {
      return;
    }
    socket.writeTextMessage(FrameWriter.frame(type, id, ++seq, matchId, ply, data));
    if (socket.writeQueueFull() && fullSince == 0) {
      // Who does not read its answers is not heard either: nothing piles up for it.
      fullSince = System.currentTimeMillis();
      socket.pause();
    }
  }
}
