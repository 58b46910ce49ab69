package tabula.agents.train;

import java.util.random.RandomGenerator;

/**
 * SplitMix64 (Steele, Lea and Flood, OOPSLA 2014), with a state of one number that a run can keep:
 * a stream that is made of it goes on as if it had never stopped.
 */
public final class RandomStream implements RandomGenerator {

  private static final long GAMMA = 0x9E3779B97F4A7C15L;

  private long state;

  public RandomStream(long state) {
    this.state = state;
  }

  public long state() {
    return state;
  }

  /** Another stream, which depends on nothing but this one's state. */
  public RandomStream split() {
    return new RandomStream(nextLong());
  }

  @Override
  public long nextLong() {
    state += GAMMA;
    long mixed = (state ^ (state >>> 30)) * 0xBF58476D1CE4E5B9L;
    mixed = (mixed ^ (mixed >>> 27)) * 0x94D049BB133111EBL;
    return mixed ^ (mixed >>> 31);
  }
}
