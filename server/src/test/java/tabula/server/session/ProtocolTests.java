package tabula.server.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tabula.server.ServerConfig;
import tabula.server.TabulaServer;
import tabula.server.UserError;
import tabula.server.match.Refusal;
import tabula.server.session.TestClient.Answer;

class ProtocolTests {

  private static final String PEOPLE =
      """
      {"game": "connect-four", "first": {"kind": "person", "name": "A"}, "second": {"kind": "person", "name": "B"}}
      """;

  @TempDir private Path data = Path.of("");
  private String address = "";

  @SuppressWarnings("NullAway.Init") // started before each test
  private TabulaServer server;

  @BeforeEach
  void start() {
    server = TabulaServer.start(new ServerConfig("127.0.0.1", 0, data, Map.of()));
    address = server.address();
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private Answer create(String body) throws IOException, InterruptedException {
    Answer answer = TestClient.post(address + "/api/v1/matches", body);
    assertEquals(201, answer.status(), answer.body()::toString);
    return answer;
  }

  private static String id(Answer created) {
    return created.body().path("match").path("id").asText();
  }

  private static String token(Answer created, String side) {
    return created.body().path("seatTokens").path(side).asText();
  }

  private TestClient join(Answer created, String side) throws InterruptedException {
    TestClient client = new TestClient(address);
    client.send("join", id(created), 0, "{\"seatToken\": \"%s\"}".formatted(token(created, side)));
    assertEquals(side, client.await("joined").path("data").path("side").asText());
    client.await("matchStarted");
    return client;
  }

  private static void move(TestClient client, String id, int ply, String move) {
    client.send("move", id, ply, "{\"move\": \"%s\"}".formatted(move));
  }

  @Test
  void hello_isTheFirstFrame_andSaysTheLimits() throws InterruptedException {
    try (TestClient client = new TestClient(address)) {
      JsonNode hello = client.await("hello");
      assertEquals("tabula.v1", hello.path("data").path("protocol").asText());
      assertEquals(0, hello.path("seq").asInt());
      assertTrue(hello.path("data").path("limits").path("maxFrameBytes").asInt() > 0);
      client.sendText("{\"type\": \"ping\", \"id\": \"p\", \"unknownField\": 1}");
      assertEquals("p", client.await("pong").path("id").asText());
    }
  }

  @Test
  void match_betweenTwo_isPlayedToItsEnd_beforeSpectators()
      throws InterruptedException, IOException {
    Answer created = create(PEOPLE);
    String id = id(created);
    try (TestClient first = join(created, "first");
        TestClient second = join(created, "second");
        TestClient watcher = new TestClient(address)) {
      watcher.send("watch", id, 0, "{}");
      watcher.await("matchStarted");
      String[] moves = {"1", "2", "1", "2", "1", "2", "1"};
      for (int ply = 0; ply < moves.length; ply++) {
        TestClient mover = ply % 2 == 0 ? first : second;
        move(mover, id, ply, moves[ply]);
        assertEquals(moves[ply], mover.await("moveAccepted").path("data").path("move").asText());
        JsonNode seen = watcher.await("matchState");
        assertEquals(moves[ply], seen.path("data").path("move").asText());
        assertEquals(ply + 1, seen.path("data").path("ply").asInt());
      }
      JsonNode ended = watcher.await("matchEnded");
      assertEquals("first", ended.path("data").path("outcome").asText());
      assertEquals("line", ended.path("data").path("reason").asText());
    }
    JsonNode match = TestClient.get(address + "/api/v1/matches/" + id).body().path("match");
    assertEquals(4, match.path("winningSquares").size());
    assertEquals("XO.....", match.path("board").get(5).asText());
  }

  @Test
  void move_rightBehindItsJoin_isPlayed() throws InterruptedException, IOException {
    Answer created = create(PEOPLE);
    String id = id(created);
    for (int ply = 0; ply < 20; ply++) {
      String side = ply % 2 == 0 ? "first" : "second";
      try (TestClient client = new TestClient(address)) {
        client.send("join", id, 0, "{\"seatToken\": \"%s\"}".formatted(token(created, side)));
        move(client, id, ply, String.valueOf(1 + ply % 7));
        client.await("joined");
        assertEquals("moveAccepted", client.await("moveAccepted", "refused").path("type").asText());
      }
    }
  }

  @Test
  void refusals_haveTheirCodes() throws InterruptedException, IOException {
    Answer created = create(PEOPLE);
    String id = id(created);
    try (TestClient first = join(created, "first");
        TestClient second = join(created, "second");
        TestClient stranger = new TestClient(address)) {
      move(second, id, 0, "4");
      assertEquals("not_your_turn", second.awaitRefusal());
      move(first, id, 0, "8");
      assertEquals("not_a_move", first.awaitRefusal());
      move(first, id, 3, "4");
      assertEquals("stale_ply", first.awaitRefusal());
      move(stranger, id, 0, "4");
      assertEquals("not_your_seat", stranger.awaitRefusal());
      stranger.send("join", id, 0, "{\"seatToken\": \"guessed\"}");
      assertEquals("not_your_seat", stranger.awaitRefusal());
      stranger.send("join", id, 0, "{\"kind\": \"person\", \"name\": \"C\"}");
      assertEquals("seat_taken", stranger.awaitRefusal());
      stranger.send("watch", "no-such-match", 0, "{}");
      assertEquals("unknown_match", stranger.awaitRefusal());
      first.send("takeback", id, 0, "{}");
      assertEquals("takeback_not_allowed", first.awaitRefusal());
      for (int ply = 0; ply < 6; ply++) {
        TestClient mover = ply % 2 == 0 ? first : second;
        move(mover, id, ply, "4");
        mover.await("moveAccepted");
      }
      move(first, id, 6, "4");
      JsonNode refused = first.await("refused").path("data");
      assertEquals("illegal_move", refused.path("code").asText());
      assertEquals("Column 4 is full.", refused.path("message").asText());
      second.send("resign", id, 6, "{}");
      second.await("accepted");
      move(first, id, 6, "1");
      assertEquals("match_over", first.awaitRefusal());
    }
  }

  @Test
  void move_sentAgain_getsTheSameAnswer_andAnotherIsStale()
      throws InterruptedException, IOException {
    Answer created = create(PEOPLE);
    try (TestClient first = join(created, "first")) {
      move(first, id(created), 0, "4");
      JsonNode once = first.await("moveAccepted");
      move(first, id(created), 0, "4");
      JsonNode again = first.await("moveAccepted");
      assertEquals(once.path("data"), again.path("data"));
      move(first, id(created), 0, "5");
      assertEquals("stale_ply", first.awaitRefusal());
    }
    assertEquals(
        1,
        TestClient.get(address + "/api/v1/matches/" + id(created))
            .body()
            .path("match")
            .path("ply")
            .asInt());
  }

  @Test
  void openSeat_isTakenByABot_andASeatIsResumedByItsToken()
      throws InterruptedException, IOException {
    Answer created =
        create(
            """
            {"game": "tic-tac-toe", "first": {"kind": "open"}, "second": {"kind": "agent", "agent": "random"}}
            """);
    String id = id(created);
    String token;
    try (TestClient bot = new TestClient(address)) {
      bot.send("join", id, 0, "{\"kind\": \"bot\", \"name\": \"B\"}");
      token = bot.await("joined").path("data").path("seatToken").asText();
      assertEquals(
          "bot",
          bot.await("matchStarted")
              .path("data")
              .path("match")
              .path("seats")
              .path("first")
              .path("kind")
              .asText());
      move(bot, id, 0, "b2");
      bot.await("moveAccepted");
    }
    try (TestClient again = new TestClient(address)) {
      again.send("join", id, 0, "{\"seatToken\": \"%s\"}".formatted(token));
      assertEquals("first", again.await("joined").path("data").path("side").asText());
      assertEquals(
          "b2",
          again.await("matchStarted").path("data").path("match").path("moves").get(0).asText());
    }
  }

  @Test
  void draw_offeredDeclinedAndAgreed_isToldToBoth() throws InterruptedException, IOException {
    Answer created =
        create(
            """
            {"game": "connect-four", "first": {"kind": "person"}, "second": {"kind": "person"}}
            """);
    String id = id(created);
    try (TestClient first = join(created, "first");
        TestClient second = join(created, "second")) {
      second.send("draw", id, 0, "{\"action\": \"accept\"}");
      assertEquals("no_offer", second.awaitRefusal());
      first.send("draw", id, 0, "{\"action\": \"offer\"}");
      first.await("accepted");
      JsonNode offered = second.await("offers").path("data");
      assertEquals("first", offered.path("by").asText());
      assertEquals("first", offered.path("offers").path("draw").asText());
      second.send("draw", id, 0, "{\"action\": \"decline\"}");
      second.await("accepted");
      first.await("offers");
      JsonNode declined = first.await("offers").path("data");
      assertEquals("draw", declined.path("declined").asText());
      assertTrue(declined.path("offers").isEmpty());
      second.send("draw", id, 0, "{}");
      assertEquals(
          "second", first.await("offers").path("data").path("offers").path("draw").asText());
      try (TestClient later = join(created, "first")) {
        later.send("watch", id, 0, "{}");
        assertEquals(
            "second",
            later.await("matchStarted").at("/data/match/offers/draw").asText(),
            "a snapshot has it");
      }
      first.send("draw", id, 0, "{\"action\": \"accept\"}");
      JsonNode ended = second.await("matchEnded").path("data");
      assertEquals("draw", ended.path("outcome").asText());
      assertEquals("agreement", ended.path("reason").asText());
    }
  }

  @Test
  void abort_beforeTheFirstMove_endsTheMatch() throws InterruptedException, IOException {
    Answer created =
        create(
            """
            {"game": "connect-four", "first": {"kind": "person"}, "second": {"kind": "person"}}
            """);
    try (TestClient first = join(created, "first");
        TestClient second = join(created, "second")) {
      first.send("abort", id(created), 0, "{}");
      first.await("accepted");
      assertEquals("aborted", second.await("matchEnded").path("data").path("outcome").asText());
      second.send("draw", id(created), 0, "{}");
      assertEquals("match_over", second.awaitRefusal());
    }
  }

  @Test
  void takeback_againstAnAgent_takesItsAnswerBackToo() throws InterruptedException, IOException {
    Answer created =
        create(
            """
            {"game": "connect-four", "first": {"kind": "person"}, "second": {"kind": "agent", "agent": "random"}}
            """);
    try (TestClient client = join(created, "first")) {
      move(client, id(created), 0, "4");
      client.await("moveAccepted");
      JsonNode state = client.await("matchState");
      while (state.path("data").path("ply").asInt() < 2) {
        state = client.await("matchState");
      }
      client.send("takeback", id(created), 2, "{}");
      JsonNode back = client.await("matchState");
      assertEquals(0, back.path("data").path("ply").asInt());
      assertEquals(0, back.path("data").path("moves").size());
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "not json | malformed | not JSON",
        "[] | malformed | object",
        "{} | malformed | type",
        "{\"type\": 7} | malformed | type",
        "{\"type\": \"dance\"} | unknown_type | watch",
        "{\"type\": \"watch\"} | malformed | matchId",
        "{\"type\": \"move\", \"matchId\": \"m\", \"data\": {\"move\": \"4\"}} | malformed | ply",
        "{\"type\": \"move\", \"matchId\": \"m\", \"ply\": \"0\", \"data\": {\"move\": \"4\"}} |"
            + " malformed | ply",
        "{\"type\": \"move\", \"matchId\": \"m\", \"ply\": 0} | malformed | data",
        "{\"type\": \"join\", \"matchId\": \"m\", \"data\": {\"kind\": \"cat\"}} | malformed |"
            + " person or bot",
        "{\"type\": \"join\", \"matchId\": \"m\", \"data\": 5} | malformed | data",
        "{\"type\": \"join\", \"matchId\": \"m\", \"data\": {\"kind\": \"bot\", \"side\":"
            + " \"left\"}} | malformed | side",
        "{\"type\": \"join\", \"matchId\": \"m\", \"data\": {\"kind\": \"bot\", \"name\": \"x\","
            + " \"side\": 1e9999}} | malformed | too large",
        "{\"type\": \"join\", \"matchId\": \"m\", \"data\": {\"kind\": \"bot\", \"name\": \"x\","
            + " \"seatToken\": null}} | unknown_match | m"
      })
  void frame_thatIsWrong_isRefusedInWords(String frame, String code, String word)
      throws InterruptedException {
    try (TestClient client = new TestClient(address)) {
      client.sendText(frame);
      JsonNode refused = client.await("refused").path("data");
      assertEquals(code, refused.path("code").asText());
      assertTrue(refused.path("message").asText().contains(word), refused::toString);
    }
  }

  @Test
  void frame_ofAMegabyte_closesThatConnectionAlone() throws Exception {
    try (TestClient other = new TestClient(address);
        TestClient client = new TestClient(address)) {
      try {
        client.sendText("x".repeat(1 << 20));
      } catch (CompletionException e) {
        // The server may close before all of it is sent.
      }
      assertNotEquals(1000, client.awaitClose());
      other.sendText("{\"type\": \"ping\"}");
      other.await("pong");
    }
  }

  @Test
  void frames_thatAreTooMany_areRefusedWithAPause() throws InterruptedException {
    try (TestClient client = new TestClient(address)) {
      for (int i = 0; i < 150; i++) {
        client.sendText("{\"type\": \"unwatch\", \"matchId\": \"m\"}");
      }
      JsonNode refused = client.await("refused").path("data");
      assertEquals("rate_limited", refused.path("code").asText());
      assertTrue(refused.path("retryAfterMs").asLong() > 0);
    }
  }

  @Test
  void frames_atRandom_neverHurtTheServer() throws Exception {
    Set<String> codes =
        Arrays.stream(Refusal.values()).map(Refusal::code).collect(Collectors.toSet());
    SplittableRandom random = new SplittableRandom(99);
    String[] pieces = {
      "{",
      "}",
      "[",
      "]",
      "\"type\":",
      "\"move\"",
      "\"join\"",
      ",",
      "\"matchId\":",
      "\"m\"",
      ":",
      "null",
      "1e999",
      "\"data\":{",
      "\\u0000",
      "\"ply\":",
      "-1",
      "true",
      "\"\ud83d\ude00\"",
      "\"seatToken\":",
      "\"x\""
    };
    for (int connection = 0; connection < 30; connection++) {
      try (TestClient client = new TestClient(address)) {
        for (int i = 0; i < 90; i++) {
          StringBuilder text = new StringBuilder();
          for (int piece = random.nextInt(12); piece >= 0; piece--) {
            text.append(pieces[random.nextInt(pieces.length)]);
          }
          client.sendText(text.toString());
          assertTrue(codes.contains(client.awaitRefusal()), text::toString);
        }
      }
    }
    assertEquals(200, TestClient.get(address + "/health").status());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "/matches | [] | 400 | malformed",
        "/matches | {\"game\": \"shogi\", \"first\": {\"kind\": \"person\"}, \"second\":"
            + " {\"kind\": \"open\"}} | 404 | unknown_game",
        "/matches | {\"game\": \"connect-four\"} | 400 | malformed",
        "/matches | {\"game\": \"connect-four\", \"first\": {\"kind\": \"person\"}, \"second\":"
            + " {\"kind\": \"agent\", \"agent\": \"net:/etc/passwd\"}} | 404 | unknown_agent",
        "/matches | {\"game\": \"connect-four\", \"first\": {\"kind\": \"cat\"}, \"second\":"
            + " {\"kind\": \"open\"}} | 400 | malformed",
        "/analyse | {\"game\": \"connect-four\", \"agent\": \"random\", \"moves\": [\"9\"]} | 400 |"
            + " not_a_move",
        "/analyse | {\"game\": \"connect-four\", \"agent\": \"random\", \"moves\":"
            + " [\"4\",\"4\",\"4\",\"4\",\"4\",\"4\",\"4\"]} | 400 | illegal_move",
        "/analyse | {\"game\": \"connect-four\", \"agent\": \"random\", \"moves\":"
            + " [\"1\",\"2\",\"1\",\"2\",\"1\",\"2\",\"1\"]} | 400 | match_over",
        "/analyse | {\"game\": \"connect-four\", \"agent\": \"random\", \"moves\": \"44\"} | 400 |"
            + " malformed",
        "/nothing | {} | 404 | unknown_type"
      })
  void request_thatIsWrong_isRefusedInWords(String path, String body, int status, String code)
      throws IOException, InterruptedException {
    Answer answer = TestClient.post(address + "/api/v1" + path, body);
    assertEquals(status, answer.status());
    assertEquals(code, answer.body().path("error").path("code").asText());
    assertFalse(answer.body().path("error").path("message").asText().isBlank());
  }

  @Test
  void request_ofAMegabyte_isRefused() throws IOException, InterruptedException {
    Answer answer = TestClient.post(address + "/api/v1/matches", " ".repeat(1 << 20));
    assertEquals(413, answer.status());
    assertEquals("malformed", answer.body().path("error").path("code").asText());
  }

  @Test
  void analyse_givesAPolicyOverTheLegalMoves() throws IOException, InterruptedException {
    Answer answer =
        TestClient.post(
            address + "/api/v1/analyse",
            "{\"game\": \"connect-four\", \"agent\": \"mcts:1000\", \"moves\":"
                + " [\"1\",\"7\",\"1\",\"7\",\"1\",\"7\"]}");
    assertEquals(200, answer.status());
    assertEquals("1", answer.body().path("move").asText());
    assertEquals(7, answer.body().path("policy").size());
  }

  @Test
  void everyAgentOnOffer_plays() throws IOException, InterruptedException {
    for (String game : new String[] {"connect-four", "tic-tac-toe"}) {
      JsonNode agents =
          TestClient.get(address + "/api/v1/agents?game=" + game).body().path("agents");
      assertTrue(agents.size() >= 5);
      for (JsonNode agent : agents) {
        String name = agent.path("agent").asText();
        Answer answer =
            TestClient.post(
                address + "/api/v1/analyse",
                "{\"game\": \"%s\", \"agent\": \"%s\", \"moves\": []}".formatted(game, name));
        assertEquals(200, answer.status(), name);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/../../../etc/passwd",
        "/%2e%2e/%2e%2e/etc/passwd",
        "/assets/../../db/migration/V1__matches.sql"
      })
  void path_thatClimbs_leadsNowhere(String path) throws IOException, InterruptedException {
    HttpResponse<String> response =
        HttpClient.newHttpClient()
            .send(
                HttpRequest.newBuilder(URI.create(address + path)).build(),
                HttpResponse.BodyHandlers.ofString());
    assertTrue(response.statusCode() == 404 || response.statusCode() == 400, path);
    assertFalse(response.body().contains("root:") || response.body().contains("create table"));
  }

  @Test
  void page_comesWithItsSecurityHeaders() throws IOException, InterruptedException {
    HttpResponse<String> response =
        HttpClient.newHttpClient()
            .send(
                HttpRequest.newBuilder(URI.create(address + "/match/abc")).build(),
                HttpResponse.BodyHandlers.ofString());
    assertEquals(200, response.statusCode());
    assertTrue(response.body().contains("<div id=\"app\">"));
    assertTrue(
        response
            .headers()
            .firstValue("Content-Security-Policy")
            .orElse("")
            .contains("default-src 'self'"));
    assertEquals("nosniff", response.headers().firstValue("X-Content-Type-Options").orElse(""));
  }

  @Test
  void websocket_fromAnotherSite_isRejected() {
    CompletionException failure =
        Assertions.assertThrows(
            CompletionException.class,
            () ->
                HttpClient.newHttpClient()
                    .newWebSocketBuilder()
                    .header("Origin", "http://evil.example")
                    .buildAsync(
                        URI.create(address.replace("http", "ws") + "/ws/v1"),
                        new WebSocket.Listener() {})
                    .join());
    assertTrue(
        failure.getCause() instanceof WebSocketHandshakeException handshake
            && handshake.getResponse().statusCode() == 403);
  }

  @Test
  void secondServer_onTheSameData_isRefused() {
    UserError failure =
        Assertions.assertThrows(
            UserError.class,
            () -> TabulaServer.start(new ServerConfig("127.0.0.1", 0, data, Map.of())));
    assertTrue(String.valueOf(failure.getMessage()).contains("Another Tabula server"));
  }

  @Test
  void server_onATakenPort_saysSo(@TempDir Path otherData) {
    int port = URI.create(address).getPort();
    UserError failure =
        Assertions.assertThrows(
            UserError.class,
            () -> TabulaServer.start(new ServerConfig("127.0.0.1", port, otherData, Map.of())));
    assertTrue(String.valueOf(failure.getMessage()).contains("is taken"));
  }

  @Test
  void seatTokens_areNotInTheDatabase() throws IOException, InterruptedException {
    Answer created = create(PEOPLE);
    server.close();
    try (var files = Files.walk(data)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        String content = new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
        assertFalse(content.contains(token(created, "first")), file.toString());
      }
    }
    server = TabulaServer.start(new ServerConfig("127.0.0.1", 0, data, Map.of()));
  }

  @Test
  void starterBot_playsAWholeMatch() throws IOException, InterruptedException {
    Process python;
    try {
      python =
          new ProcessBuilder(
                  "python3",
                  "../scripts/bots/python/tabula_bot.py",
                  address,
                  "--against",
                  "mcts:50")
              .redirectError(ProcessBuilder.Redirect.INHERIT)
              .start();
    } catch (IOException e) {
      Assumptions.abort("There is no python3 here.");
      return;
    }
    try (InputStream out = python.getInputStream()) {
      assertTrue(python.waitFor(60, TimeUnit.SECONDS));
      String said = new String(out.readAllBytes(), StandardCharsets.UTF_8);
      assertEquals(0, python.exitValue());
      assertTrue(said.strip().matches("(?s)http.*(won|lost|draw)"), said);
    } finally {
      python.destroyForcibly();
    }
  }
}
