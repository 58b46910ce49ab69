package tabula.server.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tabula.server.ServerConfig;
import tabula.server.SessionLimits;
import tabula.server.TabulaServer;
import tabula.server.store.DatabaseConfig;

/** Matches with clocks, over real sockets. */
class TimedMatchTests {

  private static final SessionLimits QUICK = new SessionLimits(50, 90_000, 30_000, 120_000, 0, 50);

  @TempDir private Path data = Path.of("");

  @SuppressWarnings("NullAway.Init") // started before each test
  private TabulaServer server;

  private String matchId = "";
  private String[] tokens = {};

  @BeforeEach
  void start() {
    server =
        TabulaServer.start(
            new ServerConfig("127.0.0.1", 0, new DatabaseConfig(data, null), Map.of(), QUICK));
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private JsonNode create(String timeControl) throws IOException, InterruptedException {
    JsonNode created =
        TestClient.post(
                server.address() + "/api/v1/matches",
                ("{\"game\": \"tic-tac-toe\", \"first\": {\"kind\": \"bot\", \"name\": \"A\"},"
                        + " \"second\": {\"kind\": \"bot\", \"name\": \"B\"}, \"timeControl\": %s}")
                    .formatted(timeControl))
            .body();
    matchId = created.path("match").path("id").asText();
    tokens =
        new String[] {
          created.path("seatTokens").path("first").asText(),
          created.path("seatTokens").path("second").asText()
        };
    return created.path("match");
  }

  private JsonNode join(TestClient client, int side) throws InterruptedException {
    client.send("join", matchId, 0, "{\"seatToken\": \"%s\"}".formatted(tokens[side]));
    return client.await("matchStarted").path("data").path("match");
  }

  private JsonNode move(TestClient client, int ply, String move) throws InterruptedException {
    client.send("move", matchId, ply, "{\"move\": \"%s\"}".formatted(move));
    client.await("moveAccepted");
    return client.await("matchState").path("data");
  }

  @Test
  void match_withClocks_showsThem_inSnapshots_states_andPings() throws Exception {
    JsonNode created = create("{\"kind\": \"bank\", \"initialMs\": 60000, \"incrementMs\": 5000}");
    assertEquals("bank", created.path("timeControl").path("kind").asText());
    try (TestClient first = new TestClient(server.address());
        TestClient second = new TestClient(server.address())) {
      JsonNode before = join(first, 0).path("clocks");
      join(second, 1);
      assertEquals(60_000, before.path("first").asLong());
      assertTrue(before.path("running").isNull());
      assertTrue(before.path("firstMoveMs").asLong() > 0);
      move(first, 0, "a1");
      assertEquals("first", move(second, 1, "a2").path("clocks").path("running").asText());
      JsonNode after = move(first, 2, "b1").path("clocks");
      assertTrue(after.path("first").asLong() > 60_000, after::toString);
      assertTrue(after.path("first").asLong() <= 65_000, after::toString);
      assertEquals("second", after.path("running").asText());
      JsonNode ping = first.await("ping").path("data").path("clocks").path(matchId);
      while (!ping.path("running").asText().equals("second")) {
        ping = first.await("ping").path("data").path("clocks").path(matchId);
      }
      JsonNode later = first.await("ping").path("data").path("clocks").path(matchId);
      assertTrue(later.path("second").asLong() < ping.path("second").asLong(), later::toString);
      first.send("ping", matchId, 7, "{}");
      assertTrue(first.await("pong").path("data").path("clocks").has(matchId));
      JsonNode seen =
          TestClient.get(server.address() + "/api/v1/matches/" + matchId).body().path("match");
      assertTrue(seen.path("clocks").path("second").asLong() < 60_000, seen::toString);
    }
  }

  @Test
  void flag_falls_byItself_andALateMoveIsRefused() throws Exception {
    create("{\"kind\": \"perMove\", \"moveMs\": 500}");
    try (TestClient first = new TestClient(server.address());
        TestClient second = new TestClient(server.address())) {
      join(first, 0);
      join(second, 1);
      move(first, 0, "a1");
      move(second, 1, "a2");
      JsonNode ended = second.await("matchEnded").path("data");
      assertEquals("second", ended.path("outcome").asText());
      assertEquals("time", ended.path("reason").asText());
      first.send("move", matchId, 2, "{\"move\": \"b1\"}");
      assertEquals("match_over", first.awaitRefusal());
    }
  }

  @Test
  void firstMove_thatDoesNotCome_abortsTheMatch() throws Exception {
    create("{\"kind\": \"bank\", \"initialMs\": 500, \"incrementMs\": 0}");
    try (TestClient first = new TestClient(server.address())) {
      join(first, 0);
      JsonNode ended = first.await("matchEnded").path("data");
      assertEquals("aborted", ended.path("outcome").asText());
      assertEquals("firstMoveExpired", ended.path("reason").asText());
    }
  }

  @Test
  void restart_costsNobodyTime_andTheFlagFallsAfterIt() throws Exception {
    create("{\"kind\": \"bank\", \"initialMs\": 5000, \"incrementMs\": 0}");
    try (TestClient first = new TestClient(server.address());
        TestClient second = new TestClient(server.address())) {
      join(first, 0);
      join(second, 1);
      move(first, 0, "a1");
      move(second, 1, "a2");
    }
    server.close();
    // Longer than what was left.
    Thread.sleep(6000);
    start();
    try (TestClient second = new TestClient(server.address())) {
      JsonNode match = join(second, 1);
      assertEquals("ongoing", match.path("outcome").asText());
      assertEquals("first", match.path("clocks").path("running").asText());
      long left = match.path("clocks").path("first").asLong();
      assertTrue(left > 0 && left <= 5000, () -> "left: " + left);
      assertEquals("time", second.await("matchEnded").path("data").path("reason").asText());
    }
    JsonNode over =
        TestClient.get(server.address() + "/api/v1/matches/" + matchId).body().path("match");
    assertEquals("second", over.path("outcome").asText());
    assertEquals(0, over.path("clocks").path("first").asLong());
  }

  @Test
  void timeControl_thatCannotBe_isRefused() throws Exception {
    String[] wrong = {
      "{\"kind\": \"bank\", \"initialMs\": 499, \"incrementMs\": 0}",
      "{\"kind\": \"bank\", \"initialMs\": 60000}",
      "{\"kind\": \"sand\"}",
      "{\"kind\": \"correspondence\", \"days\": 31}",
      "7"
    };
    for (String control : wrong) {
      TestClient.Answer answer =
          TestClient.post(
              server.address() + "/api/v1/matches",
              ("{\"game\": \"tic-tac-toe\", \"first\": {\"kind\": \"person\"}, \"second\":"
                      + " {\"kind\": \"open\"}, \"timeControl\": %s}")
                  .formatted(control));
      assertEquals(400, answer.status(), control);
      String message = answer.body().path("error").path("message").asText();
      assertTrue(message.startsWith("timeControl"), message);
    }
    assertFalse(create("{\"kind\": \"correspondence\", \"days\": 3, \"more\": 1}").isMissingNode());
  }
}
