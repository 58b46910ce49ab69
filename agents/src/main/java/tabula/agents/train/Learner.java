package tabula.agents.train;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import tabula.agents.network.Examination;
import tabula.agents.network.Losses;
import tabula.agents.network.NetworkSpec;
import tabula.agents.network.Norms;
import tabula.agents.network.TrainingBatch;
import tabula.agents.network.nd4j.NetworkTrainer;
import tabula.games.Game;

/** Learns from the replay buffer, no faster than new examples come in. */
public final class Learner implements AutoCloseable {

  private final LearnerConfig config;
  private static final int EXAMINED = 1024;

  private final Game game;
  private final ReplayBuffer buffer;
  private final ReplayBuffer heldOut;
  private final NetworkTrainer trainer;
  private final TrainingBatch batch;
  private final RandomStream random;
  private long used;

  /**
   * A learner that starts or goes on.
   *
   * @param game as the network sees it: {@link NetworkSpec#view}
   * @param games whose examples are learnt from, apart from those held out
   * @param state where to start
   */
  public Learner(
      Game game, NetworkSpec network, LearnerConfig config, GamePool games, LearnerState state) {
    this.game = game;
    this.config = config;
    this.buffer = games.learnt();
    this.heldOut = games.heldOut();
    this.random = new RandomStream(state.random());
    this.used = state.used();
    this.trainer =
        new NetworkTrainer(
            game,
            network,
            config.descent(),
            config.batch(),
            config.averaging(),
            config.threads(),
            state.trainer());
    this.batch = new TrainingBatch(game, config.batch());
  }

  /** Whether there are examples enough for another step. */
  public boolean isReady() {
    return buffer.size() >= Math.max(config.firstExamples(), 1)
        && used + config.batch() <= config.reuse() * buffer.totalExamples();
  }

  /**
   * One step down the gradient on examples drawn at random.
   *
   * @param progress how much of the run's time is over, in [0, 1]
   */
  public Losses step(double progress) {
    buffer.sample(batch, random);
    Losses losses = trainer.step(batch, config.rate(trainer.steps(), progress));
    used += config.batch();
    return losses;
  }

  /**
   * What the weights that play make of examples.
   *
   * @param step how many steps they have behind them
   * @param learnt of examples that are learnt from
   * @param heldOut of as many that never are; null where there are not enough of them
   */
  public record Report(int step, Examination learnt, @Nullable Examination heldOut) {}

  /**
   * Looks how well the weights that play answer examples that are learnt from and others that never
   * are, by one measure: as they were played, with nothing left out. Takes as long as a few steps.
   * There must be examples.
   */
  public Report examine() {
    // A stream of its own: that one looks changes nothing of what is learnt.
    RandomStream random = new RandomStream(trainer.steps());
    TrainingBatch sample = new TrainingBatch(game, EXAMINED);
    buffer.sampleAsPlayed(sample, random);
    Examination learnt = trainer.examine(sample);
    if (heldOut.size() < EXAMINED / 4) {
      return new Report(trainer.steps(), learnt, null);
    }
    heldOut.sampleAsPlayed(sample, random);
    return new Report(trainer.steps(), learnt, trainer.examine(sample));
  }

  /** Of the last step, and of the weights after it, in all. */
  public Norms norms() {
    return trainer.norms();
  }

  /** As {@link #norms}, by layer, from the input on. */
  public Map<String, Norms> normsByLayer() {
    return trainer.normsByLayer();
  }

  public int steps() {
    return trainer.steps();
  }

  /** How many examples were used, repeats counted. */
  public long used() {
    return used;
  }

  /** The average of the weights: what plays. */
  public float[] weights() {
    return trainer.averagedWeights();
  }

  /**
   * All that it must remember to go on.
   *
   * @param seconds how long the run has run
   */
  public LearnerState state(double seconds) {
    return new LearnerState(trainer.state(), used, random.state(), seconds);
  }

  /** Ends its threads. */
  @Override
  public void close() {
    trainer.close();
  }
}
