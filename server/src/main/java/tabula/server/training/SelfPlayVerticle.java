package tabula.server.training;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.VerticleBase;
import java.io.IOException;
import java.time.Duration;
import java.util.function.DoubleSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tabula.agents.evaluate.EvaluationCache;
import tabula.agents.network.NetworkSpec;
import tabula.agents.network.nd4j.NetworkEvaluator;
import tabula.agents.train.RandomStream;
import tabula.agents.train.Resignation;
import tabula.agents.train.SelfPlay;
import tabula.agents.train.SelfPlayConfig;
import tabula.agents.train.SelfPlayState;
import tabula.games.Game;
import tabula.server.bus.TrainingBus;

/**
 * One thread of self-play, with an evaluator of its own whose weights are swapped between two
 * batches.
 */
final class SelfPlayVerticle extends VerticleBase {

  private static final Logger LOG = LoggerFactory.getLogger(SelfPlayVerticle.class);
  private static final long TURN_NANOS = Duration.ofMillis(100).toNanos();
  private static final long REPORT_NANOS = Duration.ofSeconds(1).toNanos();

  private final int thread;
  private final Game game;
  private final NetworkSpec spec;
  private final SelfPlayConfig config;
  private final float[] weights;
  private final long version;
  private final EvaluationCache cache;
  private final Resignation resignation;
  private final RandomStream random;
  private final SelfPlayState unfinished;
  private final RunFiles files;
  private final LiveGames live;
  private final Every save = new Every(Duration.ofSeconds(30));
  private final TrainingBus bus;
  private final DoubleSupplier progress;
  private final Promise<Void> ended = Promise.promise();
  private boolean stopped;
  private long lastReport = System.nanoTime();

  /**
   * A thread of self-play that has not begun.
   *
   * @param unfinished games to go on with
   * @param progress how much of the run's time is over, in [0, 1]
   */
  SelfPlayVerticle(
      int thread,
      Game game,
      NetworkSpec spec,
      SelfPlayConfig config,
      float[] weights,
      long version,
      EvaluationCache cache,
      Resignation resignation,
      RandomStream random,
      SelfPlayState unfinished,
      RunFiles files,
      LiveGames live,
      TrainingBus bus,
      DoubleSupplier progress) {
    this.thread = thread;
    this.game = game;
    this.spec = spec;
    this.config = config;
    this.weights = weights;
    this.version = version;
    this.cache = cache;
    this.resignation = resignation;
    this.random = random;
    this.unfinished = unfinished;
    this.files = files;
    this.live = live;
    this.bus = bus;
    this.progress = progress;
  }

  @Override
  public Future<?> start() {
    NetworkEvaluator evaluator = new NetworkEvaluator(game, spec, weights);
    SelfPlay selfPlay =
        new SelfPlay(
            game,
            config,
            evaluator,
            cache,
            resignation,
            random,
            unfinished,
            trajectory -> bus.gameFinished().publish(new TrainingBus.GameFinished(trajectory)));
    selfPlay.networkChanged(version);
    bus.weightsPublished()
        .listen(
            published -> {
              evaluator.load(published.weights());
              selfPlay.networkChanged(published.step());
            });
    context.runOnContext(nothing -> play(selfPlay));
    return Future.succeededFuture();
  }

  /** Plays for a turn, then lets waiting messages in. */
  private void play(SelfPlay selfPlay) {
    try {
      if (stopped || save.isDue()) {
        selfPlay.state().write(files.selfPlayState(thread));
      }
      if (thread == 0) {
        live.tell(selfPlay);
      }
      if (stopped) {
        ended.complete();
        return;
      }
      selfPlay.progress(progress.getAsDouble());
      long start = System.nanoTime();
      while (System.nanoTime() - start < TURN_NANOS) {
        selfPlay.step();
      }
    } catch (IOException | RuntimeException e) {
      LOG.error("Self-play thread {} failed", thread, e);
      bus.runFailed()
          .publish(new TrainingBus.RunFailed("Self-play thread " + thread, e.toString()));
      ended.tryComplete();
      return;
    }
    if (System.nanoTime() - lastReport > REPORT_NANOS) {
      lastReport = System.nanoTime();
      bus.selfPlayReport()
          .publish(
              new TrainingBus.SelfPlayReport(thread, selfPlay.counts(), resignation.figures()));
    }
    context.runOnContext(nothing -> play(selfPlay));
  }

  /** Once the turn that waits already has seen it: none is left for a thread that is gone. */
  @Override
  public Future<?> stop() {
    stopped = true;
    return ended.future();
  }
}
