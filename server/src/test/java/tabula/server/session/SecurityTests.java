package tabula.server.session;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.Appender;
import ch.qos.logback.core.read.ListAppender;
import com.fasterxml.jackson.databind.JsonNode;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.WebSocketHandshakeException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;
import tabula.server.ServerConfig;
import tabula.server.SessionLimits;
import tabula.server.TabulaServer;
import tabula.server.UserError;
import tabula.server.account.Passwords;
import tabula.server.account.Secrets;
import tabula.server.match.Referee;
import tabula.server.session.TestClient.Answer;
import tabula.server.store.DatabaseConfig;

/** What docs/security.md promises, one by one. */
class SecurityTests {

  private static final HttpClient HTTP = HttpClient.newHttpClient();
  private static final String MATCH =
      "{\"game\": \"tic-tac-toe\", \"first\": {\"kind\": \"person\"}, \"second\": {\"kind\": \"open\"}}";

  @TempDir private Path data = Path.of("");

  @SuppressWarnings("NullAway.Init") // started before each test
  private TabulaServer server;

  @SuppressWarnings("NullAway.Init")
  private Browser page;

  @BeforeEach
  void start() {
    start(List.of());
  }

  private void start(List<String> proxies) {
    server =
        TabulaServer.start(
            new ServerConfig(
                "127.0.0.1",
                0,
                new DatabaseConfig(data, null),
                Map.of(),
                SessionLimits.USUAL,
                proxies,
                false,
                false));
    page = new Browser(server.address());
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private static String code(Answer answer) {
    return answer.status() + " " + answer.body().path("error").path("code").asText();
  }

  private HttpResponse<String> get(String path) throws IOException, InterruptedException {
    return HTTP.send(
        HttpRequest.newBuilder(URI.create(server.address() + path)).build(),
        HttpResponse.BodyHandlers.ofString());
  }

  private int handshake(String query, Map<String, String> headers) {
    CompletionException refused =
        assertThrows(
            CompletionException.class,
            () -> new TestClient(server.address(), query, headers).close());
    return assertInstanceOf(WebSocketHandshakeException.class, refused.getCause())
        .getResponse()
        .statusCode();
  }

  // Origins

  @ParameterizedTest
  @ValueSource(
      strings = {"https://evil.example", "null", "http://127.0.0.1", "http://localhost:%d"})
  void otherSite_changesNothing_andOpensNoSocket(String origin) throws Exception {
    page.claim("Ada");
    String from = origin.formatted(URI.create(server.address()).getPort());
    page.headers.put("Origin", from);
    assertEquals("403 forbidden", code(page.post("/sign-out", "{}")));
    assertEquals("403 forbidden", code(page.post("/bots", "{\"name\": \"Bot\"}")));
    assertEquals("403 forbidden", code(page.delete("/tokens/x")));
    assertEquals("403 forbidden", code(page.ask("POST", "/api/v1/matches", MATCH)));
    assertTrue(page.get("").body().path("account").isNull(), "a cookie does not count for it");
    assertEquals(403, handshake("", Map.of("Origin", from)));
  }

  @Test
  void requestWithoutOrigin_isNotItsCookiesOwner() throws Exception {
    page.claim("Ada");
    page.headers.remove("Origin");
    assertEquals("403 forbidden", code(page.post("/bots", "{\"name\": \"Bot\"}")));
    assertEquals("403 forbidden", code(page.post("/sign-in", Browser.credentials("Ada", "x"))));
    JsonNode match = page.ask("POST", "/api/v1/matches", MATCH).body().path("match");
    assertFalse(match.at("/seats/first").has("account"), match::toString);
    assertEquals("Ada", page.get("").body().at("/account/name").asText());
  }

  // Cookies

  @Test
  void cookie_isForThisSiteAlone_andNoScripts() throws Exception {
    page.claim("Ada");
    String cookie = String.valueOf(page.setCookie);
    for (String flag : List.of("; HTTPOnly", "; SameSite=Lax", "; Path=/", "; Max-Age=")) {
      assertTrue(cookie.contains(flag), cookie);
    }
    assertFalse(cookie.contains("Secure"), "nobody could sign in without TLS: " + cookie);
  }

  @Test
  void cookie_thatWasChanged_isNone() throws Exception {
    String id = page.claim("Ada").path("id").asText();
    Browser other = new Browser(server.address());
    other.get("");
    String guest = String.valueOf(other.headers.get("Cookie"));
    String own = String.valueOf(page.headers.get("Cookie"));
    for (String changed :
        List.of(
            guest.replaceFirst("guest\\.[^.]+", "account." + id),
            own.substring(0, own.length() - 2) + "xx",
            own.replace(".0.", ".1."),
            "tabula=account." + id + ".0.1." + "A".repeat(43),
            "tabula=",
            "tabula=" + "x".repeat(3000))) {
      other.headers.put("Cookie", changed);
      assertTrue(other.get("").body().path("account").isNull(), changed);
    }
  }

  // Behind a proxy

  @Test
  void forwardedHeaders_areBelieved_ofTrustedProxiesAlone() throws Exception {
    Map<String, String> forwarded =
        Map.of(
            "X-Forwarded-Proto", "https",
            "X-Forwarded-Host", "tabula.example",
            "X-Forwarded-For", "203.0.113.7",
            "Origin", "https://tabula.example");
    page.headers.putAll(forwarded);
    assertEquals("403 forbidden", code(page.post("", Browser.credentials("Ada", "x"))));
    server.close();
    start(List.of("10.0.0.0/8", "127.0.0.1"));
    page.headers.putAll(forwarded);
    page.claim("Ada");
    assertTrue(String.valueOf(page.setCookie).contains("; Secure"), page.setCookie);
    page.headers.put("Origin", "http://tabula.example");
    assertEquals("403 forbidden", code(page.post("/sign-out", "{}")));
  }

  @Test
  void addressBehindProxies_isTheLastThatIsNoProxy() throws Exception {
    server.close();
    start(List.of("127.0.0.1", "10.0.0.0/8"));
    // Somebody who makes up the start of the chain is limited by the address at its end.
    Answer answer;
    int tries = 0;
    do {
      page.headers.put("X-Forwarded-For", "198.51.100.%d, 203.0.113.7, 10.1.2.3".formatted(tries));
      answer = page.post("/sign-in", Browser.credentials("nobody" + tries, "wrong password"));
      tries++;
    } while (answer.status() == 401 && tries < 100);
    assertEquals("429 rate_limited", code(answer));
    page.headers.put("X-Forwarded-For", "203.0.113.8");
    assertEquals(
        "401 unauthenticated", code(page.post("/sign-in", Browser.credentials("Eve", "wrong"))));
  }

  @ParameterizedTest
  @ValueSource(strings = {"proxy.example", "10.0.0.0/33", "10.0.0.0/x", ""})
  void proxy_thatIsNoAddress_isRefused(String proxy) {
    UserError wrong = assertThrows(UserError.class, () -> new Outside(List.of(proxy)));
    assertTrue(String.valueOf(wrong.getMessage()).contains("--trusted-proxy"), wrong::toString);
  }

  // The page

  @Test
  void everyAnswer_hasAPolicyForItsContent() throws Exception {
    for (String path : List.of("/", "/docs", "/api/v1/games", "/health", "/nothing", "/match/x")) {
      HttpResponse<String> answer = get(path);
      String policy = answer.headers().firstValue("Content-Security-Policy").orElse("");
      assertTrue(policy.startsWith("default-src 'self'; "), path + ": " + policy);
      for (String part :
          List.of("frame-ancestors 'none'", "base-uri 'none'", "object-src 'none'")) {
        assertTrue(policy.contains(part), path + ": " + policy);
      }
      assertFalse(policy.contains("unsafe"), policy);
      assertEquals("nosniff", answer.headers().firstValue("X-Content-Type-Options").orElse(""));
      assertEquals("no-referrer", answer.headers().firstValue("Referrer-Policy").orElse(""));
    }
  }

  // Secrets

  @Test
  void token_inAnAddress_isRefused() throws Exception {
    page.claim("Ada");
    String token = page.botWithToken("Deep Thought");
    assertEquals(400, handshake("?token=" + token, Map.of()));
    Browser program = new Browser(server.address());
    assertTrue(program.get("?token=" + token).body().path("account").isNull());
    assertTrue(program.get("?access_token=" + token).body().path("account").isNull());
  }

  @Test
  void log_saysNoSecret_evenInDetail() throws Exception {
    Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    Logger tabula = (Logger) LoggerFactory.getLogger("tabula");
    Appender<ILoggingEvent> console = root.getAppender("STDERR");
    ListAppender<ILoggingEvent> log = new ListAppender<>();
    root.detachAppender(console);
    root.addAppender(log);
    log.start();
    Level before = root.getLevel();
    root.setLevel(Level.DEBUG);
    tabula.setLevel(Level.DEBUG);
    String token;
    try {
      page.claim("Ada");
      token = page.botWithToken("Deep Thought");
      page.post("/sign-in", Browser.credentials("Ada", "not the right one"));
      page.post("/sign-in", "{\"name\": \"Ada\", \"password\": \"not the right one\"} x");
      page.post("/password", "{\"current\": \"not the right one\", \"password\": 7}");
      try (TestClient bot = new TestClient(server.address())) {
        bot.sendText(
            "{\"type\": \"authenticate\", \"data\": {\"token\": \"%s\"}}".formatted(token));
        bot.await("authenticated");
        bot.sendText("{\"type\": \"authenticate\", \"token\": \"%s\"}".formatted(token));
        bot.await("refused");
      }
      new TestClient(server.address(), Map.of("Authorization", "Bearer " + token)).close();
      handshake("?token=" + token, Map.of());
    } finally {
      root.setLevel(before);
      tabula.setLevel(Level.INFO);
      root.detachAppender(log);
      root.addAppender(console);
    }
    String all =
        log.list.stream()
            .map(
                event ->
                    event.getFormattedMessage()
                        + (event.getThrowableProxy() == null
                            ? ""
                            : event.getThrowableProxy().getMessage()))
            .reduce("", (one, other) -> one + "\n" + other);
    assertFalse(log.list.isEmpty(), "nothing was logged at all");
    String cookie = String.valueOf(page.headers.get("Cookie"));
    for (String secret :
        List.of(token, Browser.PASSWORD, "not the right one", cookie.substring(7))) {
      assertFalse(all.contains(secret), () -> "the log says " + secret);
    }
  }

  @Test
  void secrets_areComparedInConstantTime() {
    JavaClasses compared =
        new ClassFileImporter().importClasses(Secrets.class, Passwords.class, Referee.class);
    classes()
        .should()
        .callMethod(MessageDigest.class, "isEqual", byte[].class, byte[].class)
        .check(compared);
    classes()
        .should()
        .callMethod(Secrets.class, "same", String.class, String.class)
        .check(new ClassFileImporter().importClasses(Cookies.class));
  }

  // Paths and sizes

  private String raw(String request) throws IOException {
    int port = URI.create(server.address()).getPort();
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket.setSoTimeout(30_000);
      socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/../../../../../../etc/passwd",
        "/%2e%2e/%2e%2e/%2e%2e/%2e%2e/etc/passwd",
        "/assets/..%2f..%2f..%2f..%2fetc/passwd",
        "/assets/..%5c..%5c..%5cetc%5cpasswd",
        "/assets/../../logback.xml",
        "/assets/%2e%2e/%2e%2e/logback.xml",
        "/assets//../..//logback.xml",
        "/%252e%252e/logback.xml",
        "/docs/schemas/..%2f..%2f..%2flogback.xml",
        "//etc/passwd",
        "/file:///etc/passwd",
        "/assets/%00/../../logback.xml",
        "/tabula.db"
      })
  void path_leadsNowhereElse(String path) throws IOException {
    String answer = raw("GET " + path + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
    assertTrue(answer.startsWith("HTTP/1.1 4"), answer);
    assertFalse(answer.contains("root:") || answer.contains("<configuration>"), answer);
  }

  @Test
  void body_thatIsTooLarge_isRefused_whetherItSaysSoOrNot() throws Exception {
    byte[] large = "x".repeat(17 * 1024).getBytes(StandardCharsets.US_ASCII);
    for (HttpRequest.BodyPublisher body :
        List.of(
            HttpRequest.BodyPublishers.ofByteArray(large),
            HttpRequest.BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(large)))) {
      for (String path : List.of("/api/v1/matches", "/api/v1/analyse", "/api/v1/account")) {
        HttpResponse<String> answer =
            HTTP.send(
                HttpRequest.newBuilder(URI.create(server.address() + path))
                    .header("Content-Type", "application/json")
                    .POST(body)
                    .build(),
                HttpResponse.BodyHandlers.ofString());
        assertEquals(413, answer.statusCode(), answer.body());
      }
    }
  }

  @Test
  void header_thatIsTooLarge_isRefused() throws IOException {
    String answer =
        raw(
            "GET / HTTP/1.1\r\nHost: x\r\nX: "
                + "x".repeat(20_000)
                + "\r\nConnection: close\r\n\r\n");
    assertTrue(answer.startsWith("HTTP/1.1 4"), answer);
  }

  @Test
  void frame_thatIsTooLarge_closesTheConnection() throws Exception {
    try (TestClient client = new TestClient(server.address())) {
      client.sendText("x".repeat(17 * 1024));
      assertEquals(1009, client.awaitClose());
    }
  }

  // JSON

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      value = {"x", "{}", "]", "`,`", "null", "`{\"game\": \"connect-four\"}`"})
  void json_withMoreBehindIt_isRefused(String more) throws Exception {
    assertEquals("400 malformed", code(page.ask("POST", "/api/v1/matches", MATCH + " " + more)));
    assertEquals(
        "400 malformed", code(page.post("", Browser.credentials("Ada", "a long password") + more)));
    try (TestClient client = new TestClient(server.address())) {
      client.sendText("{\"type\": \"ping\"} " + more);
      assertEquals("malformed", client.awaitRefusal());
    }
  }
}
