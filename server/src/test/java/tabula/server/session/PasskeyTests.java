package tabula.server.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tabula.server.ServerConfig;
import tabula.server.TabulaServer;
import tabula.server.session.TestClient.Answer;

/** Passkeys that are none. That true ones work is shown in a browser, which has the devices. */
class PasskeyTests {

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

  private String challenge() throws IOException, InterruptedException {
    Answer answer = page.post("/passkey/challenge", "{}");
    assertEquals(200, answer.status());
    return answer.body().path("challenge").asText();
  }

  private static String text(String bytes) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(bytes.getBytes(StandardCharsets.UTF_8));
  }

  /** An answer to a challenge that no key has signed. */
  private String forged(String challenge) {
    ObjectNode body = TestClient.JSON.createObjectNode();
    ObjectNode credential = body.putObject("credential");
    credential.put("id", text("no such key")).put("rawId", text("no such key"));
    credential.put("type", "public-key").putObject("clientExtensionResults");
    credential
        .putObject("response")
        .put(
            "clientDataJSON",
            text(
                "{\"type\":\"webauthn.get\",\"challenge\":\"%s\",\"origin\":\"%s\"}"
                    .formatted(challenge, server.address())))
        .put("authenticatorData", text("x".repeat(32) + "\u0005\u0000\u0000\u0000\u0001"))
        .put("signature", text("not a signature"));
    return body.toString();
  }

  @Test
  void challenges_areNew_andOnlyThePageGetsThem() throws Exception {
    assertFalse(challenge().equals(challenge()));
    page.headers.put("Origin", "https://evil.example");
    assertEquals(403, page.post("/passkey/challenge", "{}").status());
  }

  @Test
  void answer_toAChallengeOfNobody_orTwice_isRefused() throws Exception {
    Answer made = page.post("/passkey/sign-in", forged(text("made up")));
    assertEquals(401, made.status(), made::toString);
    assertTrue(made.body().at("/error/message").asText().contains("challenge"), made::toString);
    String challenge = challenge();
    Answer unknown = page.post("/passkey/sign-in", forged(challenge));
    assertEquals(401, unknown.status(), unknown::toString);
    assertTrue(unknown.body().at("/error/message").asText().contains("passkey"), unknown::toString);
    Answer again = page.post("/passkey/sign-in", forged(challenge));
    assertTrue(again.body().at("/error/message").asText().contains("challenge"), again::toString);
  }

  @Test
  void answer_thatIsNoCredential_isRefused() throws Exception {
    for (String credential :
        new String[] {
          "{\"id\":\"AQID\",\"rawId\":\"AQID\",\"type\":\"public-key\",\"response\":{}}",
          "{\"id\":\"AQID\",\"type\":\"public-key\",\"response\":{\"clientDataJSON\":7}}",
          "{\"id\":\"\u20ac\",\"type\":\"public-key\",\"response\":{\"attestationObject\":\"###\"}}"
        }) {
      String body = "{\"name\":\"Ada\",\"credential\":%s}".formatted(credential);
      assertEquals(401, page.post("/passkey/sign-in", body).status(), credential);
      assertEquals(401, page.post("/passkey", body).status(), credential);
    }
    assertEquals(400, page.post("/passkey", "{\"name\":\"Ada\"}").status());
    assertEquals(401, page.post("/passkey/add", forged(challenge())).status(), "nobody signed in");
  }
}
