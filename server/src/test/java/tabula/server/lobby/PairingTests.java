package tabula.server.lobby;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import tabula.server.ladder.Rating;
import tabula.server.ladder.Ratings;
import tabula.server.lobby.Pairing.Pair;
import tabula.server.lobby.Pairing.Waiting;
import tabula.server.lobby.Wishes.Kind;
import tabula.server.lobby.Wishes.Terms;
import tabula.server.match.Seat;
import tabula.server.match.TimeControl;

/** Who meets whom. */
class PairingTests {

  private static final TimeControl FAST = new TimeControl.Bank(180_000, 2_000);
  private static final TimeControl SLOW = new TimeControl.Correspondence(3);
  private static final Ratings EQUAL = (player, game, pool) -> Rating.UNKNOWN;
  private static final Wishes ANY = wishes(List.of("connect-four"), List.of(), Kind.BOT);

  private static Wishes wishes(List<String> games, List<TimeControl> controls, Kind... opponents) {
    return new Wishes(games, controls, false, Set.of(opponents), 1, true, false, null);
  }

  private static Waiting waiting(String id, Wishes wishes, int rounds, int balance, String... met) {
    return new Waiting(id, new Seat.Bot(id), wishes, rounds, balance, List.of(met), 1);
  }

  private static Waiting waiting(String id) {
    return waiting(id, ANY, 0, 0);
  }

  private static Rating rating(double rating, double deviation) {
    return new Rating(rating, deviation, 0.06, 1, 0);
  }

  /** Ratings that are certain, by the players' ids. */
  private static Ratings certain(Map<String, Integer> ratings) {
    return (player, game, pool) -> rating(ratings.getOrDefault(player, 1500), 0);
  }

  private static List<Pair> pair(Ratings ratings, Waiting... all) {
    return Pairing.pair(List.of(all), ratings, new SplittableRandom(1));
  }

  private static Set<String> players(Pair pair) {
    return Set.of(pair.first(), pair.second());
  }

  @Test
  void two_whoWantTheSame_meet() {
    List<Pair> pairs = pair(EQUAL, waiting("a"), waiting("b"));
    assertEquals(1, pairs.size());
    assertEquals(Set.of("a", "b"), players(pairs.getFirst()));
    assertEquals(new Terms("connect-four", null, false), pairs.getFirst().terms());
  }

  @Test
  void two_whoseWishesDoNotMeet_doNot() {
    Waiting bots = waiting("a");
    Waiting[] others = {
      waiting("b", wishes(List.of("tic-tac-toe"), List.of(), Kind.BOT), 9, 0),
      waiting("b", wishes(List.of("connect-four"), List.of(FAST), Kind.BOT), 9, 0),
      waiting("b", wishes(List.of("connect-four"), List.of(), Kind.PERSON), 9, 0),
      waiting(
          "b",
          new Wishes(
              List.of("connect-four"), List.of(), true, Set.of(Kind.BOT), 1, true, true, null),
          9,
          0),
      waiting(
          "b",
          new Wishes(
              List.of("connect-four"), List.of(), true, Set.of(Kind.BOT), 1, false, false, null),
          9,
          0),
      new Waiting("b", new Seat.Bot("b"), ANY, 9, 0, List.of(), 0),
      new Waiting("b", new Seat.Person("b"), ANY, 9, 0, List.of(), 1),
      waiting("a")
    };
    for (Waiting other : others) {
      assertEquals(List.of(), pair(EQUAL, bots, other), other::toString);
    }
  }

  @Test
  void terms_areTheDearest_ofWhoeverHasWaitedLonger() {
    Waiting longer =
        waiting(
            "a",
            wishes(List.of("tic-tac-toe", "connect-four"), List.of(SLOW, FAST), Kind.BOT),
            2,
            0);
    Waiting other =
        waiting("b", wishes(List.of("connect-four", "tic-tac-toe"), List.of(FAST), Kind.BOT), 1, 0);
    assertEquals(
        new Terms("tic-tac-toe", FAST, false), pair(EQUAL, other, longer).getFirst().terms());
  }

  @Test
  void nearest_inStrength_isChosen() {
    Ratings ratings = certain(Map.of("a", 1500, "b", 1590, "c", 1520));
    List<Pair> pairs = pair(ratings, waiting("a", ANY, 1, 0), waiting("b"), waiting("c"));
    assertEquals(Set.of("a", "c"), players(pairs.getFirst()));
  }

  @Test
  void distance_thatIsTooFar_comesNearerWithWaiting() {
    Ratings ratings = certain(Map.of("a", 1000, "b", 1600));
    assertEquals(List.of(), pair(ratings, waiting("a", ANY, 4, 0), waiting("b")));
    assertEquals(1, pair(ratings, waiting("a", ANY, 5, 0), waiting("b")).size());
    Ratings unsure = (player, game, pool) -> rating(player.equals("a") ? 1000 : 1500, 350);
    assertEquals(1, pair(unsure, waiting("a"), waiting("b")).size(), "nobody knows them yet");
  }

  @Test
  void whoWasSecondMoreOften_isFirst() {
    Pair pair = pair(EQUAL, waiting("a", ANY, 0, 2), waiting("b", ANY, 0, -1)).getFirst();
    assertEquals("b", pair.first());
  }

  @Test
  void sameTwo_doNotMeetAgainAtOnce_unlessNobodyElseComes() {
    assertEquals(List.of(), pair(EQUAL, waiting("a", ANY, 2, 0, "b"), waiting("b", ANY, 2, 0)));
    assertEquals(1, pair(EQUAL, waiting("a", ANY, 3, 0, "b"), waiting("b", ANY, 0, 0, "a")).size());
    List<Pair> withThird =
        pair(
            certain(Map.of("c", 1600)),
            waiting("a", ANY, 3, 0, "b"),
            waiting("b", ANY, 3, 0, "a"),
            waiting("c"));
    assertNotEquals(Set.of("a", "b"), players(withThird.getFirst()), "rather somebody weaker");
  }

  /** Bots that play round after round: who is paired keeps all rules, and all play alike. */
  @Test
  void manyRounds_pairEverybody_evenly() {
    SplittableRandom random = new SplittableRandom(5);
    Map<String, Integer> ratings = new HashMap<>();
    Map<String, Integer> balance = new HashMap<>();
    Map<String, Integer> played = new HashMap<>();
    Map<String, List<String>> met = new HashMap<>();
    List<String> bots = new ArrayList<>();
    for (int i = 0; i < 12; i++) {
      String id = "bot" + i;
      bots.add(id);
      ratings.put(id, 1300 + random.nextInt(400));
    }
    for (int round = 0; round < 60; round++) {
      List<Waiting> all = new ArrayList<>();
      for (String id : bots) {
        List<String> last = met.getOrDefault(id, List.of());
        all.add(
            waiting(
                id,
                ANY,
                4,
                balance.getOrDefault(id, 0),
                last.stream().limit(3).toArray(String[]::new)));
      }
      List<Pair> pairs = Pairing.pair(all, certain(ratings), random);
      Set<String> busy = new HashSet<>();
      for (Pair pair : pairs) {
        assertTrue(busy.add(pair.first()) && busy.add(pair.second()), "at one table only");
        assertTrue(balance.getOrDefault(pair.first(), 0) <= balance.getOrDefault(pair.second(), 0));
        balance.merge(pair.first(), 1, Integer::sum);
        balance.merge(pair.second(), -1, Integer::sum);
        meet(met, pair.first(), pair.second());
        meet(met, pair.second(), pair.first());
        players(pair).forEach(id -> played.merge(id, 1, Integer::sum));
      }
      assertEquals(6, pairs.size());
    }
    for (String id : bots) {
      assertEquals(60, played.get(id));
      assertTrue(Math.abs(balance.getOrDefault(id, 0)) <= 6, id + " " + balance);
      assertTrue(new HashSet<>(met.getOrDefault(id, List.of())).size() >= 3, id + " " + met);
    }
  }

  private static void meet(Map<String, List<String>> met, String one, String other) {
    met.computeIfAbsent(one, id -> new ArrayList<>()).addFirst(other);
  }

  private static Waiting holder(String id, @Nullable Boolean rated) {
    Wishes wishes =
        new Wishes(
            List.of("connect-four"), List.of(), false, Set.of(Kind.BOT), 1, true, false, rated);
    return new Waiting(id, new Seat.Bot(id, id), wishes, 0, 0, List.of(), 1);
  }

  @Test
  void rated_whereItCanAndNobodyMinds() {
    for (@Nullable Boolean one : new @Nullable Boolean[] {null, true}) {
      for (@Nullable Boolean other : new @Nullable Boolean[] {null, true}) {
        Pair pair = pair(EQUAL, holder("a", one), holder("b", other)).getFirst();
        assertEquals(true, pair.terms().rated());
      }
    }
    assertEquals(
        false, pair(EQUAL, holder("a", false), holder("b", null)).getFirst().terms().rated());
  }

  @Test
  void wishesAboutRatings_thatDoNotAgree_doNotMeet() {
    assertEquals(List.of(), pair(EQUAL, holder("a", true), holder("b", false)));
    Wishes onlyRated = holder("a", true).wishes();
    assertEquals(
        List.of(),
        pair(EQUAL, holder("a", true), waiting("guest")),
        "who has no account plays no rated match");
    assertEquals(
        Optional.of(Wishes.Reason.RATED),
        onlyRated.against(
            new Terms("connect-four", null, null), new Seat.Bot("guest"), new Seat.Bot("a", "a")));
  }
}
