package tabula.agents.search;

import java.util.random.RandomGenerator;
import tabula.agents.Decision;
import tabula.agents.evaluate.EvaluationBatch;
import tabula.agents.evaluate.Evaluator;
import tabula.games.Position;

/**
 * A tree search that stops whenever it needs evaluations, so that many searches can share one
 * batch. It is used again and again: start, then gather and accept until it is done.
 *
 * <p>Used by one thread at a time.
 */
public interface Search {

  /**
   * Begins a search.
   *
   * @param root a position that is not over
   * @param simulations how many times the tree is descended; 0 decides by the evaluator's policy
   *     alone
   * @param random where all randomness comes from, until the search is done
   */
  void start(Position root, int simulations, RandomGenerator random);

  boolean isDone();

  /** The most positions that one {@link #gather} adds. */
  int maxGathered();

  /** Adds the positions that it needs to know about: none only if it is done. */
  void gather(EvaluationBatch batch);

  /** Takes the evaluations of what the last {@link #gather} added to the batch. */
  void accept(EvaluationBatch batch);

  /** What was found. Call once done. */
  Decision decision();

  /** A whole search in one call. */
  default Decision search(
      Position root,
      int simulations,
      RandomGenerator random,
      Evaluator evaluator,
      EvaluationBatch batch) {
    start(root, simulations, random);
    while (!isDone()) {
      batch.clear();
      gather(batch);
      if (batch.size() > 0) {
        evaluator.evaluate(batch);
        accept(batch);
      }
    }
    return decision();
  }
}
