package tabula.server.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tabula.server.ServerConfig;
import tabula.server.TabulaServer;
import tabula.server.session.TestClient.Answer;

class LadderApiTests {

  private static final String RATED =
      "{\"game\": \"tic-tac-toe\", \"first\": {\"kind\": \"agent\", \"agent\":"
          + " \"net:latest?visits=0\"}, \"second\": {\"kind\": \"agent\", \"agent\": \"mcts:50\"},"
          + " \"rated\": true}";

  @TempDir private Path data = Path.of("");

  @SuppressWarnings("NullAway.Init") // started before each test
  private TabulaServer server;

  @BeforeEach
  void start() {
    server = TabulaServer.start(new ServerConfig("127.0.0.1", 0, data, Map.of()));
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private Answer get(String path) throws IOException, InterruptedException {
    return TestClient.get(server.address() + "/api/v1" + path);
  }

  private List<JsonNode> ladder(String filter) throws IOException, InterruptedException {
    List<JsonNode> players = new ArrayList<>();
    get("/ladder?game=tic-tac-toe" + filter).body().path("players").forEach(players::add);
    return players;
  }

  /** A rated match of two agents, played to its end; the id of the first. */
  private String playRated() throws IOException, InterruptedException {
    JsonNode match =
        TestClient.post(server.address() + "/api/v1/matches", RATED).body().path("match");
    assertTrue(match.path("rated").asBoolean(), match::toString);
    String id = match.path("id").asText();
    while (get("/matches/" + id).body().path("match").path("outcome").asText().equals("ongoing")) {
      Thread.sleep(5);
    }
    return "agent:" + match.at("/seats/first/agent").asText();
  }

  @Test
  void ratedMatch_isOnTheLadder_andOnThePagesOfBoth() throws Exception {
    String network = playRated();
    assertTrue(network.matches("agent:net:[0-9a-f]{12}\\?visits=0"), network);
    JsonNode row =
        ladder("").stream()
            .filter(player -> player.at("/player/id").asText().equals(network))
            .findFirst()
            .orElseThrow();
    assertEquals(1, row.at("/rating/games").asInt());
    assertEquals("checkpoint", row.at("/player/kind").asText());
    assertTrue(row.at("/rating/low").asInt() < row.at("/rating/rating").asInt());
    assertTrue(row.at("/rating/deviation").asInt() < 350);
    JsonNode page =
        get("/players/" + URLEncoder.encode("agent:mcts:50", StandardCharsets.UTF_8)).body();
    assertEquals(network, page.at("/matches/0/opponent/id").asText());
    assertEquals(
        1, page.at("/ratings/0/rating/games").asInt() + page.at("/ratings/1/rating/games").asInt());
    JsonNode other = get("/players/" + URLEncoder.encode(network, StandardCharsets.UTF_8)).body();
    assertEquals(
        1.0, other.at("/matches/0/score").asDouble() + page.at("/matches/0/score").asDouble());
  }

  @Test
  void ladder_isOrdered_andFiltered_andKnowsAgentsFromTheBeginning() throws Exception {
    List<JsonNode> all = ladder("");
    for (int i = 1; i < all.size(); i++) {
      assertTrue(
          all.get(i - 1).at("/rating/rating").asInt() >= all.get(i).at("/rating/rating").asInt());
    }
    JsonNode random = all.getLast();
    assertEquals("agent:random", random.at("/player/id").asText());
    assertEquals(500, random.at("/rating/rating").asInt());
    assertTrue(random.at("/rating/anchor").asBoolean());
    assertTrue(
        ladder("&kind=checkpoint").stream()
            .allMatch(player -> player.at("/player/kind").asText().equals("checkpoint")));
    assertEquals(4, ladder("&kind=checkpoint").size());
    assertEquals(List.of(), ladder("&kind=person"));
  }

  @ParameterizedTest
  @CsvSource({
    "/ladder, 400, malformed",
    "/ladder?game=shogi, 404, unknown_game",
    "/ladder?game=tic-tac-toe&kind=cat, 400, malformed",
    "/ladder?game=tic-tac-toe&pool=../x, 400, malformed",
    "/players/agent:nobody, 404, unknown_player",
    "/players/%2e%2e%2fetc, 404, unknown_player"
  })
  void question_thatIsWrong_isRefused(String path, int status, String code) throws Exception {
    Answer answer = get(path);
    assertEquals(status, answer.status(), answer.body()::toString);
    assertEquals(code, answer.body().at("/error/code").asText());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"kind\": \"agent\", \"agent\": \"mcts:50\"} | {\"kind\": \"agent\", \"agent\":"
            + " \"mcts:50\"}",
        "{\"kind\": \"person\"} | {\"kind\": \"agent\", \"agent\": \"mcts:50\"}",
        "{\"kind\": \"agent\", \"agent\": \"mcts:50\"} | {\"kind\": \"open\"}"
      })
  void ratedMatch_ofWhoHasNoRating_isRefused(String first, String second) throws Exception {
    Answer answer =
        TestClient.post(
            server.address() + "/api/v1/matches",
            "{\"game\": \"tic-tac-toe\", \"first\": %s, \"second\": %s, \"rated\": true}"
                .formatted(first, second));
    assertEquals(400, answer.status());
    assertEquals("malformed", answer.body().at("/error/code").asText());
  }
}
