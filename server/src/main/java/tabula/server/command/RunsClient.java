package tabula.server.command;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tabula.agents.files.AtomicFile;
import tabula.server.UserError;

/** The runs of a server, over its API. */
final class RunsClient {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final HttpClient http = HttpClient.newBuilder().connectTimeout(PATIENCE).build();
  private final String server;
  private final @Nullable String token;

  RunsClient(String server, @Nullable String token) {
    this.server = server.replaceFirst("/+$", "");
    this.token = token;
  }

  JsonNode get(String path) {
    return send(path, request(path).GET().build());
  }

  JsonNode post(String path, ObjectNode body) {
    return send(
        path,
        request(path)
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(body.toString()))
            .build());
  }

  JsonNode delete(String path) {
    return send(path, request(path).DELETE().build());
  }

  /** Fetches a file. */
  void download(String path, Path to) throws IOException {
    HttpResponse<byte[]> answer =
        exchange(request(path).GET().build(), HttpResponse.BodyHandlers.ofByteArray());
    if (answer.statusCode() >= 400) {
      throw refused(new String(answer.body(), StandardCharsets.UTF_8));
    }
    AtomicFile.write(to, answer.body());
  }

  /** The run of that id, or whose id alone begins so. */
  JsonNode run(String id) {
    List<JsonNode> found = new ArrayList<>();
    for (JsonNode run : get("/runs").path("runs")) {
      if (run.path("id").asText().equals(id)) {
        return run;
      }
      if (run.path("id").asText().startsWith(id)) {
        found.add(run);
      }
    }
    Arguments.check(
        found.size() == 1,
        found.isEmpty()
            ? "There is no run '%s' on %s: see 'tabula runs list'.".formatted(id, server)
            : "%d runs begin with '%s': give more of the id.".formatted(found.size(), id));
    return found.getFirst();
  }

  private HttpRequest.Builder request(String path) {
    URI address;
    try {
      address = URI.create(server + "/api/v1" + path);
    } catch (IllegalArgumentException e) {
      throw new UserError("%s is no address such as http://127.0.0.1:8080.".formatted(server), e);
    }
    if (address.getHost() == null) {
      throw new UserError("%s is no address such as http://127.0.0.1:8080.".formatted(server));
    }
    HttpRequest.Builder request = HttpRequest.newBuilder(address).timeout(PATIENCE);
    if (token != null && !token.isEmpty()) {
      request.header("Authorization", "Bearer " + token);
    }
    return request;
  }

  /** A part of an address. */
  static String part(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  private JsonNode send(String path, HttpRequest request) {
    HttpResponse<String> answer = exchange(request, HttpResponse.BodyHandlers.ofString());
    if (answer.statusCode() >= 400) {
      throw refused(answer.body());
    }
    try {
      return JSON.readTree(answer.body());
    } catch (JsonProcessingException e) {
      throw new UserError("%s%s does not answer as Tabula does.".formatted(server, path), e);
    }
  }

  private <T> HttpResponse<T> exchange(HttpRequest request, HttpResponse.BodyHandler<T> handler) {
    try {
      return http.send(request, handler);
    } catch (IOException e) {
      throw new UserError(
          "No server answers at %s. Start one by 'tabula serve', or name another by --server."
              .formatted(server),
          e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new UserError("Interrupted.", e);
    }
  }

  private UserError refused(String body) {
    String message;
    try {
      JsonNode error = JSON.readTree(body).path("error");
      message =
          error.path("code").asText().equals("unauthenticated")
              ? "%s Make one on the server's machine: 'tabula admin account create NAME', then"
                      .formatted(error.path("message").asText())
                  + " 'tabula admin token create NAME --scope run:write'; give it in TABULA_TOKEN."
              : error.path("message").asText();
    } catch (JsonProcessingException e) {
      message = "";
    }
    return new UserError(
        message.isEmpty() ? "%s does not answer as Tabula does.".formatted(server) : message);
  }
}
