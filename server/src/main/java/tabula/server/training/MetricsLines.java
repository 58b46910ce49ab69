package tabula.server.training;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.math.MathContext;
import org.jspecify.annotations.Nullable;
import tabula.agents.network.Losses;
import tabula.agents.network.Norms;
import tabula.agents.train.GameStatistics;
import tabula.agents.train.Learner;
import tabula.server.bus.TrainingBus.GateReport;
import tabula.server.bus.TrainingBus.LearnerReport;
import tabula.server.bus.TrainingBus.StoppedEarly;

/** What is reported of learning, as lines of {@code metrics.jsonl}. */
final class MetricsLines {

  private MetricsLines() {}

  /**
   * A line to be filled.
   *
   * @param kind such as progress
   * @param seconds how long the run has run
   */
  static ObjectNode of(String kind, double seconds) {
    ObjectNode line = JsonNodeFactory.instance.objectNode();
    line.put("kind", kind);
    line.put("seconds", RunFiles.rounded(seconds));
    return line;
  }

  /** Adds how the learner stands. */
  static void put(ObjectNode line, LearnerReport learner) {
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

  static ObjectNode of(GateReport report, double seconds) {
    ObjectNode line = of("gate", seconds);
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

  static ObjectNode of(StoppedEarly stopped, double seconds) {
    ObjectNode line = of("stoppedEarly", seconds);
    line.put("step", stopped.step());
    line.put("bestStep", stopped.best().step());
    losses(line, "heldOut", stopped.best().heldOut());
    return line;
  }

  static double round(double value) {
    return Math.round(value * 1e4) / 1e4;
  }
}
