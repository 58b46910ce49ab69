package tabula.agents.insight;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import tabula.agents.Decision;
import tabula.agents.evaluate.EvaluationBatch;
import tabula.agents.evaluate.Evaluator;
import tabula.agents.search.GumbelConfig;
import tabula.agents.search.GumbelSearch;
import tabula.agents.search.SearchGroup;
import tabula.games.Game;
import tabula.games.Position;

/** What a search in front of a deceived network plays: how many visits make good for the error? */
public final class Remedy {

  private static final int MOST_VISITS = 512;
  private static final int CACHE_SIZE = 1 << 12;

  private Remedy() {}

  /** What so many visits lead to. 0 is the policy alone. */
  public record Played(int visits, int action, double value) {}

  /**
   * What is played at 0, 1, 2, 4 and more visits.
   *
   * @param seen [H, W, C]: what the network is shown in place of the position itself, and of no
   *     other that the search comes to; null if it sees everything as it is
   */
  public static List<Played> of(OpenNetwork network, Position position, float @Nullable [] seen) {
    Evaluator evaluator = evaluator(network, position, seen);
    List<Played> played = new ArrayList<>();
    for (int visits = 0; visits <= MOST_VISITS; visits = Math.max(1, 2 * visits)) {
      GumbelConfig config = GumbelConfig.match(visits);
      SearchGroup group =
          new SearchGroup(
              network.game(),
              () -> new GumbelSearch(network.game(), config),
              evaluator,
              1,
              CACHE_SIZE);
      Decision decision =
          group.decide(List.of(position), visits, new SplittableRandom(1)).getFirst();
      played.add(new Played(visits, decision.action(), decision.value()));
    }
    return played;
  }

  private static Evaluator evaluator(OpenNetwork network, Position root, float @Nullable [] seen) {
    Game game = network.game();
    int size = game.shape().size();
    return (EvaluationBatch batch) -> {
      float[] planes = new float[batch.size() * size];
      for (int slot = 0; slot < batch.size(); slot++) {
        if (seen != null && batch.position(slot).equals(root)) {
          System.arraycopy(seen, 0, planes, slot * size, size);
        } else {
          batch.position(slot).writePlanes(planes, slot * size);
        }
      }
      OpenNetwork.Judgements judged = network.judge(planes);
      System.arraycopy(judged.logits(), 0, batch.logits(), 0, judged.logits().length);
      System.arraycopy(judged.values(), 0, batch.values(), 0, judged.values().length);
    };
  }
}
