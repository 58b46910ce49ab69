package tabula.agents.arena;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import tabula.agents.AgentSpec;
import tabula.agents.Agents;
import tabula.agents.CheckpointSource;
import tabula.games.connectfour.ConnectFour;

class ArenaTests {

  private static MatchScore play(String player, String opponent, int threads)
      throws InterruptedException {
    Agents agents = new Agents(CheckpointSource.FILES);
    return Arena.play(
        ConnectFour.GAME,
        () -> agents.create(AgentSpec.parse(player), ConnectFour.GAME),
        () -> agents.create(AgentSpec.parse(opponent), ConnectFour.GAME),
        new Arena.Config(30, 2, 8, threads),
        score -> {});
  }

  @Test
  void play_givesTheStrongerMorePoints() throws InterruptedException {
    MatchScore score = play("mcts:300", "random", 2);
    assertEquals(30, score.games());
    assertTrue(score.share() > 0.9);
    assertTrue(score.eloLow() > 100);
  }

  @Test
  void play_isTheSameWithAnyNumberOfThreads() throws InterruptedException {
    assertEquals(play("mcts:20", "mcts:20", 1), play("mcts:20", "mcts:20", 3));
  }

  @Test
  void elo_isZeroForAnEvenScore_andUnboundedForAPerfectOne() {
    MatchScore even = MatchScore.NONE.plus(true, 1).plus(false, -1);
    assertEquals(0, even.elo(), 1e-9);
    MatchScore perfect = MatchScore.NONE.plus(true, 1).plus(false, 1);
    assertEquals(Double.POSITIVE_INFINITY, perfect.elo());
    assertTrue(Double.isFinite(MatchScore.NONE.plus(true, 1).plus(true, 0).elo()));
  }
}
