package tabula.server.session;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tabula.server.ServerConfig;
import tabula.server.TabulaServer;
import tabula.server.insight.View;
import tabula.server.protocol.Contract;
import tabula.server.protocol.Contract.Part;
import tabula.server.session.TestClient.Answer;

/** With the networks that come with Tabula. */
class InsightApiTests {

  @TempDir private static Path data = Path.of("");

  @SuppressWarnings("NullAway.Init") // started before all tests
  private static TabulaServer server;

  @BeforeAll
  static void start() {
    server = TabulaServer.start(new ServerConfig("127.0.0.1", 0, data, Map.of()));
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private static Answer get(String path) throws IOException, InterruptedException {
    return TestClient.get(server.address() + "/api/v1/insight" + path);
  }

  private static String checkpoint(String game) throws IOException, InterruptedException {
    for (JsonNode each : get("").body().path("checkpoints")) {
      if (each.path("game").asText().equals(game)) {
        return each.path("id").asText();
      }
    }
    throw new AssertionError("There is no checkpoint of " + game);
  }

  private static JsonNode ask(String game, String view, String options)
      throws IOException, InterruptedException {
    Answer answer = get("/%s/%s?%s".formatted(checkpoint(game), view, options));
    assertEquals(200, answer.status(), answer.body()::toString);
    return answer.body();
  }

  @Test
  void everyView_keepsItsSchema() throws Exception {
    assertEquals(
        Optional.empty(), Contract.get().problem(Part.HTTP, "insightList", get("").body()));
    for (View view : View.values()) {
      String objective = view == View.NEURON ? "channel:stem/2" : "value";
      String moves = URLEncoder.encode("b2 a1", StandardCharsets.UTF_8);
      JsonNode answer =
          ask("tic-tac-toe", view.id(), "moves=%s&objective=%s".formatted(moves, objective));
      String name = "insight" + view.name().charAt(0) + view.id().substring(1);
      assertEquals(Optional.empty(), Contract.get().problem(Part.HTTP, name, answer), name);
    }
  }

  @Test
  void attention_isComplete_andNetwork_knowsItsMoves() throws Exception {
    JsonNode network = ask("connect-four", "network", "moves=4444432253");
    assertEquals(7, network.path("policy").size());
    double sum = 0;
    for (JsonNode choice : network.path("policy")) {
      sum += choice.path("probability").asDouble();
    }
    assertEquals(1, sum, 1e-3);
    JsonNode attention =
        ask("connect-four", "attention", "moves=4444432253&objective=move:5&method=integrated");
    assertEquals(
        network.path("policy").get(4).path("logit").asDouble(),
        attention.path("score").asDouble(),
        1e-3);
    assertEquals(0, attention.path("gap").asDouble(), 0.03);
    assertEquals(42, attention.path("squares").size());
  }

  @Test
  void neuron_isWhatItsLayerGives() throws Exception {
    JsonNode neuron = ask("connect-four", "neuron", "moves=4444&objective=channel:stem/3");
    JsonNode layer = ask("connect-four", "layer", "moves=4444&layer=stem");
    int column = 3;
    int row = 2;
    double sum = neuron.path("bias").asDouble();
    for (int plane = 0; plane < neuron.path("kernel").size(); plane++) {
      for (int i = 0; i < 9; i++) {
        // The kernel's rows go down, the board's up.
        int square = (row + 1 - i / 3) * 7 + column + i % 3 - 1;
        sum +=
            neuron.path("kernel").get(plane).get(i).asDouble()
                * neuron.path("planes").get(plane).get(square).asDouble();
      }
    }
    double given = layer.path("channels").get(3).get(row * 7 + column).asDouble();
    assertEquals(given, Math.max(0, sum), 1e-3);
  }

  @ParameterizedTest
  @CsvSource({
    "/000000000000/network, 404, unknown_checkpoint",
    "/..%2f..%2fetc/network, 404, unknown_checkpoint",
    "/ID/horoscope, 404, unknown_type",
    "/ID/network?moves=9, 400, malformed",
    "/ID/network?moves=1111111, 400, malformed",
    "/ID/network?moves=1121314, 400, match_over",
    "/ID/attention?objective=love, 400, malformed",
    "/ID/attention?objective=channel:stem/99999, 400, malformed",
    "/ID/attention?method=guess, 400, malformed",
    "/ID/features?seed=-1, 400, malformed",
    "/ID/layer?layer=../x, 400, malformed"
  })
  void question_thatIsWrong_isRefused(String path, int status, String code) throws Exception {
    Answer answer = get(path.replace("ID", checkpoint("connect-four")));
    assertEquals(status, answer.status(), answer.body()::toString);
    assertEquals(code, answer.body().at("/error/code").asText());
  }
}
