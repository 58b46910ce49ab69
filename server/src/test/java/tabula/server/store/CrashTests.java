package tabula.server.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tabula.server.session.TestClient;

/** A server that is killed in the middle of 50 matches loses no move that it acknowledged. */
class CrashTests {

  private static final int MATCHES = 50;
  private static final int MOVES_BEFORE_THE_KILL = 300;

  @TempDir private Path data = Path.of("");

  /** A match, and the moves in it that the server said were stored. */
  private record Played(
      String id, String firstToken, String secondToken, List<String> acknowledged) {}

  private Process startServer(String[] address) throws IOException {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                "tabula.server.Main",
                "serve",
                "--port",
                "0",
                "--data",
                data.toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    BufferedReader out =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    String line = out.readLine();
    if (line == null || !line.startsWith("Tabula is ready at ")) {
      process.destroyForcibly();
      throw new IOException("The server said: " + line);
    }
    address[0] = line.substring("Tabula is ready at ".length());
    return process;
  }

  @Test
  void kill_inTheMiddleOfMatches_losesNoAcknowledgedMove() throws Exception {
    String[] address = new String[1];
    Process server = startServer(address);
    List<Played> matches = new ArrayList<>();
    try {
      for (int i = 0; i < MATCHES; i++) {
        JsonNode created =
            TestClient.post(
                    address[0] + "/api/v1/matches",
                    "{\"game\": \"connect-four\", \"first\": {\"kind\": \"bot\", \"name\": \"A\"},"
                        + " \"second\": {\"kind\": \"bot\", \"name\": \"B\"}}")
                .body();
        matches.add(
            new Played(
                created.path("match").path("id").asText(),
                created.path("seatTokens").path("first").asText(),
                created.path("seatTokens").path("second").asText(),
                new CopyOnWriteArrayList<>()));
      }
      CountDownLatch enough = new CountDownLatch(MOVES_BEFORE_THE_KILL);
      List<Thread> players = new ArrayList<>();
      for (Played match : matches) {
        players.add(Thread.ofVirtual().start(() -> play(address[0], match, enough)));
      }
      assertTrue(enough.await(60, TimeUnit.SECONDS));
      server.destroyForcibly();
      assertTrue(server.waitFor(20, TimeUnit.SECONDS));
      for (Thread player : players) {
        player.interrupt();
        player.join();
      }
    } finally {
      server.destroyForcibly();
    }
    int acknowledged = matches.stream().mapToInt(match -> match.acknowledged().size()).sum();
    assertTrue(acknowledged >= MOVES_BEFORE_THE_KILL);

    Process again = startServer(address);
    try {
      for (Played match : matches) {
        JsonNode stored =
            TestClient.get(address[0] + "/api/v1/matches/" + match.id()).body().path("match");
        List<String> moves = new ArrayList<>();
        stored.path("moves").forEach(move -> moves.add(move.asText()));
        assertTrue(moves.size() >= match.acknowledged().size(), match::id);
        assertEquals(match.acknowledged(), moves.subList(0, match.acknowledged().size()));
        if (stored.path("outcome").asText().equals("ongoing")) {
          playOneMore(address[0], match, stored);
        }
      }
    } finally {
      again.destroyForcibly();
    }
  }

  /** Both sides of a match, until the server is gone. */
  private static void play(String address, Played match, CountDownLatch enough) {
    SplittableRandom random = new SplittableRandom(match.id().hashCode());
    try (TestClient client = new TestClient(address);
        TestClient other = new TestClient(address)) {
      client.send("join", match.id(), 0, "{\"seatToken\": \"%s\"}".formatted(match.firstToken()));
      other.send("join", match.id(), 0, "{\"seatToken\": \"%s\"}".formatted(match.secondToken()));
      other.await("joined");
      JsonNode state = client.await("matchStarted").path("data").path("match");
      for (int ply = 0; ; ply++) {
        JsonNode legal = state.path("legalMoves");
        if (legal.isEmpty()) {
          return;
        }
        String move = legal.get(random.nextInt(legal.size())).asText();
        TestClient mover = ply % 2 == 0 ? client : other;
        mover.send("move", match.id(), ply, "{\"move\": \"%s\"}".formatted(move));
        mover.await("moveAccepted");
        match.acknowledged().add(move);
        enough.countDown();
        do {
          state = client.await("matchState").path("data");
        } while (state.path("ply").asInt() != ply + 1);
      }
    } catch (RuntimeException | InterruptedException | AssertionError e) {
      // The server was killed: that is the test.
    }
  }

  private static void playOneMore(String address, Played match, JsonNode stored)
      throws InterruptedException {
    boolean first = stored.path("toMove").asText().equals("first");
    try (TestClient client = new TestClient(address)) {
      client.send(
          "join",
          match.id(),
          0,
          "{\"seatToken\": \"%s\"}".formatted(first ? match.firstToken() : match.secondToken()));
      client.await("matchStarted");
      client.send(
          "move",
          match.id(),
          stored.path("ply").asInt(),
          "{\"move\": \"%s\"}".formatted(stored.path("legalMoves").get(0).asText()));
      client.await("moveAccepted");
    }
  }
}
