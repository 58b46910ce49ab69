package tabula.server.ladder;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import tabula.server.ladder.IdlePairing.Candidate;
import tabula.server.ladder.IdlePairing.Pair;

class IdlePairingTests {

  private static Candidate candidate(String agent, double rating, double deviation, boolean held) {
    return new Candidate(
        Player.agent(agent, agent), new Rating(rating, deviation, 0.06, 1, 0), held);
  }

  @Test
  void choose_takesTheLeastCertain_againstSomebodyNearWhoIsCertain() {
    List<Candidate> candidates =
        List.of(
            candidate("random", 500, 20, true),
            candidate("mcts:1000", 1400, 20, true),
            candidate("alphabeta:3", 1420, 300, false),
            candidate("alphabeta:2", 1450, 200, false),
            candidate("perfect", 2200, 20, true));
    Set<String> first = new HashSet<>();
    for (int seed = 0; seed < 20; seed++) {
      Pair pair = IdlePairing.choose(candidates, new SplittableRandom(seed)).orElseThrow();
      first.add(pair.first().player().name());
      assertEquals(
          Set.of("alphabeta:3", "mcts:1000"),
          Set.of(pair.first().player().name(), pair.second().player().name()));
      assertEquals(300, pair.deviation());
    }
    assertEquals(Set.of("alphabeta:3", "mcts:1000"), first);
  }

  @Test
  void choose_restsOnceEverybodyIsCertain() {
    assertEquals(
        Optional.empty(),
        IdlePairing.choose(
            List.of(candidate("random", 500, 300, true), candidate("mcts:50", 1000, 44, false)),
            new SplittableRandom(1)));
    assertTrue(
        IdlePairing.choose(List.of(candidate("mcts:50", 1000, 300, false)), new SplittableRandom(1))
            .isEmpty());
  }
}
