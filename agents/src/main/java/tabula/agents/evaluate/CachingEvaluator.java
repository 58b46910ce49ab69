package tabula.agents.evaluate;

import java.util.Arrays;
import tabula.games.Game;
import tabula.games.Position;

/**
 * Remembers evaluations, keyed by the position up to symmetry. Only what is not remembered reaches
 * the evaluator behind, each position once, in one batch.
 */
public final class CachingEvaluator implements Evaluator {

  private static final int NOTHING = -1;

  private final Game game;
  private final Evaluator evaluator;
  private final EvaluationCache cache;
  private final float[] entry;

  /** Mixed into the keys, so that what another network said is not found. */
  private long version;

  private final EvaluationBatch misses;
  private final long[] missKey;
  private int missCount;

  /** By the last bits of a key, the latest miss of this batch with such a key. */
  private final int[] missByKey;

  // For each slot of the batch: which miss answers it, and seen through which symmetry.
  private final int[] answeredBy;
  private final int[] symmetryOf;

  private long hits;
  private long evaluations;

  /**
   * A cache in front of an evaluator.
   *
   * @param maxBatch the largest batch that it is handed
   */
  public CachingEvaluator(Game game, Evaluator evaluator, EvaluationCache cache, int maxBatch) {
    this.game = game;
    this.evaluator = evaluator;
    this.cache = cache;
    this.entry = new float[game.actionCount() + 1];
    this.misses = new EvaluationBatch(game, maxBatch);
    this.missKey = new long[maxBatch];
    this.missByKey = new int[Integer.highestOneBit(maxBatch) * 4];
    this.answeredBy = new int[maxBatch];
    this.symmetryOf = new int[maxBatch];
  }

  /**
   * The evaluator behind has changed: what it said before is not found any more.
   *
   * @param newVersion the same for all that share the cache and this network
   */
  public void networkChanged(long newVersion) {
    version = newVersion * 0x9E3779B97F4A7C15L;
  }

  /** How many positions were answered from memory. */
  public long hits() {
    return hits;
  }

  /** How many positions were handed to the evaluator behind. */
  public long evaluations() {
    return evaluations;
  }

  @Override
  public void evaluate(EvaluationBatch batch) {
    misses.clear();
    missCount = 0;
    Arrays.fill(missByKey, NOTHING);
    for (int slot = 0; slot < batch.size(); slot++) {
      answerOrAsk(batch, slot);
    }
    hits += batch.size() - missCount;
    if (missCount == 0) {
      return;
    }
    evaluations += missCount;
    evaluator.evaluate(misses);
    for (int miss = 0; miss < missCount; miss++) {
      System.arraycopy(misses.logits(), miss * game.actionCount(), entry, 0, game.actionCount());
      entry[game.actionCount()] = misses.values()[miss];
      cache.put(missKey[miss], entry);
    }
    for (int slot = 0; slot < batch.size(); slot++) {
      int miss = answeredBy[slot];
      if (miss != NOTHING) {
        answer(batch, slot, misses.logits(), miss * game.actionCount(), misses.values()[miss]);
      }
    }
  }

  /** Answers a slot from memory, or makes sure that the evaluator is asked about its position. */
  private void answerOrAsk(EvaluationBatch batch, int slot) {
    Position canonical = batch.position(slot);
    long key = canonical.hash64();
    symmetryOf[slot] = 0;
    for (int symmetry = 1; symmetry < game.symmetryCount(); symmetry++) {
      Position transformed = batch.position(slot).transform(symmetry);
      long hash = transformed.hash64();
      if (hash < key) {
        key = hash;
        symmetryOf[slot] = symmetry;
        canonical = transformed;
      }
    }
    key ^= version;
    answeredBy[slot] = NOTHING;
    if (cache.find(key, entry)) {
      answer(batch, slot, entry, 0, entry[entry.length - 1]);
      return;
    }
    int at = (int) (key >>> 32) & (missByKey.length - 1);
    int miss = missByKey[at];
    if (miss == NOTHING || missKey[miss] != key) {
      miss = missCount++;
      missKey[miss] = key;
      missByKey[at] = miss;
      misses.add(canonical);
    }
    answeredBy[slot] = miss;
  }

  /** Action a of the asked position is action transform(a) of the one that was evaluated. */
  private void answer(EvaluationBatch batch, int slot, float[] logits, int row, float value) {
    int target = slot * game.actionCount();
    for (int action = 0; action < game.actionCount(); action++) {
      batch.logits()[target + action] =
          logits[row + game.transformAction(action, symmetryOf[slot])];
    }
    batch.values()[slot] = value;
  }
}
