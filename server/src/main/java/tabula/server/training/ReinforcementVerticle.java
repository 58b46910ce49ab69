package tabula.server.training;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.VerticleBase;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.function.DoubleSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tabula.agents.network.NetworkSpec;
import tabula.agents.network.nd4j.NetworkEvaluator;
import tabula.agents.rl4j.ReinforcementLearner;
import tabula.agents.rl4j.RewardHistory;
import tabula.agents.train.GameStatistics;
import tabula.agents.train.LearnerConfig;
import tabula.agents.train.LearnerState;
import tabula.agents.train.PastWeights;
import tabula.agents.train.ReinforcementConfig;
import tabula.agents.train.Resignation;
import tabula.agents.train.SelfPlay;
import tabula.agents.train.Trajectory;
import tabula.agents.train.TrajectoryLog;
import tabula.games.Game;
import tabula.server.bus.TrainingBus;
import tabula.server.bus.TrainingBus.LearnerReport;
import tabula.server.bus.TrainingBus.WeightsPublished;

/** Plays and learns by rewards: what self-play and the learner are to a run that searches. */
final class ReinforcementVerticle extends VerticleBase {

  private static final Logger LOG = LoggerFactory.getLogger(ReinforcementVerticle.class);
  private static final long TURN_NANOS = Duration.ofMillis(100).toNanos();

  private final TrainingBus bus;
  private final RunFiles files;
  private final LearnerConfig rates;
  private final ReinforcementLearner learner;
  private final GameStatistics statistics = new GameStatistics();
  private final TrajectoryLog log;
  private final DoubleSupplier progress;
  private final DoubleSupplier seconds;
  private final Every report = new Every(Duration.ofSeconds(1));
  private final Every save = new Every(Duration.ofSeconds(30));
  private final Every publish;
  private final Promise<Void> ended = Promise.promise();
  private final long gamesBefore;
  private boolean stopped;
  private boolean failed;

  /**
   * A learner that has not begun.
   *
   * @param rates the learning rate
   * @param state where its network is to start
   * @param publishEvery how often the gate is handed weights
   * @param progress how much of the run's time is over, in [0, 1]
   * @param seconds how long the run has run
   */
  ReinforcementVerticle(
      Game game,
      NetworkSpec network,
      ReinforcementConfig config,
      LearnerConfig rates,
      LearnerState state,
      RunFiles files,
      TrainingBus bus,
      Duration publishEvery,
      DoubleSupplier progress,
      DoubleSupplier seconds)
      throws IOException {
    this.bus = bus;
    this.files = files;
    this.rates = rates;
    this.progress = progress;
    this.seconds = seconds;
    this.publish = new Every(publishEvery);
    PastWeights past =
        PastWeights.read(files.pastSelves(), NetworkEvaluator.weightCount(game, network));
    RewardHistory history = new RewardHistory(config.bufferCapacity());
    this.log =
        TrajectoryLog.open(
            files.games(),
            game,
            played -> {
              history.accept(played);
              statistics.add(played);
            });
    this.gamesBefore = history.games();
    this.learner =
        new ReinforcementLearner(
            game, network, config, state, past.selves(), history, this::finished);
  }

  private void finished(Trajectory trajectory) {
    try {
      log.append(trajectory);
    } catch (IOException e) {
      throw new UncheckedIOException(e.getMessage(), e);
    }
    statistics.add(trajectory);
    bus.gameFinished().publish(new TrainingBus.GameFinished(trajectory));
  }

  @Override
  public Future<?> start() {
    context.runOnContext(nothing -> turn());
    return Future.succeededFuture();
  }

  private void turn() {
    if (stopped) {
      ended.tryComplete();
      return;
    }
    try {
      long start = System.nanoTime();
      learner.learn(
          rates.rate(learner.steps(), progress.getAsDouble()),
          () -> System.nanoTime() - start > TURN_NANOS);
      boolean publishes = publish.isDue() && learner.steps() > 0;
      // First the state: no weights are ever measured or kept that a run killed now lacks.
      if (publishes || save.isDue()) {
        save();
      }
      if (publishes) {
        publish();
      }
      if (report.isDue()) {
        report();
      }
    } catch (IOException | RuntimeException e) {
      fail(e);
      return;
    }
    context.runOnContext(nothing -> turn());
  }

  private void fail(Exception e) {
    LOG.error("Reinforcement learning failed", e);
    failed = true;
    ended.tryComplete();
    bus.runFailed().publish(new TrainingBus.RunFailed("Reinforcement learning", reason(e)));
  }

  private static String reason(Exception e) {
    @Nullable String message = e.getMessage();
    return message == null ? e.toString() : message;
  }

  private void publish() {
    bus.weightsPublished().publish(new WeightsPublished(learner.steps(), learner.weights()));
  }

  /** First the games, then how many they are. */
  private void report() throws IOException {
    log.flush();
    long moves = learner.moves();
    bus.selfPlayReport()
        .publish(
            new TrainingBus.SelfPlayReport(
                0,
                new SelfPlay.Counts(learner.games() - gamesBefore, moves, moves, 0, moves, 0),
                Resignation.Figures.NONE));
    bus.learnerReport()
        .publish(
            new LearnerReport(
                learner.steps(),
                learner.takeLosses(),
                rates.rate(learner.steps(), progress.getAsDouble()),
                learner.window(),
                learner.examples(),
                learner.games(),
                learner.used(),
                learner.norms(),
                learner.normsByLayer(),
                null,
                statistics.figures()));
  }

  /** First the games, then the state: a state never speaks of games that are not there. */
  private void save() throws IOException {
    log.sync();
    new PastWeights(learner.pastSelves()).write(files.pastSelves());
    learner.state(seconds.getAsDouble()).write(files.learnerState());
  }

  /** After the turn that waits already: none is left for a thread that is gone. */
  @Override
  public Future<?> stop() {
    stopped = true;
    return ended
        .future()
        .compose(
            nothing -> {
              try (log) {
                if (!failed) {
                  report();
                  save();
                  publish();
                }
                return Future.succeededFuture();
              } catch (IOException e) {
                return Future.failedFuture(e);
              }
            });
  }
}
