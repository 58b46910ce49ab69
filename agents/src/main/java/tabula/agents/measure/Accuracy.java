package tabula.agents.measure;

import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import tabula.agents.Decision;

/**
 * How often an agent's moves keep the game's value.
 *
 * @param all over all positions
 * @param mattering over those where some legal move does not keep the value
 * @param byPly for each ply with positions, the two shares of its positions
 */
public record Accuracy(Share all, Share mattering, SortedMap<Integer, Pair> byPly) {

  /** So many of so many. */
  public record Share(int kept, int of) {

    public static final Share NONE = new Share(0, 0);

    Share plus(boolean keeps) {
      return new Share(kept + (keeps ? 1 : 0), of + 1);
    }

    /** Both together. */
    public Share plus(Share other) {
      return new Share(kept + other.kept, of + other.of);
    }

    /** In [0, 1]; 1 of none. */
    public double share() {
      return of == 0 ? 1 : (double) kept / of;
    }
  }

  /** The shares over all positions and over those where the choice matters. */
  public record Pair(Share all, Share mattering) {

    static final Pair NONE = new Pair(Share.NONE, Share.NONE);

    Pair plus(boolean matters, boolean keeps) {
      return new Pair(all.plus(keeps), matters ? mattering.plus(keeps) : mattering);
    }

    /** Both together. */
    public Pair plus(Pair other) {
      return new Pair(all.plus(other.all), mattering.plus(other.mattering));
    }
  }

  /**
   * @param decisions what an agent decided on each of the positions
   */
  public static Accuracy of(List<LabelledPosition> positions, List<Decision> decisions) {
    Pair total = Pair.NONE;
    SortedMap<Integer, Pair> byPly = new TreeMap<>();
    for (int i = 0; i < positions.size(); i++) {
      LabelledPosition position = positions.get(i);
      boolean matters = position.matters();
      boolean keeps = position.keeps(decisions.get(i).action());
      total = total.plus(matters, keeps);
      int ply = position.position().ply();
      byPly.put(ply, byPly.getOrDefault(ply, Pair.NONE).plus(matters, keeps));
    }
    return new Accuracy(total.all(), total.mattering(), byPly);
  }
}
