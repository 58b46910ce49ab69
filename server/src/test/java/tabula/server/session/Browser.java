package tabula.server.session;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tabula.server.session.TestClient.Answer;

/** A page in a browser, as far as accounts go: it keeps its cookie, and says where it is from. */
final class Browser {

  static final String PASSWORD = "a horse of nine colours";
  private static final HttpClient HTTP = HttpClient.newHttpClient();

  /** What is sent with every request. */
  final Map<String, String> headers = new LinkedHashMap<>();

  private final String address;

  /** The last {@code Set-Cookie}, whole. */
  @Nullable String setCookie;

  Browser(String address) {
    this.address = address;
    headers.put("Origin", address);
  }

  Answer get(String path) throws IOException, InterruptedException {
    return account("GET", path, null);
  }

  Answer post(String path, String body) throws IOException, InterruptedException {
    return account("POST", path, body);
  }

  Answer delete(String path) throws IOException, InterruptedException {
    return account("DELETE", path, null);
  }

  private Answer account(String method, String path, @Nullable String body)
      throws IOException, InterruptedException {
    return ask(method, "/api/v1/account" + path, body);
  }

  Answer ask(String method, String path, @Nullable String body)
      throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(address + path))
            .method(
                method,
                body == null
                    ? HttpRequest.BodyPublishers.noBody()
                    : HttpRequest.BodyPublishers.ofString(body));
    if (body != null) {
      request.header("Content-Type", "application/json");
    }
    headers.forEach(request::header);
    HttpResponse<String> response =
        HTTP.send(request.build(), HttpResponse.BodyHandlers.ofString());
    response.headers().firstValue("Set-Cookie").ifPresent(this::keep);
    return new Answer(response.statusCode(), TestClient.JSON.readTree(response.body()));
  }

  private void keep(String cookie) {
    setCookie = cookie;
    headers.put("Cookie", cookie.substring(0, cookie.indexOf(';')));
  }

  /** Claims a name; the account. */
  JsonNode claim(String name) throws IOException, InterruptedException {
    Answer answer = post("", credentials(name, PASSWORD));
    assertEquals(201, answer.status(), answer.body()::toString);
    return answer.body().path("account");
  }

  static String credentials(String name, String password) {
    return TestClient.JSON
        .createObjectNode()
        .put("name", name)
        .put("password", password)
        .toString();
  }

  /** Makes a bot and a token with which it may play. */
  String botWithToken(String name) throws IOException, InterruptedException {
    Answer bot = post("/bots", "{\"name\": \"%s\"}".formatted(name));
    assertEquals(201, bot.status(), bot.body()::toString);
    return token(bot.body().path("bot").path("id").asText(), "bot:play").path("secret").asText();
  }

  JsonNode token(String account, String scope) throws IOException, InterruptedException {
    Answer token =
        post(
            "/tokens",
            "{\"account\": \"%s\", \"label\": \"test\", \"scopes\": [\"%s\"]}"
                .formatted(account, scope));
    assertEquals(201, token.status(), token.body()::toString);
    return token.body();
  }
}
