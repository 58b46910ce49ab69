package tabula.agents.train;

/**
 * Which games are learnt from.
 *
 * @param capacity the most examples kept
 * @param windowScale how many examples the window holds before it grows slower than the data
 * @param resultShare the share of the game's result in the value's target; the rest is the search's
 *     value
 * @param symmetries whether an example that is learnt from is seen through a random symmetry
 */
public record ReplayConfig(
    int capacity, double windowScale, double resultShare, boolean symmetries) {

  /** The same for a stream of games that is longer by a factor. */
  ReplayConfig scaled(double factor) {
    return new ReplayConfig(
        Math.max(1, (int) (capacity * factor)),
        Math.max(1, windowScale * factor),
        resultShare,
        symmetries);
  }
}
