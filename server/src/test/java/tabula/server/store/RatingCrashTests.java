package tabula.server.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tabula.server.session.TestClient;

/** Ratings after a crash are those of the matches that ended, each counted once. */
class RatingCrashTests {

  private static final int CRASHES = 2;

  @TempDir private Path data = Path.of("");

  /** How many rated games all players of tic-tac-toe have behind them. */
  private static int games(int port) throws IOException, InterruptedException {
    int games = 0;
    for (JsonNode player :
        TestClient.get("http://127.0.0.1:%d/api/v1/ladder?game=tic-tac-toe".formatted(port))
            .body()
            .path("players")) {
      games += player.at("/rating/games").asInt();
    }
    return games;
  }

  /** Thirty short games, of which the first few are enough. */
  private static void beginTournament(int port) throws IOException, InterruptedException {
    TestClient.Answer begun =
        TestClient.post(
            "http://127.0.0.1:%d/api/v1/tournaments".formatted(port),
            """
            {"name": "Crash", "game": "tic-tac-toe", "format": "round_robin", "rounds": 30,
             "players": [{"kind": "agent", "agent": "random"}, {"kind": "agent", "agent": "mcts:50"},
                         {"kind": "agent", "agent": "mcts:100"}]}""");
    assertEquals(201, begun.status(), () -> begun.body().toString());
  }

  @Test
  void kill_whileAgentsPlay_losesNoGame_andCountsNoneTwice() throws Exception {
    int port = CrashTests.freePort();
    for (int crash = 1; crash <= CRASHES; crash++) {
      Process server = CrashTests.startServer(port, data, "--tournaments");
      try {
        if (crash == 1) {
          beginTournament(port);
        }
        int before = games(port);
        long until = System.nanoTime() + Duration.ofMinutes(2).toNanos();
        while (games(port) < before + 4) {
          assertTrue(System.nanoTime() < until, "no match is played");
          Thread.sleep(20);
        }
      } finally {
        server.destroyForcibly();
        assertTrue(server.waitFor(20, TimeUnit.SECONDS));
      }
    }
    Rebuild.Report report = Rebuild.run(new DatabaseConfig(data, null));
    assertEquals(List.of(), report.differences());
    assertTrue(report.rated() >= 2 * CRASHES, report::toString);
  }
}
