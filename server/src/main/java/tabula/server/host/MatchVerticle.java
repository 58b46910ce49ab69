package tabula.server.host;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.VerticleBase;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tabula.games.Side;
import tabula.server.agent.AgentPool;
import tabula.server.bus.MatchBus;
import tabula.server.bus.MatchBus.Change;
import tabula.server.match.Clocks;
import tabula.server.match.Command;
import tabula.server.match.Command.Reply;
import tabula.server.match.Command.Verdict;
import tabula.server.match.Match;
import tabula.server.match.MatchEvent;
import tabula.server.match.MatchView;
import tabula.server.match.Referee;
import tabula.server.match.Refusal;
import tabula.server.match.TimedEvent;
import tabula.server.store.MatchStore;

/**
 * The only writer of every match. A command is judged, its events are stored, and only then
 * applied, acknowledged and told; commands for a match whose event is on its way to the disk wait
 * their turn.
 */
public final class MatchVerticle extends VerticleBase {

  private static final Logger LOG = LoggerFactory.getLogger(MatchVerticle.class);

  /** How often it is noted that the server runs, while anybody's time is running. */
  private static final long ALIVE_MILLIS = 10_000;

  /** What players get to connect again after a restart: as long as they are told to wait. */
  private static final long RECONNECT_MILLIS = 6_000;

  private static final long RETRY_MILLIS = 1000;

  /** A match in memory, and who waits for it. */
  private static final class Table {
    private final ArrayDeque<Waiting> waiting = new ArrayDeque<>();
    private @Nullable Match match;
    private boolean busy;

    /**
     * What the store failed at: nobody knows whether it is stored. The match is read again before
     * anything else changes it.
     */
    private @Nullable Doubt doubt;

    /** Since when the server or its store was away, of which the clocks do not know yet; else 0. */
    private long awaySince;

    /** Until when nobody's time counts once it is back. */
    private long awayUntil;

    /** Rings when somebody's time is up. */
    private long timer = -1;
  }

  private record Waiting(Command command, Promise<Reply> reply) {}

  private record Doubt(Match after, MatchEvent event, @Nullable Side side) {}

  private final Map<String, Table> tables = new HashMap<>();
  private final MatchStore store;
  private final AgentPool pool;
  private final MatchBus bus;
  private final Counter moves;

  @SuppressWarnings("NullAway.Init") // made when the verticle starts
  private AgentMoves agents;

  public MatchVerticle(MatchStore store, AgentPool agents, MatchBus bus, MeterRegistry metrics) {
    this.store = store;
    this.pool = agents;
    this.bus = bus;
    this.moves = metrics.counter("tabula.moves");
    metrics.gaugeMapSize("tabula.matches.open", Tags.empty(), tables);
  }

  private record Found(List<Match> matches, long lastAlive) {}

  /** Takes up every match that goes on where it stood. */
  @Override
  public Future<?> start() {
    agents = new AgentMoves(vertx, pool, this::handle, this::current);
    bus.answer(this::handle);
    vertx.setPeriodic(ALIVE_MILLIS, tick -> markAlive());
    return vertx
        .executeBlocking(
            () -> new Found(store.list(false, true, Integer.MAX_VALUE), store.lastAlive()))
        .onSuccess(
            found -> {
              found.matches().forEach(match -> takeUp(match, found.lastAlive()));
              if (!found.matches().isEmpty()) {
                LOG.info("{} matches go on", found.matches().size());
              }
            });
  }

  private Optional<Match> current(String id) {
    Table table = tables.get(id);
    return table == null ? Optional.empty() : Optional.ofNullable(table.match);
  }

  private void takeUp(Match match, long lastAlive) {
    Table table = new Table();
    table.match = match;
    tables.put(match.id(), table);
    Clocks clocks = match.clocks();
    if (clocks != null && match.isTimed()) {
      table.awaySince = Math.max(lastAlive, clocks.since());
      table.awayUntil = System.currentTimeMillis() + RECONNECT_MILLIS;
      keepTime(match.id());
    }
    agents.letMove(match);
  }

  /** What is not noted costs nobody anything: the clocks are held for a little longer. */
  private void markAlive() {
    if (tables.values().stream().anyMatch(table -> table.match != null && table.match.isTimed())) {
      Future.fromCompletionStage(store.markAlive(System.currentTimeMillis()));
    }
  }

  @Override
  public Future<?> stop() {
    return Future.fromCompletionStage(store.markAlive(System.currentTimeMillis())).otherwiseEmpty();
  }

  /** Ends a match whose time is up, as soon as the store takes it. */
  private void keepTime(String id) {
    handle(new Command.KeepTime(id))
        .onSuccess(
            reply -> {
              if (reply instanceof Command.Refused(Refusal refusal, String message)
                  && refusal == Refusal.UNAVAILABLE) {
                vertx.setTimer(RETRY_MILLIS, timer -> keepTime(id));
              }
            });
  }

  /** Sets the timer to when the time of the side to move is up. */
  private void setTimer(Table table) {
    if (table.timer >= 0) {
      vertx.cancelTimer(table.timer);
      table.timer = -1;
    }
    Match match = table.match;
    if (match != null && match.deadline().isPresent()) {
      long wait =
          match.deadline().getAsLong() + Referee.MOST_LAG_MILLIS + 1 - System.currentTimeMillis();
      table.timer = vertx.setTimer(Math.max(1, wait), timer -> keepTime(match.id()));
    }
  }

  private Future<Reply> handle(Command command) {
    Promise<Reply> reply = Promise.promise();
    Table table = tables.computeIfAbsent(command.matchId(), id -> new Table());
    table.waiting.add(new Waiting(command, reply));
    proceed(command.matchId(), table);
    return reply.future();
  }

  private void proceed(String id, Table table) {
    while (!table.busy && !table.waiting.isEmpty()) {
      Waiting next = table.waiting.poll();
      Match match = table.match;
      if (match != null && (table.doubt == null || !changes(next.command()))) {
        carryOut(match, table, next);
      } else if (match != null) {
        load(id, table, next);
      } else if (next.command() instanceof Command.Create create) {
        long now = System.currentTimeMillis();
        MatchEvent.Created created =
            new MatchEvent.Created(
                create.game(),
                create.first(),
                create.second(),
                create.firstTokenHash(),
                create.secondTokenHash(),
                now,
                create.timeControl(),
                create.rated());
        storeThenApply(Match.begin(id, created), new TimedEvent(now, created), table, next, null);
      } else {
        load(id, table, next);
      }
    }
    // A match that is over is read again when somebody asks for it.
    if (!table.busy && (table.match == null || table.match.isOver())) {
      vertx.cancelTimer(table.timer);
      tables.remove(id);
    }
  }

  private void load(String id, Table table, Waiting asked) {
    table.busy = true;
    vertx
        .executeBlocking(() -> store.load(id), false)
        .onComplete(
            loaded -> {
              table.busy = false;
              if (loaded.failed()) {
                refuse(asked, loaded.cause());
              } else if (loaded.result().isEmpty()) {
                table.match = null;
                table.doubt = null;
                asked
                    .reply()
                    .complete(
                        new Command.Refused(
                            Refusal.UNKNOWN_MATCH, "There is no match %s.".formatted(id)));
              } else {
                table.waiting.addFirst(asked);
                found(table, loaded.result().get());
              }
              proceed(id, table);
            });
  }

  private static boolean changes(Command command) {
    return switch (command) {
      case Command.Look look -> false;
      case Command.ResumeSeat resume -> false;
      case Command.Create create -> true;
      case Command.TakeSeat take -> true;
      case Command.Play play -> true;
      case Command.Resign resign -> true;
      case Command.Abort abort -> true;
      case Command.Bargain bargain -> true;
      case Command.KeepTime keep -> true;
    };
  }

  /** What is stored counts. Where an event in doubt turns out to be stored, it is told now. */
  private void found(Table table, Match match) {
    Doubt doubt = table.doubt;
    table.match = match;
    table.doubt = null;
    if (doubt != null && doubt.after().events() == match.events()) {
      happened(table, doubt.event(), match.view(System.currentTimeMillis()), doubt.side());
    } else {
      setTimer(table);
    }
  }

  /** What follows from an event that is stored. */
  private void happened(Table table, MatchEvent event, MatchView view, @Nullable Side side) {
    tell(view, event, side);
    if (event instanceof MatchEvent.TimeHeld) {
      table.awaySince = 0;
      table.awayUntil = 0;
    } else if (table.match != null && changesPosition(event)) {
      agents.letMove(table.match);
    }
    setTimer(table);
  }

  /** Whether an agent may have to move now. */
  private static boolean changesPosition(MatchEvent event) {
    return event instanceof MatchEvent.Created
        || event instanceof MatchEvent.SeatTaken
        || event instanceof MatchEvent.MovePlayed
        || event instanceof MatchEvent.TakenBack;
  }

  private void carryOut(Match match, Table table, Waiting asked) {
    long now = System.currentTimeMillis();
    Optional<MatchEvent> first =
        changes(asked.command()) ? byItself(match, table, asked, now) : Optional.empty();
    if (first.isPresent()) {
      // The command is judged after it.
      table.waiting.addFirst(asked);
      TimedEvent event = new TimedEvent(now, first.get());
      storeThenApply(match.apply(event.event(), now), event, table, null, null);
      return;
    }
    switch (Referee.judge(match, asked.command(), now)) {
      case Verdict.Denied(Refusal refusal, String message) ->
          asked.reply().complete(new Command.Refused(refusal, message));
      case Verdict.Allowed(var events, Side side) when events.isEmpty() ->
          asked.reply().complete(new Command.Done(match.view(now), side));
      case Verdict.Allowed(var events, Side side) -> {
        TimedEvent event = new TimedEvent(now, events.getFirst());
        storeThenApply(match.apply(event.event(), now), event, table, asked, side);
      }
    }
  }

  /** What happened to a match without anybody's doing: its time was held, or is up. */
  private static Optional<MatchEvent> byItself(Match match, Table table, Waiting asked, long now) {
    long away = Math.max(now, table.awayUntil) - table.awaySince;
    if (table.awaySince > 0 && match.isTimed() && away > 0) {
      return Optional.of(new MatchEvent.TimeHeld(away));
    }
    table.awaySince = 0;
    return Referee.timeUp(match, asked.command(), now);
  }

  private void storeThenApply(
      Match after, TimedEvent event, Table table, @Nullable Waiting asked, @Nullable Side side) {
    table.busy = true;
    Future.fromCompletionStage(store.append(after, event), context)
        .onComplete(
            stored -> {
              table.busy = false;
              if (stored.failed()) {
                table.doubt = new Doubt(after, event.event(), side);
                if (table.awaySince == 0) {
                  table.awaySince = event.at();
                }
                if (asked != null) {
                  refuse(asked, stored.cause());
                }
              } else {
                applied(after, event, table, asked, side);
              }
              proceed(after.id(), table);
            });
  }

  private void applied(
      Match after, TimedEvent event, Table table, @Nullable Waiting asked, @Nullable Side side) {
    table.match = after;
    MatchView view = after.view(System.currentTimeMillis());
    if (asked != null) {
      asked.reply().complete(new Command.Done(view, side));
    }
    happened(table, event.event(), view, side);
  }

  private static void refuse(Waiting asked, Throwable failure) {
    asked
        .reply()
        .complete(
            new Command.Refused(
                Refusal.UNAVAILABLE,
                "The store refuses: %s Try again later.".formatted(failure.getMessage())));
  }

  private void tell(MatchView view, MatchEvent event, @Nullable Side side) {
    String by = side == null ? null : Match.name(side);
    switch (event) {
      case MatchEvent.Created created -> {}
      case MatchEvent.SeatTaken taken ->
          bus.publish(new MatchBus.Changed(Change.SEAT_TAKEN, by, view));
      case MatchEvent.MovePlayed played -> {
        moves.increment();
        bus.publish(new MatchBus.Changed(Change.MOVED, by, view));
      }
      case MatchEvent.TakenBack back ->
          bus.publish(new MatchBus.Changed(Change.TAKEN_BACK, by, view));
      case MatchEvent.TimeHeld held ->
          bus.publish(new MatchBus.Changed(Change.TIME_HELD, by, view));
      case MatchEvent.Resigned resigned -> {}
      case MatchEvent.Offered offered ->
          bus.publish(new MatchBus.Changed(Change.OFFERED, by, view));
      case MatchEvent.OfferDeclined declined ->
          bus.publish(
              new MatchBus.Changed(
                  switch (declined.offer()) {
                    case DRAW -> Change.DRAW_DECLINED;
                    case TAKEBACK -> Change.TAKEBACK_DECLINED;
                  },
                  by,
                  view));
      case MatchEvent.DrawAgreed agreed -> {}
      case MatchEvent.Aborted aborted -> {}
      case MatchEvent.FlagFell fell -> {}
      case MatchEvent.Expired expired -> {}
    }
    if (view.isOver()) {
      bus.publish(new MatchBus.Changed(Change.ENDED, by, view));
    }
  }
}
