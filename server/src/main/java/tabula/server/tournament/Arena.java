package tabula.server.tournament;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Pairs those who are free, neighbours in the standings, and not the same two again at once. */
final class Arena {

  private Arena() {}

  /**
   * Who meets now.
   *
   * @param free the players without a game
   * @param points by player
   * @param before all pairings so far, in order
   * @param othersPlay whether a game goes on, so that it is worth waiting for another opponent
   */
  static List<Pairing> pair(
      List<Integer> free, double[] points, List<Pairing> before, boolean othersPlay) {
    int[] balance = new int[points.length];
    int[] lastSide = new int[points.length];
    int[] lastOpponent = new int[points.length];
    Arrays.fill(lastOpponent, -1);
    for (Pairing pairing : before) {
      balance[pairing.first()]++;
      balance[pairing.second()]--;
      lastSide[pairing.first()] = 1;
      lastSide[pairing.second()] = -1;
      lastOpponent[pairing.first()] = pairing.second();
      lastOpponent[pairing.second()] = pairing.first();
    }
    List<Integer> ranked = new ArrayList<>(free);
    ranked.sort(
        Comparator.<Integer>comparingDouble(player -> -points[player])
            .thenComparing(Comparator.naturalOrder()));
    List<Pairing> pairings = new ArrayList<>();
    Set<Integer> paired = new HashSet<>();
    for (boolean again : othersPlay ? new boolean[] {false} : new boolean[] {false, true}) {
      for (int one : ranked) {
        for (int other : ranked) {
          if (one != other
              && !paired.contains(one)
              && !paired.contains(other)
              && ((again && pairings.isEmpty()) || lastOpponent[one] != other)) {
            pairings.add(Swiss.sides(one, other, balance, lastSide));
            paired.add(one);
            paired.add(other);
          }
        }
      }
    }
    return pairings;
  }
}
