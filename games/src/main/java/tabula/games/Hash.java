package tabula.games;

/** Mixes what makes a position into 64 bits. */
public final class Hash {

  private Hash() {}

  public static long mix(long key) {
    long mixed = key * 0x9E3779B97F4A7C15L;
    mixed = (mixed ^ (mixed >>> 32)) * 0xD6E8FEB86659FD93L;
    return mixed ^ (mixed >>> 29);
  }

  /** A hash of what was mixed before and one more key. */
  public static long mix(long before, long key) {
    return mix(Long.rotateLeft(before, 27) + key * 0xC2B2AE3D27D4EB4FL);
  }
}
