package tabula.server.training;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.VerticleBase;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.DoubleSupplier;
import org.jspecify.annotations.Nullable;
import tabula.agents.train.Resignation;
import tabula.agents.train.SelfPlay;
import tabula.server.bus.TrainingBus;
import tabula.server.bus.TrainingBus.GateReport;
import tabula.server.bus.TrainingBus.LearnerReport;

/** Hears all reports of a run, and turns them into metrics and a line of progress. */
final class MonitorVerticle extends VerticleBase {

  private static final long TICK_MILLIS = 1000;

  private final TrainingBus bus;
  private final RunFiles files;
  private final DoubleSupplier seconds;
  private final Consumer<RunProgress> progress;
  private final Promise<Void> end;
  private final Map<Integer, SelfPlay.Counts> threads = new TreeMap<>();
  private final Every metrics;
  private Resignation.Figures resignation = Resignation.Figures.NONE;
  private @Nullable LearnerReport learner;
  private @Nullable GateReport gate;
  private SelfPlay.Counts lastCounts = SelfPlay.Counts.ZERO;
  private double lastSeconds;
  private double movesPerSecond;
  private double evaluationsPerSecond;

  /**
   * A monitor that has not begun.
   *
   * @param interval how often a line of progress is written
   * @param seconds how long the run has run
   * @param end completes when the run stops early, and fails when a part of it does
   */
  MonitorVerticle(
      TrainingBus bus,
      RunFiles files,
      Duration interval,
      DoubleSupplier seconds,
      Consumer<RunProgress> progress,
      Promise<Void> end) {
    this.bus = bus;
    this.files = files;
    this.metrics = new Every(interval);
    this.seconds = seconds;
    this.progress = progress;
    this.end = end;
    this.lastSeconds = seconds.getAsDouble();
  }

  @Override
  public Future<?> start() {
    bus.selfPlayReport()
        .listen(
            report -> {
              threads.put(report.thread(), report.counts());
              resignation = report.resignation();
            });
    bus.learnerReport().listen(report -> learner = report);
    bus.gateReport()
        .listen(
            report -> {
              gate = report;
              write(MetricsLines.of(report, seconds.getAsDouble()));
            });
    bus.stoppedEarly()
        .listen(
            stopped -> {
              write(MetricsLines.of(stopped, seconds.getAsDouble()));
              end.tryComplete();
            });
    bus.runFailed()
        .listen(failed -> end.tryFail("%s failed: %s".formatted(failed.part(), failed.reason())));
    vertx.setPeriodic(TICK_MILLIS, timer -> tick());
    return Future.succeededFuture();
  }

  /** What the learner and the gate said at last is kept, too. */
  @Override
  public Future<?> stop() {
    if (learner != null) {
      write(line(counts()));
    }
    return Future.succeededFuture();
  }

  private SelfPlay.Counts counts() {
    return threads.values().stream().reduce(SelfPlay.Counts.ZERO, SelfPlay.Counts::plus);
  }

  private void tick() {
    SelfPlay.Counts counts = counts();
    double now = seconds.getAsDouble();
    progress.accept(
        new RunProgress(now, counts, movesPerSecond, evaluationsPerSecond, learner, gate));
    if (metrics.isDue()) {
      double interval = Math.max(1e-3, now - lastSeconds);
      movesPerSecond = (counts.moves() - lastCounts.moves()) / interval;
      evaluationsPerSecond = (counts.evaluations() - lastCounts.evaluations()) / interval;
      lastCounts = counts;
      lastSeconds = now;
      write(line(counts));
    }
  }

  private ObjectNode line(SelfPlay.Counts counts) {
    ObjectNode line = MetricsLines.of("progress", seconds.getAsDouble());
    line.put("gamesThisSession", counts.games());
    line.put("movesPerSecond", Math.round(movesPerSecond));
    line.put("evaluationsPerSecond", Math.round(evaluationsPerSecond));
    line.put("cacheHitShare", MetricsLines.round(counts.hitShare()));
    if (resignation.checked() > 0) {
      line.put("resignedShare", MetricsLines.round((double) counts.resigned() / counts.games()));
      line.put("resignThreshold", MetricsLines.round(resignation.threshold()));
      line.put("falseResignations", MetricsLines.round(resignation.falseShare()));
    }
    if (learner != null) {
      MetricsLines.put(line, learner);
    }
    return line;
  }

  private void write(ObjectNode line) {
    try {
      files.appendMetrics(line);
    } catch (IOException e) {
      end.tryFail("The metrics cannot be written: " + e.getMessage());
    }
  }
}
