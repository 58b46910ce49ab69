package tabula.agents.evaluate;

import java.util.Arrays;
import tabula.games.Game;
import tabula.games.Position;

/**
 * Asks about a position as seen through several of its symmetries, and answers with the mean: a
 * network errs differently on each view, and the mean less than either (AlphaGo Zero averaged over
 * random ones).
 */
public final class SymmetryEvaluator implements Evaluator {

  private final Game game;
  private final Evaluator evaluator;
  private final int[] symmetries;
  private final EvaluationBatch views;

  /**
   * An evaluator in front of another.
   *
   * @param most how many symmetries are asked about, if the game has so many; the first is always
   *     the position as it is
   * @param maxBatch the largest batch that it is handed
   */
  public SymmetryEvaluator(Game game, Evaluator evaluator, int most, int maxBatch) {
    this.game = game;
    this.evaluator = evaluator;
    int count = Math.min(most, game.symmetryCount());
    this.symmetries = new int[count];
    Arrays.setAll(symmetries, i -> i * game.symmetryCount() / count);
    this.views = new EvaluationBatch(game, maxBatch * count);
  }

  @Override
  public void evaluate(EvaluationBatch batch) {
    views.clear();
    for (int slot = 0; slot < batch.size(); slot++) {
      Position position = batch.position(slot);
      for (int symmetry : symmetries) {
        views.add(position.transform(symmetry));
      }
    }
    evaluator.evaluate(views);
    for (int slot = 0; slot < batch.size(); slot++) {
      mean(batch, slot);
    }
  }

  private void mean(EvaluationBatch batch, int slot) {
    int target = slot * game.actionCount();
    Arrays.fill(batch.logits(), target, target + game.actionCount(), 0);
    float value = 0;
    for (int i = 0; i < symmetries.length; i++) {
      int view = slot * symmetries.length + i;
      value += views.values()[view];
      for (int action = 0; action < game.actionCount(); action++) {
        int seen = game.transformAction(action, symmetries[i]);
        batch.logits()[target + action] +=
            views.logits()[view * game.actionCount() + seen] / symmetries.length;
      }
    }
    batch.values()[slot] = value / symmetries.length;
  }
}
