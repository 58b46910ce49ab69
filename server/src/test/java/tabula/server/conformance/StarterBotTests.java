package tabula.server.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tabula.server.TestProgram;
import tabula.server.session.FaultProxy;
import tabula.server.session.TestClient;

/**
 * The starter bots, as processes, finish their matches at a real server through everything that
 * befalls it.
 */
class StarterBotTests {

  private static final int PATIENCE_SECONDS = 120;

  /** Few enough that no match can be over before all faults have happened. */
  private static final int ROUNDS_BETWEEN_FAULTS = 1;

  @TempDir private Path data = Path.of("");

  private final List<Process> processes = new ArrayList<>();

  @AfterEach
  void stop() {
    processes.forEach(Process::destroyForcibly);
  }

  private Process startServer(int port) throws IOException {
    Process process =
        new ProcessBuilder(
                TestProgram.line(
                    "serve", "--port", String.valueOf(port), "--data", data.toString()))
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    processes.add(process);
    assertTrue(String.valueOf(reader(process).readLine()).startsWith("Tabula is ready at "));
    return process;
  }

  private static BufferedReader reader(Process process) {
    return new BufferedReader(
        new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
  }

  private static int freePort() throws IOException {
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return free.getLocalPort();
    }
  }

  /** A match between the test, which moves first, and a bot. */
  private static final class Table {
    final String name;
    final String id;
    final String token;
    final Process bot;
    JsonNode match;

    Table(String name, JsonNode created, Process bot) {
      this.name = name;
      this.id = created.at("/match/id").asText();
      this.token = created.at("/seatTokens/first").asText();
      this.match = created.path("match");
      this.bot = bot;
    }

    boolean isOver() {
      return !match.path("outcome").asText().equals("ongoing");
    }
  }

  private static JsonNode newMatch(String server) throws IOException, InterruptedException {
    return TestClient.post(
            server + "/api/v1/matches",
            "{\"game\":\"connect-four\",\"first\":{\"kind\":\"bot\",\"name\":\"test\"},\"second\":{\"kind\":\"open\"}}")
        .body();
  }

  /** Plays the test's moves, and waits for the bot's, until both made so many. */
  private static void play(String server, Table table, int rounds)
      throws IOException, InterruptedException {
    for (int i = 0; i < rounds && !table.isOver(); i++) {
      long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
      while ((!table.isOver() && !table.match.path("toMove").asText("").equals("first"))
          || table.match.at("/seats/second/kind").asText().equals("open")) {
        assertTrue(System.nanoTime() < until, () -> table.name + " does not move: " + table.match);
        Thread.sleep(50);
        table.match = TestClient.get(server + "/api/v1/matches/" + table.id).body().path("match");
      }
      if (table.isOver()) {
        return;
      }
      try (TestClient client = new TestClient(server)) {
        client.send("join", table.id, 0, "{\"seatToken\":\"%s\"}".formatted(table.token));
        client.await("matchStarted");
        JsonNode legal = table.match.path("legalMoves");
        String move = legal.get(table.match.path("ply").asInt() % legal.size()).asText();
        client.send(
            "move", table.id, table.match.path("ply").asInt(), "{\"move\":\"%s\"}".formatted(move));
        JsonNode answer = client.await("moveAccepted", "refused");
        assertEquals("moveAccepted", answer.path("type").asText(), answer::toString);
      }
      table.match = TestClient.get(server + "/api/v1/matches/" + table.id).body().path("match");
    }
  }

  @Test
  void bots_loseNoMatch_thoughConnectionsAreCut_andTheServerIsKilledAndStopped() throws Exception {
    int port = freePort();
    String address = "http://127.0.0.1:" + port;
    Process server = startServer(port);
    List<Table> tables = new ArrayList<>();
    try (FaultProxy proxy = new FaultProxy(address)) {
      for (Map.Entry<String, List<String>> bot : Bots.available().entrySet()) {
        JsonNode created = newMatch(address);
        List<String> line = new ArrayList<>(bot.getValue());
        line.addAll(List.of(proxy.address(), "--match", created.at("/match/id").asText()));
        Process process =
            new ProcessBuilder(line).redirectError(ProcessBuilder.Redirect.INHERIT).start();
        processes.add(process);
        tables.add(new Table(bot.getKey(), created, process));
      }
      playAll(address, tables);
      assertTrue(proxy.cut() >= tables.size());
      playAll(address, tables);
      server.destroyForcibly().waitFor();
      server = startServer(port);
      playAll(address, tables);
      server.destroy();
      assertTrue(server.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS));
      server = startServer(port);
      for (Table table : tables) {
        play(address, table, Integer.MAX_VALUE);
        assertTrue(table.bot.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS), table.name);
        assertEquals(0, table.bot.exitValue(), table.name);
        List<String> said = reader(table.bot).lines().toList();
        String expected =
            switch (table.match.path("outcome").asText()) {
              case "second" -> "won";
              case "first" -> "lost";
              default -> "draw";
            };
        assertEquals(expected, said.getLast(), table.name);
      }
    }
  }

  private static void playAll(String server, List<Table> tables)
      throws IOException, InterruptedException {
    for (Table table : tables) {
      play(server, table, ROUNDS_BETWEEN_FAULTS);
    }
  }
}
