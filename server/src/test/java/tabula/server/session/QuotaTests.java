package tabula.server.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tabula.server.ServerConfig;
import tabula.server.SessionLimits;
import tabula.server.TabulaServer;
import tabula.server.session.TestClient.Answer;
import tabula.server.store.DatabaseConfig;

/** What one may have of the server is counted by address, and shown. */
class QuotaTests {

  private static final String MATCH =
      "{\"game\": \"tic-tac-toe\", \"first\": {\"kind\": \"person\"}, \"second\": {\"kind\": \"open\"}}";

  @TempDir private Path data = Path.of("");

  @SuppressWarnings("NullAway.Init") // started before each test
  private TabulaServer server;

  @BeforeEach
  void start() {
    server =
        TabulaServer.start(
            new ServerConfig(
                "127.0.0.1",
                0,
                new DatabaseConfig(data, null),
                Map.of(),
                SessionLimits.USUAL,
                List.of("127.0.0.1"),
                false,
                false));
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private Browser from(String address) {
    Browser browser = new Browser(server.address());
    browser.headers.put("X-Forwarded-For", address);
    return browser;
  }

  private static @Nullable JsonNode quota(Browser browser, String name)
      throws IOException, InterruptedException {
    for (JsonNode quota : browser.ask("GET", "/api/v1/quota", null).body().path("quotas")) {
      if (quota.path("name").asText().equals(name)) {
        return quota;
      }
    }
    return null;
  }

  private static int left(Browser browser, String name) throws IOException, InterruptedException {
    return Objects.requireNonNull(quota(browser, name), name).path("left").asInt();
  }

  @Test
  void matchesOfAnAddress_areLimited_andThoseOfAnotherAreNot() throws Exception {
    Browser one = from("203.0.113.7");
    assertEquals(60, left(one, "matches"));
    Answer answer = one.ask("POST", "/api/v1/matches", MATCH);
    assertEquals(201, answer.status());
    assertTrue(left(one, "matches") < 60);
    int made = 1;
    while (answer.status() == 201 && made < 1000) {
      answer = one.ask("POST", "/api/v1/matches", MATCH);
      made++;
    }
    assertEquals(429, answer.status());
    assertTrue(answer.body().at("/error/retryAfterMs").asLong() > 0, answer::toString);
    assertTrue(made > 60, () -> "the quota is 60 at once");
    assertEquals(201, from("203.0.113.8").ask("POST", "/api/v1/matches", MATCH).status());
  }

  @Test
  void programsOnTheOwnMachine_mayMakeAnyNumberOfMatches() throws Exception {
    Browser own = new Browser(server.address());
    for (int i = 0; i < 70; i++) {
      assertEquals(201, own.ask("POST", "/api/v1/matches", MATCH).status());
    }
    assertEquals(null, quota(own, "matches"));
    assertTrue(left(own, "searches") > 0);
  }

  @Test
  void socketsOfAnAddress_areCounted_asLongAsTheyAreOpen() throws Exception {
    Browser page = from("203.0.113.7");
    int before = left(page, "sockets");
    try (TestClient client =
        new TestClient(server.address(), Map.of("X-Forwarded-For", "203.0.113.7"))) {
      client.hello();
      assertEquals(before - 1, left(page, "sockets"));
    }
    long until = System.nanoTime() + 30_000_000_000L;
    while (left(page, "sockets") < before) {
      assertTrue(System.nanoTime() < until, "a socket that is closed still counts");
      Thread.sleep(20);
    }
  }
}
