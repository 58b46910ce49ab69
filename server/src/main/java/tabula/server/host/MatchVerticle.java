package tabula.server.host;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.VerticleBase;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tabula.agents.Decision;
import tabula.games.Game;
import tabula.games.Side;
import tabula.server.agent.AgentPool;
import tabula.server.bus.MatchBus;
import tabula.server.bus.MatchBus.Change;
import tabula.server.match.Command;
import tabula.server.match.Command.Reply;
import tabula.server.match.Command.Verdict;
import tabula.server.match.Match;
import tabula.server.match.MatchEvent;
import tabula.server.match.MatchView;
import tabula.server.match.Referee;
import tabula.server.match.Refusal;
import tabula.server.match.Seat;
import tabula.server.match.TimedEvent;
import tabula.server.store.MatchStore;

/**
 * The only writer of every match. A command is judged, its events are stored, and only then
 * applied, acknowledged and told; commands for a match whose event is on its way to the disk wait
 * their turn.
 */
public final class MatchVerticle extends VerticleBase {

  private static final Logger LOG = LoggerFactory.getLogger(MatchVerticle.class);
  private static final long AGENT_RETRY_MILLIS = 1000;

  /** Such as a checkpoint that could not be read: it may be mended meanwhile. */
  private static final long AGENT_FAILED_MILLIS = 10_000;

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
  }

  private record Waiting(Command command, Promise<Reply> reply) {}

  private record Doubt(Match after, MatchEvent event, @Nullable Side side) {}

  private final Map<String, Table> tables = new HashMap<>();
  private final MatchStore store;
  private final AgentPool agents;
  private final MatchBus bus;
  private final Counter moves;

  public MatchVerticle(MatchStore store, AgentPool agents, MatchBus bus, MeterRegistry metrics) {
    this.store = store;
    this.agents = agents;
    this.bus = bus;
    this.moves = metrics.counter("tabula.moves");
    metrics.gaugeMapSize("tabula.matches.open", Tags.empty(), tables);
  }

  /** Takes up every match that goes on where it stood. */
  @Override
  public Future<?> start() {
    bus.answer(this::handle);
    return vertx
        .executeBlocking(() -> store.list(false, Integer.MAX_VALUE))
        .onSuccess(
            matches -> {
              for (Match match : matches) {
                Table table = new Table();
                table.match = match;
                tables.put(match.id(), table);
                letAgentMove(match);
              }
              if (!matches.isEmpty()) {
                LOG.info("{} matches go on", matches.size());
              }
            });
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
                create.rated());
        storeThenApply(Match.begin(id, created), new TimedEvent(now, created), table, next, null);
      } else {
        load(id, table, next);
      }
    }
    // A match that is over is read again when somebody asks for it.
    if (!table.busy && (table.match == null || table.match.isOver())) {
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
      case Command.TakeBack back -> true;
    };
  }

  /** What is stored counts. Where an event in doubt turns out to be stored, it is told now. */
  private void found(Table table, Match match) {
    Doubt doubt = table.doubt;
    table.match = match;
    table.doubt = null;
    if (doubt != null && doubt.after().events() == match.events()) {
      tell(match.view(), doubt.event(), doubt.side());
      letAgentMove(match);
    }
  }

  private void carryOut(Match match, Table table, Waiting asked) {
    switch (Referee.judge(match, asked.command())) {
      case Verdict.Denied(Refusal refusal, String message) ->
          asked.reply().complete(new Command.Refused(refusal, message));
      case Verdict.Allowed(var events, Side side) when events.isEmpty() ->
          asked.reply().complete(new Command.Done(match.view(), side));
      case Verdict.Allowed(var events, Side side) -> {
        TimedEvent event = new TimedEvent(System.currentTimeMillis(), events.getFirst());
        storeThenApply(match.apply(event.event()), event, table, asked, side);
      }
    }
  }

  private void storeThenApply(
      Match after, TimedEvent event, Table table, Waiting asked, @Nullable Side side) {
    table.busy = true;
    Future.fromCompletionStage(store.append(after, event), context)
        .onComplete(
            stored -> {
              table.busy = false;
              if (stored.failed()) {
                table.doubt = new Doubt(after, event.event(), side);
                refuse(asked, stored.cause());
              } else {
                table.match = after;
                MatchView view = after.view();
                asked.reply().complete(new Command.Done(view, side));
                tell(view, event.event(), side);
                letAgentMove(after);
              }
              proceed(after.id(), table);
            });
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
      case MatchEvent.Resigned resigned -> {}
    }
    if (view.isOver()) {
      bus.publish(new MatchBus.Changed(Change.ENDED, by, view));
    }
  }

  /** An agent's move comes back as a command like anybody's. */
  private void letAgentMove(Match match) {
    if (match.isOver()
        || match.hasOpenSeat()
        || !(match.seat(match.position().sideToMove())
            instanceof Seat.ServerAgent(String agent, String name))) {
      return;
    }
    Game game = match.game();
    Side side = match.position().sideToMove();
    boolean amongAgents = match.seat(side.opponent()) instanceof Seat.ServerAgent;
    (amongAgents
            ? agents.thinkBehind(game, agent, match.position())
            : agents.think(game, agent, match.position()))
        .map(Decision::action)
        .map(action -> game.formatMove(match.position(), action))
        .onSuccess(
            move ->
                handle(new Command.Play(match.id(), side, match.ply(), move))
                    .onSuccess(
                        reply -> {
                          // The store was away: the agent moves once it is back. A takeback made
                          // other refusals moot.
                          if (reply instanceof Command.Refused(Refusal refusal, String message)
                              && refusal == Refusal.UNAVAILABLE) {
                            vertx.setTimer(AGENT_RETRY_MILLIS, timer -> letAgentMove(match));
                          }
                        }))
        .onFailure(
            failure -> {
              LOG.warn(
                  "Agent {} did not move in match {}, and tries again in {} s: {}",
                  agent,
                  match.id(),
                  AGENT_FAILED_MILLIS / 1000,
                  failure.toString());
              vertx.setTimer(AGENT_FAILED_MILLIS, timer -> tryAgain(match));
            });
  }

  /** Lets an agent that failed move after all, if the match still waits for it. */
  private void tryAgain(Match match) {
    Table table = tables.get(match.id());
    if (table != null && table.match != null && table.match.ply() == match.ply()) {
      letAgentMove(table.match);
    }
  }
}
