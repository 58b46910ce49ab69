package tabula.server.session;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tabula.server.bus.RunBus;
import tabula.server.match.Refusal;
import tabula.server.run.RunCommand;
import tabula.server.run.RunView;

/** The training runs that a session watches. */
final class RunDesk {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int MOST_WATCHED = 20;

  private final Session session;
  private final RunBus runs;
  private final RunBus.Watcher watcher;
  private final Set<String> watched = new HashSet<>();

  /** Those of which a slow reader was not told everything. */
  private final Set<String> missed = new HashSet<>();

  private final Consumer<RunView.Event> listener = this::happened;

  RunDesk(Session session, RunBus runs, RunBus.Watcher watcher) {
    this.session = session;
    this.runs = runs;
    this.watcher = watcher;
  }

  void hear(ClientFrame.WatchRun frame) {
    String run = frame.runId();
    if (!watched.contains(run)) {
      if (watched.size() >= MOST_WATCHED) {
        session.refuse(
            frame.id(),
            null,
            Refusal.RATE_LIMITED,
            "At most %d runs are watched at once.".formatted(MOST_WATCHED),
            null);
        return;
      }
      watched.add(run);
      watcher.watch(run, listener);
      runs.look(watcher.watched());
    }
    tellState(frame.id(), run);
  }

  private void tellState(@Nullable String frameId, String run) {
    runs.ask(new RunCommand.Look(run))
        .onSuccess(
            reply -> {
              switch (reply) {
                case RunCommand.Done(RunView view) -> tell(frameId, view, false);
                case RunCommand.Refused(Refusal refusal, String message) -> {
                  unwatch(run);
                  session.refuse(frameId, null, refusal, message, null);
                }
                case RunCommand.Runs many -> throw new IllegalStateException();
                case RunCommand.Seated seated -> throw new IllegalStateException();
              }
            })
        .onFailure(
            failure ->
                session.refuse(
                    frameId, null, Refusal.UNAVAILABLE, "The server is busy. Try again.", 1000L));
  }

  void hear(ClientFrame.UnwatchRun frame) {
    unwatch(frame.runId());
    session.accepted(frame.id(), null);
  }

  private void unwatch(String run) {
    watched.remove(run);
    missed.remove(run);
    watcher.unwatch(run, listener);
  }

  /** The client is gone; one that comes back says again what it watches. */
  void leave() {
    for (String run : Set.copyOf(watched)) {
      unwatch(run);
    }
  }

  /** Who reads slowly misses events, and is told how the run stands once there is room again. */
  private void happened(RunView.Event event) {
    String run =
        switch (event) {
          case RunView.Changed(RunView view, boolean deleted) -> view.run().id();
          case RunView.Grew grew -> grew.id();
          case RunView.Live live -> live.id();
        };
    if (!session.hasRoomToSend()) {
      missed.add(run);
      return;
    }
    if (missed.remove(run)) {
      tellState(null, run);
    }
    switch (event) {
      case RunView.Changed(RunView view, boolean deleted) -> {
        tell(null, view, deleted);
        if (deleted) {
          unwatch(run);
        }
      }
      case RunView.Grew grew -> {
        ObjectNode data =
            JSON.createObjectNode()
                .put("runId", run)
                .put("generation", grew.generation())
                .put("from", grew.from());
        ArrayNode lines = data.putArray("lines");
        grew.lines().forEach(line -> lines.add(parse(line)));
        session.sendUnnumbered("runMetrics", null, data);
      }
      case RunView.Live(String id, String games) ->
          session.sendUnnumbered(
              "runGames",
              null,
              JSON.createObjectNode().put("runId", id).set("games", parse(games).path("games")));
    }
  }

  private void tell(@Nullable String frameId, RunView view, boolean deleted) {
    ObjectNode data = JSON.createObjectNode();
    data.set("run", RunsApi.json(view));
    if (deleted) {
      data.put("deleted", true);
    }
    session.send("runState", frameId, null, null, data);
  }

  /** What our own training wrote. */
  private static JsonNode parse(String json) {
    try {
      return JSON.readTree(json);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
