package tabula.server.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import tabula.agents.train.RunConfig;
import tabula.server.ServerConfig;
import tabula.server.SessionLimits;
import tabula.server.TabulaServer;
import tabula.server.protocol.Contract;
import tabula.server.protocol.Contract.Part;
import tabula.server.run.Run;
import tabula.server.run.RunState;
import tabula.server.run.RunStore;
import tabula.server.session.TestClient.Answer;
import tabula.server.store.DatabaseConfig;

/** The documented examples are played against a live server: the documents and the server agree. */
class ExampleTests {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Contract CONTRACT = Contract.get();

  /** The run of the examples, which nobody trains. */
  private static final Run RUN =
      new Run(
          "k3m9xq27ab",
          "First try",
          "tic-tac-toe",
          new Run.Owner("nobody", null),
          RunConfig.DEFAULT.toJson(),
          null,
          1,
          1,
          1,
          null,
          RunState.PAUSED,
          1,
          1,
          null,
          List.of(),
          null);

  @TempDir private Path data = Path.of("");

  @SuppressWarnings("NullAway.Init") // started before each test
  private TabulaServer server;

  @BeforeEach
  void start() throws IOException {
    new RunStore(data).keep(RUN);
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
                true));
  }

  @AfterEach
  void stop() {
    server.close();
  }

  static Stream<Arguments> frames() {
    return CONTRACT.names(Part.CLIENT).stream()
        .flatMap(
            type ->
                CONTRACT.examples(Part.CLIENT, type).stream()
                    .map(example -> Arguments.of(type, example)));
  }

  /** The answer that the description of a frame promises. */
  private static String answer(String type) {
    return switch (type) {
      case "watch" -> "matchStarted";
      case "unwatch" -> "unwatched";
      case "join" -> "joined";
      case "move" -> "moveAccepted";
      case "ping" -> "pong";
      case "resume" -> "resumed";
      case "challenge" -> "challenge";
      case "authenticate" -> "authenticated";
      case "watchRun" -> "runState";
      default -> "accepted";
    };
  }

  @ParameterizedTest
  @MethodSource("frames")
  void frame_ofTheDocuments_isAnsweredAsTheySay(String type, JsonNode example)
      throws IOException, InterruptedException {
    boolean takesTheOpenSeat = type.equals("join") && !example.path("data").has("seatToken");
    JsonNode created =
        TestClient.post(
                server.address() + "/api/v1/matches",
                "{\"game\": \"connect-four\", \"first\": {\"kind\": \"person\"}, \"second\": %s}"
                    .formatted(
                        takesTheOpenSeat
                            ? "{\"kind\": \"open\"}"
                            : type.equals("draw")
                                ? "{\"kind\": \"person\"}"
                                : "{\"kind\": \"agent\", \"agent\": \"random\"}"))
            .body();
    String matchId = created.path("match").path("id").asText();
    String token = created.path("seatTokens").path("first").asText();
    if (type.equals("authenticate")) {
      Browser page = new Browser(server.address());
      page.claim("Ada");
      token = page.botWithToken("Deep Thought");
    }
    try (TestClient client = new TestClient(server.address());
        TestClient other = new TestClient(server.address())) {
      client.await("hello");
      if (type.equals("pong")) {
        // Nothing is said to it: the answer to the ping behind it is the next frame.
        client.sendText(example.toString());
        client.sendText("{\"type\": \"ping\", \"id\": \"next\"}");
        assertEquals("next", client.await("pong", "refused").path("id").asText());
        return;
      }
      if (!List.of("join", "watch", "resume", "authenticate").contains(type)) {
        client.send("join", matchId, 0, "{\"seatToken\": \"%s\"}".formatted(token));
        client.await("matchStarted");
      }
      if (type.equals("takeback")) {
        client.send("move", matchId, 0, "{\"move\": \"4\"}");
        client.await("moveAccepted");
      }
      String challengeId =
          switch (type) {
            case "acceptChallenge" -> challenge(other);
            case "declineChallenge" -> challenge(client);
            default -> "none";
          };
      client.sendText(
          example
              .toString()
              .replace("m7Kq2", matchId)
              .replace("2vK0cQ", token)
              .replace("c9Wx1", challengeId)
              .replace("q7Jw0nYk", token));
      JsonNode answered = client.await(answer(type), "refused");
      assertEquals(answer(type), answered.path("type").asText(), answered::toString);
      assertEquals(example.path("id").asText(), answered.path("id").asText());
    }
  }

  /** Somebody's challenge to accept, or one's own to take back. */
  private static String challenge(TestClient challenger) throws InterruptedException {
    challenger.send(
        "challenge", "unused", 0, "{\"as\": {\"kind\": \"person\"}, \"game\": \"tic-tac-toe\"}");
    return challenger.await("challenge").path("matchId").asText();
  }

  @ParameterizedTest
  @CsvSource({
    "createMatch, /matches, 201, matchCreated",
    "createTournament, /tournaments, 201, tournamentAnswer",
    "readRecords, /records, 200, recordsRead",
    "analyse, /analyse, 200, analysis"
  })
  void body_ofTheDocuments_isAnsweredAsTheySay(
      String name, String path, int status, String answerName)
      throws IOException, InterruptedException {
    for (JsonNode example : CONTRACT.examples(Part.HTTP, name)) {
      Answer answer = TestClient.post(server.address() + "/api/v1" + path, example.toString());
      assertEquals(status, answer.status(), answer.body()::toString);
      assertKeeps(answerName, answer.body());
    }
  }

  @Test
  void request_withoutABody_isAnsweredAsTheDocumentsSay() throws IOException, InterruptedException {
    JsonNode created =
        TestClient.post(
                server.address() + "/api/v1/matches",
                CONTRACT.examples(Part.HTTP, "createMatch").getFirst().toString())
            .body();
    String id = created.path("match").path("id").asText();
    Map<String, String> answers =
        Map.ofEntries(
            Map.entry("/api/v1/games", "gameList"),
            Map.entry("/api/v1/agents?game=connect-four", "agentList"),
            Map.entry("/api/v1/matches", "matchList"),
            Map.entry("/api/v1/matches?status=ongoing&live=true&agents=false", "matchList"),
            Map.entry("/api/v1/available", "availableList"),
            Map.entry("/api/v1/quota", "quotaList"),
            Map.entry("/api/v1/matches/" + id, "matchAnswer"),
            Map.entry("/api/v1/ladder?game=connect-four&pool=untimed&kind=agent", "ladder"),
            Map.entry("/api/v1/tournaments", "tournamentList"),
            Map.entry("/api/v1/players/agent:mcts:100", "playerPage"),
            Map.entry("/api/v1/runs", "runList"),
            Map.entry("/health", "health"));
    for (Map.Entry<String, String> asked : answers.entrySet()) {
      Answer answer = TestClient.get(server.address() + asked.getKey());
      assertEquals(200, answer.status());
      assertKeeps(asked.getValue(), answer.body());
    }
  }

  /** One after the other, as somebody would who has a page and then a bot. */
  @Test
  void accounts_ofTheDocuments_areMadeAsTheySay() throws IOException, InterruptedException {
    Browser page = new Browser(server.address());
    assertAnswer(200, "accountAnswer", page.get(""));
    assertAnswer(201, "accountAnswer", page.post("", example("claimAccount")));
    assertAnswer(200, "accountAnswer", page.post("/sign-out", "{}"));
    assertAnswer(200, "accountAnswer", page.post("/sign-in", example("signIn")));
    assertAnswer(200, "accountAnswer", page.post("/password", example("changePassword")));
    Answer bot = page.post("/bots", example("createBot"));
    assertAnswer(201, "botCreated", bot);
    String errors = "/bots/%s/errors".formatted(bot.body().at("/bot/id").asText());
    assertAnswer(200, "botErrors", page.get(errors));
    assertAnswer(200, "botList", page.get("/bots"));
    String botId = bot.body().path("bot").path("id").asText();
    Answer token = page.post("/tokens", example("createToken").replace("bB1x7Kd0", botId));
    assertAnswer(201, "tokenCreated", token);
    assertAnswer(200, "tokenList", page.get("/tokens"));
    String tokenId = token.body().path("token").path("id").asText();
    assertAnswer(200, "tokenRevoked", page.delete("/tokens/" + tokenId));
  }

  private static String example(String name) {
    return CONTRACT.examples(Part.HTTP, name).getFirst().toString();
  }

  private static void assertAnswer(int status, String name, Answer answer) {
    assertEquals(status, answer.status(), answer.body()::toString);
    assertKeeps(name, answer.body());
  }

  private static void assertKeeps(String name, JsonNode body) {
    assertEquals(Optional.empty(), CONTRACT.problem(Part.HTTP, name, body), body::toString);
  }

  /** The quick check of moves lets nothing through that the schema would not. */
  @Test
  void move_thatTheQuickCheckTakes_keepsTheSchema() throws IOException {
    SplittableRandom random = new SplittableRandom(11);
    String[] values = {
      "\"4\"",
      "\"\"",
      "0",
      "-1",
      "100000",
      "100001",
      "1.0",
      "1e3",
      "99999999999",
      "null",
      "true",
      "{}",
      "[]",
      "\"\\u0007\"",
      "\"\\u0085\"",
      "\"" + "x".repeat(100) + "\"",
      "\"" + "x".repeat(101) + "\"",
      "\"" + "\ud83d\ude00".repeat(60) + "\"",
      "{\"move\":\"4\"}",
      "{\"move\":\"\"}",
      "{\"move\":4}",
      "{\"move\":\"b2\",\"x\":1}"
    };
    String[] fields = {"matchId", "ply", "id", "data", "unknown"};
    String[] usual = {"\"m\"", "3", "\"i\"", "{\"move\":\"4\"}", "1"};
    int taken = 0;
    int kept = 0;
    for (int i = 0; i < 20_000; i++) {
      StringBuilder text = new StringBuilder("{\"type\":\"move\"");
      for (int field = 0; field < fields.length; field++) {
        if (random.nextInt(12) > 0) {
          text.append(",\"")
              .append(fields[field])
              .append("\":")
              .append(random.nextInt(4) > 0 ? usual[field] : values[random.nextInt(values.length)]);
        }
      }
      JsonNode frame = JSON.readTree(text.append('}').toString());
      boolean keeps = CONTRACT.problem(Part.CLIENT, "move", frame).isEmpty();
      boolean takes = ClientFrame.Reading.isPlainMove(frame);
      assertTrue(keeps || !takes, text::toString);
      taken += takes ? 1 : 0;
      kept += keeps ? 1 : 0;
    }
    assertTrue(taken > 5000 && taken < kept, taken + " of " + kept);
  }

  /** The same for taking up a seat. */
  @Test
  void join_thatTheQuickCheckTakes_keepsTheSchema() throws IOException {
    String[] datas = {
      "{\"seatToken\":\"t\"}",
      "{\"seatToken\":\"\"}",
      "{\"seatToken\":7}",
      "{}",
      "[\"seatToken\"]",
      "null",
      "{\"seatToken\":\"t\",\"kind\":\"person\"}",
      "{\"kind\":\"person\"}"
    };
    String[] ids = {"\"m\"", "\"\"", "1", "null", "\"\\u0007\"", "\"" + "x".repeat(101) + "\""};
    int taken = 0;
    for (String data : datas) {
      for (String matchId : ids) {
        for (String id : ids) {
          JsonNode frame =
              JSON.readTree(
                  "{\"type\":\"join\",\"id\":%s,\"matchId\":%s,\"data\":%s}"
                      .formatted(id, matchId, data));
          boolean takes = ClientFrame.Reading.isPlainJoin(frame);
          boolean keeps = CONTRACT.problem(Part.CLIENT, "join", frame).isEmpty();
          assertTrue(keeps || !takes, frame::toString);
          taken += takes ? 1 : 0;
        }
      }
    }
    assertEquals(2, taken, "with an id, and with an empty one");
  }

  @Test
  void docs_showTheContract() throws IOException, InterruptedException {
    String page = read("/docs");
    for (String name : CONTRACT.names(Part.CLIENT)) {
      assertTrue(page.contains("<code>%s</code>".formatted(name)), name);
    }
    assertTrue(page.contains("<table>"));
    assertFalse(page.contains("src=\"http"), "nothing from elsewhere");
    assertEquals(Contract.text("asyncapi.yaml"), read("/docs/asyncapi.yaml"));
    assertEquals(Contract.text("schemas/client.json"), read("/docs/schemas/client.json"));
    assertTrue(read("/docs/style.css").contains("table"));
  }

  @Test
  void record_ofAMatch_isReadBack() throws IOException, InterruptedException {
    HttpResponse<String> record = get(match("chess") + "/record?format=pgn");
    assertEquals(200, record.statusCode());
    assertEquals(
        Optional.of("application/vnd.chess-pgn; charset=utf-8"),
        record.headers().firstValue("Content-Type"));
    String disposition = record.headers().firstValue("Content-Disposition").orElse("");
    assertTrue(disposition.matches("attachment; filename=\"chess-[\\w-]+\\.pgn\""), disposition);
    Answer back = readRecords(record.body().replace("\n*", "\n1. e4 *").replace("*", "1/2-1/2"));
    assertAnswer(200, "recordsRead", back);
    JsonNode read = back.body().at("/games/0/match");
    assertEquals("Guest", read.at("/seats/first/name").asText());
    assertEquals("[\"e2e4\"]", read.path("moves").toString());
    assertEquals("agreement", read.path("reason").asText());
    assertEquals(404, get("/api/v1/matches/" + read.path("id").asText()).statusCode());
  }

  private String match(String game) throws IOException, InterruptedException {
    return "/api/v1/matches/"
        + TestClient.post(
                server.address() + "/api/v1/matches",
                "{\"game\": \"%s\", \"first\": {\"kind\": \"person\"}, \"second\": {\"kind\": \"open\"}}"
                    .formatted(game))
            .body()
            .at("/match/id")
            .asText();
  }

  private Answer readRecords(String text) throws IOException, InterruptedException {
    return TestClient.post(
        server.address() + "/api/v1/records", JSON.createObjectNode().put("text", text).toString());
  }

  @Test
  void record_thatCannotBe_isRefusedWithTheReason() throws IOException, InterruptedException {
    assertRefusal("not_a_record", "Line 2, column 4: 'Qd5'", readRecords("1. e4 e5\n2. Qd5"));
    assertRefusal(
        "not_a_record", "Line 101, column 1: At most 100", readRecords("f5\n".repeat(101)));
    assertEquals(100, readRecords("f5\n".repeat(100)).body().path("games").size());
    assertRefusal("malformed", "The body has more than 262144", readRecords("f5d6".repeat(70_000)));
    assertRefusal("malformed", "text is empty.", readRecords(""));
    String[][] asked = {
      {match("chess") + "/record?format=sgf", "malformed", "format is one of pgn, not 'sgf'."},
      {match("tic-tac-toe") + "/record", "malformed", "No record format has Tic-tac-toe."},
      {"/api/v1/matches/none/record", "unknown_match", "There is no match of this id."}
    };
    for (String[] each : asked) {
      assertRefusal(each[1], each[2], TestClient.get(server.address() + each[0]));
    }
  }

  private static void assertRefusal(String code, String begin, Answer answer) {
    JsonNode error = answer.body().path("error");
    assertEquals(code, error.path("code").asText(), answer::toString);
    assertTrue(error.path("message").asText().startsWith(begin), answer::toString);
  }

  @Test
  void pictures_areDrawnAsTheDocumentsSay_andRefusalsSayWhy()
      throws IOException, InterruptedException {
    String picture = match("connect-four") + "/picture";
    assertTrue(read(picture + ".svg").startsWith("<svg xmlns="), "a drawing");
    assertTrue(read(picture + ".png?width=64").contains("PNG"), "an image");

    HttpResponse<String> drawn = get("/api/v1/positions/connect-four.svg?moves=4455");
    assertEquals("image/svg+xml; charset=utf-8", type(drawn));
    assertEquals(
        "public, max-age=86400", drawn.headers().firstValue("Cache-Control").orElseThrow());
    String tag = drawn.headers().firstValue("ETag").orElseThrow();
    HttpResponse<String> again =
        get("/api/v1/positions/connect-four.svg?moves=4455", "If-None-Match", "\"x\", " + tag);
    assertEquals(304, again.statusCode());
    assertEquals("", again.body());
    assertEquals(
        200,
        get("/api/v1/positions/connect-four.svg?moves=4454", "If-None-Match", tag).statusCode(),
        "another picture");

    String[][] asked = {
      {"/api/v1/positions/connect-four.svg?moves=9", "malformed", "Move 1 (9) is not a move of"},
      {"/api/v1/positions/draughts.svg", "unknown_game", "There is no game 'draughts'. Games: "},
      {"/api/v1/positions/chess.png?width=5000", "malformed", "width is a number from 64 to 1200."},
      {"/api/v1/positions/chess.png?shape=x", "malformed", "shape is board or card, not 'x'."},
      {picture + ".svg?ply=9999", "malformed", "ply is a number from 0 to 0."},
      {"/api/v1/matches/nothing/picture.png", "unknown_match", "There is no match nothing."}
    };
    for (String[] each : asked) {
      assertRefusal(each[1], each[2], TestClient.get(server.address() + each[0]));
    }
  }

  @Test
  void linkToAMatch_showsItsPicture_andNobodysMarkup() throws IOException, InterruptedException {
    String id =
        TestClient.post(
                server.address() + "/api/v1/matches",
                """
                {"game": "chess", "first": {"kind": "person", "name": "\\"><b>Ada"},
                 "second": {"kind": "agent", "agent": "random"}}""")
            .body()
            .at("/match/id")
            .asText();
    String page = read("/match/" + id);
    assertTrue(page.contains("<title>Chess: &quot;&gt;&lt;b&gt;Ada – "), page);
    assertFalse(page.contains("<b>Ada"), page);
    assertTrue(
        page.contains(
            "content=\"%s/api/v1/matches/%s/picture.png?shape=card&amp;ply=0\""
                .formatted(server.address(), id)),
        page);
    assertTrue(page.contains("summary_large_image"), page);
    assertTrue(read("/match/nothing").contains("<title>Tabula</title>"), "no such match");
  }

  private static String type(HttpResponse<String> answer) {
    return answer.headers().firstValue("Content-Type").orElseThrow();
  }

  private HttpResponse<String> get(String path, String... headers)
      throws IOException, InterruptedException {
    HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(server.address() + path));
    return HttpClient.newHttpClient()
        .send(
            (headers.length == 0 ? request : request.headers(headers)).build(),
            HttpResponse.BodyHandlers.ofString());
  }

  private String read(String path) throws IOException, InterruptedException {
    HttpResponse<String> answer = get(path);
    assertEquals(200, answer.statusCode(), path);
    return answer.body();
  }
}
