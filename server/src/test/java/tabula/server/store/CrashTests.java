package tabula.server.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tabula.server.ServerConfig;
import tabula.server.TabulaServer;
import tabula.server.TestProgram;
import tabula.server.match.Match;

/** What was acknowledged is there after a crash, of the server or of its database. */
class CrashTests {

  private static final int CRASHES = 2;

  /** The bots of a game may be this long without an answer before they come again. */
  static final long PATIENCE_SECONDS = 30;

  @TempDir private Path data = Path.of("");

  static int freePort() throws IOException {
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return free.getLocalPort();
    }
  }

  static Process startServer(int port, Path data, String... more) throws IOException {
    List<String> command =
        TestProgram.line("serve", "--port", String.valueOf(port), "--data", data.toString());
    command.addAll(List.of(more));
    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    BufferedReader out =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    String line = out.readLine();
    if (line == null || !line.startsWith("Tabula is ready at ")) {
      process.destroyForcibly();
      throw new IOException("The server said: " + line);
    }
    return process;
  }

  /** Something that can go wrong while matches are played. */
  interface Crash {
    void happen() throws Exception;
  }

  /** Plays matches to their end, through crashes, and counts what was lost. */
  static List<ResumingMatch> playThrough(
      String address, int matches, int movesBetweenCrashes, long patienceSeconds, Crash crash)
      throws Exception {
    AtomicInteger moved = new AtomicInteger();
    List<ResumingMatch> all = new ArrayList<>();
    List<Thread> players = new ArrayList<>();
    for (int i = 0; i < matches; i++) {
      all.add(new ResumingMatch(address, moved, patienceSeconds));
    }
    all.forEach(match -> players.add(Thread.ofVirtual().start(match::play)));
    try {
      for (int i = 1; i <= CRASHES; i++) {
        long until = System.nanoTime() + Duration.ofMinutes(1).toNanos();
        while (moved.get() < i * movesBetweenCrashes) {
          assertTrue(System.nanoTime() < until, () -> "only " + moved + " moves");
          Thread.sleep(10);
        }
        crash.happen();
      }
      for (Thread player : players) {
        assertTrue(player.join(Duration.ofMinutes(2)), "a match does not end");
      }
    } finally {
      players.forEach(Thread::interrupt);
    }
    return all;
  }

  private static void assertNothingLost(List<ResumingMatch> matches, MatchStore stored)
      throws StoreException {
    assertEquals(0, matches.stream().mapToInt(ResumingMatch::lost).sum(), "lost moves");
    for (ResumingMatch match : matches) {
      Match after = stored.load(match.id()).orElseThrow();
      assertEquals(match.known(), after.moves());
      assertTrue(after.isOver());
    }
    int resumed = matches.stream().mapToInt(ResumingMatch::resumed).sum();
    assertTrue(resumed > matches.size(), () -> "bots that came back: " + resumed);
  }

  @Test
  void kill_inTheMiddleOfMatches_losesNoAcknowledgedMove_andAllBotsGoOn() throws Exception {
    int port = freePort();
    Process[] server = {startServer(port, data)};
    try {
      List<ResumingMatch> matches =
          playThrough(
              "http://127.0.0.1:" + port,
              200,
              400,
              PATIENCE_SECONDS,
              () -> {
                server[0].destroyForcibly();
                assertTrue(server[0].waitFor(20, TimeUnit.SECONDS));
                server[0] = startServer(port, data);
              });
      server[0].destroyForcibly();
      assertTrue(server[0].waitFor(20, TimeUnit.SECONDS));
      try (MatchStore stored = MatchStore.openToRead(new DatabaseConfig(data, null))) {
        assertNothingLost(matches, stored);
      }
    } finally {
      server[0].destroyForcibly();
    }
  }

  @Test
  void postgres_thatCrashesUnderLoad_losesNoAcknowledgedMove_andTheServerGoesOn() throws Exception {
    try (TestPostgres postgres = TestPostgres.start()) {
      DatabaseConfig config = postgres.newDatabase();
      TabulaServer server = TabulaServer.start(new ServerConfig("127.0.0.1", 0, config, Map.of()));
      try (server) {
        List<ResumingMatch> matches =
            playThrough(
                server.address(),
                60,
                120,
                PATIENCE_SECONDS,
                () -> {
                  postgres.crash();
                  Thread.sleep(500);
                  postgres.begin();
                });
        try (MatchStore stored = MatchStore.openToRead(config)) {
          assertNothingLost(matches, stored);
        }
      }
    }
  }
}
