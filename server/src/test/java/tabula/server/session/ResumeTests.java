package tabula.server.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tabula.server.ServerConfig;
import tabula.server.SessionLimits;
import tabula.server.TabulaServer;
import tabula.server.store.DatabaseConfig;

/**
 * A client whose connection breaks, in the middle of a match or of a restart, goes on as if it had
 * not.
 */
class ResumeTests {

  private static final SessionLimits PATIENT =
      new SessionLimits(20_000, 90_000, 30_000, 120_000, 10_000, 50);

  @TempDir private Path data = Path.of("");

  @SuppressWarnings("NullAway.Init") // started before each test
  private TabulaServer server;

  private String matchId = "";
  private String firstToken = "";
  private String secondToken = "";

  @BeforeEach
  void start() throws IOException, InterruptedException {
    start(PATIENT);
    JsonNode created =
        TestClient.post(
                server.address() + "/api/v1/matches",
                "{\"game\": \"connect-four\", \"first\": {\"kind\": \"bot\", \"name\": \"A\"},"
                    + " \"second\": {\"kind\": \"bot\", \"name\": \"B\"}}")
            .body();
    matchId = created.path("match").path("id").asText();
    firstToken = created.path("seatTokens").path("first").asText();
    secondToken = created.path("seatTokens").path("second").asText();
  }

  private void start(SessionLimits limits) {
    server =
        TabulaServer.start(
            new ServerConfig("127.0.0.1", 0, new DatabaseConfig(data, null), Map.of(), limits));
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private TestClient join(String token) throws InterruptedException {
    TestClient client = new TestClient(server.address());
    client.send("join", matchId, 0, "{\"seatToken\": \"%s\"}".formatted(token));
    client.await("matchStarted");
    return client;
  }

  private void play(TestClient client, int ply, String move) throws InterruptedException {
    client.send("move", matchId, ply, "{\"move\": \"%s\"}".formatted(move));
    JsonNode answer = client.await("moveAccepted", "refused");
    assertEquals("moveAccepted", answer.path("type").asText(), answer::toString);
  }

  private static String sessionId(TestClient client) {
    return client.hello().path("data").path("sessionId").asText();
  }

  private static void resume(TestClient client, String sessionId, long lastSeq, String tokens) {
    client.sendText(
        "{\"type\":\"resume\",\"id\":\"r\",\"data\":{\"sessionId\":\"%s\",\"lastSeq\":%d,\"seatTokens\":%s}}"
            .formatted(sessionId, lastSeq, tokens));
  }

  @Test
  void frames_thatWereMissed_comeAgain_andTheSeatIsStillHeld() throws Exception {
    try (TestClient second = join(secondToken)) {
      TestClient first = join(firstToken);
      play(first, 0, "4");
      long heard = first.await("matchState").path("seq").asLong();
      String session = sessionId(first);
      first.close();
      play(second, 1, "5");
      try (TestClient again = new TestClient(server.address())) {
        resume(again, session, heard, "{}");
        JsonNode missed = again.await("matchState", "resumed");
        assertEquals("5", missed.path("data").path("move").asText());
        assertEquals(heard + 1, missed.path("seq").asLong());
        JsonNode resumed = again.await("resumed");
        assertEquals("frames", resumed.path("data").path("missed").asText());
        assertEquals("r", resumed.path("id").asText());
        assertEquals(heard + 2, resumed.path("seq").asLong());
        play(again, 2, "4");
      }
    }
  }

  @Test
  void frames_thatAreNoLongerKnown_comeAsWholeMatches() throws Exception {
    TestClient first = join(firstToken);
    play(first, 0, "4");
    String session = sessionId(first);
    for (int i = 0; i < 150; i++) {
      first.sendText("{\"type\":\"watch\",\"matchId\":\"%s\"}".formatted(matchId));
    }
    for (int i = 0; i < 150; i++) {
      first.await("matchStarted", "refused");
    }
    first.close();
    try (TestClient again = new TestClient(server.address())) {
      resume(again, session, 1, "{}");
      assertEquals("matches", again.await("resumed").path("data").path("missed").asText());
      assertEquals(firstToken, again.await("joined").path("data").path("seatToken").asText());
      assertEquals(1, again.await("matchStarted").path("data").path("match").path("ply").asInt());
    }
  }

  @Test
  void match_goesOn_afterTheServerWasStartedAnew() throws Exception {
    TestClient first = join(firstToken);
    play(first, 0, "4");
    String session = sessionId(first);
    first.close();
    server.close();
    start(PATIENT);
    try (TestClient again = new TestClient(server.address());
        TestClient second = join(secondToken)) {
      resume(again, session, 9, "{\"%s\":\"%s\"}".formatted(matchId, firstToken));
      JsonNode resumed = again.await("resumed").path("data");
      assertEquals("matches", resumed.path("missed").asText());
      assertEquals(sessionId(again), resumed.path("sessionId").asText());
      again.await("joined");
      assertEquals(
          "4",
          again.await("matchStarted").path("data").path("match").path("moves").path(0).asText());
      play(second, 1, "5");
      play(again, 2, "4");
    }
  }

  @Test
  void seat_whoseTakingWasNotHeardOf_isHeldOnceTheClientComesBack() throws Exception {
    String open =
        TestClient.post(
                server.address() + "/api/v1/matches",
                "{\"game\": \"connect-four\", \"first\": {\"kind\": \"open\"},"
                    + " \"second\": {\"kind\": \"bot\", \"name\": \"B\"}}")
            .body()
            .path("match")
            .path("id")
            .asText();
    TestClient first = new TestClient(server.address());
    String session = sessionId(first);
    first.send("join", open, 0, "{\"kind\": \"bot\", \"name\": \"A\"}");
    first.close();
    String kind = "open";
    for (int i = 0; i < 300 && kind.equals("open"); i++) {
      Thread.sleep(10);
      kind =
          TestClient.get(server.address() + "/api/v1/matches/" + open)
              .body()
              .at("/match/seats/first/kind")
              .asText();
    }
    try (TestClient again = new TestClient(server.address())) {
      resume(again, session, 0, "{}");
      JsonNode heard = again.await("joined", "resumed");
      if (heard.path("type").asText().equals("resumed")) {
        // It did not even come as far as the server.
        assertEquals("open", kind);
        return;
      }
      again.await("resumed");
      again.send("move", open, 0, "{\"move\": \"4\"}");
      assertEquals("moveAccepted", again.await("moveAccepted", "refused").path("type").asText());
    }
  }

  @Test
  void connection_thatSeemsAlive_givesWayToTheNewestOne() throws Exception {
    try (TestClient half = join(firstToken);
        TestClient again = new TestClient(server.address())) {
      resume(again, sessionId(half), 2, "{}");
      again.await("resumed");
      assertEquals(4001, half.awaitClose());
      play(again, 0, "4");
    }
  }

  @Test
  void session_thatNobodyKnows_isNotGuessed() throws Exception {
    try (TestClient first = join(firstToken);
        TestClient stranger = new TestClient(server.address())) {
      resume(stranger, "guessed", 0, "{\"%s\":\"guessed\"}".formatted(matchId));
      stranger.await("resumed");
      assertEquals("not_your_seat", stranger.awaitRefusal());
      play(first, 0, "4");
    }
  }

  @Test
  void session_whoseClientStaysAway_isForgotten() throws Exception {
    server.close();
    start(new SessionLimits(20_000, 90_000, 30_000, 50, 0, 50));
    TestClient first = join(firstToken);
    String session = sessionId(first);
    first.close();
    String found = session;
    // It is forgotten soon after; until then each try takes it up and lets it go again.
    for (int i = 0; i < 100 && found.equals(session); i++) {
      Thread.sleep(100);
      try (TestClient again = new TestClient(server.address())) {
        resume(again, session, 2, "{}");
        found = again.await("resumed").path("data").path("sessionId").asText();
      }
    }
    assertNotEquals(session, found);
  }

  @Test
  void serverThatStops_saysSo_andTakesMovesUntilItCloses() throws Exception {
    CompletableFuture<Void> closing;
    try (TestClient first = join(firstToken);
        TestClient second = join(secondToken)) {
      closing = CompletableFuture.runAsync(server::close);
      assertTrue(first.await("draining").path("data").path("resumeAfterMs").asLong() > 0);
      assertEquals(503, TestClient.get(server.address() + "/health").status());
      TestClient.Answer refused =
          TestClient.post(
              server.address() + "/api/v1/matches",
              "{\"game\":\"tic-tac-toe\",\"first\":{\"kind\":\"person\"},\"second\":{\"kind\":\"open\"}}");
      assertEquals("draining", refused.body().path("error").path("code").asText());
      play(first, 0, "4");
      second.await("matchState");
      play(second, 1, "4");
    }
    closing.join();
    start(PATIENT);
    assertEquals(
        2,
        TestClient.get(server.address() + "/api/v1/matches/" + matchId)
            .body()
            .path("match")
            .path("ply")
            .asInt());
  }

  @Test
  void serverThatStops_closesThoseWhoStay() throws Exception {
    server.close();
    start(new SessionLimits(20_000, 90_000, 30_000, 120_000, 100, 50));
    try (TestClient first = join(firstToken)) {
      server.close();
      first.await("draining");
      assertEquals(1001, first.awaitClose());
    }
    start(PATIENT);
  }

  @Test
  void pings_goBothWays_andCostNothing() throws Exception {
    server.close();
    start(new SessionLimits(50, 90_000, 30_000, 120_000, 0, 50));
    try (TestClient client = new TestClient(server.address())) {
      assertEquals(0, client.await("ping").path("seq").asLong());
      client.sendText("{\"type\":\"pong\"}");
      for (int i = 0; i < 90; i++) {
        client.sendText("{\"type\":\"ping\"}");
      }
      for (int i = 0; i < 100; i++) {
        client.sendText("{\"type\":\"watch\",\"matchId\":\"%s\"}".formatted(matchId));
      }
      for (int i = 0; i < 100; i++) {
        assertEquals("matchStarted", client.await("matchStarted", "refused").path("type").asText());
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"tabula.v0, 400, unsupported_protocol", "'chat, tabula.v1', 101, ''", "'', 101, ''"})
  void subprotocol_isAgreedOn_orRefusedWithAReason(String offered, int status, String code)
      throws IOException {
    try (Socket socket = upgrade(offered)) {
      String answer = head(socket);
      assertTrue(answer.startsWith("HTTP/1.1 " + status), answer);
      if (!code.isEmpty()) {
        String body = new String(socket.getInputStream().readNBytes(60), StandardCharsets.UTF_8);
        assertTrue(body.contains(code), body);
      }
    }
  }

  @Test
  void client_ofWhomNothingIsHeard_isLetGoWithItsCode() throws IOException {
    server.close();
    start(new SessionLimits(50, 200, 30_000, 120_000, 0, 50));
    try (Socket socket = upgrade("tabula.v1")) {
      head(socket);
      DataInputStream in = new DataInputStream(socket.getInputStream());
      List<Integer> opcodes = new ArrayList<>();
      while (true) {
        int opcode = in.readUnsignedByte() & 0x0F;
        int size = in.readUnsignedByte() & 0x7F;
        if (size == 126) {
          size = in.readUnsignedShort();
        }
        if (opcode == 8) {
          assertEquals(4000, in.readUnsignedShort());
          break;
        }
        opcodes.add(opcode);
        in.skipNBytes(size);
      }
      assertTrue(opcodes.contains(9), "The websocket's own pings come too: " + opcodes);
    }
  }

  /** A websocket that answers nothing by itself. */
  private Socket upgrade(String subprotocol) throws IOException {
    URI address = URI.create(server.address());
    Socket socket = new Socket(address.getHost(), address.getPort());
    socket.setSoTimeout(30_000);
    String offer =
        subprotocol.isEmpty() ? "" : "Sec-WebSocket-Protocol: %s\r\n".formatted(subprotocol);
    socket
        .getOutputStream()
        .write(
            ("GET /ws/v1 HTTP/1.1\r\n"
                    + "Host: %s:%d\r\n"
                    + "Upgrade: websocket\r\n"
                    + "Connection: Upgrade\r\n"
                    + "%sSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
                    + "Sec-WebSocket-Version: 13\r\n\r\n")
                .formatted(address.getHost(), address.getPort(), offer)
                .getBytes(StandardCharsets.US_ASCII));
    return socket;
  }

  private static String head(Socket socket) throws IOException {
    StringBuilder head = new StringBuilder();
    while (!head.toString().endsWith("\r\n\r\n")) {
      head.append((char) socket.getInputStream().read());
    }
    return head.toString();
  }
}
