package tabula.agents.train;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Below which value a side resigns: as high as may be while too few of those who do would not have
 * lost (Silver et al. 2017). That is known from games that are played on whatever their sides
 * think; until enough of them are there, nobody resigns. Shared by all threads of self-play.
 */
public final class Resignation {

  /** Of how many sides of games played on, the latest, the threshold is made. */
  private static final int LATEST = 2000;

  /** So many of them must have thought that they lose before anybody may act on it. */
  private static final int ENOUGH = 40;

  private final ResignConfig config;
  private final ArrayDeque<Checked> latest = new ArrayDeque<>();
  private Figures figures = Figures.NONE;

  /**
   * A side of a game that was played on.
   *
   * @param lowest the lowest value that its searches found
   */
  private record Checked(float lowest, boolean lost) {}

  /**
   * How it stands.
   *
   * @param threshold the value below which a side resigns; -1 while nobody does
   * @param checked of how many sides that would have resigned it is known how they ended
   * @param falseShare the share of them that did not lose
   */
  public record Figures(double threshold, int checked, double falseShare) {
    public static final Figures NONE = new Figures(-1, 0, 0);
  }

  public Resignation(ResignConfig config) {
    this.config = config;
  }

  ResignConfig config() {
    return config;
  }

  /** What is known now. */
  public synchronized Figures figures() {
    return figures;
  }

  /**
   * A side of a game that was played on has ended it.
   *
   * @param lowest the lowest value that its searches found, in [-1, 1]; of one that never searched,
   *     1
   */
  synchronized void add(float lowest, boolean lost) {
    latest.addLast(new Checked(lowest, lost));
    if (latest.size() > LATEST) {
      latest.removeFirst();
    }
    figures = measured();
  }

  private Figures measured() {
    List<Checked> hopeless =
        new ArrayList<>(latest.stream().filter(each -> each.lowest < config.below()).toList());
    hopeless.sort(Comparator.comparingDouble(Checked::lowest));
    Figures found = Figures.NONE;
    int notLost = 0;
    for (int count = 1; count <= hopeless.size(); count++) {
      notLost += hopeless.get(count - 1).lost ? 0 : 1;
      double share = (double) notLost / count;
      if (count >= ENOUGH && share <= config.falseShare()) {
        // Whoever stands as badly as the next one is not yet among them.
        double threshold = count == hopeless.size() ? config.below() : hopeless.get(count).lowest;
        found = new Figures(threshold, count, share);
      }
    }
    return found;
  }
}
