package tabula.agents.search;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import tabula.agents.Decision;
import tabula.agents.evaluate.CachingEvaluator;
import tabula.agents.evaluate.EvaluationBatch;
import tabula.agents.evaluate.EvaluationCache;
import tabula.agents.evaluate.Evaluator;
import tabula.games.Game;
import tabula.games.Position;

/**
 * Decides on many positions at once: so many searches go on side by side that their evaluations
 * fill batches. Used by one thread at a time.
 */
public final class SearchGroup {

  private static final int NOTHING = -1;

  private final List<Search> searches = new ArrayList<>();
  private final CachingEvaluator evaluator;
  private final EvaluationBatch batch;

  /**
   * A group that searches nothing yet.
   *
   * @param newSearch makes its searches
   * @param atOnce how many positions are searched at once
   * @param cacheSize evaluations remembered: a power of two
   */
  public SearchGroup(
      Game game, Supplier<Search> newSearch, Evaluator evaluator, int atOnce, int cacheSize) {
    for (int i = 0; i < atOnce; i++) {
      searches.add(newSearch.get());
    }
    int capacity = atOnce * searches.getFirst().maxGathered();
    this.evaluator =
        new CachingEvaluator(game, evaluator, new EvaluationCache(game, cacheSize), capacity);
    this.batch = new EvaluationBatch(game, capacity);
  }

  /** The decisions on positions that are not over, in their order. */
  public List<Decision> decide(
      List<? extends Position> positions, int simulations, RandomGenerator random) {
    Decision[] decisions = new Decision[positions.size()];
    int[] working = new int[searches.size()];
    Arrays.fill(working, NOTHING);
    int next = 0;
    do {
      batch.clear();
      for (int i = 0; i < working.length; i++) {
        Search search = searches.get(i);
        int before = batch.size();
        while (batch.size() == before && (working[i] != NOTHING || next < decisions.length)) {
          if (working[i] == NOTHING) {
            working[i] = next++;
            search.start(positions.get(working[i]), simulations, random);
          } else if (search.isDone()) {
            decisions[working[i]] = search.decision();
            working[i] = NOTHING;
          } else {
            search.gather(batch);
          }
        }
      }
      evaluator.evaluate(batch);
      for (int i = 0; i < working.length; i++) {
        if (working[i] != NOTHING) {
          searches.get(i).accept(batch);
        }
      }
    } while (batch.size() > 0);
    return List.of(decisions);
  }
}
