package tabula.server.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;
import tabula.server.ServerConfig;
import tabula.server.SessionLimits;
import tabula.server.TabulaServer;
import tabula.server.store.DatabaseConfig;

/** What no client should send is answered by a documented code, and leaves nothing behind. */
class FuzzTests {

  private static final int FRAMES = 20_000;

  @TempDir private Path data = Path.of("");

  @Test
  void randomFrames_areAnsweredAsDocumented_andLeaveNothingBehind() throws Exception {
    Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    ListAppender<ILoggingEvent> log = new ListAppender<>();
    log.start();
    root.addAppender(log);
    SessionLimits forgetful = new SessionLimits(20_000, 90_000, 30_000, 500, 100, 50);
    try (TabulaServer server =
        TabulaServer.start(
            new ServerConfig(
                "127.0.0.1", 0, new DatabaseConfig(data, null), Map.of(), forgetful))) {
      Fuzz.Result result = new Fuzz(URI.create(server.address()), 7).run(FRAMES, 8);
      assertEquals(List.of(), result.faults());
      for (String code :
          List.of("malformed", "unknown_type", "unknown_match", "joined", "resumed", "pong")) {
        assertTrue(result.answers().containsKey(code), () -> code + " is not in " + result);
      }
      assertTrue(result.closes().containsKey("1002"), result::toString);
      assertTrue(result.closes().containsKey("1009"), result::toString);
      double open = openSockets(server);
      for (int i = 0; i < 200 && open > 0; i++) {
        Thread.sleep(50);
        open = openSockets(server);
      }
      assertEquals(0, open, "sockets that are still open");
    } finally {
      root.detachAppender(log);
    }
    assertEquals(
        List.of(),
        List.copyOf(log.list).stream()
            .filter(
                event ->
                    event.getLevel().isGreaterOrEqual(Level.ERROR)
                        || (event.getThrowableProxy() != null
                            && !event.getLoggerName().contains("BlockedThreadChecker")))
            .map(event -> event.getFormattedMessage() + " " + event.getThrowableProxy())
            .toList());
  }

  private static double openSockets(TabulaServer server) throws IOException, InterruptedException {
    String metrics =
        HttpClient.newHttpClient()
            .send(
                HttpRequest.newBuilder(URI.create(server.address() + "/metrics")).build(),
                HttpResponse.BodyHandlers.ofString())
            .body();
    return metrics
        .lines()
        .filter(line -> line.startsWith("tabula_sessions "))
        .mapToDouble(line -> Double.parseDouble(line.substring(line.indexOf(' '))))
        .sum();
  }
}
