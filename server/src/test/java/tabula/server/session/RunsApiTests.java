package tabula.server.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tabula.server.ServerConfig;
import tabula.server.SessionLimits;
import tabula.server.TabulaServer;
import tabula.server.protocol.Contract;
import tabula.server.protocol.Contract.Part;
import tabula.server.run.RunLimits;
import tabula.server.session.TestClient.Answer;
import tabula.server.store.DatabaseConfig;

/** A real training process behind the API. */
class RunsApiTests {

  private static final String CONFIG =
      "{\"network\": \"residual:8x1\", \"visits\": 8, \"fastVisits\": 4, \"gamesPerThread\": 16,"
          + " \"batch\": 64, \"firstExamples\": 200, \"publishSeconds\": 1, \"gateSeconds\": 1,"
          + " \"gateGames\": 2, \"gateVisits\": 2}";
  private static final String WISH =
      "{\"game\": \"tic-tac-toe\", \"minutes\": 3, \"config\": %s}".formatted(CONFIG);

  @TempDir private Path data = Path.of("");

  @SuppressWarnings("NullAway.Init") // started before each test
  private TabulaServer server;

  @BeforeEach
  void start() {
    server =
        TabulaServer.start(
            new ServerConfig(
                "127.0.0.1",
                0,
                new DatabaseConfig(data, null),
                Map.of(),
                SessionLimits.USUAL,
                List.of(),
                false,
                false,
                new RunLimits(1, 0, 1, 3, 1, 5, 10, 60)));
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private static Answer ask(Browser who, String method, String path, String body)
      throws IOException, InterruptedException {
    return who.ask(method, "/api/v1" + path, method.equals("POST") ? body : null);
  }

  private static JsonNode done(String answers, Answer answer) {
    assertTrue(answer.status() < 300, answer.body()::toString);
    assertEquals(
        Optional.empty(),
        Contract.get().problem(Part.HTTP, answers, answer.body()),
        answer.body()::toString);
    return answer.body();
  }

  private static void refused(int status, String code, Answer answer) {
    assertEquals(status, answer.status(), answer.body()::toString);
    assertEquals(code, answer.body().at("/error/code").asText());
  }

  private JsonNode await(String id, Predicate<JsonNode> condition) throws Exception {
    while (true) {
      JsonNode run =
          done("runAnswer", TestClient.get(server.address() + "/api/v1/runs/" + id)).path("run");
      if (condition.test(run)) {
        return run;
      }
      assertTrue(!run.path("state").asText().equals("failed"), run::toString);
      Thread.sleep(50);
    }
  }

  @Test
  void run_trains_pauses_andItsNetworkPlays_forItsOwnerAlone() throws Exception {
    Browser ada = new Browser(server.address());
    ada.claim("Ada");
    Browser guest = new Browser(server.address());
    guest.get("");
    JsonNode begun = done("runAnswer", ask(ada, "POST", "/runs", WISH)).path("run");
    String id = begun.path("id").asText();
    assertEquals("running", begun.path("state").asText());
    assertTrue(begun.path("yours").asBoolean());

    // One at a time; a guest has fewer places than an account.
    JsonNode waits = done("runAnswer", ask(guest, "POST", "/runs", WISH)).path("run");
    assertEquals(1, waits.path("place").asInt());
    refused(409, "too_many_runs", ask(guest, "POST", "/runs", WISH));
    String waiting = waits.path("id").asText();
    refused(403, "forbidden", ask(guest, "POST", "/runs/" + id + "/pause", "{}"));
    refused(403, "forbidden", ask(ada, "DELETE", "/runs/" + waiting, ""));
    refused(409, "not_now", ask(ada, "DELETE", "/runs/" + id, ""));
    done("runAnswer", ask(guest, "POST", "/runs/" + waiting + "/stop", "{}"));
    done("runAnswer", ask(guest, "DELETE", "/runs/" + waiting, ""));
    refused(404, "unknown_run", ask(guest, "GET", "/runs/" + waiting, ""));

    try (TestClient client = new TestClient(server.address())) {
      client.sendText("{\"type\": \"watchRun\", \"data\": {\"runId\": \"%s\"}}".formatted(id));
      assertEquals(id, client.await("runState").at("/data/run/id").asText());
      assertEquals(id, client.await("runMetrics").at("/data/runId").asText());
      assertTrue(client.await("runGames").at("/data/games").isArray());
    }
    await(id, run -> gates(id) >= 1);
    done("runAnswer", ask(ada, "POST", "/runs/" + id + "/pause", "{}"));
    JsonNode paused = await(id, run -> run.path("state").asText().equals("paused"));
    assertTrue(paused.at("/progress/step").asLong() > 0, paused::toString);

    JsonNode metrics = done("runMetricsAnswer", ask(guest, "GET", "/runs/" + id + "/metrics", ""));
    assertEquals(paused.path("lines"), metrics.path("lines"));
    JsonNode games = done("runGamesAnswer", ask(guest, "GET", "/runs/" + id + "/games", ""));
    assertEquals(paused.at("/progress/games"), games.path("finished"));
    assertEquals(5, games.path("games").size());
    assertEquals(games.path("finished"), games.at("/games/0/number"));
    for (String wrong : List.of("seconds=-1", "seconds=NaN", "seconds=x", "limit=0", "limit=21")) {
      refused(400, "malformed", ask(guest, "GET", "/runs/" + id + "/games?" + wrong, ""));
    }
    String checkpoint =
        done("checkpointList", ask(guest, "GET", "/runs/" + id + "/checkpoints", ""))
            .at("/checkpoints/0/name")
            .asText();
    String agent = "/runs/" + id + "/checkpoints/" + checkpoint + "/agent";
    String played =
        done("checkpointSeated", ask(guest, "POST", agent, "{}")).path("agent").asText();
    assertTrue(!ladder().contains(played), "only played against");
    refused(403, "forbidden", ask(guest, "POST", agent, "{\"ladder\": true}"));
    done("checkpointSeated", ask(ada, "POST", agent, "{\"ladder\": true}"));
    assertTrue(ladder().contains(played), "promoted");
    assertEquals(
        201,
        TestClient.post(
                server.address() + "/api/v1/matches",
                "{\"game\": \"tic-tac-toe\", \"first\": {\"kind\": \"person\"}, \"second\": {\"kind\": \"agent\", \"agent\": \"%s\"}}"
                    .formatted(played))
            .status());

    String fork = "{\"from\": {\"run\": \"%s\", \"checkpoint\": \"%s\"}%s}";
    refused(
        400,
        "invalid_config",
        ask(
            ada,
            "POST",
            "/runs",
            fork.formatted(id, checkpoint, ", \"config\": {\"network\": \"residual:8x2\"}")));
    refused(
        404,
        "unknown_checkpoint",
        ask(ada, "POST", "/runs", fork.formatted(id, "step-9999999", "")));
    JsonNode forked =
        done("runAnswer", ask(ada, "POST", "/runs", fork.formatted(id, checkpoint, "")))
            .path("run");
    assertEquals("residual:8x1", forked.at("/config/network").asText());
    assertTrue(
        Files.exists(
            data.resolve("runs").resolve(forked.path("id").asText()).resolve("first.tabula")));
    done("runAnswer", ask(ada, "DELETE", "/runs/" + id, ""));
    assertTrue(Files.notExists(data.resolve("runs").resolve(id)));
  }

  private int gates(String id) {
    try {
      return TestClient.get(server.address() + "/api/v1/runs/" + id + "/checkpoints")
          .body()
          .path("checkpoints")
          .size();
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private String ladder() throws IOException, InterruptedException {
    return TestClient.get(server.address() + "/api/v1/ladder?game=tic-tac-toe").body().toString();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{} | 400 | malformed",
        "{'game': 'shogi'} | 404 | unknown_game",
        "{'game': 'tic-tac-toe', 'preset': 'huge'} | 400 | invalid_config",
        "{'game': 'tic-tac-toe', 'config': {'visit': 3}} | 400 | invalid_config",
        "{'game': 'tic-tac-toe', 'config': {'visits': 1}} | 400 | invalid_config",
        "{'game': 'tic-tac-toe', 'config': {'network': '/etc/passwd'}} | 400 | invalid_config",
        "{'game': 'tic-tac-toe', 'minutes': 61} | 400 | invalid_config",
        "{'game': 'tic-tac-toe', 'minutes': 0} | 400 | malformed",
        "{'from': {'run': '../../x', 'checkpoint': 'best'}} | 400 | malformed",
        "{'from': {'run': 'abcdef', 'checkpoint': 'best'}} | 404 | unknown_run",
        "{'game': 'tic-tac-toe'} | 401 | unauthenticated"
      })
  void wish_thatIsWrong_isRefused(String wish, int status, String code) throws Exception {
    Browser guest = new Browser(server.address());
    if (status != 401) {
      guest.get("");
    }
    refused(status, code, ask(guest, "POST", "/runs", wish.replace('\'', '"')));
    assertEquals(0, ask(guest, "GET", "/runs", "").body().path("runs").size());
  }

  @Test
  void config_isDocumented_andChecked() throws Exception {
    Browser guest = new Browser(server.address());
    JsonNode config = done("runConfigDocument", ask(guest, "GET", "/run-config", ""));
    assertTrue(config.path("presets").size() >= 3);
    JsonNode checked =
        done(
            "configChecked",
            ask(
                guest,
                "POST",
                "/run-config",
                "{\"game\": \"tic-tac-toe\", \"preset\": \"tiny\", \"config\": {}}"));
    assertTrue(checked.path("weights").asLong() > 1000, checked::toString);
  }
}
