package tabula.server.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tabula.server.ServerConfig;
import tabula.server.SessionLimits;
import tabula.server.TabulaServer;
import tabula.server.lobby.Lobby;
import tabula.server.protocol.Contract;
import tabula.server.protocol.Contract.Part;
import tabula.server.store.DatabaseConfig;

/** Availability, challenges and pairing, over real sockets. */
class MeetingTests {

  /** Nobody is paired while a test runs. */
  private static final long NEVER = 1_000_000;

  @TempDir private Path data = Path.of("");

  @SuppressWarnings("NullAway.Init") // started by each test
  private TabulaServer server;

  private void start(Lobby.Limits lobby) {
    server =
        TabulaServer.start(
            new ServerConfig(
                "127.0.0.1",
                0,
                new DatabaseConfig(data, null),
                Map.of(),
                new SessionLimits(20_000, 90_000, 30_000, 120_000, 0, 50, lobby)));
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private static void wish(TestClient client, String name, String wishes)
      throws InterruptedException {
    client.send(
        "availability",
        "unused",
        0,
        "{\"as\": {\"kind\": \"bot\", \"name\": \"%s\"}, \"games\": [\"tic-tac-toe\"]%s}"
            .formatted(name, wishes));
    client.await("accepted");
  }

  private static void challenge(TestClient client, String more) {
    client.send(
        "challenge",
        "unused",
        0,
        "{\"as\": {\"kind\": \"bot\", \"name\": \"asker\"}, \"game\": \"tic-tac-toe\"%s}"
            .formatted(more));
  }

  private static void accept(TestClient client, String id) {
    client.send("acceptChallenge", id, 0, "{\"as\": {\"kind\": \"person\", \"name\": \"Ada\"}}");
  }

  private JsonNode available() throws IOException, InterruptedException {
    JsonNode body = TestClient.get(server.address() + "/api/v1/available").body();
    assertEquals(Optional.empty(), Contract.get().problem(Part.HTTP, "availableList", body));
    return body.path("available");
  }

  /** Plays the first legal move, as often as the match lasts. */
  private static JsonNode playOn(TestClient first, TestClient second, JsonNode match)
      throws InterruptedException {
    String id = match.path("id").asText();
    JsonNode state = match;
    TestClient[] clients = {first, second};
    while (!state.path("legalMoves").isEmpty()) {
      int ply = state.path("ply").asInt();
      TestClient mover = clients[ply % 2];
      String move = state.path("legalMoves").get(0).asText();
      mover.send("move", id, ply, "{\"move\": \"%s\"}".formatted(move));
      do {
        state = mover.await("matchState").path("data");
      } while (state.path("ply").asInt() <= ply);
    }
    return state;
  }

  @Test
  void bots_thatAreAvailable_arePaired_andPlay_andAreBusyMeanwhile() throws Exception {
    start(new Lobby.Limits(50, NEVER, 5));
    try (TestClient one = new TestClient(server.address());
        TestClient other = new TestClient(server.address())) {
      wish(one, "one", ", \"opponents\": [\"bot\"]");
      wish(other, "other", ", \"opponents\": [\"bot\"]");
      JsonNode joined = one.await("joined");
      JsonNode match = one.await("matchStarted").path("data").path("match");
      assertEquals("bot", match.path("seats").path("first").path("kind").asText());
      assertEquals(
          match.path("id").asText(),
          other.await("matchStarted").path("data").path("match").path("id").asText());
      assertEquals(0, available().size(), "one match at once");
      boolean oneIsFirst = joined.path("data").path("side").asText().equals("first");
      playOn(oneIsFirst ? one : other, oneIsFirst ? other : one, match);
      // The two again, once nobody else came, with the sides changed.
      JsonNode again = one.await("joined");
      assertNotEquals(joined.path("matchId").asText(), again.path("matchId").asText());
      assertEquals(oneIsFirst ? "second" : "first", again.path("data").path("side").asText());
    }
  }

  @Test
  void whoLikesAgents_playsOne_ifNobodyElseComes() throws Exception {
    start(new Lobby.Limits(50, NEVER, 5));
    try (TestClient one = new TestClient(server.address())) {
      wish(one, "one", ", \"opponents\": [\"agent\", \"bot\"]");
      JsonNode seats = one.await("matchStarted").path("data").path("match").path("seats");
      assertTrue(
          seats.path("first").path("kind").asText().equals("agent")
              || seats.path("second").path("kind").asText().equals("agent"),
          seats::toString);
      assertFalse(seats.toString().contains("latest"), "what it is called for ever");
    }
  }

  @Test
  void match_thatOneSitsIn_counts_whereverItBegan() throws Exception {
    start(new Lobby.Limits(NEVER, NEVER, 5));
    String matchId =
        TestClient.post(
                server.address() + "/api/v1/matches",
                "{\"game\": \"tic-tac-toe\", \"first\": {\"kind\": \"open\"}, \"second\": {\"kind\": \"open\"}}")
            .body()
            .at("/match/id")
            .asText();
    try (TestClient one = new TestClient(server.address())) {
      wish(one, "one", "");
      assertEquals(1, available().size());
      one.send("join", matchId, 0, "{\"kind\": \"bot\", \"name\": \"one\"}");
      one.await("joined");
      assertEquals(0, available().size());
      one.send("resign", matchId, 0, "{}");
      one.await("matchEnded");
      assertEquals(1, available().size());
    }
  }

  @Test
  void challenge_thatIsAccepted_becomesAMatchOfItsId() throws Exception {
    start(new Lobby.Limits(NEVER, NEVER, 5));
    try (TestClient asked = new TestClient(server.address());
        TestClient asker = new TestClient(server.address());
        TestClient stranger = new TestClient(server.address())) {
      wish(asked, "asked", "");
      String to = available().path(0).path("id").asText();
      challenge(asker, ", \"side\": \"second\", \"to\": \"%s\"".formatted(to));
      String id = asker.await("challenge").path("matchId").asText();
      JsonNode heard = asked.await("challenge");
      assertEquals(id, heard.path("matchId").asText());
      assertEquals("asker", heard.path("data").path("from").path("name").asText());
      accept(stranger, id);
      assertEquals("unknown_challenge", stranger.awaitRefusal(), "it is not theirs to take");
      accept(asked, id);
      assertEquals("first", asked.await("joined").path("data").path("side").asText());
      asked.await("accepted");
      JsonNode joined = asker.await("joined");
      assertEquals("second", joined.path("data").path("side").asText());
      JsonNode match = asker.await("matchStarted").path("data").path("match");
      assertEquals(id, match.path("id").asText());
      assertEquals("Ada", match.path("seats").path("first").path("name").asText());
      accept(asked, id);
      assertEquals("unknown_challenge", asked.awaitRefusal(), "it is a match now");
      playOn(asked, asker, match);
      asker.await("matchEnded");
    }
  }

  @Test
  void challenge_isDeclinedWithAReason_orTakenBack() throws Exception {
    start(new Lobby.Limits(NEVER, NEVER, 5));
    try (TestClient asked = new TestClient(server.address());
        TestClient asker = new TestClient(server.address())) {
      wish(asked, "asked", "");
      String to = available().path(0).path("id").asText();
      challenge(asker, ", \"to\": \"%s\"".formatted(to));
      String id = asked.await("challenge").path("matchId").asText();
      asked.send("declineChallenge", id, 0, "{\"reason\": \"later\"}");
      JsonNode ended = asker.await("challengeEnded");
      assertEquals(id, ended.path("matchId").asText());
      assertEquals("declined", ended.path("data").path("end").asText());
      assertEquals("later", ended.path("data").path("reason").asText());
      challenge(asker, ", \"to\": \"%s\"".formatted(to));
      String second = asked.await("challenge").path("matchId").asText();
      asker.send("declineChallenge", second, 0, "{}");
      assertEquals("cancelled", asked.await("challengeEnded").path("data").path("end").asText());
      accept(asked, second);
      assertEquals("unknown_challenge", asked.awaitRefusal());
    }
  }

  @Test
  void challenge_thatIsNotWishedFor_isRefusedWithTheReason() throws Exception {
    start(new Lobby.Limits(NEVER, NEVER, 5));
    try (TestClient asked = new TestClient(server.address());
        TestClient asker = new TestClient(server.address())) {
      wish(asked, "asked", ", \"opponents\": [\"person\"]");
      String to = available().path(0).path("id").asText();
      challenge(asker, ", \"to\": \"%s\"".formatted(to));
      JsonNode refused = asker.await("refused").path("data");
      assertEquals("not_wished", refused.path("code").asText());
      assertTrue(refused.path("message").asText().contains("opponent"), refused::toString);
      challenge(
          asker,
          ", \"timeControl\": {\"kind\": \"perMove\", \"moveMs\": 9000}, \"to\": \"%s\""
              .formatted(to));
      assertTrue(
          asker.await("refused").path("data").path("message").asText().contains("timeControl"));
      wish(asked, "asked", ", \"paused\": true");
      assertEquals(0, available().size());
      challenge(asker, ", \"to\": \"%s\"".formatted(to));
      assertTrue(
          asker.await("refused").path("data").path("message").asText().contains("maintenance"));
      challenge(asker, ", \"to\": \"guest:nobody\"");
      assertEquals("unknown_player", asker.awaitRefusal());
      asker.send(
          "availability",
          "unused",
          0,
          "{\"as\": {\"kind\": \"bot\", \"name\": \"x\"}, \"games\": [\"shogi\"]}");
      assertEquals("unknown_game", asker.awaitRefusal());
    }
  }

  @Test
  void challenges_areCapped_andExpire_andTheOpenOnesAreForAnybody() throws Exception {
    start(new Lobby.Limits(NEVER, 8_000, 2));
    try (TestClient asker = new TestClient(server.address());
        TestClient anybody = new TestClient(server.address())) {
      challenge(asker, "");
      String first = asker.await("challenge").path("matchId").asText();
      accept(asker, first);
      assertEquals("unknown_challenge", asker.awaitRefusal(), "nobody plays themselves");
      challenge(asker, "");
      String second = asker.await("challenge").path("matchId").asText();
      challenge(asker, "");
      assertEquals("rate_limited", asker.awaitRefusal());
      accept(anybody, first);
      assertEquals(
          first, anybody.await("matchStarted").path("data").path("match").path("id").asText());
      JsonNode expired = asker.await("challengeEnded");
      assertEquals(second, expired.path("matchId").asText());
      assertEquals("expired", expired.path("data").path("end").asText());
    }
  }

  @Test
  void whoLeaves_isNotThereAnyMore_andTheirChallengesAreTakenBack() throws Exception {
    start(new Lobby.Limits(NEVER, NEVER, 5));
    try (TestClient asked = new TestClient(server.address())) {
      wish(asked, "asked", "");
      JsonNode player = available().path(0);
      assertEquals("asked", player.path("seat").path("name").asText());
      assertFalse(player.path("id").asText().isEmpty());
      try (TestClient asker = new TestClient(server.address())) {
        challenge(asker, ", \"to\": \"%s\"".formatted(player.path("id").asText()));
        asked.await("challenge");
      }
      assertEquals("cancelled", asked.await("challengeEnded").path("data").path("end").asText());
    }
  }

  /** Each side moves, and then the second one thinks for ever. */
  private static void moveAndFallSilent(TestClient first, TestClient second, String id)
      throws InterruptedException {
    String[] moves = {"a1", "b2", "c3"};
    for (int ply = 0; ply < moves.length; ply++) {
      TestClient mover = ply % 2 == 0 ? first : second;
      mover.send("move", id, ply, "{\"move\": \"%s\"}".formatted(moves[ply]));
      mover.await("moveAccepted");
    }
  }

  @Test
  void whoLetsMatchesRunOutOfTime_rests_andIsTold() throws Exception {
    start(new Lobby.Limits(NEVER, NEVER, 5));
    String shortTime =
        ", \"side\": \"second\", \"timeControl\":"
            + " {\"kind\": \"bank\", \"initialMs\": 2000, \"incrementMs\": 0}";
    try (TestClient late = new TestClient(server.address());
        TestClient other = new TestClient(server.address())) {
      wish(late, "late", ", \"atOnce\": 9");
      assertEquals(1, available().size());
      for (int i = 0; i < 3; i++) {
        challenge(late, shortTime);
        String id = late.await("challenge").path("matchId").asText();
        accept(other, id);
        other.await("matchStarted");
        late.await("matchStarted");
        moveAndFallSilent(other, late, id);
      }
      for (int i = 0; i < 3; i++) {
        assertEquals("time", other.await("matchEnded").path("data").path("reason").asText());
      }
      JsonNode rested = late.await("rested").path("data");
      assertEquals("timeouts", rested.path("reason").asText());
      assertTrue(rested.path("until").asLong() > System.currentTimeMillis());
      assertEquals(0, available().size());
      challenge(late, shortTime);
      assertEquals("rate_limited", late.awaitRefusal());
      wish(late, "late", "");
      late.await("rested");
      challenge(other, "");
      accept(late, other.await("challenge").path("matchId").asText());
      assertEquals("rate_limited", late.awaitRefusal());
    }
  }

  @Test
  void challengeForARatedMatch_needsTwoAccounts() throws Exception {
    start(new Lobby.Limits(NEVER, NEVER, 5));
    try (TestClient asker = new TestClient(server.address())) {
      challenge(asker, ", \"rated\": true");
      assertEquals("not_wished", asker.awaitRefusal());
    }
  }
}
