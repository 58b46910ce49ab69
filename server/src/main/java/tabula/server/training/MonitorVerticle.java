package tabula.server.training;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.VerticleBase;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.MathContext;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.DoubleSupplier;
import org.jspecify.annotations.Nullable;
import tabula.agents.network.Losses;
import tabula.agents.network.Norms;
import tabula.agents.train.GameStatistics;
import tabula.agents.train.Learner;
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
  private final Promise<Void> failure;
  private final Map<Integer, SelfPlay.Counts> threads = new TreeMap<>();
  private final Every metrics;
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
   * @param failure fails when a part of the run does
   */
  MonitorVerticle(
      TrainingBus bus,
      RunFiles files,
      Duration interval,
      DoubleSupplier seconds,
      Consumer<RunProgress> progress,
      Promise<Void> failure) {
    this.bus = bus;
    this.files = files;
    this.metrics = new Every(interval);
    this.seconds = seconds;
    this.progress = progress;
    this.failure = failure;
    this.lastSeconds = seconds.getAsDouble();
  }

  @Override
  public Future<?> start() {
    bus.selfPlayReport().listen(report -> threads.put(report.thread(), report.counts()));
    bus.learnerReport().listen(report -> learner = report);
    bus.gateReport()
        .listen(
            report -> {
              gate = report;
              write(gateLine(report));
            });
    bus.runFailed()
        .listen(
            failed -> failure.tryFail("%s failed: %s".formatted(failed.part(), failed.reason())));
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
    ObjectNode line = newLine("progress");
    line.put("gamesThisSession", counts.games());
    line.put("movesPerSecond", Math.round(movesPerSecond));
    line.put("evaluationsPerSecond", Math.round(evaluationsPerSecond));
    line.put("cacheHitShare", round(counts.hitShare()));
    if (learner != null) {
      line.put("step", learner.step());
      line.put("policyLoss", round(learner.losses().policy()));
      line.put("valueLoss", round(learner.losses().value()));
      line.put("policyEntropy", round(learner.losses().policyEntropy()));
      line.put("learningRate", learner.rate());
      line.put("games", learner.games());
      line.put("examples", learner.examples());
      line.put("window", learner.window());
      line.put(
          "reuse",
          learner.examples() == 0 ? 0 : round((double) learner.trained() / learner.examples()));
      games(line, learner.played());
      examination(line, learner.examination());
      norms(line, learner.norms());
      ObjectNode layers = line.putObject("layers");
      learner.normsByLayer().forEach((layer, norms) -> norms(layers.putObject(layer), norms));
    }
    return line;
  }

  private static void games(ObjectNode line, GameStatistics.Figures played) {
    if (played.games() > 0) {
      line.put("gameLength", round(played.length()));
      line.put("firstPlayerShare", round(played.firstPlayerShare()));
      line.put("openingEntropy", round(played.openingEntropy()));
    }
  }

  private static void examination(ObjectNode line, Learner.@Nullable Report report) {
    if (report != null) {
      line.put("examinedStep", report.step());
      losses(line, "training", report.learnt().losses());
      line.put("deadShare", round(report.learnt().deadShare()));
      if (report.heldOut() != null) {
        losses(line, "heldOut", report.heldOut().losses());
      }
    }
  }

  private static void losses(ObjectNode line, String of, Losses losses) {
    line.put(of + "PolicyLoss", round(losses.policy()));
    line.put(of + "ValueLoss", round(losses.value()));
  }

  private static void norms(ObjectNode line, Norms norms) {
    put(line, "gradientNorm", norms.gradient());
    put(line, "weightNorm", norms.weight());
  }

  /** Four digits that say something: a gradient may be small. What is no number is left out. */
  private static void put(ObjectNode line, String field, double value) {
    if (Double.isFinite(value)) {
      line.put(field, BigDecimal.valueOf(value).round(new MathContext(4)).doubleValue());
    }
  }

  private ObjectNode gateLine(GateReport report) {
    ObjectNode line = newLine("gate");
    line.put("step", report.step());
    if (report.againstBest() != null) {
      line.put("scoreAgainstBest", round(report.againstBest().share()));
    }
    if (report.keepsValue() != null) {
      line.put("keepsValueByPolicyAlone", round(report.keepsValue()));
    }
    if (report.robustness() != null) {
      line.put("rightUntouched", round(report.robustness().clean()));
      line.put("rightUnderAttack", round(report.robustness().under().getFirst().right()));
    }
    line.put("promoted", report.promoted());
    line.put("scoreAgainstMcts" + report.rollouts(), round(report.againstRollouts().share()));
    line.put("gateGames", report.againstRollouts().games());
    return line;
  }

  private ObjectNode newLine(String kind) {
    ObjectNode line = JsonNodeFactory.instance.objectNode();
    line.put("kind", kind);
    line.put("seconds", RunFiles.rounded(seconds.getAsDouble()));
    return line;
  }

  private static double round(double value) {
    return Math.round(value * 1e4) / 1e4;
  }

  private void write(ObjectNode line) {
    try {
      files.appendMetrics(line);
    } catch (IOException e) {
      failure.tryFail("The metrics cannot be written: " + e.getMessage());
    }
  }
}
