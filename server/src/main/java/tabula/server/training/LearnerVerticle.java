package tabula.server.training;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.VerticleBase;
import java.io.IOException;
import java.time.Duration;
import java.util.function.DoubleSupplier;
import org.jspecify.annotations.Nullable;
import tabula.agents.network.Losses;
import tabula.agents.train.EarlyStopping;
import tabula.agents.train.GamePool;
import tabula.agents.train.Learner;
import tabula.agents.train.RunConfig;
import tabula.agents.train.Trajectory;
import tabula.agents.train.TrajectoryLog;
import tabula.server.bus.TrainingBus;
import tabula.server.bus.TrainingBus.LearnerReport;
import tabula.server.bus.TrainingBus.StoppedEarly;
import tabula.server.bus.TrainingBus.WeightsPublished;

/** Keeps the finished games, learns from them, and publishes what it learnt. */
final class LearnerVerticle extends VerticleBase {

  private static final long TURN_NANOS = Duration.ofMillis(100).toNanos();
  private static final long IDLE_MILLIS = 5;

  private final TrainingBus bus;
  private final RunFiles files;
  private final RunConfig config;
  private final GamePool games;
  private final Learner learner;
  private final TrajectoryLog log;
  private final DoubleSupplier progress;
  private final DoubleSupplier seconds;

  private final Every report = new Every(Duration.ofSeconds(1));
  private final Every save = new Every(Duration.ofSeconds(30));
  private final Every publish;
  private final Every examine;
  private Losses sum = Losses.ZERO;
  private Losses mean = Losses.ZERO;
  private int summed;
  private Learner.@Nullable Report examination;
  private final EarlyStopping stopping;
  private final Promise<Void> ended = Promise.promise();
  private boolean stopped;
  private boolean failed;

  /**
   * A learner that has not begun.
   *
   * @param progress how much of the run's time is over, in [0, 1]
   * @param seconds how long the run has run
   */
  LearnerVerticle(
      TrainingBus bus,
      RunFiles files,
      RunConfig config,
      GamePool games,
      Learner learner,
      TrajectoryLog log,
      DoubleSupplier progress,
      DoubleSupplier seconds) {
    this.bus = bus;
    this.files = files;
    this.config = config;
    this.games = games;
    this.learner = learner;
    this.log = log;
    this.progress = progress;
    this.seconds = seconds;
    this.stopping = new EarlyStopping(config.patience());
    this.publish = new Every(Duration.ofSeconds(config.publishSeconds()));
    this.examine = new Every(Duration.ofSeconds(config.examineSeconds()));
  }

  @Override
  public Future<?> start() {
    bus.gameFinished().listen(finished -> add(finished.trajectory()));
    context.runOnContext(nothing -> learn());
    return Future.succeededFuture();
  }

  private void add(Trajectory trajectory) {
    try {
      log.append(trajectory);
    } catch (IOException e) {
      fail(e);
    }
    games.add(trajectory);
  }

  /** Learns for a turn, then lets the games that came in meanwhile in. */
  private void learn() {
    if (stopped) {
      ended.tryComplete();
      return;
    }
    try {
      long start = System.nanoTime();
      while (learner.isReady() && System.nanoTime() - start < TURN_NANOS) {
        sum = sum.plus(learner.step(progress.getAsDouble()));
        summed++;
      }
      boolean publishes = publish.isDue() && learner.steps() > 0;
      // First the state: no weights are ever measured or kept that a run killed now lacks.
      if (publishes || save.isDue()) {
        save();
      }
      if (publishes) {
        bus.weightsPublished().publish(new WeightsPublished(learner.steps(), learner.weights()));
      }
      if (learner.steps() > 0 && stopping.over().isEmpty() && examine.isDue()) {
        examination = learner.examine();
        stopping.examined(examination, learner::weights);
        stopping
            .over()
            .ifPresent(best -> bus.stoppedEarly().publish(new StoppedEarly(learner.steps(), best)));
      }
      if (report.isDue()) {
        report();
      }
    } catch (IOException | RuntimeException e) {
      fail(e);
      ended.tryComplete();
      return;
    }
    if (learner.isReady()) {
      context.runOnContext(nothing -> learn());
    } else {
      vertx.setTimer(IDLE_MILLIS, timer -> learn());
    }
  }

  /** First the games, then how many they are. */
  private void report() throws IOException {
    log.flush();
    if (summed > 0) {
      mean = sum.dividedBy(summed);
      sum = Losses.ZERO;
      summed = 0;
    }
    bus.learnerReport()
        .publish(
            LearnerReport.of(
                learner,
                games,
                mean,
                config.learner().rate(learner.steps(), progress.getAsDouble()),
                examination));
  }

  /** First the games, then the state: a state never speaks of games that are not there. */
  private void save() throws IOException {
    log.sync();
    learner.state(seconds.getAsDouble()).write(files.learnerState());
  }

  /** What is left of the run: of one that was stopped early, not the weights that it had then. */
  private WeightsPublished last() {
    return stopping
        .over()
        .map(best -> new WeightsPublished(best.step(), best.weights()))
        .orElseGet(() -> new WeightsPublished(learner.steps(), learner.weights()));
  }

  private void fail(Exception e) {
    stopped = true;
    failed = true;
    bus.runFailed()
        .publish(new TrainingBus.RunFailed("The learner", String.valueOf(e.getMessage())));
  }

  /** After the turn that waits already: none is left for a thread that is gone. */
  @Override
  public Future<?> stop() {
    stopped = true;
    return ended
        .future()
        .compose(
            nothing -> {
              try (log;
                  learner) {
                if (!failed) {
                  if (learner.steps() > 0) {
                    examination = learner.examine();
                  }
                  report();
                  save();
                  bus.weightsPublished().publish(last());
                }
                return Future.succeededFuture();
              } catch (IOException e) {
                return Future.failedFuture(e);
              }
            });
  }
}
