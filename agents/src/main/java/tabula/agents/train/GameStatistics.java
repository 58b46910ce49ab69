package tabula.agents.train;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import tabula.games.Side;

/** What the latest games of self-play were like: signs of a run that plays all games alike. */
public final class GameStatistics {

  private static final int LATEST = 1000;
  private static final int OPENING_PLIES = 4;

  private record Played(int moves, double firstPlayer, String opening) {}

  private final ArrayDeque<Played> latest = new ArrayDeque<>();
  private final Map<String, Integer> openings = new HashMap<>();
  private long moves;
  private double firstPlayer;

  /**
   * Of the latest games, 1000 at most.
   *
   * @param games how many they are
   * @param length their moves, on average
   * @param firstPlayerShare the first player's share of the points, a draw counting half
   * @param openingEntropy the entropy of their first four moves, in bits: 0 where all begin alike
   */
  public record Figures(int games, double length, double firstPlayerShare, double openingEntropy) {}

  public void add(Trajectory game) {
    Played played =
        new Played(
            game.moves(),
            (game.outcome().valueFor(Side.FIRST) + 1) / 2.0,
            Arrays.toString(Arrays.copyOf(game.actions(), Math.min(game.moves(), OPENING_PLIES))));
    latest.addLast(played);
    openings.merge(played.opening, 1, Integer::sum);
    moves += played.moves;
    firstPlayer += played.firstPlayer;
    if (latest.size() > LATEST) {
      Played oldest = latest.removeFirst();
      openings.computeIfPresent(oldest.opening, (opening, count) -> count == 1 ? null : count - 1);
      moves -= oldest.moves;
      firstPlayer -= oldest.firstPlayer;
    }
  }

  public Figures figures() {
    int games = latest.size();
    if (games == 0) {
      return new Figures(0, 0, 0, 0);
    }
    double entropy = 0;
    for (int count : openings.values()) {
      double share = (double) count / games;
      entropy -= share * Math.log(share) / Math.log(2);
    }
    return new Figures(games, (double) moves / games, firstPlayer / games, entropy);
  }
}
