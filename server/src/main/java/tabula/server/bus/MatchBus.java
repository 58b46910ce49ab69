package tabula.server.bus;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.MessageConsumer;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tabula.server.match.Command;
import tabula.server.match.MatchView;

/** Asks matches to do things, and hears what happened in them. */
public final class MatchBus {

  /** A command on its way. */
  public record Ask(Command command) {}

  /** Its answer. */
  public record Answer(Command.Reply reply) {}

  /** What happened. */
  public enum Change {
    MOVED,
    TAKEN_BACK,
    SEAT_TAKEN,
    ENDED
  }

  /**
   * Something happened in a match.
   *
   * @param by the side whose doing it was: {@code first} or {@code second}
   * @param match as it stands after
   */
  public record Changed(Change change, @Nullable String by, MatchView match) {}

  private final Vertx vertx;
  private final Service<Ask, Answer> commands;

  public MatchBus(Vertx vertx) {
    this.vertx = vertx;
    this.commands = new Service<>(vertx, "match.commands", Ask.class, Answer.class);
  }

  /** Lets the bus carry these messages: once for each Vert.x. */
  public static void register(Vertx vertx) {
    Topic.register(vertx, Ask.class);
    Topic.register(vertx, Answer.class);
    Topic.register(vertx, Changed.class);
  }

  /** Asks for something; the reply comes once it is stored. */
  public Future<Command.Reply> ask(Command command) {
    return commands.ask(new Ask(command)).map(Answer::reply);
  }

  /** For the one who writes the matches. */
  public void answer(Function<Command, Future<Command.Reply>> answerer) {
    commands.answer(ask -> answerer.apply(ask.command()).map(Answer::new));
  }

  public void publish(Changed changed) {
    changes(changed.match().id()).publish(changed);
  }

  /** Hears of every change of a match, on the caller's context, until unregistered. */
  public MessageConsumer<Changed> watch(String matchId, Consumer<Changed> listener) {
    return changes(matchId).listen(listener);
  }

  private Topic<Changed> changes(String matchId) {
    return new Topic<>(vertx, "match." + matchId + ".changes", Changed.class);
  }
}
