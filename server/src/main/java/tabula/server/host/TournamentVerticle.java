package tabula.server.host;

import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tabula.server.bus.MatchBus;
import tabula.server.bus.TournamentBus;
import tabula.server.match.Command;
import tabula.server.match.MatchView;
import tabula.server.match.Refusal;
import tabula.server.match.Seat;
import tabula.server.store.TournamentStore;
import tabula.server.tournament.Tournament;
import tabula.server.tournament.TournamentEvent;

/**
 * Carries tournaments on: begins the matches that their events name, notes how they end, and pairs
 * anew. What is not stored has not happened: after a stop it looks at the matches, and goes on.
 */
public final class TournamentVerticle extends VerticleBase {

  private static final Logger LOG = LoggerFactory.getLogger(TournamentVerticle.class);
  private static final long LOOK_MILLIS = 250;

  private final MatchBus matches;
  private final TournamentBus bus;
  private final TournamentStore tournaments;

  /** Those that go on, by their ids. */
  private final Map<String, Tournament> open = new LinkedHashMap<>();

  private boolean looking;

  public TournamentVerticle(MatchBus matches, TournamentBus bus, TournamentStore tournaments) {
    this.matches = matches;
    this.bus = bus;
    this.tournaments = tournaments;
  }

  @Override
  public Future<?> start() {
    bus.answer(this::begin);
    return vertx
        .executeBlocking(tournaments::open)
        .onSuccess(
            going -> {
              going.forEach(tournament -> open.put(tournament.id(), tournament));
              vertx.setPeriodic(LOOK_MILLIS, timer -> look());
            });
  }

  private Future<Tournament> begin(TournamentEvent.Created created) {
    return append(Tournament.begin(UUID.randomUUID().toString(), created), created);
  }

  /** Stores an event, and only then goes by it. */
  private Future<Tournament> append(Tournament after, TournamentEvent event) {
    return Future.fromCompletionStage(
            tournaments.append(after, event, System.currentTimeMillis()), context)
        .map(
            stored -> {
              if (after.over()) {
                open.remove(after.id());
              } else {
                open.put(after.id(), after);
              }
              return after;
            });
  }

  /** One look at all tournaments after the other; a failure waits for the next. */
  private void look() {
    if (looking) {
      return;
    }
    looking = true;
    Future<?> all = Future.succeededFuture();
    for (Tournament tournament : List.copyOf(open.values())) {
      all = all.compose(done -> carryOn(tournament));
    }
    all.onComplete(
        done -> {
          looking = false;
          if (done.failed()) {
            LOG.warn("A tournament waits: {}", done.cause().getMessage());
            reload();
          }
        });
  }

  /** Nobody knows what a write that failed has left behind: what is stored counts. */
  private void reload() {
    vertx
        .executeBlocking(tournaments::open)
        .onSuccess(
            going -> {
              open.clear();
              going.forEach(tournament -> open.put(tournament.id(), tournament));
            });
  }

  private Future<Tournament> carryOn(Tournament tournament) {
    Future<Tournament> now = Future.succeededFuture(tournament);
    for (TournamentEvent.Game game : tournament.unfinished()) {
      now = now.compose(before -> follow(before, game));
    }
    return now.compose(this::next);
  }

  private Future<Tournament> next(Tournament tournament) {
    Optional<TournamentEvent> event =
        tournament.next(System.currentTimeMillis(), () -> UUID.randomUUID().toString());
    return event.isEmpty()
        ? Future.succeededFuture(tournament)
        : append(tournament.apply(event.get()), event.get());
  }

  /** Begins the match of a game if it is not there, and notes its result if it is over. */
  private Future<Tournament> follow(Tournament tournament, TournamentEvent.Game game) {
    return matches
        .ask(new Command.Look(game.matchId()))
        .compose(
            reply ->
                switch (reply) {
                  case Command.Done(MatchView match, var side) ->
                      match.isOver() ? note(tournament, match) : Future.succeededFuture(tournament);
                  case Command.Refused(Refusal refusal, String message) ->
                      refusal == Refusal.UNKNOWN_MATCH
                          ? create(tournament, game)
                          : Future.failedFuture(message);
                });
  }

  private Future<Tournament> note(Tournament tournament, MatchView match) {
    TournamentEvent.Finished finished =
        new TournamentEvent.Finished(
            match.id(),
            switch (match.outcome()) {
              case "first" -> 1;
              case "second" -> 0;
              case "draw" -> 0.5;
              // Whoever did not move in time, or called it off, does not get half a point for it.
              case "aborted" -> match.ply() % 2;
              default -> throw new IllegalStateException("Not over: " + match.outcome());
            });
    return append(tournament.apply(finished), finished);
  }

  private Future<Tournament> create(Tournament tournament, TournamentEvent.Game game) {
    Seat first = tournament.players().get(game.first());
    Seat second = tournament.players().get(game.second());
    return matches
        .ask(
            new Command.Create(
                game.matchId(), tournament.created().game(), first, second, "", "", null, true))
        .map(created -> tournament);
  }
}
