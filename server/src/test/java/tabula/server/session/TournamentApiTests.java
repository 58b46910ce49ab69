package tabula.server.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tabula.server.ServerConfig;
import tabula.server.SessionLimits;
import tabula.server.TabulaServer;
import tabula.server.session.TestClient.Answer;
import tabula.server.store.DatabaseConfig;
import tabula.server.store.Rebuild;

class TournamentApiTests {

  private static final String PLAYERS =
      "[{\"kind\": \"agent\", \"agent\": \"mcts:100\"}, {\"kind\": \"agent\", \"agent\":"
          + " \"mcts:50\"}, {\"kind\": \"agent\", \"agent\": \"net:latest?visits=0\"}, {\"kind\":"
          + " \"agent\", \"agent\": \"random\"}, {\"kind\": \"agent\", \"agent\": \"perfect\"}]";

  @TempDir private Path data = Path.of("");

  @SuppressWarnings("NullAway.Init") // started before each test
  private TabulaServer server;

  @BeforeEach
  void start() {
    server = start(true);
  }

  private TabulaServer start(boolean tournaments) {
    return TabulaServer.start(
        new ServerConfig(
            "127.0.0.1",
            0,
            new DatabaseConfig(data, null),
            Map.of(),
            SessionLimits.USUAL,
            List.of(),
            false,
            tournaments));
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private Answer create(String format, String more, String players)
      throws IOException, InterruptedException {
    return TestClient.post(
        server.address() + "/api/v1/tournaments",
        "{\"name\": \"Cup\", \"game\": \"tic-tac-toe\", \"format\": \"%s\", %s \"players\": %s}"
            .formatted(format, more, players));
  }

  private JsonNode look(String id) throws IOException, InterruptedException {
    return TestClient.get(server.address() + "/api/v1/tournaments/" + id).body().path("tournament");
  }

  private JsonNode awaitEnd(String id) throws IOException, InterruptedException {
    while (!look(id).path("over").asBoolean()) {
      Thread.sleep(50);
    }
    return look(id);
  }

  @Test
  void roundRobin_isPlayedToItsEnd_throughRestarts() throws Exception {
    Answer begun = create("round_robin", "\"rounds\": 10,", PLAYERS);
    assertEquals(201, begun.status(), begun.body()::toString);
    String id = begun.body().at("/tournament/id").asText();
    for (int restart = 0; restart < 2; restart++) {
      int before = look(id).path("games").size();
      while (look(id).path("games").size() <= before + 2) {
        Thread.sleep(20);
      }
      server.close();
      server = start(false);
    }
    JsonNode end = awaitEnd(id);
    Set<String> pairs = new HashSet<>();
    Set<String> matches = new HashSet<>();
    for (JsonNode game : end.path("games")) {
      assertTrue(pairs.add(game.path("first") + "-" + game.path("second")), game::toString);
      assertTrue(matches.add(game.path("matchId").asText()));
      JsonNode match =
          TestClient.get(server.address() + "/api/v1/matches/" + game.path("matchId").asText())
              .body()
              .path("match");
      assertTrue(match.path("rated").asBoolean());
      double score =
          switch (match.path("outcome").asText()) {
            case "first" -> 1;
            case "second" -> 0;
            default -> 0.5;
          };
      assertEquals(score, game.path("score").asDouble());
    }
    assertEquals(20, pairs.size());
    double points = 0;
    for (JsonNode standing : end.path("standings")) {
      points += standing.path("points").asDouble();
    }
    assertEquals(20, points);
    assertFalse(end.at("/players/2/id").asText().contains("latest"));
    server.close();
    Rebuild.Report report = Rebuild.run(new DatabaseConfig(data, null));
    assertEquals(20, report.rated());
    assertTrue(report.differences().isEmpty(), report::toString);
    server = start(false);
  }

  @Test
  void swiss_isPlayedToItsEnd_withAByeEachRound() throws Exception {
    String id = create("swiss", "", PLAYERS).body().at("/tournament/id").asText();
    JsonNode end = awaitEnd(id);
    assertEquals(3, end.path("rounds").asInt());
    assertEquals(6, end.path("games").size());
    assertTrue(end.at("/standings/0/points").asDouble() >= 1.5);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "knockout | | [{\"kind\": \"agent\", \"agent\": \"random\"}, {\"kind\": \"agent\","
            + " \"agent\": \"mcts:50\"}] | 400",
        "swiss | \"rounds\": 2, | [{\"kind\": \"agent\", \"agent\": \"random\"}, {\"kind\":"
            + " \"agent\", \"agent\": \"mcts:50\"}] | 400",
        "swiss | | [{\"kind\": \"agent\", \"agent\": \"random\"}] | 400",
        "swiss | | [{\"kind\": \"agent\", \"agent\": \"random\"}, {\"kind\": \"agent\", \"agent\":"
            + " \"random\"}] | 400",
        "swiss | | [{\"kind\": \"agent\", \"agent\": \"random\"}, {\"kind\": \"agent\", \"agent\":"
            + " \"net:/etc/passwd\"}] | 404",
        "swiss | | [{\"kind\": \"agent\", \"agent\": \"random\"}, {\"kind\": \"person\"}] | 400"
      })
  void tournament_thatIsWrong_isRefused(String format, String more, String players, int status)
      throws Exception {
    Answer answer = create(format, more == null ? "" : more, players);
    assertEquals(status, answer.status(), answer.body()::toString);
  }

  @Test
  void server_thatDoesNotAllowIt_refuses() throws Exception {
    server.close();
    server = start(false);
    Answer answer = create("swiss", "", PLAYERS);
    assertEquals(403, answer.status());
    assertEquals("forbidden", answer.body().at("/error/code").asText());
    assertEquals(404, TestClient.get(server.address() + "/api/v1/tournaments/none").status());
  }
}
