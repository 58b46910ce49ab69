package tabula.agents.rl4j;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashSet;
import java.util.Set;
import org.deeplearning4j.rl4j.experience.ReplayMemoryExperienceHandler;
import org.deeplearning4j.rl4j.experience.StateActionRewardState;
import org.deeplearning4j.rl4j.observation.Observation;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.factory.Nd4j;

class GuardedReplayTests {

  private static GuardedReplay replay(int capacity, int batch) {
    return new GuardedReplay(
        capacity, batch, batch, Nd4j.getRandomFactory().getNewRandomInstance(7));
  }

  private static StateActionRewardState<Integer> transition(int action) {
    StateActionRewardState<Integer> transition =
        new StateActionRewardState<>(observation(), action, 0, false);
    transition.setNextObservation(observation());
    return transition;
  }

  private static Observation observation() {
    return new Observation(Nd4j.zeros(1, 4));
  }

  @Test
  void getBatch_underFilled_isRefusedAtOnce() {
    GuardedReplay replay = replay(100, 8);
    for (int i = 0; i < 7; i++) {
      replay.store(transition(i));
    }
    String reason = assertThrows(IllegalStateException.class, replay::getBatch).getMessage();
    assertEquals("The replay memory holds 7 transitions, and was asked for 8.", reason);
    replay.store(transition(7));
    assertEquals(8, replay.getBatch().size());
  }

  @Test
  void rl4jsHandler_underFilled_asksForNoBatch() {
    ReplayMemoryExperienceHandler<Integer> handler =
        new ReplayMemoryExperienceHandler<>(replay(100, 3));
    for (int i = 0; i < 3; i++) {
      handler.addExperience(observation(), i, 0, false);
      assertEquals(false, handler.isTrainingBatchReady(), "after " + i);
    }
    handler.setFinalObservation(observation());
    assertTrue(handler.isTrainingBatchReady());
    assertEquals(3, handler.generateTrainingBatch().size());
  }

  @Test
  void getBatch_full_drawsDifferentOnesOfTheLatest() {
    GuardedReplay replay = replay(10, 10);
    for (int i = 0; i < 25; i++) {
      replay.store(transition(i));
    }
    assertEquals(10, replay.size());
    Set<Integer> drawn = new HashSet<>();
    replay.getBatch().forEach(transition -> drawn.add(transition.getAction()));
    assertEquals(Set.of(15, 16, 17, 18, 19, 20, 21, 22, 23, 24), drawn);
  }

  @Test
  void constructor_batchLargerThanTheMemory_isRefused() {
    String reason = assertThrows(IllegalArgumentException.class, () -> replay(4, 5)).getMessage();
    assertEquals("A replay memory of 4 transitions cannot give batches of 5 from 5 on.", reason);
  }
}
