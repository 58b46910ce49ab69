package tabula.server.tournament;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tabula.server.match.Seat;
import tabula.server.tournament.TournamentEvent.Created;
import tabula.server.tournament.TournamentEvent.Finished;
import tabula.server.tournament.TournamentEvent.Game;
import tabula.server.tournament.TournamentEvent.Paired;

class TournamentTests {

  private static Tournament begin(Format format, int players, int rounds, int minutes) {
    List<Seat> seats =
        IntStream.range(0, players)
            .<Seat>mapToObj(i -> new Seat.ServerAgent("mcts:" + (i + 1), "Player " + i))
            .toList();
    return Tournament.begin(
        "t", new Created("Test", "tic-tac-toe", format, rounds, minutes, seats, 0));
  }

  private static Optional<TournamentEvent> next(Tournament tournament, long now) {
    int[] id = {0};
    return tournament.next(now, () -> tournament.events() + "-" + id[0]++);
  }

  /** Plays a tournament of rounds to its end, with random results. */
  private static Tournament play(Tournament begun, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    Tournament tournament = begun;
    while (!tournament.over()) {
      tournament = tournament.apply(next(tournament, 0).orElseThrow());
      for (Game game : tournament.unfinished()) {
        assertEquals(Optional.empty(), next(tournament, 0));
        tournament = tournament.apply(new Finished(game.matchId(), random.nextInt(3) / 2.0));
      }
    }
    return tournament;
  }

  private static int[] balance(Tournament tournament) {
    int[] balance = new int[tournament.players().size()];
    for (Game game : tournament.games()) {
      balance[game.first()]++;
      balance[game.second()]--;
    }
    return balance;
  }

  private static void assertEachRoundHasEverybodyOnce(Tournament tournament) {
    for (Paired round : tournament.rounds()) {
      Set<Integer> seen = new HashSet<>();
      for (Game game : round.games()) {
        assertTrue(seen.add(game.first()) && seen.add(game.second()), round::toString);
      }
      if (round.bye() != null) {
        assertTrue(seen.add(round.bye()), round::toString);
      }
      assertEquals(tournament.players().size(), seen.size());
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 3, 4, 5, 6, 7, 8, 13, 20})
  void roundRobin_letsEverybodyMeetEverybody_onBothSidesInTwoCycles(int players) {
    int rounds = RoundRobin.rounds(players);
    Tournament single = play(begin(Format.ROUND_ROBIN, players, rounds, 0), players);
    assertEachRoundHasEverybodyOnce(single);
    Set<Set<Integer>> met = new HashSet<>();
    single.games().forEach(game -> assertTrue(met.add(Set.of(game.first(), game.second()))));
    assertEquals(players * (players - 1) / 2, met.size());
    for (int out : balance(single)) {
      assertTrue(Math.abs(out) <= 1, () -> List.of(balance(single)).toString());
    }
    Tournament twice = play(begin(Format.ROUND_ROBIN, players, 2 * rounds, 0), players);
    Set<List<Integer>> sides = new HashSet<>();
    twice.games().forEach(game -> assertTrue(sides.add(List.of(game.first(), game.second()))));
    assertEquals(players * (players - 1), sides.size());
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 3, 4, 5, 8, 9, 16, 33, 64})
  void swiss_repeatsNoPairing_givesByesOnce_andKeepsColoursInBalance(int players) {
    for (long seed = 0; seed < 20; seed++) {
      int rounds = Math.min(9, (players + 1) / 2);
      Tournament swiss = play(begin(Format.SWISS, players, rounds, 0), seed);
      assertEquals(rounds, swiss.rounds().size());
      assertEachRoundHasEverybodyOnce(swiss);
      Set<Set<Integer>> met = new HashSet<>();
      swiss.games().forEach(game -> assertTrue(met.add(Set.of(game.first(), game.second()))));
      Set<Integer> byes = new HashSet<>();
      for (Paired round : swiss.rounds()) {
        assertEquals(players % 2 == 1, round.bye() != null);
        assertTrue(round.bye() == null || byes.add(round.bye()), "a second bye");
      }
      for (int out : balance(swiss)) {
        assertTrue(Math.abs(out) <= 2, "out of balance by " + out);
      }
    }
  }

  @Test
  void swiss_pairsThoseOfEqualScore_andEndsWhenNobodyIsLeftToMeet() {
    Tournament swiss = begin(Format.SWISS, 4, 9, 0);
    swiss = swiss.apply(next(swiss, 0).orElseThrow());
    for (Game game : swiss.unfinished()) {
      swiss = swiss.apply(new Finished(game.matchId(), game.first() < game.second() ? 1 : 0));
    }
    swiss = swiss.apply(next(swiss, 0).orElseThrow());
    Set<Set<Integer>> second = new HashSet<>();
    swiss.unfinished().forEach(game -> second.add(Set.of(game.first(), game.second())));
    assertEquals(Set.of(Set.of(0, 2), Set.of(1, 3)), second);
    assertEquals(3, play(begin(Format.SWISS, 4, 9, 0), 1).rounds().size());
  }

  @Test
  void arena_keepsEverybodyPlaying_withoutTheSameTwoTwiceInARow_untilTimeIsUp() {
    SplittableRandom random = new SplittableRandom(3);
    Tournament arena = begin(Format.ARENA, 7, 0, 1);
    List<Set<Integer>> last = new ArrayList<>();
    for (int i = 0; i < 7; i++) {
      last.add(Set.of());
    }
    for (long now = 0; !arena.over(); now += 1000) {
      Optional<TournamentEvent> event = next(arena, now);
      if (event.isPresent()) {
        arena = arena.apply(event.get());
        if (event.get() instanceof Paired paired) {
          assertTrue(now < 60_000);
          for (Game game : paired.games()) {
            Set<Integer> met = Set.of(game.first(), game.second());
            assertFalse(last.get(game.first()).equals(met) && last.get(game.second()).equals(met));
            last.set(game.first(), met);
            last.set(game.second(), met);
          }
        }
      }
      List<Game> going = arena.unfinished();
      if (!going.isEmpty()) {
        Game game = going.get(random.nextInt(going.size()));
        arena = arena.apply(new Finished(game.matchId(), random.nextInt(3) / 2.0));
      }
    }
    assertTrue(arena.games().size() > 50, () -> "games");
    for (int out : balance(arena)) {
      assertTrue(Math.abs(out) <= 3, "out of balance by " + out);
    }
  }

  @Test
  void standings_countPoints_andBreakTiesByWhomOneBeat() {
    Tournament tournament = begin(Format.ROUND_ROBIN, 4, 3, 0);
    tournament =
        tournament.apply(
            new Paired(
                List.of(
                    new Game("a", 0, 1),
                    new Game("b", 2, 3),
                    new Game("c", 1, 2),
                    new Game("d", 3, 0)),
                null));
    for (Finished finished :
        List.of(
            new Finished("a", 1),
            new Finished("b", 0.5),
            new Finished("c", 1),
            new Finished("d", 1))) {
      tournament = tournament.apply(finished);
    }
    // 3 has 1.5; 0 and 1 have 1 each: 0 beat 1 (1 point), 1 beat 2 (half a point).
    assertEquals(
        List.of(3, 0, 1, 2),
        tournament.standings().stream().map(Tournament.Standing::player).toList());
    assertEquals(new Tournament.Standing(3, 1.5, 1.25, 1, 1, 0), tournament.standings().getFirst());
  }
}
