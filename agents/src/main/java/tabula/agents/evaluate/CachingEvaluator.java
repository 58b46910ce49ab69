package tabula.agents.evaluate;

import java.util.Arrays;
import tabula.games.Game;
import tabula.games.Position;

/**
 * Remembers evaluations, keyed by the position up to symmetry. Only what is not remembered reaches
 * the evaluator behind, in one batch. A fixed table: a new evaluation takes the place of what stood
 * in its slot.
 */
public final class CachingEvaluator implements Evaluator {

  private final Game game;
  private final Evaluator evaluator;
  private final int mask;
  private final long[] keys;
  private final float[] entries;
  private final int entrySize;

  private final EvaluationBatch misses;
  private final int[] missSlot;
  private final int[] missSymmetry;
  private final long[] missKey;
  private long hits;
  private long evaluations;

  /**
   * A cache in front of an evaluator.
   *
   * @param capacity how many evaluations it holds: a power of two
   * @param maxBatch the largest batch that it is handed
   */
  public CachingEvaluator(Game game, Evaluator evaluator, int capacity, int maxBatch) {
    if (Integer.bitCount(capacity) != 1) {
      throw new IllegalArgumentException(
          "The capacity must be a power of two, not %d.".formatted(capacity));
    }
    this.game = game;
    this.evaluator = evaluator;
    this.mask = capacity - 1;
    this.keys = new long[capacity];
    this.entrySize = game.actionCount() + 1;
    this.entries = new float[capacity * entrySize];
    this.misses = new EvaluationBatch(game, maxBatch);
    this.missSlot = new int[maxBatch];
    this.missSymmetry = new int[maxBatch];
    this.missKey = new long[maxBatch];
  }

  /** Forgets everything: the evaluator behind has changed. */
  public void clear() {
    Arrays.fill(keys, 0);
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
    int missCount = 0;
    for (int slot = 0; slot < batch.size(); slot++) {
      Position position = batch.position(slot);
      int symmetry = 0;
      Position canonical = position;
      long key = position.hash64();
      for (int s = 1; s < game.symmetryCount(); s++) {
        Position transformed = position.transform(s);
        long hash = transformed.hash64();
        if (hash < key) {
          key = hash;
          symmetry = s;
          canonical = transformed;
        }
      }
      key = key == 0 ? 1 : key;
      int index = (int) (key & mask);
      if (keys[index] == key) {
        hits++;
        answer(
            batch,
            slot,
            symmetry,
            entries,
            index * entrySize,
            entries[index * entrySize + entrySize - 1]);
      } else {
        missSlot[missCount] = slot;
        missSymmetry[missCount] = symmetry;
        missKey[missCount] = key;
        misses.add(canonical);
        missCount++;
      }
    }
    if (missCount == 0) {
      return;
    }
    evaluations += missCount;
    evaluator.evaluate(misses);
    for (int i = 0; i < missCount; i++) {
      int row = i * game.actionCount();
      int index = (int) (missKey[i] & mask);
      keys[index] = missKey[i];
      System.arraycopy(misses.logits(), row, entries, index * entrySize, game.actionCount());
      entries[index * entrySize + entrySize - 1] = misses.values()[i];
      answer(batch, missSlot[i], missSymmetry[i], misses.logits(), row, misses.values()[i]);
    }
  }

  /** Action a of the asked position is action transform(a) of the one that was evaluated. */
  private void answer(
      EvaluationBatch batch, int slot, int symmetry, float[] logits, int row, float value) {
    int target = slot * game.actionCount();
    for (int action = 0; action < game.actionCount(); action++) {
      batch.logits()[target + action] = logits[row + game.transformAction(action, symmetry)];
    }
    batch.values()[slot] = value;
  }
}
