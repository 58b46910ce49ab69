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
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tabula.games.Side;
import tabula.server.SessionLimits;
import tabula.server.account.Account;
import tabula.server.bus.MatchBus;
import tabula.server.bus.RunBus;
import tabula.server.lobby.Lobby;
import tabula.server.match.Command;
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
  private static final int MOST_FRAMES_AT_ONCE = 100;
  private static final int PINGS_PER_SECOND = 20;
  private static final int MOST_REFUSED_FOR_RATE = 1000;

  private static final short CLOSE_NOT_UTF8 = 1007;
  private static final short CLOSE_TOO_LARGE = 1009;
  private static final short CLOSE_IDLE = 4000;
  private static final short CLOSE_REPLACED = 4001;
  private static final short CLOSE_BOT_ELSEWHERE = 4002;
  private static final short CLOSE_REVOKED = 4003;
  private static final short CLOSE_SLOW = 4008;
  private static final short CLOSE_RATE = 4029;

  /** A websocket, and what to do once it is gone. */
  record Connection(ServerWebSocket socket, Runnable onClosed) {}

  private final Vertx vertx;
  private final Sessions sessions;
  private final SessionLimits limits;
  private final Accounts accounts;
  private final String id = Tokens.newToken();
  private final Sent sent = new Sent();
  private final TokenBucket bucket;
  private final TokenBucket pings = new TokenBucket(PINGS_PER_SECOND, MOST_FRAMES_AT_ONCE);
  private final Lag lag = new Lag();
  private final Desk desk;
  private final RunDesk runDesk;
  private final Attendance attendance;
  private Inbox inbox;
  private @Nullable Connection connection;

  /** Whether the client was told that the connection closes, and has not answered yet. */
  private boolean leaving;

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
      Accounts accounts,
      Audience audience) {
    this.desk = new Desk(this, lobby);
    this.runDesk = new RunDesk(this, runs, runWatcher);
    this.attendance = new Attendance(this, matches, watcher, frames, audience);
    this.accounts = accounts;
    this.vertx = vertx;
    this.sessions = sessions;
    this.limits = limits;
    this.bucket = new TokenBucket(limits.framesPerSecond(), framesAtOnce(limits));
    this.inbox = new Inbox(bucket);
  }

  /** How many frames may come at once. */
  static int framesAtOnce(SessionLimits limits) {
    return Math.max(MOST_FRAMES_AT_ONCE, limits.framesPerSecond());
  }

  /** Known to the client alone: whoever has it may go on with the session, if it is nobody's. */
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
    attendance.presenceChanged();
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
      attendance.forgetSeats();
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
        .put("maxFrameBytes", Inbox.MAX_BYTES)
        .put("framesPerSecond", limits.framesPerSecond())
        .put("idleMs", limits.idleMillis())
        .put("resumeMs", limits.resumeMillis());
    sendUnnumbered("hello", null, data);
  }

  private void attach(Connection with) {
    connection = with;
    lastHeard = System.currentTimeMillis();
    leaving = false;
    inbox = new Inbox(bucket);
    fullSince = 0;
    ServerWebSocket socket = with.socket();
    socket.frameHandler(frame -> hearFrame(socket, frame));
    socket.pongHandler(
        pong -> {
          lastHeard = System.currentTimeMillis();
          lag.heard(lastHeard);
        });
    ping(socket);
    socket.exceptionHandler(
        failure -> {
          LOG.debug("A connection: {}", failure.toString());
          if (failure instanceof CorruptedWebSocketFrameException corrupted
              && with.equals(connection)) {
            close((short) corrupted.closeStatus().code(), String.valueOf(corrupted.getMessage()));
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
          attendance.tellWaiting();
        });
    attendance.presenceChanged();
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
    if (attendance.dropWaiting()) {
      fullSince = 0;
      sent.lose();
    }
    if (attendance.isNone() || !sessions.hasRoom()) {
      end();
    } else {
      timer = vertx.setTimer(limits.resumeMillis(), late -> end());
      attendance.presenceChanged();
    }
  }

  private void end() {
    vertx.cancelTimer(timer);
    sessions.remove(this);
    desk.leave();
    runDesk.leave();
    attendance.end();
  }

  private void beat(ServerWebSocket socket) {
    if (leaving) {
      return;
    }
    long now = System.currentTimeMillis();
    if (now - lastHeard > limits.idleMillis()) {
      close(CLOSE_IDLE, "nothing heard for %d ms".formatted(limits.idleMillis()));
    } else if (fullSince > 0 && now - fullSince > limits.slowMillis()) {
      close(CLOSE_SLOW, "reads too slowly");
    } else if (!socket.writeQueueFull()) {
      ping(socket);
      sendUnnumbered("ping", null, attendance.clocks());
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
          .forEach((matchId, token) -> attendance.takeUp(resume.id(), matchId, token));
      return;
    }
    if (older.caller.account().isPresent()
        && !older.caller.account().map(Account::id).equals(caller.account().map(Account::id))) {
      refuse(
          resume.id(),
          null,
          Refusal.FORBIDDEN,
          "That session is an account's: authenticate as that account first.",
          null);
      return;
    }
    connection = null;
    end();
    older.takeOver(mine, resume, caller);
  }

  private void takeOver(Connection with, ClientFrame.Resume resume, Caller known) {
    Connection before = connection;
    attach(with);
    isKnownAs(known);
    if (before != null) {
      before.socket().close(CLOSE_REPLACED, "the session goes on in another connection");
      attendance.dropWaiting();
      fullSince = 0;
    }
    Optional<List<String>> missed = sent.after(resume.lastSeq());
    missed.ifPresent(frames -> frames.forEach(with.socket()::writeTextMessage));
    resumed(resume.id(), missed.isPresent());
    if (missed.isEmpty()) {
      attendance.tellAll();
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

  private void hearFrame(ServerWebSocket from, WebSocketFrame frame) {
    Connection now = connection;
    if (now == null || now.socket() != from || leaving) {
      // It was told to close: whatever comes until it does is not heard.
      return;
    }
    lastHeard = System.currentTimeMillis();
    if (!frame.isText() && !frame.isBinary() && !frame.isContinuation()) {
      return;
    }
    switch (inbox.take(frame)) {
      case Inbox.Received.Text(String text) -> hear(text);
      case Inbox.Received.Nothing nothing -> {}
      case Inbox.Received.Binary binary ->
          refuse(null, null, Refusal.MALFORMED, "Frames are text.", null);
      case Inbox.Received.TooMany many -> refuseForRate(null, bucket);
      case Inbox.Received.TooLarge large ->
          close(CLOSE_TOO_LARGE, "more than %d bytes".formatted(Inbox.MAX_BYTES));
      case Inbox.Received.NotUtf8 bytes -> close(CLOSE_NOT_UTF8, "text that is not UTF-8");
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
    if (closing != null && !leaving) {
      leaving = true;
      closing.socket().close(code, reason);
      noteError("closed", "The connection was closed with %d: %s.".formatted(code, reason), null);
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
      case ClientFrame.Ping(String id) -> sendUnnumbered("pong", id, attendance.clocks());
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
      case ClientFrame.Watch(String id, String matchId) -> attendance.watch(id, matchId);
      case ClientFrame.Unwatch(String id, String matchId) -> attendance.stopWatching(id, matchId);
      case ClientFrame.TakeUpSeat(String id, String matchId, String token) ->
          attendance.takeUp(id, matchId, token);
      case ClientFrame.TakeSeat take ->
          seatedAs(take.id(), take.matchId(), take.seat(), seat -> attendance.take(take, seat));
      case ClientFrame.Move move -> attendance.move(move, lag.millis());
      case ClientFrame.Resign(String id, String matchId) ->
          attendance.act(id, matchId, side -> new Command.Resign(matchId, side));
      case ClientFrame.Abort(String id, String matchId) ->
          attendance.act(id, matchId, side -> new Command.Abort(matchId, side));
      case ClientFrame.Bargain(
              String id,
              String matchId,
              Offers.Kind kind,
              Offers.Action action,
              Integer ply) ->
          attendance.act(
              id, matchId, side -> new Command.Bargain(matchId, side, kind, action, ply));
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

  void accepted(@Nullable String id, @Nullable String matchId) {
    send("accepted", id, matchId, null, JSON.createObjectNode());
  }

  /** The client sits in a match that it came to by itself. */
  void seated(MatchView match, Side side) {
    desk.plays(match, side);
  }

  /** Takes a seat in a match that was made for it. */
  void sit(String matchId, Side side, String token) {
    attendance.sit(matchId, side, token);
  }

  boolean isConnected() {
    return connection != null;
  }

  /** Whether the client has not read yet what it was told. */
  boolean isBehind() {
    Connection now = connection;
    return now != null && !leaving && !now.socket().isClosed() && now.socket().writeQueueFull();
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
    noteError(refusal.code(), message, matchId);
  }

  /** Keeps what a bot did wrong, for its owner to see. */
  private void noteError(String code, String message, @Nullable String matchId) {
    caller
        .account()
        .filter(Account::isBot)
        .ifPresent(
            bot ->
                accounts
                    .botErrors()
                    .note(
                        bot.id(),
                        new BotErrors.BotError(
                            System.currentTimeMillis(), code, message, matchId)));
  }

  void send(
      String type,
      @Nullable String frameId,
      @Nullable String matchId,
      @Nullable Integer ply,
      JsonNode data) {
    send(type, frameId, matchId, ply, data.toString());
  }

  /**
   * Says something that is said again to a client who comes back without having heard it.
   *
   * @param data in JSON
   */
  void send(
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
    return now != null && !leaving && !now.socket().isClosed() && !now.socket().writeQueueFull();
  }

  private void write(String frame) {
    Connection now = connection;
    if (now == null || leaving || now.socket().isClosed()) {
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
