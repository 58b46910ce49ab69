package tabula.server.bus;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
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
    TIME_HELD,
    OFFERED,
    DRAW_DECLINED,
    TAKEBACK_DECLINED,
    ENDED
  }

  /**
   * Something happened in a match.
   *
   * @param by the side whose doing it was: {@code first} or {@code second}
   * @param match as it stands after
   */
  public record Changed(Change change, @Nullable String by, MatchView match) {}

  private final Service<Ask, Answer> commands;
  private final Topic<Changed> changes;

  public MatchBus(Vertx vertx) {
    this.changes = new Topic<>(vertx, "match.changes", Changed.class);
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
    changes.publish(changed);
  }

  /**
   * Hears of every change of the matches that it is told to watch. For one context: where it is
   * made, the listeners are called.
   */
  public static final class Watcher {
    private final Map<String, Set<Consumer<Changed>>> listeners = new HashMap<>();

    private Watcher() {}

    public void watch(String matchId, Consumer<Changed> listener) {
      listeners.computeIfAbsent(matchId, id -> new LinkedHashSet<>()).add(listener);
    }

    public void unwatch(String matchId, Consumer<Changed> listener) {
      Set<Consumer<Changed>> left = listeners.get(matchId);
      if (left != null && left.remove(listener) && left.isEmpty()) {
        listeners.remove(matchId);
      }
    }

    private void tell(Changed changed) {
      Set<Consumer<Changed>> listening = listeners.get(changed.match().id());
      if (listening != null) {
        // One who hears may stop to listen.
        List.copyOf(listening).forEach(listener -> listener.accept(changed));
      }
    }
  }

  /** Begins to hear, on the caller's context, for as long as the caller is deployed. */
  public Watcher watcher() {
    Watcher watcher = new Watcher();
    changes.listen(watcher::tell);
    return watcher;
  }
}
