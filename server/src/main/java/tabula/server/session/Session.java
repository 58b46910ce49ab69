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
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tabula.games.Side;
import tabula.server.SessionLimits;
import tabula.server.bus.MatchBus;
import tabula.server.bus.RunBus;
import tabula.server.lobby.Lobby;
import tabula.server.match.Command;
import tabula.server.match.Match;
import tabula.server.match.MatchView;
import tabula.server.match.Offers;
import tabula.server.match.Refusal;
import tabula.server.match.Seat;

/**
 * A client: reads its frames, answers them, and tells it what happens in the matches that it
 * watches. A session outlives its connection for a while, so that a client whose connection breaks
 * comes back to it and hears what it missed.
 */
final class Session {

  private static final Logger LOG = LoggerFactory.getLogger(Session.class);
  private static final ObjectMapper JSON = new ObjectMapper();

  static final String PROTOCOL = "tabula.v1";
  static final int MAX_FRAME_BYTES = 16 * 1024;
  private static final int MOST_FRAMES_AT_ONCE = 100;
  private static final int PINGS_PER_SECOND = 20;
  private static final int MOST_REFUSED_FOR_RATE = 1000;
  private static final int MOST_WATCHED = 100;

  private static final short CLOSE_TOO_LARGE = 1009;
  private static final short CLOSE_IDLE = 4000;
  private static final short CLOSE_REPLACED = 4001;
  private static final short CLOSE_BOT_ELSEWHERE = 4002;
  private static final short CLOSE_REVOKED = 4003;
  private static final short CLOSE_SLOW = 4008;
  private static final short CLOSE_RATE = 4029;

  /** A websocket, and what to do once it is gone. */
  record Connection(ServerWebSocket socket, Runnable onClosed) {}

  /** A seat held in a match, and the token that gives the right to it. */
  private record Held(Side side, String token) {}

  private final Vertx vertx;
  private final Sessions sessions;
  private final MatchBus matches;
  private final MatchBus.Watcher watcher;
  private final FrameWriter frames;
  private final SessionLimits limits;
  private final Accounts accounts;
  private final String id = Tokens.newToken();
  private final Sent sent = new Sent();
  private final TokenBucket bucket;
  private final TokenBucket pings = new TokenBucket(PINGS_PER_SECOND, MOST_FRAMES_AT_ONCE);
  private final Map<String, Held> seats = new HashMap<>();

  /** Joins that are not answered yet, by match: a client need not wait for one before it moves. */
  private final Map<String, Future<?>> joining = new HashMap<>();

  private final Set<String> watched = new HashSet<>();
  private final Lag lag = new Lag();
  private final Desk desk;
  private final RunDesk runDesk;

  private final ShownClocks clocks = new ShownClocks();

  private final Consumer<MatchBus.Changed> listener = this::changed;

  /**
   * The newest change of each match that waits for a slow reader: it gets the newest state, not
   * every frame.
   */
  private final Map<String, MatchBus.Changed> waiting = new LinkedHashMap<>();

  private Buffer parts = Buffer.buffer();

  /** Whether the message whose parts come in was refused already. */
  private boolean skipping;

  private @Nullable Connection connection;

  /** Beats while there is a connection; ends the session when it waits for one. */
  private long timer = -1;

  private Caller caller = Caller.Guest.STRANGER;

  /** Whether it is being found out who the client is: nothing is heard meanwhile. */
  private boolean identifying;

  private int refusedForRate;
  private long lastHeard = System.currentTimeMillis();
  private long fullSince;

  Session(
      Vertx vertx,
      Sessions sessions,
      MatchBus matches,
      MatchBus.Watcher watcher,
      FrameWriter frames,
      SessionLimits limits,
      Lobby lobby,
      RunBus runs,
      RunBus.Watcher runWatcher,
      Accounts accounts) {
    this.desk = new Desk(this, lobby);
    this.runDesk = new RunDesk(this, runs, runWatcher);
    this.accounts = accounts;
    this.watcher = watcher;
    this.frames = frames;
    this.vertx = vertx;
    this.sessions = sessions;
    this.matches = matches;
    this.limits = limits;
    this.bucket =
        new TokenBucket(
            limits.framesPerSecond(), Math.max(MOST_FRAMES_AT_ONCE, limits.framesPerSecond()));
  }

  /** Known to the client alone: whoever has it may go on with the session. */
  String id() {
    return id;
  }

  /** Who speaks. */
  Caller caller() {
    return caller;
  }

  /**
   * Waits until it is known who the client is.
   *
   * @param found fails if the client is not who it says
   */
  void identify(@Nullable String frameId, Future<Caller> found) {
    Connection asked = connection;
    if (asked == null) {
      return;
    }
    identifying = true;
    asked.socket().pause();
    found.onComplete(
        answer -> {
          identifying = false;
          if (answer.failed()) {
            refuseIdentity(frameId, answer.cause());
          } else if (!answer.result().agreesWith(caller)) {
            refuse(frameId, null, Refusal.FORBIDDEN, "This session is another account's.", null);
          } else {
            isKnownAs(answer.result());
            tellAccount(frameId);
          }
          if (fullSince == 0) {
            asked.socket().resume();
          }
        });
  }

  private void refuseIdentity(@Nullable String frameId, Throwable failure) {
    if (failure instanceof HttpApi.RefusedException refused) {
      refuse(frameId, null, refused.refusal, String.valueOf(refused.getMessage()), null);
    } else {
      refuse(frameId, null, Refusal.UNAVAILABLE, "The server is busy. Try again.", 1000L);
    }
  }

  /** A bot has one live connection: the newest. */
  private void isKnownAs(Caller known) {
    caller = known;
    if (known instanceof Caller.Program program && program.holder().isBot()) {
      sessions
          .speaks(program.holder().id(), this)
          .ifPresent(
              before -> before.close(CLOSE_BOT_ELSEWHERE, "the bot goes on in another connection"));
    }
  }

  private void tellAccount(@Nullable String frameId) {
    caller
        .account()
        .ifPresent(
            account ->
                send(
                    "authenticated",
                    frameId,
                    null,
                    null,
                    JSON.createObjectNode()
                        .set(
                            "account",
                            JSON.createObjectNode()
                                .put("id", account.id())
                                .put("kind", account.kind().code())
                                .put("name", account.name()))));
  }

  /** Ends the session if one of these tokens made its client known. */
  void endIfBy(Set<String> revoked) {
    if (caller instanceof Caller.Program program && revoked.contains(program.token().id())) {
      close(CLOSE_REVOKED, "the token was revoked");
      seats.clear();
      end();
    }
  }

  /** Takes a new connection, and greets it. */
  void greet(Connection with, String serverVersion) {
    attach(with);
    ObjectNode data = JSON.createObjectNode();
    data.put("protocol", PROTOCOL);
    data.put("server", serverVersion);
    data.put("sessionId", id);
    data.put("heartbeatMs", limits.heartbeatMillis());
    data.putObject("limits")
        .put("maxFrameBytes", MAX_FRAME_BYTES)
        .put("framesPerSecond", limits.framesPerSecond())
        .put("idleMs", limits.idleMillis())
        .put("resumeMs", limits.resumeMillis());
    sendUnnumbered("hello", null, data);
  }

  private void attach(Connection with) {
    connection = with;
    lastHeard = System.currentTimeMillis();
    parts = Buffer.buffer();
    skipping = false;
    fullSince = 0;
    ServerWebSocket socket = with.socket();
    socket.frameHandler(this::hearFrame);
    socket.pongHandler(
        pong -> {
          lastHeard = System.currentTimeMillis();
          lag.heard(lastHeard);
        });
    ping(socket);
    socket.exceptionHandler(
        failure -> {
          LOG.debug("A connection: {}", failure.toString());
          if (failure instanceof CorruptedWebSocketFrameException corrupted) {
            socket.close((short) corrupted.closeStatus().code(), corrupted.getMessage());
          }
        });
    socket.closeHandler(
        closed -> {
          with.onClosed().run();
          if (with.equals(connection)) {
            detach();
          }
        });
    socket.drainHandler(
        drained -> {
          fullSince = 0;
          if (!identifying) {
            socket.resume();
          }
          sendWaiting();
        });
    vertx.cancelTimer(timer);
    timer = vertx.setPeriodic(limits.heartbeatMillis(), tick -> beat(socket));
  }

  /**
   * The connection is gone: the session waits for another, if there is anything to come back to.
   */
  private void detach() {
    connection = null;
    runDesk.leave();
    vertx.cancelTimer(timer);
    if (!waiting.isEmpty()) {
      waiting.clear();
      fullSince = 0;
      sent.lose();
    }
    // A seat whose taking is not answered yet is something, too: only this session learns its
    // token.
    if ((watched.isEmpty() && joining.isEmpty()) || !sessions.hasRoom()) {
      end();
    } else {
      timer = vertx.setTimer(limits.resumeMillis(), late -> end());
    }
  }

  private void end() {
    vertx.cancelTimer(timer);
    sessions.remove(this);
    desk.leave();
    runDesk.leave();
    watched.forEach(matchId -> watcher.unwatch(matchId, listener));
    watched.clear();
  }

  private void beat(ServerWebSocket socket) {
    if (socket.isClosed()) {
      // It was told so, and has not answered yet.
      return;
    }
    long now = System.currentTimeMillis();
    if (now - lastHeard > limits.idleMillis()) {
      socket.close(CLOSE_IDLE, "nothing heard for %d ms".formatted(limits.idleMillis()));
    } else if (fullSince > 0 && now - fullSince > limits.slowMillis()) {
      socket.close(CLOSE_SLOW, "reads too slowly");
    } else if (!socket.writeQueueFull()) {
      ping(socket);
      sendUnnumbered("ping", null, clocks.live());
    }
  }

  private void ping(ServerWebSocket socket) {
    lag.sent(System.currentTimeMillis());
    socket.writePing(Buffer.buffer("tabula"));
  }

  /** The server stops; moves are still taken until it closes the connection. */
  void tellDraining(long resumeAfterMillis) {
    send(
        "draining",
        null,
        null,
        null,
        JSON.createObjectNode().put("resumeAfterMs", resumeAfterMillis));
  }

  /**
   * Hands this session's connection over to an older one whose client came back; a session that
   * this server does not know is begun anew from its seats.
   */
  private void resume(ClientFrame.Resume resume) {
    Connection mine = connection;
    if (mine == null || mine.socket().isClosed()) {
      return;
    }
    Session older = sessions.find(resume.sessionId()).orElse(this);
    if (older == this) {
      resumed(resume.id(), false);
      resume
          .seatTokens()
          .forEach(
              (matchId, token) ->
                  join(resume.id(), new Command.ResumeSeat(matchId, Tokens.hash(token)), token));
      return;
    }
    if (!caller.agreesWith(older.caller)) {
      refuse(resume.id(), null, Refusal.FORBIDDEN, "That session is another account's.", null);
      return;
    }
    connection = null;
    end();
    older.takeOver(mine, resume, caller);
  }

  private void takeOver(Connection with, ClientFrame.Resume resume, Caller known) {
    Connection before = connection;
    attach(with);
    isKnownAs(known.account().isPresent() ? known : caller);
    if (before != null) {
      before.socket().close(CLOSE_REPLACED, "the session goes on in another connection");
      waiting.clear();
      fullSince = 0;
    }
    Optional<List<String>> missed = sent.after(resume.lastSeq());
    missed.ifPresent(frames -> frames.forEach(with.socket()::writeTextMessage));
    resumed(resume.id(), missed.isPresent());
    if (missed.isEmpty()) {
      for (String matchId : List.copyOf(watched)) {
        Held held = seats.get(matchId);
        if (held != null) {
          tellJoined(null, matchId, held, null);
        }
        watch(null, matchId);
      }
    }
  }

  private void resumed(@Nullable String frameId, boolean allFrames) {
    send(
        "resumed",
        frameId,
        null,
        null,
        JSON.createObjectNode()
            .put("sessionId", id)
            .put("missed", allFrames ? "frames" : "matches"));
  }

  /**
   * Puts the parts of a message together, as long as they are not too many. Parts and binary frames
   * count for the rate by themselves: a message of text does once it is whole.
   */
  private void hearFrame(WebSocketFrame frame) {
    lastHeard = System.currentTimeMillis();
    if (!frame.isText() && !frame.isBinary() && !frame.isContinuation()) {
      return;
    }
    boolean wholeText = frame.isText() && frame.isFinal();
    if (!wholeText && !bucket.take()) {
      parts = Buffer.buffer();
      skipping = !frame.isFinal();
      refuseForRate(null, bucket);
    } else if (skipping && frame.isContinuation()) {
      skipping = !frame.isFinal();
    } else if (frame.isBinary()) {
      skipping = !frame.isFinal();
      refuse(null, null, Refusal.MALFORMED, "Frames are text.", null);
    } else {
      skipping = false;
      if (parts.length() + frame.binaryData().length() > MAX_FRAME_BYTES) {
        close(CLOSE_TOO_LARGE, "more than %d bytes".formatted(MAX_FRAME_BYTES));
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

  private void refuseForRate(@Nullable String id, TokenBucket quota) {
    refusedForRate++;
    if (refusedForRate > MOST_REFUSED_FOR_RATE) {
      close(CLOSE_RATE, "rate limit ignored");
    } else {
      refuse(
          id,
          null,
          Refusal.RATE_LIMITED,
          "More than %d frames a second.".formatted(limits.framesPerSecond()),
          quota.retryAfterMillis());
    }
  }

  private void close(short code, String reason) {
    Connection closing = connection;
    if (closing != null) {
      closing.socket().close(code, reason);
    }
  }

  private void hear(String text) {
    ClientFrame frame = ClientFrame.parse(text);
    boolean costsNothing = frame instanceof ClientFrame.Ping || frame instanceof ClientFrame.Pong;
    TokenBucket quota = costsNothing ? pings : bucket;
    if (!quota.take()) {
      refuseForRate(frame.id(), quota);
      return;
    }
    switch (frame) {
      case ClientFrame.Wrong(String id, Refusal refusal, String message) ->
          refuse(id, null, refusal, message, null);
      case ClientFrame.Ping(String id) -> sendUnnumbered("pong", id, clocks.live());
      case ClientFrame.Pong pong -> {}
      case ClientFrame.Authenticate(String id, String token) ->
          identify(id, accounts.byToken(token).map(Callers::orRefuse));
      case ClientFrame.Resume resume -> resume(resume);
      case ClientFrame.Availability wished ->
          seatedAs(wished.id(), null, wished.as(), seat -> desk.hear(wished, seat));
      case ClientFrame.Challenge challenge ->
          seatedAs(challenge.id(), null, challenge.as(), seat -> desk.hear(challenge, seat));
      case ClientFrame.AcceptChallenge accept ->
          seatedAs(accept.id(), accept.matchId(), accept.as(), seat -> desk.hear(accept, seat));
      case ClientFrame.DeclineChallenge decline -> desk.hear(decline);
      case ClientFrame.WatchRun watch -> runDesk.hear(watch);
      case ClientFrame.UnwatchRun unwatch -> runDesk.hear(unwatch);
      case ClientFrame.Watch(String id, String matchId) -> watch(id, matchId);
      case ClientFrame.Unwatch(String id, String matchId) -> {
        unwatch(matchId);
        seats.remove(matchId);
        send("unwatched", id, matchId, null, JSON.createObjectNode());
      }
      case ClientFrame.TakeUpSeat(String id, String matchId, String token) ->
          join(id, new Command.ResumeSeat(matchId, Tokens.hash(token)), token);
      case ClientFrame.TakeSeat take -> {
        String token = Tokens.newToken();
        seatedAs(
            take.id(),
            take.matchId(),
            take.seat(),
            seat ->
                join(
                    take.id(),
                    new Command.TakeSeat(take.matchId(), take.side(), seat, Tokens.hash(token)),
                    token));
      }
      case ClientFrame.Move(String id, String matchId, int ply, String move) ->
          seated(
              id,
              matchId,
              side ->
                  ask(
                      id,
                      new Command.Play(matchId, side, ply, move, lag.millis()),
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
      case ClientFrame.Abort(String id, String matchId) ->
          seated(
              id,
              matchId,
              side -> ask(id, new Command.Abort(matchId, side), done -> accepted(id, matchId)));
      case ClientFrame.Bargain(
              String id,
              String matchId,
              Offers.Kind kind,
              Offers.Action action,
              Integer ply) ->
          seated(
              id,
              matchId,
              side ->
                  ask(
                      id,
                      new Command.Bargain(matchId, side, kind, action, ply),
                      done -> accepted(id, matchId)));
    }
  }

  /** Sits down under the account's name, or as the stranger that the client says it is. */
  private void seatedAs(
      @Nullable String id, @Nullable String matchId, Seat asked, Consumer<Seat> act) {
    switch (accounts.seat(caller, asked)) {
      case Accounts.Seating.Denied(Refusal refusal, String message) ->
          refuse(id, matchId, refusal, message, null);
      case Accounts.Seating.Allowed(Seat seat) -> act.accept(seat);
    }
  }

  /** Acts for the seat held in a match, once a join on its way there is answered. */
  private void seated(@Nullable String id, String matchId, Consumer<Side> act) {
    joining
        .getOrDefault(matchId, Future.succeededFuture())
        .onComplete(
            joined -> {
              Held held = seats.get(matchId);
              if (held != null) {
                act.accept(held.side());
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

  void accepted(@Nullable String id, @Nullable String matchId) {
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
                Held held = new Held(side, token);
                seats.put(command.matchId(), held);
                tellJoined(id, command.matchId(), held, done.match().ply());
                watch(id, command.matchId());
              }
            });
    joining.put(command.matchId(), answer);
    answer.onComplete(answered -> joining.remove(command.matchId(), answer));
  }

  /** Takes a seat in a match that was made for it. */
  void sit(String matchId, Side side, String token) {
    Held held = new Held(side, token);
    seats.put(matchId, held);
    tellJoined(null, matchId, held, 0);
    watch(null, matchId);
  }

  boolean isConnected() {
    return connection != null;
  }

  private void tellJoined(@Nullable String id, String matchId, Held held, @Nullable Integer ply) {
    ObjectNode data = JSON.createObjectNode();
    data.put("side", Match.name(held.side()));
    data.put("seatToken", held.token());
    send("joined", id, matchId, ply, data);
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
        done -> {
          clocks.keep(done.match(), seats.containsKey(matchId));
          send(
              "matchStarted",
              id,
              matchId,
              done.match().ply(),
              JSON.createObjectNode().set("match", JSON.valueToTree(done.match())));
        });
  }

  private void unwatch(String matchId) {
    watched.remove(matchId);
    clocks.forget(matchId);
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
    clocks.keep(changed.match(), seats.containsKey(changed.match().id()));
    Connection now = connection;
    if (now != null && !now.socket().isClosed() && now.socket().writeQueueFull()) {
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
      case MOVED, TAKEN_BACK, TIME_HELD ->
          send("matchState", null, match.id(), match.ply(), frames.state(changed));
      case OFFERED, DRAW_DECLINED, TAKEBACK_DECLINED ->
          send("offers", null, match.id(), match.ply(), FrameWriter.offers(changed));
      case SEAT_TAKEN -> {
        data.put("side", changed.by());
        data.set("seat", JSON.valueToTree(match.seats().get(String.valueOf(changed.by()))));
        send("seatTaken", null, match.id(), match.ply(), data);
      }
      case ENDED -> {
        data.put("outcome", match.outcome());
        data.put("reason", match.reason());
        if (match.clocks() != null) {
          data.set("clocks", JSON.valueToTree(match.clocks()));
        }
        send("matchEnded", null, match.id(), match.ply(), data);
        // Nothing more comes of it.
        unwatch(match.id());
      }
    }
  }

  void refuse(
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

  void send(
      String type,
      @Nullable String frameId,
      @Nullable String matchId,
      @Nullable Integer ply,
      JsonNode data) {
    send(type, frameId, matchId, ply, data.toString());
  }

  /** Says something that is said again to a client who comes back without having heard it. */
  private void send(
      String type,
      @Nullable String frameId,
      @Nullable String matchId,
      @Nullable Integer ply,
      String data) {
    String frame = FrameWriter.frame(type, frameId, sent.nextSeq(), matchId, ply, data);
    sent.keep(frame);
    write(frame);
  }

  /** Says something about this moment: it carries the number of the newest frame that has one. */
  void sendUnnumbered(String type, @Nullable String frameId, JsonNode data) {
    write(FrameWriter.frame(type, frameId, sent.lastSeq(), null, null, data.toString()));
  }

  /** Whether the client reads as fast as it is told. */
  boolean hasRoomToSend() {
    Connection now = connection;
    return now != null && !now.socket().isClosed() && !now.socket().writeQueueFull();
  }

  private void write(String frame) {
    Connection now = connection;
    if (now == null || now.socket().isClosed()) {
      return;
    }
    now.socket().writeTextMessage(frame);
    if (now.socket().writeQueueFull() && fullSince == 0) {
      // Who does not read its answers is not heard either: nothing piles up for it.
      fullSince = System.currentTimeMillis();
      now.socket().pause();
    }
  }
}
