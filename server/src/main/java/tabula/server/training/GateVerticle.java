package tabula.server.training;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.DoubleSupplier;
import org.jspecify.annotations.Nullable;
import tabula.agents.Agent;
import tabula.agents.AgentSpec;
import tabula.agents.Agents;
import tabula.agents.CheckpointSource;
import tabula.agents.insight.OpenNetwork;
import tabula.agents.insight.Robustness;
import tabula.agents.measure.LabelledPosition;
import tabula.agents.measure.LabelledPositions;
import tabula.agents.network.Checkpoint;
import tabula.agents.network.nd4j.LayeredNetwork;
import tabula.agents.train.Gate;
import tabula.agents.train.RandomStream;
import tabula.agents.train.RunConfig;
import tabula.games.Game;
import tabula.server.bus.TrainingBus;
import tabula.server.bus.TrainingBus.GateReport;
import tabula.server.bus.TrainingBus.WeightsPublished;

/**
 * Measures the latest weights now and then, keeps them as a checkpoint, and promotes those that
 * beat the best.
 */
final class GateVerticle extends VerticleBase {

  private static final int ROLLOUTS = 1000;

  private final Game game;
  private final RunConfig config;
  private final long seed;
  private final RunFiles files;
  private final TrainingBus bus;
  private final DoubleSupplier seconds;
  private final Gate gate;
  private final Agent rollouts;
  private final List<LabelledPosition> truth;
  private final Every measure;
  private @Nullable Checkpoint best;
  private @Nullable WeightsPublished latest;
  private long measuredStep = -1;
  private volatile boolean skips;

  /**
   * A gate that has not begun.
   *
   * @param best the best so far, if the run goes on
   * @param seconds how long the run has run
   */
  GateVerticle(
      Game game,
      long seed,
      RunConfig config,
      RunFiles files,
      @Nullable Checkpoint best,
      TrainingBus bus,
      DoubleSupplier seconds) {
    this.game = game;
    this.config = config;
    this.seed = seed;
    this.files = files;
    this.best = best;
    this.bus = bus;
    this.seconds = seconds;
    this.gate = new Gate(game, config.gateVisits());
    this.rollouts =
        new Agents(CheckpointSource.FILES).create(new AgentSpec.Rollouts(ROLLOUTS), game);
    this.truth = LabelledPositions.shipped(game).orElse(List.of());
    this.measure = new Every(Duration.ofSeconds(config.gateSeconds()));
  }

  @Override
  public Future<?> start() {
    bus.weightsPublished()
        .listen(
            published -> {
              latest = published;
              if (measure.isDue()) {
                measureLatest();
              }
            });
    return Future.succeededFuture();
  }

  private void measureLatest() {
    WeightsPublished candidate = latest;
    if (skips || candidate == null || candidate.step() == measuredStep) {
      return;
    }
    measuredStep = candidate.step();
    try {
      measure(candidate);
    } catch (IOException | RuntimeException e) {
      bus.runFailed()
          .publish(new TrainingBus.RunFailed("The gate", String.valueOf(e.getMessage())));
    }
  }

  private void measure(WeightsPublished candidate) throws IOException {
    // Of the step alone, so that a run that was stopped measures as one that was not.
    RandomStream random = new RandomStream(seed ^ candidate.step()).split();
    Gate.Score againstRollouts =
        gate.playWithin(
            Duration.ofSeconds(config.gateSeconds()),
            config.networkSpec(),
            candidate.weights(),
            rollouts,
            config.gateGames(),
            random);
    Checkpoint previous = best;
    Gate.@Nullable Score againstBest =
        previous == null
            ? null
            : gate.play(
                config.networkSpec(),
                candidate.weights(),
                previous.weights(),
                config.gateGames(),
                random);
    boolean promoted = againstBest == null || againstBest.share() >= config.gateScore();
    Double keepsValue =
        truth.isEmpty()
            ? null
            : gate.accuracy(config.networkSpec(), candidate.weights(), truth, random)
                .mattering()
                .share();
    Robustness robustness =
        LayeredNetwork.opens(config.networkSpec())
            ? Robustness.brief(OpenNetwork.of(game, config.networkSpec(), candidate.weights()))
            : null;

    ObjectNode metrics = JsonNodeFactory.instance.objectNode();
    metrics.put("minutes", Math.round(seconds.getAsDouble() / 6) / 10.0);
    if (againstBest != null) {
      metrics.put("scoreAgainstBest", againstBest.share());
    }
    if (keepsValue != null) {
      metrics.put("keepsValueByPolicyAlone", keepsValue);
    }
    if (robustness != null) {
      metrics.put("rightUnderAttack", robustness.under().getFirst().right());
    }
    metrics.put("scoreAgainstMcts" + ROLLOUTS, againstRollouts.share());
    metrics.put("gateVisits", config.gateVisits());
    metrics.put("gateGames", againstRollouts.games());
    Checkpoint checkpoint =
        new Checkpoint(
            game,
            config.networkSpec(),
            candidate.weights(),
            candidate.step(),
            Optional.ofNullable(previous).map(Checkpoint::id),
            seed,
            config.toJson(),
            metrics);
    files.writeCandidate(checkpoint);
    if (promoted) {
      best = checkpoint;
      checkpoint.write(files.best());
    }
    bus.gateReport()
        .publish(
            new GateReport(
                candidate.step(),
                againstBest,
                promoted,
                againstRollouts,
                ROLLOUTS,
                keepsValue,
                robustness));
  }

  /** Measures nothing more: the run is to stop soon, and goes on later. */
  void skipTheLast() {
    skips = true;
  }

  /** The last weights of a run are always measured, unless it goes on. */
  @Override
  public Future<?> stop() {
    measureLatest();
    return Future.succeededFuture();
  }
}
