package tabula.server.tournament;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.IntStream;

/** Pairs those of like score, nobody with the same one twice, with colours in balance. */
final class Swiss {

  /** Who meets whom, and who has none to meet. */
  record Paired(List<Pairing> pairings, OptionalInt bye) {}

  /** A player moves first at most so many times more often than second, or the other way. */
  private static final int MOST_OUT_OF_BALANCE = 2;

  private final List<Pairing> before;
  private final int[] balance;
  private final int[] lastSide;
  private final boolean strict;

  /**
   * The next round.
   *
   * @param points by player
   * @param before all pairings so far
   * @param byes who had a bye already
   * @return empty if everybody has met everybody that could be left
   */
  static Optional<Paired> pair(double[] points, List<Pairing> before, List<Integer> byes) {
    List<Integer> ranked = new ArrayList<>(IntStream.range(0, points.length).boxed().toList());
    ranked.sort(
        Comparator.<Integer>comparingDouble(player -> -points[player])
            .thenComparing(Comparator.naturalOrder()));
    for (boolean strict : new boolean[] {true, false}) {
      Swiss swiss = new Swiss(points.length, before, strict);
      if (ranked.size() % 2 == 0) {
        List<Pairing> found = new ArrayList<>();
        if (swiss.pairRest(ranked, found)) {
          return Optional.of(new Paired(found, OptionalInt.empty()));
        }
      } else {
        for (int player : ranked.reversed()) {
          List<Integer> rest = new ArrayList<>(ranked);
          rest.remove((Integer) player);
          List<Pairing> found = new ArrayList<>();
          if (!byes.contains(player) && swiss.pairRest(rest, found)) {
            return Optional.of(new Paired(found, OptionalInt.of(player)));
          }
        }
      }
    }
    return Optional.empty();
  }

  private Swiss(int players, List<Pairing> before, boolean strict) {
    this.before = before;
    this.strict = strict;
    this.balance = new int[players];
    this.lastSide = new int[players];
    for (Pairing pairing : before) {
      balance[pairing.first()]++;
      balance[pairing.second()]--;
      lastSide[pairing.first()] = 1;
      lastSide[pairing.second()] = -1;
    }
  }

  /**
   * The best of those left takes the nearest whom it has not met, as long as the rest works out.
   */
  private boolean pairRest(List<Integer> left, List<Pairing> found) {
    if (left.isEmpty()) {
      return true;
    }
    int best = left.getFirst();
    for (int i = 1; i < left.size(); i++) {
      int other = left.get(i);
      if (mayMeet(best, other)) {
        List<Integer> rest = new ArrayList<>(left.subList(1, left.size()));
        rest.remove((Integer) other);
        found.add(sides(best, other));
        if (pairRest(rest, found)) {
          return true;
        }
        found.removeLast();
      }
    }
    return false;
  }

  private boolean mayMeet(int one, int other) {
    boolean bothOutOfBalance =
        balance[one] == balance[other] && Math.abs(balance[one]) >= MOST_OUT_OF_BALANCE;
    return !(strict && bothOutOfBalance)
        && before.stream().noneMatch(pairing -> pairing.isOf(one, other));
  }

  /** Who moved first less often does; else who did not last time; else the lower number. */
  private Pairing sides(int one, int other) {
    return sides(one, other, balance, lastSide);
  }

  static Pairing sides(int one, int other, int[] balance, int[] lastSide) {
    int compared =
        balance[one] != balance[other]
            ? Integer.compare(balance[one], balance[other])
            : lastSide[one] != lastSide[other]
                ? Integer.compare(lastSide[one], lastSide[other])
                : Integer.compare(one, other);
    return compared < 0 ? new Pairing(one, other) : new Pairing(other, one);
  }
}
