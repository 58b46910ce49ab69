package tabula.server.session;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vertx.core.Future;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tabula.games.Side;
import tabula.server.bus.MatchBus;
import tabula.server.match.Command;
import tabula.server.match.Match;
import tabula.server.match.MatchView;
import tabula.server.match.Refusal;
import tabula.server.match.Seat;

/** A session's matches: those that it watches, and the seats that it holds in them. */
final class Attendance {

  private static final ObjectMapper JSON = new ObjectMapper();
  static final int MOST_WATCHED = 100;

  /** A seat held in a match, and the token that gives the right to it. */
  private record Held(Side side, String token) {}

  private interface WhenDone {
    void accept(Command.Done done);
  }

  private final Session session;
  private final MatchBus matches;
  private final MatchBus.Watcher watcher;
  private final FrameWriter frames;
  private final Audience audience;

  // Most sessions attend one match, and those that idle none: small to begin with.
  private final Map<String, Held> seats = new HashMap<>(2);

  /** Joins that are not answered yet, by match: a client need not wait for one before it moves. */
  private final Map<String, Future<?>> joining = new HashMap<>(2);

  private final Set<String> watched = HashSet.newHashSet(1);
  private final ShownClocks clocks = new ShownClocks();
  private final Consumer<MatchBus.Changed> listener = this::changed;

  /**
   * The newest change of each match that waits for a slow reader: it gets the newest state, not
   * every frame.
   */
  private final Map<String, MatchBus.Changed> waiting = new LinkedHashMap<>(2);

  Attendance(
      Session session,
      MatchBus matches,
      MatchBus.Watcher watcher,
      FrameWriter frames,
      Audience audience) {
    this.audience = audience;
    this.session = session;
    this.matches = matches;
    this.watcher = watcher;
    this.frames = frames;
  }

  /**
   * Whether there is nothing to come back to. A seat whose taking is not answered yet is something:
   * only this session learns its token.
   */
  boolean isNone() {
    return watched.isEmpty() && joining.isEmpty();
  }

  /** What the clocks show now. */
  ObjectNode clocks() {
    return clocks.live();
  }

  /** Hears of nothing more. */
  void end() {
    watched.forEach(
        matchId -> {
          watcher.unwatch(matchId, listener);
          audience.leave(matchId, session);
        });
    watched.clear();
  }

  /** The client came or went, or said who it is. */
  void presenceChanged() {
    watched.forEach(audience::changed);
  }

  void forgetSeats() {
    seats.clear();
  }

  void watch(@Nullable String id, String matchId) {
    // Listening begins before the look, so that nothing falls between them.
    if (listen(id, matchId)) {
      ask(id, new Command.Look(matchId), done -> tellStarted(id, done.match()));
    }
  }

  void stopWatching(@Nullable String id, String matchId) {
    unwatch(matchId);
    seats.remove(matchId);
    session.send("unwatched", id, matchId, null, JSON.createObjectNode());
  }

  /** Takes up a seat by its token. */
  void takeUp(@Nullable String id, String matchId, String token) {
    join(id, new Command.ResumeSeat(matchId, Tokens.hash(token)), token);
  }

  /** Takes an open seat. */
  void take(ClientFrame.TakeSeat take, Seat seat) {
    String token = Tokens.newToken();
    join(
        take.id(),
        new Command.TakeSeat(take.matchId(), take.side(), seat, Tokens.hash(token)),
        token);
  }

  /** Takes a seat in a match that was made for it. */
  void sit(String matchId, Side side, String token) {
    Held held = new Held(side, token);
    seats.put(matchId, held);
    tellJoined(null, matchId, held, 0);
    watch(null, matchId);
  }

  void move(ClientFrame.Move move, long lagMillis) {
    act(
        move.id(),
        move.matchId(),
        side -> new Command.Play(move.matchId(), side, move.ply(), move.move(), lagMillis),
        done ->
            session.send(
                "moveAccepted",
                move.id(),
                move.matchId(),
                move.ply(),
                FrameWriter.object("move", move.move())));
  }

  /** Does what only whoever holds a seat may do; its answer says no more than that it is done. */
  void act(@Nullable String id, String matchId, Function<Side, Command> command) {
    act(id, matchId, command, done -> session.accepted(id, matchId));
  }

  /** Acts for the seat held in a match, once a join on its way there is answered. */
  private void act(
      @Nullable String id, String matchId, Function<Side, Command> command, WhenDone whenDone) {
    Future<?> join = joining.get(matchId);
    if (join != null) {
      join.onComplete(joined -> actSeated(id, matchId, command, whenDone));
    } else {
      actSeated(id, matchId, command, whenDone);
    }
  }

  private void actSeated(
      @Nullable String id, String matchId, Function<Side, Command> command, WhenDone whenDone) {
    Held held = seats.get(matchId);
    if (held != null) {
      ask(id, command.apply(held.side()), whenDone);
    } else {
      session.refuse(
          id,
          matchId,
          Refusal.NOT_YOUR_SEAT,
          "Join the match first: this connection holds no seat in it.",
          null);
    }
  }

  private void join(@Nullable String id, Command command, String token) {
    String matchId = command.matchId();
    Future<?> answer =
        ask(
            id,
            command,
            done -> {
              Side side = done.side();
              if (side != null) {
                Held held = new Held(side, token);
                seats.put(matchId, held);
                tellJoined(id, matchId, held, done.match().ply());
                session.seated(done.match(), side);
                watch(id, matchId);
              }
            });
    joining.put(matchId, answer);
    answer.onComplete(answered -> joining.remove(matchId, answer));
  }

  private void tellJoined(@Nullable String id, String matchId, Held held, @Nullable Integer ply) {
    ObjectNode data = JSON.createObjectNode();
    data.put("side", Match.name(held.side()));
    data.put("seatToken", held.token());
    session.send("joined", id, matchId, ply, data);
  }

  /** Begins to hear of a match, unless there are too many. */
  private boolean listen(@Nullable String id, String matchId) {
    if (!watched.contains(matchId)) {
      if (watched.size() >= MOST_WATCHED) {
        session.refuse(
            id,
            matchId,
            Refusal.RATE_LIMITED,
            "At most %d matches are watched at once.".formatted(MOST_WATCHED),
            null);
        return false;
      }
      watched.add(matchId);
      watcher.watch(matchId, listener);
    }
    audience.attend(matchId, session, seats.containsKey(matchId));
    return true;
  }

  private void tellStarted(@Nullable String id, MatchView match) {
    clocks.keep(match, seats.keySet());
    session.send("matchStarted", id, match.id(), match.ply(), FrameWriter.match(match));
  }

  private void unwatch(String matchId) {
    watched.remove(matchId);
    clocks.forget(matchId);
    watcher.unwatch(matchId, listener);
    audience.leave(matchId, session);
  }

  private Future<?> ask(@Nullable String id, Command command, WhenDone whenDone) {
    return matches
        .ask(command)
        .onComplete(
            answered -> {
              if (answered.failed()) {
                session.refuse(
                    id,
                    command.matchId(),
                    Refusal.UNAVAILABLE,
                    "The server is busy. Try again.",
                    1000L);
                return;
              }
              switch (answered.result()) {
                case Command.Done done -> whenDone.accept(done);
                case Command.Refused(Refusal refusal, String message) -> {
                  if (refusal == Refusal.UNKNOWN_MATCH) {
                    unwatch(command.matchId());
                  }
                  session.refuse(id, command.matchId(), refusal, message, null);
                }
              }
            });
  }

  private void changed(MatchBus.Changed changed) {
    clocks.keep(changed.match(), seats.keySet());
    if (session.isBehind()) {
      waiting.put(changed.match().id(), changed);
    } else {
      tell(changed);
    }
  }

  /** Those who read slowly get each match whole, as it stands now. */
  void tellWaiting() {
    for (MatchBus.Changed changed : waiting.values()) {
      MatchView match = changed.match();
      session.send("matchStarted", null, match.id(), match.ply(), FrameWriter.match(match));
      if (match.isOver()) {
        unwatch(match.id());
      }
    }
    waiting.clear();
  }

  /** What waits is not said any more; whether there was anything. */
  boolean dropWaiting() {
    boolean any = !waiting.isEmpty();
    waiting.clear();
    return any;
  }

  /** Tells of every match anew. */
  void tellAll() {
    for (String matchId : List.copyOf(watched)) {
      Held held = seats.get(matchId);
      if (held != null) {
        tellJoined(null, matchId, held, null);
      }
      watch(null, matchId);
    }
  }

  private void tell(MatchBus.Changed changed) {
    MatchView match = changed.match();
    switch (changed.change()) {
      case MOVED, TAKEN_BACK, TIME_HELD ->
          session.send("matchState", null, match.id(), match.ply(), frames.state(changed));
      case OFFERED, DRAW_DECLINED, TAKEBACK_DECLINED ->
          session.send("offers", null, match.id(), match.ply(), FrameWriter.offers(changed));
      case SEAT_TAKEN -> {
        ObjectNode data = JSON.createObjectNode();
        data.put("side", changed.by());
        data.set("seat", JSON.valueToTree(match.seats().get(String.valueOf(changed.by()))));
        session.send("seatTaken", null, match.id(), match.ply(), data);
      }
      case ENDED -> {
        session.send("matchEnded", null, match.id(), match.ply(), FrameWriter.ended(match));
        // Nothing more comes of it.
        unwatch(match.id());
      }
    }
  }
}
