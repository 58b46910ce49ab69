package tabula.server.session;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tabula.agents.AgentSpec;
import tabula.agents.network.NetworkCost;
import tabula.agents.network.nd4j.NetworkEvaluator;
import tabula.agents.train.RunConfig;
import tabula.games.Game;
import tabula.games.Games;
import tabula.server.account.Account;
import tabula.server.account.Scope;
import tabula.server.bus.RunBus;
import tabula.server.match.Refusal;
import tabula.server.run.Run;
import tabula.server.run.Run.Asker;
import tabula.server.run.RunCommand;
import tabula.server.run.RunConfigs;
import tabula.server.run.RunLimits;
import tabula.server.run.RunState.Order;
import tabula.server.run.RunStore;
import tabula.server.run.RunView;
import tabula.server.training.FinishedGames;
import tabula.server.training.MetricsColumns;
import tabula.server.training.RunFiles;

/** Training runs over HTTP. Everybody may look; whose a run is may change it. */
final class RunsApi {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int USUAL_VISITS = 100;
  private static final int USUAL_GAMES = 5;
  private static final int MOST_GAMES = 20;

  private final Vertx vertx;
  private final RunBus runs;
  private final RunStore store;
  private final RunLimits limits;
  private final Callers callers;

  RunsApi(Vertx vertx, RunBus runs, RunStore store, RunLimits limits, Callers callers) {
    this.vertx = vertx;
    this.runs = runs;
    this.store = store;
    this.limits = limits;
    this.callers = callers;
  }

  void addTo(Router router) {
    String all = "/api/v1/runs";
    String one = all + "/:id";
    String checkpoint = one + "/checkpoints/:checkpoint";
    router.get(all).handler(request -> HttpApi.answer(request, 200, () -> list(request)));
    router.post(all).handler(request -> HttpApi.answer(request, 201, () -> create(request)));
    router.get(one).handler(request -> HttpApi.answer(request, 200, () -> look(request)));
    router
        .delete(one)
        .handler(request -> HttpApi.answer(request, 200, () -> give(request, Order.DELETE)));
    router
        .post(one + "/pause")
        .handler(request -> HttpApi.answer(request, 200, () -> give(request, Order.PAUSE)));
    router
        .post(one + "/resume")
        .handler(request -> HttpApi.answer(request, 200, () -> give(request, Order.RESUME)));
    router
        .post(one + "/stop")
        .handler(request -> HttpApi.answer(request, 200, () -> give(request, Order.STOP)));
    router
        .get(one + "/metrics")
        .handler(request -> HttpApi.answer(request, 200, () -> metrics(request)));
    router
        .get(one + "/games")
        .handler(request -> HttpApi.answer(request, 200, () -> games(request)));
    router
        .get(one + "/checkpoints")
        .handler(request -> HttpApi.answer(request, 200, () -> checkpoints(request)));
    router.get(checkpoint).handler(this::download);
    router
        .post(checkpoint + "/agent")
        .handler(request -> HttpApi.answer(request, 200, () -> seat(request)));
    router
        .get("/api/v1/run-config")
        .handler(
            request ->
                HttpApi.answer(
                    request, 200, () -> Future.succeededFuture(RunConfigs.document(limits))));
    router
        .post("/api/v1/run-config")
        .handler(request -> HttpApi.answer(request, 200, () -> check(request)));
  }

  /** Who asks, as far as runs go. A token needs the scope, or it only looks. */
  private Future<Asker> asker(RoutingContext request) {
    return callers.of(request.request()).map(RunsApi::asker);
  }

  private static Asker asker(Caller caller) {
    return switch (caller) {
      case Caller.Guest(String id) -> new Asker(id, null, false);
      case Caller.SignedIn(Account holder) ->
          new Asker(holder.id(), holder.name(), holder.administers());
      case Caller.Program(Account holder, var token) ->
          new Asker(
              caller.may(Scope.RUN_WRITE) ? holder.id() : null,
              holder.name(),
              caller.may(Scope.ADMIN));
    };
  }

  /** Who asks, if it may change runs at all. */
  private Future<Asker> changer(RoutingContext request) {
    return callers
        .of(request.request())
        .map(
            caller -> {
              Asker asker = asker(caller);
              if (asker.id() == null && !asker.administers()) {
                throw caller.account().isPresent()
                    ? refused(
                        Refusal.FORBIDDEN,
                        "This token lacks the scope %s.".formatted(Scope.RUN_WRITE.code()))
                    : refused(
                        Refusal.UNAUTHENTICATED,
                        "A run is somebody's: sign in, or bring a token with run:write.");
              }
              return asker;
            });
  }

  private static HttpApi.RefusedException refused(Refusal refusal, String message) {
    return new HttpApi.RefusedException(HttpApi.status(refusal), refusal, message);
  }

  private <T> Future<T> ask(RunCommand command, Function<RunCommand.Reply, T> answer) {
    return runs.ask(command)
        .recover(
            failure ->
                Future.failedFuture(refused(Refusal.UNAVAILABLE, "The server is busy. Try again.")))
        .map(
            reply -> {
              if (reply instanceof RunCommand.Refused(Refusal refusal, String message)) {
                throw refused(refusal, message);
              }
              return answer.apply(reply);
            });
  }

  private Future<RunView> ask(RunCommand command) {
    return ask(
        command,
        reply ->
            switch (reply) {
              case RunCommand.Done(RunView run) -> run;
              case RunCommand.Seated(RunView run, String player) -> run;
              case RunCommand.Runs many -> throw new IllegalStateException();
              case RunCommand.Refused refused -> throw new IllegalStateException();
            });
  }

  private static ObjectNode answer(RunView run, Asker asker) {
    return JSON.createObjectNode().set("run", json(run, asker));
  }

  private static ObjectNode json(RunView run, Asker asker) {
    return json(run).put("yours", asker.mayChange(run.run()));
  }

  /** A run as it is told to everybody. */
  static ObjectNode json(RunView view) {
    Run run = view.run();
    ObjectNode json = JSON.createObjectNode();
    json.put("id", run.id()).put("name", run.name()).put("game", run.game());
    ObjectNode owner = json.putObject("owner");
    owner.put("kind", run.owner().isGuest() ? "guest" : "account");
    if (!run.owner().isGuest()) {
      owner.put("name", run.owner().name());
    }
    json.put("state", run.state().code());
    if (view.place() > 0) {
      json.put("place", view.place());
    }
    if (run.problem() != null) {
      json.put("problem", run.problem());
    }
    if (run.preset() != null) {
      json.put("preset", run.preset());
    }
    json.set("config", run.config());
    json.put("minutes", run.minutes()).put("seed", run.seed()).put("threads", run.threads());
    if (run.from() != null) {
      json.putObject("from")
          .put("run", run.from().run())
          .put("checkpoint", run.from().checkpoint());
    }
    json.put("createdAt", run.createdAt());
    ArrayNode onLadder = json.putArray("onLadder");
    run.onLadder().forEach(onLadder::add);
    if (view.progress() != null) {
      json.set("progress", view.progress());
    }
    return json.put("generation", view.generation()).put("lines", view.lines());
  }

  private Future<ObjectNode> list(RoutingContext request) {
    return asker(request)
        .compose(
            asker ->
                ask(
                    new RunCommand.ListAll(),
                    reply -> {
                      ObjectNode answer = JSON.createObjectNode();
                      ArrayNode list = answer.putArray("runs");
                      ((RunCommand.Runs) reply).runs().forEach(run -> list.add(json(run, asker)));
                      return answer;
                    }));
  }

  private Future<ObjectNode> create(RoutingContext request) {
    JsonNode body = HttpApi.body(request, "createRun");
    Run.@Nullable Origin from =
        body.has("from")
            ? new Run.Origin(
                body.path("from").path("run").asText(),
                body.path("from").path("checkpoint").asText())
            : null;
    if (from == null && !body.has("game")) {
      throw HttpApi.malformed("game is missing.");
    }
    String game = from == null ? HttpApi.game(body.path("game").asText()).id() : "";
    @Nullable String preset = body.has("preset") ? body.path("preset").asText() : null;
    ObjectNode config = config(body);
    double minutes =
        body.has("minutes")
            ? body.path("minutes").asDouble()
            : Math.min(limits.minutes(), usualMinutes(preset));
    return changer(request)
        .compose(
            asker ->
                ask(new RunCommand.Create(
                        asker,
                        body.path("name").asText("").strip(),
                        game,
                        preset,
                        config,
                        minutes,
                        body.path("seed").asLong(1),
                        from))
                    .map(run -> answer(run, asker)));
  }

  /** What differs from the preset: an object, as the schema says. */
  private static ObjectNode config(JsonNode body) {
    return body.path("config") instanceof ObjectNode config ? config : JSON.createObjectNode();
  }

  private static double usualMinutes(@Nullable String preset) {
    try {
      return RunConfigs.minutes(preset);
    } catch (IllegalArgumentException e) {
      throw refused(Refusal.INVALID_CONFIG, String.valueOf(e.getMessage()));
    }
  }

  private Future<ObjectNode> look(RoutingContext request) {
    return asker(request)
        .compose(asker -> ask(new RunCommand.Look(id(request))).map(run -> answer(run, asker)));
  }

  private static String id(RoutingContext request) {
    return String.valueOf(request.pathParam("id"));
  }

  private Future<ObjectNode> give(RoutingContext request, Order order) {
    @Nullable Double minutes = null;
    if (order == Order.RESUME) {
      JsonNode body = HttpApi.body(request, "resumeRun");
      minutes = body.has("minutes") ? Double.valueOf(body.path("minutes").asDouble()) : null;
    }
    @Nullable Double wanted = minutes;
    return changer(request)
        .compose(
            asker ->
                ask(new RunCommand.Give(asker, id(request), order, wanted))
                    .map(run -> answer(run, asker)));
  }

  private <T> Future<T> reading(Callable<T> reading) {
    return vertx
        .executeBlocking(reading, false)
        .recover(
            failure ->
                Future.failedFuture(
                    failure instanceof IOException
                        ? refused(Refusal.UNAVAILABLE, "The run's files cannot be read.")
                        : failure));
  }

  /** A run's files: of one that there is, by its own id. */
  private RunFiles files(RunView run) {
    return new RunFiles(store.folder(run.run().id()));
  }

  private Future<ObjectNode> metrics(RoutingContext request) {
    int since =
        HttpApi.number(
            request,
            "since",
            Integer::parseInt,
            line -> line >= 0,
            0,
            "since is a line's number, from 0.");
    return ask(new RunCommand.Look(id(request)))
        .compose(
            run ->
                reading(
                    () ->
                        MetricsColumns.read(files(run).metrics(), since)
                            .put("generation", run.generation())));
  }

  /** The games that the run had finished by a moment: the last ones, if none is said. */
  private Future<ObjectNode> games(RoutingContext request) {
    double seconds =
        HttpApi.number(
            request,
            "seconds",
            Double::parseDouble,
            moment -> moment >= 0,
            Double.POSITIVE_INFINITY,
            "seconds is a moment of the run's time, from 0.");
    int limit =
        HttpApi.number(
            request,
            "limit",
            Integer::parseInt,
            most -> most >= 1 && most <= MOST_GAMES,
            USUAL_GAMES,
            "limit is a whole number from 1 to %d.".formatted(MOST_GAMES));
    return ask(new RunCommand.Look(id(request)))
        .compose(
            run ->
                reading(
                    () ->
                        FinishedGames.read(
                            files(run), Games.get(run.run().game()), seconds, limit)));
  }

  private Future<ObjectNode> checkpoints(RoutingContext request) {
    return ask(new RunCommand.Look(id(request))).compose(run -> reading(() -> checkpoints(run)));
  }

  private ObjectNode checkpoints(RunView run) throws IOException {
    RunFiles files = files(run);
    Map<Long, JsonNode> measured = new HashMap<>();
    Map<Long, String> parents = new HashMap<>();
    @Nullable String best = run.run().from() == null ? null : "first";
    for (JsonNode gate : files.measured()) {
      long step = gate.path("step").asLong();
      measured.put(step, gate);
      if (best != null) {
        parents.put(step, best);
      }
      if (gate.path("promoted").asBoolean()) {
        best = RunFiles.name(step);
      }
    }
    ObjectNode answer = JSON.createObjectNode();
    ArrayNode list = answer.putArray("checkpoints");
    for (Path file : files.exists() ? files.checkpoints() : List.<Path>of()) {
      String name = String.valueOf(file.getFileName()).replaceFirst("\\.tabula$", "");
      long step = Long.parseLong(name.substring(name.indexOf('-') + 1));
      ObjectNode checkpoint =
          list.addObject()
              .put("name", name)
              .put("step", step)
              .put("bytes", Files.size(file))
              .put("onLadder", run.run().onLadder().contains(name));
      if (measured.containsKey(step)) {
        checkpoint.set("measured", measured.get(step));
      }
      if (parents.containsKey(step)) {
        checkpoint.put("parent", parents.get(step));
      }
    }
    return answer;
  }

  private void download(RoutingContext request) {
    String name = String.valueOf(request.pathParam("checkpoint"));
    ask(new RunCommand.Look(id(request)))
        .compose(
            run ->
                reading(
                    () ->
                        files(run)
                            .checkpoint(name)
                            .orElseThrow(
                                () ->
                                    refused(
                                        Refusal.UNKNOWN_CHECKPOINT,
                                        "There is no such checkpoint."))))
        .compose(
            file ->
                request
                    .response()
                    .putHeader("Content-Type", "application/octet-stream")
                    .putHeader(
                        "Content-Disposition",
                        "attachment; filename=\"%s-%s.tabula\"".formatted(id(request), name))
                    .sendFile(file.toString()))
        .onFailure(failure -> HttpApi.answer(request, 200, () -> Future.failedFuture(failure)));
  }

  private Future<ObjectNode> seat(RoutingContext request) {
    boolean ladder = HttpApi.body(request, "seatCheckpoint").path("ladder").asBoolean();
    return (ladder ? changer(request) : asker(request))
        .compose(
            asker ->
                ask(
                    new RunCommand.Seat(
                        asker,
                        id(request),
                        String.valueOf(request.pathParam("checkpoint")),
                        ladder),
                    reply -> {
                      RunCommand.Seated seated = (RunCommand.Seated) reply;
                      ObjectNode answer = answer(seated.run(), asker);
                      return answer.put(
                          "agent",
                          new AgentSpec.Net(
                                  seated.player(), USUAL_VISITS, AgentSpec.SearchKind.GUMBEL)
                              .toString());
                    }));
  }

  private Future<ObjectNode> check(RoutingContext request) {
    JsonNode body = HttpApi.body(request, "checkConfig");
    Game game = HttpApi.game(body.path("game").asText());
    @Nullable String preset = body.has("preset") ? body.path("preset").asText() : null;
    RunConfig config;
    try {
      config = RunConfigs.of(null, preset, config(body));
    } catch (IllegalArgumentException e) {
      throw refused(Refusal.INVALID_CONFIG, String.valueOf(e.getMessage()));
    }
    return vertx.executeBlocking(
        () -> {
          ObjectNode answer = JSON.createObjectNode();
          answer.set("config", config.toJson());
          NetworkCost cost = NetworkEvaluator.cost(game, config.networkSpec());
          return answer.put("weights", cost.parameters()).put("multiplyAdds", cost.multiplyAdds());
        },
        false);
  }
}
