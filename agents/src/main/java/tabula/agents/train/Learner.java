package tabula.agents.train;

import tabula.agents.network.Losses;
import tabula.agents.network.NetworkSpec;
import tabula.agents.network.TrainingBatch;
import tabula.agents.network.nd4j.NetworkTrainer;
import tabula.games.Game;

/** Learns from the replay buffer, no faster than new examples come in. */
public final class Learner implements AutoCloseable {

  private final LearnerConfig config;
  private final ReplayBuffer buffer;
  private final NetworkTrainer trainer;
  private final TrainingBatch batch;
  private final RandomStream random;
  private long used;

  /**
   * A learner that starts or goes on.
   *
   * @param state where to start
   */
  public Learner(
      Game game,
      NetworkSpec network,
      LearnerConfig config,
      ReplayBuffer buffer,
      LearnerState state) {
    this.config = config;
    this.buffer = buffer;
    this.random = new RandomStream(state.random());
    this.used = state.used();
    this.trainer =
        new NetworkTrainer(
            game,
            network,
            config.optimizer(),
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
