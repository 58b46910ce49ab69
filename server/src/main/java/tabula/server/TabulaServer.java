package tabula.server;

import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.ThreadingModel;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.io.IOException;
import java.nio.channels.UnresolvedAddressException;
import java.util.SplittableRandom;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;
import tabula.server.agent.AgentLevels;
import tabula.server.agent.AgentPool;
import tabula.server.bus.MatchBus;
import tabula.server.bus.RunBus;
import tabula.server.bus.TournamentBus;
import tabula.server.host.IdlePlay;
import tabula.server.host.MatchVerticle;
import tabula.server.host.TournamentVerticle;
import tabula.server.run.RunStore;
import tabula.server.session.SessionVerticle;
import tabula.server.store.CheckpointLibrary;
import tabula.server.store.MatchStore;
import tabula.server.store.StoreException;
import tabula.server.training.RunsVerticle;

/** The server, wired: the store, the one who writes matches, the agents, and the door. */
public final class TabulaServer implements AutoCloseable {

  /** One thread of its own. */
  private static final DeploymentOptions MAY_BLOCK =
      new DeploymentOptions()
          .setThreadingModel(ThreadingModel.WORKER)
          .setWorkerPoolName("runs")
          .setWorkerPoolSize(1);

  private final ServerConfig config;
  private final Vertx vertx;
  private final MatchStore store;
  private final MatchVerticle matches;
  private final SessionVerticle sessions;
  private final TournamentVerticle tournaments;
  private final RunsVerticle runs;
  private final @Nullable IdlePlay idlePlay;
  private final JvmGcMetrics gcMetrics = new JvmGcMetrics();

  /**
   * Starts a server.
   *
   * @throws UserError if its data or its port cannot be had
   */
  public static TabulaServer start(ServerConfig config) {
    MatchStore store;
    AgentLevels levels;
    CheckpointLibrary library;
    try {
      library = CheckpointLibrary.open(config.database().data());
      levels = new AgentLevels(config.checkpoints(), library);
      store = MatchStore.open(config.database());
    } catch (StoreException e) {
      throw new UserError(String.valueOf(e.getMessage()), e);
    }
    TabulaServer server = new TabulaServer(config, store, library, levels);
    try {
      server.deploy();
      return server;
    } catch (CompletionException e) {
      server.close();
      if (e.getCause() instanceof UserError wrong) {
        throw wrong;
      }
      if (e.getCause() instanceof StoreException) {
        throw new UserError(String.valueOf(e.getCause().getMessage()), e);
      }
      if (e.getCause() instanceof IOException
          || e.getCause() instanceof UnresolvedAddressException
          || e.getCause() instanceof IllegalArgumentException) {
        throw new UserError(
            "Port %d of %s is taken or cannot be had. Give another --port or --host."
                .formatted(config.port(), config.host()),
            e);
      }
      throw e;
    }
  }

  private TabulaServer(
      ServerConfig config, MatchStore store, CheckpointLibrary library, AgentLevels levels) {
    this.config = config;
    this.store = store;
    this.vertx =
        Vertx.vertx(
            new VertxOptions()
                .setPreferNativeTransport(true)
                .setEventLoopPoolSize(Runtime.getRuntime().availableProcessors()));
    PrometheusMeterRegistry metrics = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    new JvmMemoryMetrics().bindTo(metrics);
    new JvmThreadMetrics().bindTo(metrics);
    new ProcessorMetrics().bindTo(metrics);
    gcMetrics.bindTo(metrics);
    MatchBus.register(vertx);
    MatchBus bus = new MatchBus(vertx);
    AgentPool agents = new AgentPool(vertx, levels, metrics);
    this.matches = new MatchVerticle(store, agents, bus, metrics);
    TournamentBus.register(vertx);
    this.tournaments = new TournamentVerticle(bus, new TournamentBus(vertx), store.tournaments());
    RunBus.register(vertx);
    RunBus runBus = new RunBus(vertx);
    RunStore kept = new RunStore(config.database().data());
    this.runs = new RunsVerticle(runBus, kept, config.runs(), library::keep);
    this.idlePlay =
        config.idlePlay()
            ? new IdlePlay(
                bus, levels, agents, store.ratings(), new SplittableRandom(System.nanoTime()))
            : null;
    this.sessions =
        new SessionVerticle(
            config, bus, runBus, kept, store, levels, agents, metrics, store.ratings());
  }

  private void deploy() {
    vertx
        .deployVerticle(matches)
        .compose(id -> vertx.deployVerticle(sessions))
        .compose(id -> vertx.deployVerticle(tournaments))
        .compose(id -> vertx.deployVerticle(runs, MAY_BLOCK))
        .compose(id -> idlePlay == null ? Future.succeededFuture() : vertx.deployVerticle(idlePlay))
        .toCompletionStage()
        .toCompletableFuture()
        .join();
  }

  /** Where the page is. */
  public String address() {
    String host = config.host().contains(":") ? "[" + config.host() + "]" : config.host();
    return "http://%s:%d".formatted(host, sessions.port());
  }

  /**
   * Lets clients finish what they do, closes the door, stores what waits, and lets go of the data.
   */
  @Override
  public void close() {
    sessions.drain().toCompletionStage().toCompletableFuture().join();
    vertx.close().toCompletionStage().toCompletableFuture().join();
    store.close();
    gcMetrics.close();
  }
}
