package tabula.server.bus;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.function.Function;
import tabula.server.tournament.Tournament;
import tabula.server.tournament.TournamentEvent;

/** Asks for tournaments to begin. */
public final class TournamentBus {

  /** A tournament that somebody wants. */
  public record Begin(TournamentEvent.Created created) {}

  /** It is stored, and begins. */
  public record Begun(Tournament tournament) {}

  private final Service<Begin, Begun> begins;

  public TournamentBus(Vertx vertx) {
    this.begins = new Service<>(vertx, "tournament.begins", Begin.class, Begun.class);
  }

  /** Lets the bus carry these messages: once for each Vert.x. */
  public static void register(Vertx vertx) {
    Topic.register(vertx, Begin.class);
    Topic.register(vertx, Begun.class);
  }

  /** Begins a tournament; the answer comes once it is stored. */
  public Future<Tournament> begin(TournamentEvent.Created created) {
    return begins.ask(new Begin(created)).map(Begun::tournament);
  }

  /** For the one who carries tournaments on. */
  public void answer(Function<TournamentEvent.Created, Future<Tournament>> answerer) {
    begins.answer(begin -> answerer.apply(begin.created()).map(Begun::new));
  }
}
