package tabula.server.training;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tabula.agents.evaluate.EvaluationCache;
import tabula.agents.network.Checkpoint;
import tabula.agents.network.NetworkSpec;
import tabula.agents.network.nd4j.NetworkEvaluator;
import tabula.agents.network.nd4j.NetworkTrainer;
import tabula.agents.train.GamePool;
import tabula.agents.train.Learner;
import tabula.agents.train.LearnerState;
import tabula.agents.train.RandomStream;
import tabula.agents.train.ReinforcementConfig;
import tabula.agents.train.Resignation;
import tabula.agents.train.RunConfig;
import tabula.agents.train.SelfPlayState;
import tabula.agents.train.TrajectoryLog;
import tabula.agents.train.UnusableRunException;
import tabula.games.Game;
import tabula.server.bus.TrainingBus;

/**
 * A training run: self-play makes games, the learner learns from them, its weights go back to
 * self-play, the gate measures and promotes them, and the monitor tells. Each part is a verticle
 * with a thread of its own; all that passes between them are messages.
 */
public final class TrainingRun {

  /** How long a part is waited for at the end. */
  private static final Duration PATIENCE = Duration.ofMinutes(1);

  /** All is saved when the last network is measured. */
  private static final Duration PATIENCE_FOR_THE_GATE = Duration.ofMinutes(10);

  private final Vertx vertx;
  private final RunFiles files;
  private final Game game;
  private final long seed;
  private final RunConfig config;
  private final double secondsInAll;
  private final RunClock clock;
  private final LearnerState state;
  private final TrainingBus bus;
  private final Promise<Void> end = Promise.promise();
  private final Parts parts;
  private final LiveGames live;
  private @Nullable GateVerticle gate;

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
    this.state = state();
    this.secondsInAll = duration.toMillis() / 1000.0;
    if (state.seconds() >= secondsInAll) {
      throw new IllegalArgumentException(
          "The run in %s has had %.1f minutes already: give more --minutes to go on with it."
              .formatted(files.folder(), state.seconds() / 60));
    }
    this.clock = new RunClock(state.seconds());
    this.parts = new Parts(vertx);
    this.live = new LiveGames(files.live());
    this.bus = new TrainingBus(vertx, files.folder().toAbsolutePath().toString());
  }

  private LearnerState state() throws IOException {
    if (Files.exists(files.learnerState())) {
      return LearnerState.read(
          files.learnerState(), NetworkEvaluator.weightCount(game, config.networkSpec()));
    }
    if (Files.exists(files.latest())) {
      throw new UnusableRunException(
          files.learnerState(), "it is gone, though the run has a checkpoint.");
    }
    float[] weights =
        Files.exists(files.first())
            ? Checkpoint.read(files.first()).weights()
            : NetworkTrainer.initialWeights(game, config.networkSpec(), new SplittableRandom(seed));
    return new LearnerState(NetworkTrainer.start(weights), 0, seed, 0);
  }

  private double progress() {
    return Math.min(1, clock.seconds() / secondsInAll);
  }

  /**
   * Starts all parts.
   *
   * @return succeeds when the run's time is over, fails as soon as a part of it does
   */
  public Future<Void> start(int threads, Consumer<RunProgress> listener) throws IOException {
    @Nullable Checkpoint best =
        Files.exists(files.best())
            ? Checkpoint.read(files.best())
            : Files.exists(files.first()) ? Checkpoint.read(files.first()) : null;
    files.rewindMetrics(state.seconds(), state.trainer().step());
    start(
        "monitor",
        new MonitorVerticle(bus, files, metricsInterval(), clock::seconds, listener, end),
        PATIENCE);
    gate = new GateVerticle(game, seed, config, files, best, bus, clock::seconds);
    start("gate", gate, PATIENCE_FOR_THE_GATE);
    Optional<ReinforcementConfig> rewards = config.reinforcement();
    if (rewards.isPresent()) {
      startReinforcement(rewards.get());
    } else {
      startSelfPlay(threads);
    }
    clock.start();
    long left = Math.max(1, (long) ((secondsInAll - state.seconds()) * 1000));
    vertx.setTimer(left, timer -> end.tryComplete());
    return end.future();
  }

  /** Self-play by search, and the learner of what it found. */
  private void startSelfPlay(int threads) throws IOException {
    NetworkSpec network = config.networkSpec();
    Game view = network.view(game);
    GamePool games = new GamePool(view, config.replay(), config.heldOutShare());
    List<SelfPlayState> unfinished = new ArrayList<>();
    for (int thread = 0; thread < threads; thread++) {
      unfinished.add(SelfPlayState.read(files.selfPlayState(thread), view));
    }
    TrajectoryLog log = TrajectoryLog.open(files.games(), view, games::add);
    Learner learner = new Learner(view, network, config.learner(), games, state);
    // For new games alone: those that go on bring their own streams. A run that goes on must not
    // play the same games again.
    RandomStream random = new RandomStream(seed ^ (games.totalGames() << 20));
    start(
        "learner",
        new LearnerVerticle(
            bus, files, config, games, learner, log, this::progress, clock::seconds),
        PATIENCE);
    EvaluationCache cache = new EvaluationCache(game, config.cacheSize());
    Resignation resignation = new Resignation(config.selfPlay().resign());
    for (int thread = 0; thread < threads; thread++) {
      start(
          "self-play-" + thread,
          new SelfPlayVerticle(
              thread,
              view,
              network,
              config.selfPlay(),
              learner.weights(),
              learner.steps(),
              cache,
              resignation,
              random.split(),
              unfinished.get(thread),
              files,
              live,
              bus,
              this::progress),
          PATIENCE);
    }
  }

  /** One part that plays and learns: RL4J's learner takes its steps between its moves. */
  private void startReinforcement(ReinforcementConfig rewards) throws IOException {
    start(
        "reinforcement",
        new ReinforcementVerticle(
            config.networkSpec().view(game),
            config.networkSpec(),
            rewards,
            config.learner(),
            state,
            files,
            bus,
            Duration.ofSeconds(config.publishSeconds()),
            this::progress,
            clock::seconds),
        PATIENCE);
  }

  /** A curve has about 200 points at least; not many more a minute than anybody looks at. */
  private Duration metricsInterval() {
    return Duration.ofMillis((long) Math.clamp(secondsInAll * 1000 / 200, 1_000, 5_000));
  }

  /** Somebody looks on: the games being played are shown for a while. */
  public void showGames() {
    live.show();
  }

  private void start(String name, VerticleBase verticle, Duration patience) {
    parts.start(name, verticle, patience).onFailure(end::tryFail);
  }

  /**
   * Stops all parts, from self-play to the monitor: the learner saves its state and publishes its
   * last weights, and the gate measures them.
   *
   * @return what went wrong, such as "learner did not end within 60 seconds"
   */
  public Future<List<String>> stop() {
    clock.stop();
    return parts.stop();
  }

  /** The same, without measuring the last weights: the run is to go on later. */
  public Future<List<String>> pause() {
    if (gate != null) {
      gate.skipTheLast();
    }
    return stop();
  }
}
