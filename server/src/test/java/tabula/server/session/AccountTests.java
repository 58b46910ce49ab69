package tabula.server.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tabula.server.ServerConfig;
import tabula.server.TabulaServer;
import tabula.server.account.Account;
import tabula.server.session.TestClient.Answer;
import tabula.server.store.AccountStore;
import tabula.server.store.DatabaseConfig;

/** Accounts over HTTP and the websocket. */
class AccountTests {

  private static final String OPEN_MATCH =
      "{\"game\": \"tic-tac-toe\", \"first\": {\"kind\": \"open\"}, \"second\": {\"kind\": \"open\"}}";

  @TempDir private Path data = Path.of("");

  @SuppressWarnings("NullAway.Init") // started before each test
  private TabulaServer server;

  @SuppressWarnings("NullAway.Init")
  private Browser page;

  @BeforeEach
  void start() {
    server = TabulaServer.start(new ServerConfig("127.0.0.1", 0, data, Map.of()));
    page = new Browser(server.address());
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private static String code(Answer answer) {
    return answer.status() + " " + answer.body().path("error").path("code").asText();
  }

  private String openMatch() throws IOException, InterruptedException {
    return TestClient.post(server.address() + "/api/v1/matches", OPEN_MATCH)
        .body()
        .path("match")
        .path("id")
        .asText();
  }

  private JsonNode seat(String matchId, String side) throws IOException, InterruptedException {
    return TestClient.get(server.address() + "/api/v1/matches/" + matchId)
        .body()
        .at("/match/seats/" + side);
  }

  private TestClient withToken(String token) {
    return new TestClient(server.address(), Map.of("Authorization", "Bearer " + token));
  }

  @Test
  void guest_isKnownAgain_andKeepsTheIdWithTheName() throws Exception {
    assertTrue(page.get("").body().path("account").isNull());
    String cookie = String.valueOf(page.headers.get("Cookie"));
    String id = cookie.split("\\.", -1)[1];
    page.get("");
    assertEquals(id, String.valueOf(page.headers.get("Cookie")).split("\\.", -1)[1]);
    assertEquals(id, page.claim("Ada").path("id").asText());
    assertEquals("Ada", page.get("").body().at("/account/name").asText());
    // The guest's cookie claims another name: that is another account.
    page.headers.put("Cookie", cookie);
    assertNotEquals(id, page.claim("Eve").path("id").asText());
  }

  @Test
  void signIn_givesTheAccount_signOutTakesIt() throws Exception {
    page.claim("Ada");
    page.post("/sign-out", "{}");
    assertTrue(page.get("").body().path("account").isNull());
    assertEquals(200, page.post("/sign-in", Browser.credentials("aDA", Browser.PASSWORD)).status());
    assertEquals("Ada", page.get("").body().at("/account/name").asText());
  }

  @Test
  void wrongName_andWrongPassword_areNotToldApart() throws Exception {
    page.claim("Ada");
    Answer wrongPassword = page.post("/sign-in", Browser.credentials("Ada", "another password"));
    Answer wrongName = page.post("/sign-in", Browser.credentials("Eve", "another password"));
    assertEquals("401 unauthenticated", code(wrongPassword));
    assertEquals(wrongPassword, wrongName);
  }

  @Test
  void password_thatChanges_signsOtherBrowsersOut() throws Exception {
    page.claim("Ada");
    Browser other = new Browser(server.address());
    other.post("/sign-in", Browser.credentials("Ada", Browser.PASSWORD));
    String change = "{\"current\": \"%s\", \"password\": \"another horse of nine\"}";
    assertEquals(
        "401 unauthenticated", code(page.post("/password", change.formatted("a wrong one"))));
    assertEquals(200, page.post("/password", change.formatted(Browser.PASSWORD)).status());
    assertEquals("Ada", page.get("").body().at("/account/name").asText());
    assertTrue(other.get("").body().path("account").isNull());
  }

  @Test
  void signIn_triedTooOften_waits_whoeverIsTried() throws Exception {
    int tries = 0;
    Answer answer;
    do {
      answer = page.post("/sign-in", Browser.credentials("nobody" + tries, "wrong password"));
      tries++;
    } while (answer.status() == 401 && tries < 100);
    assertEquals("429 rate_limited", code(answer));
    assertTrue(answer.body().path("error").path("retryAfterMs").asLong() > 0);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Guest | a horse of nine colours | 400 malformed",
        "Аdа | a horse of nine colours | 400 malformed",
        "ADA | a horse of nine colours | 409 name_taken",
        "Eve | short | 400 malformed"
      })
  void claim_thatCannotBe_isRefused(String name, String password, String code) throws Exception {
    new Browser(server.address()).claim("Ada");
    assertEquals(code, code(page.post("", Browser.credentials(name, password))));
  }

  @Test
  void bot_playsUnderItsName_andNobodyElseDoes() throws Exception {
    page.claim("Ada");
    String token = page.botWithToken("Deep Thought");
    String botId = page.get("/bots").body().at("/bots/0/id").asText();
    String matchId = openMatch();
    try (TestClient bot = new TestClient(server.address());
        TestClient stranger = new TestClient(server.address())) {
      bot.sendText(
          "{\"type\": \"authenticate\", \"id\": \"a\", \"data\": {\"token\": \"%s\"}}"
              .formatted(token));
      bot.send("join", matchId, 0, "{\"kind\": \"bot\", \"name\": \"x\", \"side\": \"first\"}");
      assertEquals("Deep Thought", bot.await("authenticated").at("/data/account/name").asText());
      bot.await("joined");
      stranger.send("join", matchId, 0, "{\"kind\": \"bot\", \"name\": \"deep thought\"}");
      assertEquals("name_taken", stranger.awaitRefusal());
      stranger.send("join", matchId, 0, "{\"kind\": \"person\", \"name\": \"ADA\"}");
      assertEquals("name_taken", stranger.awaitRefusal());
      stranger.send("join", matchId, 0, "{\"kind\": \"bot\", \"name\": \"Shallow\"}");
      stranger.await("joined");
    }
    assertEquals("Deep Thought", seat(matchId, "first").path("name").asText());
    assertEquals(botId, seat(matchId, "first").path("account").asText());
    assertFalse(seat(matchId, "second").has("account"));
  }

  @Test
  void bot_thatErrs_isSeenToByItsOwnerAlone() throws Exception {
    page.claim("Ada");
    String token = page.botWithToken("Deep Thought");
    String errors = "/bots/%s/errors".formatted(page.get("/bots").body().at("/bots/0/id").asText());
    assertTrue(page.get(errors).body().path("errors").isEmpty());
    String matchId = openMatch();
    try (TestClient bot = withToken(token)) {
      bot.await("authenticated");
      bot.send("move", matchId, 0, "{\"move\": \"4\"}");
      assertEquals("not_your_seat", bot.awaitRefusal());
      for (int i = 0; i < BotErrors.MOST_OF_A_BOT; i++) {
        bot.sendText("{\"type\": \"nonsense\"}");
        assertEquals("unknown_type", bot.awaitRefusal());
      }
      bot.send("move", matchId, 0, "{\"move\": \"4\"}");
      bot.awaitRefusal();
    }
    JsonNode seen = page.get(errors).body().path("errors");
    assertEquals(BotErrors.MOST_OF_A_BOT, seen.size());
    assertEquals("not_your_seat", seen.at("/0/code").asText(), "the newest comes first");
    assertEquals(matchId, seen.at("/0/matchId").asText());
    assertEquals("unknown_type", seen.at("/19/code").asText(), "the oldest is forgotten");
    Browser other = new Browser(server.address());
    assertEquals("401 unauthenticated", code(other.get(errors)));
    other.claim("Eve");
    assertEquals("404 unknown_account", code(other.get(errors)));
  }

  @Test
  void spectators_areNamedIfTheyHaveAccounts_andCountedElse() throws Exception {
    page.claim("Ada");
    String matchId = openMatch();
    try (TestClient player = new TestClient(server.address());
        TestClient guest = new TestClient(server.address());
        TestClient ada = new TestClient(server.address(), page.headers)) {
      player.send("join", matchId, 0, "{\"kind\": \"person\", \"name\": \"A guest\"}");
      player.await("joined");
      ada.await("authenticated");
      ada.send("watch", matchId, 0, "{}");
      awaitSpectators(player, "Ada", 0);
      guest.send("watch", matchId, 0, "{}");
      awaitSpectators(player, "Ada", 1);
      awaitSpectators(guest, "Ada", 1);
      ada.send("unwatch", matchId, 0, "{}");
      awaitSpectators(player, "", 1);
      // Whoever plays does not look on.
      guest.send("join", matchId, 0, "{\"kind\": \"person\", \"name\": \"B guest\"}");
      awaitSpectators(player, "", 0);
    }
  }

  /** Waits until those who look on are this one, if any, and so many others. */
  private static void awaitSpectators(TestClient client, String name, int others)
      throws InterruptedException {
    JsonNode data;
    do {
      data = client.await("spectators").path("data");
    } while (!data.at("/named/0/name").asText().equals(name)
        || data.path("others").asInt() != others);
  }

  @Test
  void match_madeWithATokenOrACookie_seatsTheAccount() throws Exception {
    String id = page.claim("Ada").path("id").asText();
    String token = page.botWithToken("Deep Thought");
    String match =
        "{\"game\": \"tic-tac-toe\", \"first\": {\"kind\": \"%s\", \"name\": \"any\"}, \"second\": {\"kind\": \"open\"}}";
    JsonNode byPerson = page.ask("POST", "/api/v1/matches", match.formatted("person")).body();
    assertEquals("Ada", byPerson.at("/match/seats/first/name").asText());
    assertEquals(id, byPerson.at("/match/seats/first/account").asText());
    Browser program = new Browser(server.address());
    program.headers.clear();
    program.headers.put("Authorization", "Bearer " + token);
    JsonNode byBot = program.ask("POST", "/api/v1/matches", match.formatted("bot")).body();
    assertEquals("Deep Thought", byBot.at("/match/seats/first/name").asText());
    assertEquals(
        "403 forbidden", code(program.ask("POST", "/api/v1/matches", match.formatted("person"))));
    program.headers.put("Authorization", "Bearer wrong");
    assertEquals(
        "401 unauthenticated",
        code(program.ask("POST", "/api/v1/matches", match.formatted("bot"))));
    Browser stranger = new Browser(server.address());
    assertEquals(
        "409 name_taken",
        code(
            stranger.ask(
                "POST", "/api/v1/matches", match.formatted("bot").replace("any", "DEEP thought"))));
  }

  @Test
  void person_onThePage_sitsUnderTheName() throws Exception {
    String id = page.claim("Ada").path("id").asText();
    String matchId = openMatch();
    try (TestClient client = new TestClient(server.address(), page.headers)) {
      assertEquals(id, client.await("authenticated").at("/data/account/id").asText());
      client.send("join", matchId, 0, "{\"kind\": \"person\", \"name\": \"Guest\"}");
      client.await("joined");
    }
    assertEquals(id, seat(matchId, "first").path("account").asText());
  }

  @Test
  void newestConnection_ofABot_isTheOnlyOne_andGoesOnWithTheSession() throws Exception {
    page.claim("Ada");
    String token = page.botWithToken("Deep Thought");
    String matchId = openMatch();
    try (TestClient older = withToken(token)) {
      String session = older.await("hello").at("/data/sessionId").asText();
      older.await("authenticated");
      older.send("join", matchId, 0, "{\"kind\": \"bot\", \"name\": \"x\", \"side\": \"first\"}");
      long seq = older.await("matchStarted").path("seq").asLong();
      try (TestClient newer = withToken(token)) {
        newer.await("authenticated");
        assertEquals(4002, older.awaitClose());
        newer.sendText(
            "{\"type\": \"resume\", \"data\": {\"sessionId\": \"%s\", \"lastSeq\": %d}}"
                .formatted(session, seq));
        assertEquals("frames", newer.await("resumed").at("/data/missed").asText());
        newer.send("resign", matchId, 0, "{}");
        newer.await("accepted");
        try (TestClient newest = withToken(token)) {
          newest.await("authenticated");
          assertEquals(4002, newer.awaitClose());
        }
      }
    }
  }

  @Test
  void session_ofAnAccount_isNotResumedByAnother() throws Exception {
    page.claim("Ada");
    String one = page.botWithToken("One");
    String two = page.botWithToken("Two");
    String matchId = openMatch();
    try (TestClient first = withToken(one);
        TestClient second = withToken(two)) {
      String session = first.await("hello").at("/data/sessionId").asText();
      first.send("watch", matchId, 0, "{}");
      first.await("matchStarted");
      second.await("authenticated");
      second.sendText(
          "{\"type\": \"resume\", \"data\": {\"sessionId\": \"%s\", \"lastSeq\": 0}}"
              .formatted(session));
      assertEquals("forbidden", second.awaitRefusal());
      second.sendText("{\"type\": \"authenticate\", \"data\": {\"token\": \"%s\"}}".formatted(one));
      assertEquals("forbidden", second.awaitRefusal());
      try (TestClient stranger = new TestClient(server.address())) {
        stranger.sendText(
            "{\"type\": \"resume\", \"data\": {\"sessionId\": \"%s\", \"lastSeq\": 0}}"
                .formatted(session));
        assertEquals("forbidden", stranger.awaitRefusal());
      }
    }
  }

  @Test
  void seat_whoseTokenIsLost_isTheAccountsStill() throws Exception {
    page.claim("Ada");
    String token = page.botWithToken("Deep Thought");
    String matchId = openMatch();
    String seat = "{\"kind\": \"bot\", \"name\": \"x\", \"side\": \"first\"}";
    String lost;
    try (TestClient bot = withToken(token)) {
      bot.send("join", matchId, 0, seat);
      lost = bot.await("joined").at("/data/seatToken").asText();
    }
    try (TestClient bot = withToken(token);
        TestClient stranger = new TestClient(server.address())) {
      stranger.send("join", matchId, 0, seat);
      assertEquals("seat_taken", stranger.awaitRefusal());
      bot.send("join", matchId, 0, seat);
      assertNotEquals(lost, bot.await("joined").at("/data/seatToken").asText());
      stranger.send("join", matchId, 0, "{\"seatToken\": \"%s\"}".formatted(lost));
      assertEquals("not_your_seat", stranger.awaitRefusal());
      bot.send("resign", matchId, 0, "{}");
      bot.await("accepted");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"\\u202eevil", "\\u200b", "   ", "\\u0301"})
  void name_thatCannotBeSeen_isRefused(String name) throws Exception {
    assertEquals(
        "400 malformed",
        code(
            page.ask(
                "POST",
                "/api/v1/matches",
                OPEN_MATCH.replaceFirst(
                    "\"open\"",
                    "\"bot\", \"name\": \"%s\"".formatted(name).replace("\\", "\\\\")))));
  }

  @Test
  void token_thatIsRevoked_closesItsConnection_andIsNoMore() throws Exception {
    page.claim("Ada");
    String secret = page.botWithToken("Deep Thought");
    String id = page.get("/tokens").body().at("/tokens/0/id").asText();
    try (TestClient bot = withToken(secret)) {
      bot.await("authenticated");
      assertEquals("404 unknown_token", code(page.delete("/tokens/another")));
      Browser eve = new Browser(server.address());
      eve.claim("Eve");
      assertEquals("404 unknown_token", code(eve.delete("/tokens/" + id)));
      assertEquals(200, page.delete("/tokens/" + id).status());
      assertEquals(4003, bot.awaitClose());
    }
    assertEquals("404 unknown_token", code(page.delete("/tokens/" + id)));
    try (TestClient bot = withToken(secret)) {
      assertEquals("unauthenticated", bot.awaitRefusal());
    }
  }

  @Test
  void token_withoutItsScope_doesNotDoIt() throws Exception {
    String ada = page.claim("Ada").path("id").asText();
    page.botWithToken("Deep Thought");
    String botId = page.get("/bots").body().at("/bots/0/id").asText();
    String token = "{\"account\": \"%s\", \"label\": \"x\", \"scopes\": [\"%s\"]}";
    assertEquals("403 forbidden", code(page.post("/tokens", token.formatted(ada, "bot:play"))));
    assertEquals("403 forbidden", code(page.post("/tokens", token.formatted(ada, "admin"))));
    assertEquals("403 forbidden", code(page.post("/tokens", token.formatted(botId, "run:write"))));
    assertEquals(
        "404 unknown_account", code(page.post("/tokens", token.formatted("other", "bot:play"))));
    String matchId = openMatch();
    String runs = page.token(ada, "run:write").path("secret").asText();
    try (TestClient program = withToken(runs)) {
      program.await("authenticated");
      program.send("join", matchId, 0, "{\"kind\": \"bot\", \"name\": \"x\"}");
      assertEquals("forbidden", program.awaitRefusal());
      program.send("join", matchId, 0, "{\"kind\": \"person\", \"name\": \"x\"}");
      assertEquals("forbidden", program.awaitRefusal());
    }
    Browser program = new Browser(server.address());
    program.headers.put("Authorization", "Bearer " + runs);
    assertEquals("Ada", program.get("").body().at("/account/name").asText());
    assertEquals("403 forbidden", code(program.get("/tokens")));
    assertEquals("403 forbidden", code(program.post("/bots", "{\"name\": \"More\"}")));
  }

  /** What the command line does beside the server is heard of within seconds. */
  @Test
  void commandLine_changes_areHeardOf() throws Exception {
    page.claim("Ada");
    String secret = page.botWithToken("Deep Thought");
    JsonNode token = page.get("/tokens").body().at("/tokens/0");
    try (TestClient bot = withToken(secret);
        TestClient stranger = new TestClient(server.address());
        AccountStore beside = AccountStore.openBeside(new DatabaseConfig(data, null))) {
      bot.await("authenticated");
      beside.create(Account.person("g", "Grace", false, System.currentTimeMillis()), null).join();
      beside.revoke(token.path("id").asText(), System.currentTimeMillis()).join();
      assertEquals(4003, bot.awaitClose());
      stranger.send("join", openMatch(), 0, "{\"kind\": \"bot\", \"name\": \"grace\"}");
      assertEquals("name_taken", stranger.awaitRefusal());
    }
  }
}
