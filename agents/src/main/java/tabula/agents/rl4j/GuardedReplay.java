package tabula.agents.rl4j;

import java.util.ArrayList;
import org.deeplearning4j.rl4j.experience.StateActionRewardState;
import org.deeplearning4j.rl4j.learning.sync.ExpReplay;
import org.deeplearning4j.rl4j.learning.sync.IExpReplay;
import org.deeplearning4j.rl4j.observation.Observation;
import org.nd4j.linalg.api.rng.Random;

/**
 * RL4J's replay memory, which refuses what RL4J's own would answer with silence: asked for more
 * transitions than it holds, that one looped for ever before 1.0.0 (deeplearning4j issue 6050), and
 * hands out a short batch since.
 */
final class GuardedReplay implements IExpReplay<Integer> {

  private final ExpReplay<Integer> replay;
  private final int capacity;
  private final int first;
  private int size;

  /**
   * A memory without transitions.
   *
   * @param first how many must be there before RL4J asks for a batch
   */
  GuardedReplay(int capacity, int first, int batch, Random random) {
    if (batch < 1 || batch > first || first > capacity) {
      throw new IllegalArgumentException(
          "A replay memory of %d transitions cannot give batches of %d from %d on."
              .formatted(capacity, batch, first));
    }
    this.capacity = capacity;
    this.first = first;
    this.replay = new ExpReplay<>(capacity, batch, random);
  }

  int size() {
    return size;
  }

  @Override
  public void store(StateActionRewardState<Integer> transition) {
    StateActionRewardState<Integer> kept =
        new StateActionRewardState<>(
            new Unchanging(transition.getObservation()),
            transition.getAction(),
            transition.getReward(),
            transition.isTerminal());
    kept.setNextObservation(new Unchanging(transition.getNextObservation()));
    replay.store(kept);
    size = Math.min(size + 1, capacity);
  }

  /**
   * A batch of different transitions.
   *
   * @throws IllegalStateException if there are fewer
   */
  @Override
  @SuppressWarnings("NonApiType") // RL4J's own.
  public ArrayList<StateActionRewardState<Integer>> getBatch() {
    if (size < getDesignatedBatchSize()) {
      throw new IllegalStateException(
          "The replay memory holds %d transitions, and was asked for %d."
              .formatted(size, getDesignatedBatchSize()));
    }
    return replay.getBatch();
  }

  boolean isReady() {
    return size >= first;
  }

  /** How many a batch would have now: RL4J waits until it is whole. */
  @Override
  public int getBatchSize() {
    return isReady() ? replay.getBatchSize() : 0;
  }

  @Override
  public int getDesignatedBatchSize() {
    return replay.getDesignatedBatchSize();
  }

  /** RL4J copies all that it draws; nobody changes these, and copies took most of a step's time. */
  private static final class Unchanging extends Observation {
    Unchanging(Observation of) {
      super(of.getChannelsData());
    }

    @Override
    public Observation dup() {
      return this;
    }
  }
}
