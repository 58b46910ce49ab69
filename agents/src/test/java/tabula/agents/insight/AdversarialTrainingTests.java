package tabula.agents.insight;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import tabula.agents.measure.LabelledPosition;
import tabula.agents.measure.LabelledPositions;
import tabula.agents.network.DescentSpec;
import tabula.agents.network.NetworkSpec;
import tabula.agents.network.OptimizerSpec;
import tabula.agents.network.TrainingBatch;
import tabula.agents.network.nd4j.NetworkTrainer;
import tabula.games.Game;
import tabula.games.connectfour.ConnectFour;

class AdversarialTrainingTests {

  private static final Game GAME = ConnectFour.GAME;
  private static final NetworkSpec SPEC = NetworkSpec.residual(8, 1);
  private static final int BATCH = 64;
  private static final int STEPS = 150;
  private static final double EPSILON = 0.1;

  private final List<LabelledPosition> labelled =
      LabelledPositions.shipped(GAME).orElseThrow().stream()
          .filter(LabelledPosition::matters)
          .toList();

  /** What a solver says: all moves that keep the value are as good as each other. */
  private void draw(TrainingBatch batch, SplittableRandom random) {
    for (int row = 0; row < batch.size(); row++) {
      LabelledPosition each = labelled.get(random.nextInt(labelled.size()));
      each.position().writePlanes(batch.planes(), row * GAME.shape().size());
      int keeping = 0;
      for (int action : each.actions()) {
        keeping += each.keeps(action) ? 1 : 0;
      }
      for (int action = 0; action < GAME.actionCount(); action++) {
        batch.policy()[row * GAME.actionCount() + action] =
            !each.position().isLegal(action) ? -1 : each.keeps(action) ? 1f / keeping : 0;
      }
      batch.value()[row] = each.value();
    }
  }

  private Robustness trained(DescentSpec.Adversarial adversarial) {
    SplittableRandom random = new SplittableRandom(5);
    float[] weights = NetworkTrainer.initialWeights(GAME, SPEC, random);
    DescentSpec descent = new DescentSpec(OptimizerSpec.AdamW.DEFAULT, 0, 1, 1, 0, adversarial);
    TrainingBatch batch = new TrainingBatch(GAME, BATCH);
    try (NetworkTrainer trainer =
        new NetworkTrainer(GAME, SPEC, descent, BATCH, 0.9, 1, NetworkTrainer.start(weights))) {
      for (int step = 0; step < STEPS; step++) {
        draw(batch, random);
        assertTrue(Double.isFinite(trainer.step(batch, 0.005).total()));
      }
      return Robustness.brief(OpenNetwork.of(GAME, SPEC, trainer.averagedWeights()));
    }
  }

  @Test
  void adversarialTraining_withstandsMoreThanTheSameTrainingWithoutIt() {
    Robustness without = trained(DescentSpec.Adversarial.NONE);
    Robustness with = trained(new DescentSpec.Adversarial(0.5, EPSILON));

    assertTrue(with.solved());
    String figures = "with it %s, without %s".formatted(with, without);
    assertTrue(with.under().getFirst().epsilon() == EPSILON, figures);
    assertTrue(
        with.under().getFirst().right() > without.under().getFirst().right() + 0.05, figures);
  }
}
