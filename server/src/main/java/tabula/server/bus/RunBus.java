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
import tabula.server.run.RunCommand;
import tabula.server.run.RunView;

/** Asks for training runs to be made and changed, and hears what becomes of them. */
public final class RunBus {

  /** A command on its way. */
  public record Ask(RunCommand command) {}

  /** Its answer. */
  public record Answer(RunCommand.Reply reply) {}

  /** Something happened. */
  public record Happened(RunView.Event event) {}

  /** Somebody looks at these runs now. */
  public record Watched(List<String> ids) {}

  private final Service<Ask, Answer> commands;
  private final Topic<Happened> events;
  private final Topic<Watched> watched;

  public RunBus(Vertx vertx) {
    this.commands = new Service<>(vertx, "run.commands", Ask.class, Answer.class);
    this.events = new Topic<>(vertx, "run.events", Happened.class);
    this.watched = new Topic<>(vertx, "run.watched", Watched.class);
  }

  /** Lets the bus carry these messages: once for each Vert.x. */
  public static void register(Vertx vertx) {
    Topic.register(vertx, Ask.class);
    Topic.register(vertx, Answer.class);
    Topic.register(vertx, Happened.class);
    Topic.register(vertx, Watched.class);
  }

  /** Asks for something; the reply comes once it is kept. */
  public Future<RunCommand.Reply> ask(RunCommand command) {
    return commands.ask(new Ask(command)).map(Answer::reply);
  }

  /** For the one who keeps the runs. */
  public void answer(Function<RunCommand, Future<RunCommand.Reply>> answerer) {
    commands.answer(ask -> answerer.apply(ask.command()).map(Answer::new));
  }

  public void publish(RunView.Event event) {
    events.publish(new Happened(event));
  }

  /** Says that somebody looks at runs. */
  public void look(List<String> ids) {
    watched.publish(new Watched(ids));
  }

  /** Hears which runs somebody looks at. */
  public void onLook(Consumer<List<String>> listener) {
    watched.listen(looked -> listener.accept(looked.ids()));
  }

  /**
   * Hears of the runs that it is told to watch. For one context: where it is made, the listeners
   * are called.
   */
  public static final class Watcher {
    private final Map<String, Set<Consumer<RunView.Event>>> listeners = new HashMap<>();

    private Watcher() {}

    public void watch(String id, Consumer<RunView.Event> listener) {
      listeners.computeIfAbsent(id, any -> new LinkedHashSet<>()).add(listener);
    }

    public void unwatch(String id, Consumer<RunView.Event> listener) {
      Set<Consumer<RunView.Event>> watching = listeners.get(id);
      if (watching != null && watching.remove(listener) && watching.isEmpty()) {
        listeners.remove(id);
      }
    }

    /** The runs that are watched. */
    public List<String> watched() {
      return List.copyOf(listeners.keySet());
    }

    private void tell(RunView.Event event) {
      String id =
          switch (event) {
            case RunView.Changed changed -> changed.run().run().id();
            case RunView.Grew grew -> grew.id();
            case RunView.Live live -> live.id();
          };
      for (Consumer<RunView.Event> listener : List.copyOf(listeners.getOrDefault(id, Set.of()))) {
        listener.accept(event);
      }
    }
  }

  /** A watcher of the caller's context. */
  public Watcher watcher() {
    Watcher watcher = new Watcher();
    events.listen(happened -> watcher.tell(happened.event()));
    return watcher;
  }
}
