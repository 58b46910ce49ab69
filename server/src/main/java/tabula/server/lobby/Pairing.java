package tabula.server.lobby;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import tabula.server.ladder.Pool;
import tabula.server.ladder.Rating;
import tabula.server.ladder.Ratings;
import tabula.server.lobby.Wishes.Kind;
import tabula.server.lobby.Wishes.Terms;
import tabula.server.match.Seat;

/**
 * Decides who meets whom: near in strength, not the same two again and again, and each as often
 * first as second. Pure: what it knows is handed in.
 */
public final class Pairing {

  /** How far apart two may be who have just come, beside how uncertain their ratings are. */
  private static final double NEAR = 100;

  /** How much farther for each round that the one who has waited longer waited. */
  private static final double FARTHER_EACH_ROUND = 100;

  /** The same two meet again at once only if nobody else came for so many rounds. */
  private static final int ROUNDS_BEFORE_A_REPEAT = 3;

  /** What having met among the last few costs, in points of rating. */
  private static final double MET_LATELY = 150;

  /**
   * Somebody who waits.
   *
   * @param id whose it is: nobody meets themselves
   * @param rounds how many rounds they have waited
   * @param balance how often first, less how often second
   * @param met whom they met last, the newest first
   * @param room how many matches more they would like
   */
  public record Waiting(
      String id, Seat seat, Wishes wishes, int rounds, int balance, List<String> met, int room) {

    public Waiting {
      met = List.copyOf(met);
    }
  }

  /** Two who meet. */
  public record Pair(String first, String second, Terms terms) {}

  private record Chance(Waiting opponent, Terms terms, double cost) {}

  private Pairing() {}

  /**
   * The pairs of a round. Who has waited longest chooses first.
   *
   * @param random decides between equals
   */
  public static List<Pair> pair(List<Waiting> all, Ratings ratings, RandomGenerator random) {
    List<Waiting> order = new ArrayList<>(all);
    // Who came at the same time has the same chance of choosing first.
    Map<String, Integer> lots = new HashMap<>();
    order.forEach(waiting -> lots.put(waiting.id(), random.nextInt()));
    order.sort(
        Comparator.comparingInt(Waiting::rounds)
            .reversed()
            .thenComparingInt(waiting -> lots.getOrDefault(waiting.id(), 0)));
    Set<String> paired = new HashSet<>();
    List<Pair> pairs = new ArrayList<>();
    for (Waiting waiting : order) {
      if (paired.contains(waiting.id()) || !isReady(waiting)) {
        continue;
      }
      Chance best = null;
      for (Waiting other : order) {
        if (!paired.contains(other.id()) && isReady(other) && !other.id().equals(waiting.id())) {
          @Nullable Chance chance = chance(waiting, other, ratings);
          if (chance != null && (best == null || chance.cost() < best.cost())) {
            best = chance;
          }
        }
      }
      if (best != null) {
        paired.add(waiting.id());
        paired.add(best.opponent().id());
        pairs.add(seated(waiting, best.opponent(), best.terms(), random));
      }
    }
    return pairs;
  }

  private static boolean isReady(Waiting waiting) {
    return waiting.room() > 0 && waiting.wishes().paired() && !waiting.wishes().paused();
  }

  /** What meeting would cost, in points of rating; null if the two cannot meet now. */
  private static @Nullable Chance chance(Waiting one, Waiting other, Ratings ratings) {
    if (!welcomes(one, other) || !welcomes(other, one)) {
      return null;
    }
    int rounds = Math.max(one.rounds(), other.rounds());
    if (isNewest(one, other) && rounds < ROUNDS_BEFORE_A_REPEAT) {
      return null;
    }
    Optional<Terms> together = one.wishes().together(other.wishes(), one.seat(), other.seat());
    if (together.isEmpty()) {
      return null;
    }
    Terms terms = together.get();
    Rating mine = strength(one, terms, ratings);
    Rating theirs = strength(other, terms, ratings);
    double distance = Math.abs(mine.rating() - theirs.rating());
    double near =
        NEAR + Math.hypot(mine.deviation(), theirs.deviation()) + rounds * FARTHER_EACH_ROUND;
    if (distance > near) {
      return null;
    }
    boolean lately = one.met().contains(other.id()) || other.met().contains(one.id());
    return new Chance(other, terms, distance + (lately ? MET_LATELY : 0));
  }

  private static boolean welcomes(Waiting one, Waiting other) {
    return Kind.of(other.seat()).filter(one.wishes().opponents()::contains).isPresent();
  }

  private static boolean isNewest(Waiting one, Waiting other) {
    return (!one.met().isEmpty() && one.met().getFirst().equals(other.id()))
        || (!other.met().isEmpty() && other.met().getFirst().equals(one.id()));
  }

  private static Rating strength(Waiting waiting, Terms terms, Ratings ratings) {
    return ratings.of(
        waiting.seat().player().orElse(waiting.id()), terms.game(), Pool.of(terms.timeControl()));
  }

  /** Who was second more often is first now. */
  private static Pair seated(Waiting one, Waiting other, Terms terms, RandomGenerator random) {
    boolean oneIsFirst =
        one.balance() == other.balance() ? random.nextBoolean() : one.balance() < other.balance();
    return oneIsFirst
        ? new Pair(one.id(), other.id(), terms)
        : new Pair(other.id(), one.id(), terms);
  }
}
