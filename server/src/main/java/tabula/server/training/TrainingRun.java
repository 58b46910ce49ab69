package tabula.server.training;

import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.ThreadingModel;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tabula.agents.evaluate.EvaluationCache;
import tabula.agents.network.Checkpoint;
import tabula.agents.network.NetworkSpec;
import tabula.agents.network.nd4j.NetworkTrainer;
import tabula.agents.train.Learner;
import tabula.agents.train.LearnerState;
import tabula.agents.train.RandomStream;
import tabula.agents.train.ReplayBuffer;
import tabula.agents.train.RunConfig;
import tabula.agents.train.TrajectoryLog;
import tabula.games.Game;
import tabula.server.bus.TrainingBus;

/**
 * A training run: self-play makes games, the learner learns from them, its weights go back to
 * self-play, the gate measures and promotes them, and the monitor tells. Each part is a verticle
 * with a thread of its own; all that passes between them are messages.
 */
public final class TrainingRun {

  private final Vertx vertx;
  private final RunFiles files;
  private final Game game;
  private final long seed;
  private final RunConfig config;
  private final double secondsBefore;
  private final double secondsInAll;
  private final LearnerState state;
  private final TrainingBus bus;
  private final Promise<Void> end = Promise.promise();

  /** The parts' ids, the last deployed first. */
  private Future<List<String>> deployed = Future.succeededFuture(List.of());

  private long startNanos = System.nanoTime();

  /**
   * Prepares a run.
   *
   * @param duration how long it is to run in all, with the time before a resumption
   */
  public TrainingRun(Vertx vertx, RunFiles files, RunFiles.Header header, Duration duration)
      throws IOException {
    this.vertx = vertx;
    this.files = files;
    this.game = header.game();
    this.seed = header.seed();
    this.config = header.config();
    this.state =
        Files.exists(files.learnerState()) ? LearnerState.read(files.learnerState()) : newState();
    this.secondsBefore = state.seconds();
    this.secondsInAll = duration.toMillis() / 1000.0;
    if (secondsBefore >= secondsInAll) {
      throw new IllegalArgumentException(
          "The run in %s has had %.1f minutes already: give more --minutes to go on with it."
              .formatted(files.folder(), secondsBefore / 60));
    }
    this.bus = new TrainingBus(vertx, files.folder().toAbsolutePath().toString());
  }

  private LearnerState newState() {
    float[] weights =
        NetworkTrainer.initialWeights(game, config.networkSpec(), new SplittableRandom(seed));
    return new LearnerState(NetworkTrainer.start(weights), 0, seed, 0);
  }

  /** How long the run has run, all its starts together. */
  public double seconds() {
    return secondsBefore + (System.nanoTime() - startNanos) / 1e9;
  }

  private double progress() {
    return Math.min(1, seconds() / secondsInAll);
  }

  /**
   * Starts all parts.
   *
   * @return succeeds when the run's time is over, fails as soon as a part of it does
   */
  public Future<Void> start(int threads, Consumer<RunProgress> listener) throws IOException {
    // For new games alone: those that go on bring their own streams. A run that goes on must not
    // play the same games again.
    RandomStream random = new RandomStream(seed ^ (state.used() << 20));
    NetworkSpec network = config.networkSpec();
    ReplayBuffer buffer = new ReplayBuffer(game, config.replay());
    TrajectoryLog log = TrajectoryLog.open(files.games(), game, buffer::add);
    Learner learner = new Learner(game, network, config.learner(), buffer, state);
    @Nullable Checkpoint best = Files.exists(files.best()) ? Checkpoint.read(files.best()) : null;

    deploy("monitor", new MonitorVerticle(bus, files, this::seconds, listener, end));
    deploy("gate", new GateVerticle(game, seed, config, files, best, bus, this::seconds));
    deploy(
        "learner",
        new LearnerVerticle(
            bus, files, config, buffer, learner, log, this::progress, this::seconds));
    EvaluationCache cache = new EvaluationCache(game, config.cacheSize());
    for (int thread = 0; thread < threads; thread++) {
      deploy(
          "self-play-" + thread,
          new SelfPlayVerticle(
              thread,
              game,
              network,
              config.selfPlay(),
              learner.weights(),
              learner.steps(),
              cache,
              random.split(),
              files,
              bus,
              this::progress));
    }
    startNanos = System.nanoTime();
    long left = Math.max(1, (long) ((secondsInAll - secondsBefore) * 1000));
    vertx.setTimer(left, timer -> end.tryComplete());
    return end.future();
  }

  private void deploy(String name, VerticleBase verticle) {
    DeploymentOptions options =
        new DeploymentOptions()
            .setThreadingModel(ThreadingModel.WORKER)
            .setWorkerPoolName(name)
            .setWorkerPoolSize(1)
            .setMaxWorkerExecuteTime(1)
            .setMaxWorkerExecuteTimeUnit(TimeUnit.HOURS);
    deployed =
        deployed.compose(
            ids -> vertx.deployVerticle(verticle, options).map(id -> prepend(id, ids)));
    deployed.onFailure(end::tryFail);
  }

  private static List<String> prepend(String id, List<String> ids) {
    List<String> all = new ArrayList<>(ids);
    all.addFirst(id);
    return all;
  }

  /**
   * Stops all parts, from self-play to the monitor: the learner saves its state and publishes its
   * last weights, and the gate measures them.
   */
  public Future<Void> stop() {
    return deployed.compose(
        ids -> {
          Future<Void> stopped = Future.succeededFuture();
          for (String id : ids) {
            stopped = stopped.compose(nothing -> vertx.undeploy(id));
          }
          return stopped;
        });
  }
}
