package tabula.games;

import org.jspecify.annotations.Nullable;

/**
 * The boards that were there before, the latest first, as hashes of 64 bits: positions that go on
 * from the same one share what lies behind it.
 */
public record Past(long hash, @Nullable Past before) {

  /** How often a board is among these. */
  public static int count(@Nullable Past past, long hash) {
    int count = 0;
    for (Past at = past; at != null; at = at.before) {
      if (at.hash == hash) {
        count++;
      }
    }
    return count;
  }

  /** Whether a board is among these. */
  public static boolean contains(@Nullable Past past, long hash) {
    for (Past at = past; at != null; at = at.before) {
      if (at.hash == hash) {
        return true;
      }
    }
    return false;
  }
}
