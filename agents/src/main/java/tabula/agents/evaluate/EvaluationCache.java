package tabula.agents.evaluate;

import tabula.games.Game;

/**
 * A fixed table of evaluations that threads share without locks: a new one takes the place of what
 * stood in its slot. A key is stored mixed with a checksum of its entry, so that an entry that two
 * threads wrote at once reads as missing.
 */
public final class EvaluationCache {

  /** 256 MB: where evaluations are long, there are fewer of them. */
  private static final int MOST_LONGS = 1 << 25;

  private final int floats;

  /** A slot's length: its key, then its floats in pairs, all in one place in memory. */
  private final int stride;

  private final int mask;
  private final long[] table;

  /**
   * An empty cache.
   *
   * @param capacity how many evaluations it holds, if they fit into 256 MB: a power of two
   */
  public EvaluationCache(Game game, int capacity) {
    if (Integer.bitCount(capacity) != 1) {
      throw new IllegalArgumentException(
          "The capacity must be a power of two, not %d.".formatted(capacity));
    }
    this.floats = game.actionCount() + 1;
    this.stride = 1 + (floats + 1) / 2;
    int slots = Math.min(capacity, Integer.highestOneBit(MOST_LONGS / stride));
    this.mask = slots - 1;
    this.table = new long[slots * stride];
  }

  /**
   * Looks an evaluation up.
   *
   * @param key well-mixed bits
   * @param entry [actionCount + 1]: is overwritten with the logits and then the value
   * @return whether it was there
   */
  boolean find(long key, float[] entry) {
    int start = (int) (key & mask) * stride;
    long sum = key;
    for (int i = 0; i < floats; i += 2) {
      long pair = table[start + 1 + i / 2];
      sum = mix(sum, pair);
      entry[i] = Float.intBitsToFloat((int) pair);
      if (i + 1 < floats) {
        entry[i + 1] = Float.intBitsToFloat((int) (pair >>> 32));
      }
    }
    return table[start] == sum;
  }

  /** Remembers an evaluation: the same form as {@link #find} gives back. */
  void put(long key, float[] entry) {
    int start = (int) (key & mask) * stride;
    long sum = key;
    for (int i = 0; i < floats; i += 2) {
      long high = i + 1 < floats ? Float.floatToRawIntBits(entry[i + 1]) : 0;
      long pair = (high << 32) | (Float.floatToRawIntBits(entry[i]) & 0xFFFF_FFFFL);
      sum = mix(sum, pair);
      table[start + 1 + i / 2] = pair;
    }
    table[start] = sum;
  }

  private static long mix(long sum, long pair) {
    return (sum ^ pair) * 0x9E3779B97F4A7C15L + 1;
  }
}
