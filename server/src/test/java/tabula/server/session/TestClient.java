package tabula.server.session;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import tabula.server.protocol.Contract;
import tabula.server.protocol.Contract.Part;

/** A client of the protocol, for tests: HTTP requests, and one websocket. */
public final class TestClient implements AutoCloseable {

  static final ObjectMapper JSON = new ObjectMapper();
  private static final HttpClient HTTP = HttpClient.newHttpClient();
  private static final long PATIENCE_SECONDS = 30;

  /** An empty frame comes last. */
  private static final JsonNode CLOSED = JSON.createObjectNode();

  private final CompletableFuture<JsonNode> hello = new CompletableFuture<>();
  private final BlockingQueue<JsonNode> frames = new LinkedBlockingQueue<>();
  private final CompletableFuture<Integer> closed = new CompletableFuture<>();
  private final AtomicReference<@Nullable Throwable> wrong = new AtomicReference<>();
  private final WebSocket socket;
  private final long patienceSeconds;

  public TestClient(String address) {
    this(address, Map.of());
  }

  /** A client that waits so long for what it hears. */
  public TestClient(String address, long patienceSeconds) {
    this(address, "", Map.of(), patienceSeconds);
  }

  /** A client whose websocket is opened with headers of its own. */
  TestClient(String address, Map<String, String> headers) {
    this(address, "", headers);
  }

  TestClient(String address, String query, Map<String, String> headers) {
    this(address, query, headers, PATIENCE_SECONDS);
  }

  private TestClient(
      String address, String query, Map<String, String> headers, long patienceSeconds) {
    this.patienceSeconds = patienceSeconds;
    WebSocket.Builder builder = HTTP.newWebSocketBuilder();
    headers.forEach(builder::header);
    this.socket =
        builder
            .subprotocols("tabula.v1")
            .connectTimeout(Duration.ofSeconds(PATIENCE_SECONDS))
            .buildAsync(
                URI.create(address.replace("http", "ws") + "/ws/v1" + query), new Listener())
            .join();
  }

  private final class Listener implements WebSocket.Listener {
    private final StringBuilder text = new StringBuilder();

    @Override
    public @Nullable CompletionStage<?> onText(WebSocket from, CharSequence part, boolean last) {
      text.append(part);
      if (last) {
        try {
          JsonNode frame = JSON.readTree(text.toString());
          problem(Part.SERVER, frame.path("type").asText(), frame);
          if (frame.path("type").asText().equals("hello")) {
            hello.complete(frame);
          }
          frames.add(frame);
        } catch (IOException | AssertionError e) {
          wrong.set(e);
        }
        text.setLength(0);
      }
      from.request(1);
      return null;
    }

    @Override
    public @Nullable CompletionStage<?> onClose(WebSocket from, int code, String reason) {
      closed.complete(code);
      frames.add(CLOSED);
      return null;
    }

    @Override
    public void onError(WebSocket from, Throwable error) {
      closed.complete(1006);
      frames.add(CLOSED);
    }
  }

  /** An answer over HTTP. */
  public record Answer(int status, JsonNode body) {}

  public static Answer get(String url) throws IOException, InterruptedException {
    return answer(HttpRequest.newBuilder(URI.create(url)).build());
  }

  public static Answer post(String url, String body) throws IOException, InterruptedException {
    return answer(
        HttpRequest.newBuilder(URI.create(url))
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(body))
            .build());
  }

  private static Answer answer(HttpRequest request) throws IOException, InterruptedException {
    HttpResponse<String> response = HTTP.send(request, HttpResponse.BodyHandlers.ofString());
    JsonNode body = JSON.readTree(response.body());
    if (response.statusCode() >= 400 && request.uri().getPath().startsWith("/api/")) {
      problem(Part.HTTP, "error", body);
    }
    return new Answer(response.statusCode(), body);
  }

  /** Whatever the server says anywhere in the tests keeps its schema. */
  private static void problem(Part part, String name, JsonNode message) {
    Contract.get()
        .problem(part, name, message)
        .ifPresent(
            problem -> {
              throw new AssertionError(problem + " In " + message);
            });
  }

  public void sendText(String text) {
    socket.sendText(text, true).join();
  }

  /** Sends a frame; {@code data} is JSON. */
  public void send(String type, String matchId, int ply, String data) {
    try {
      ObjectNode frame = JSON.createObjectNode();
      frame.put("type", type).put("id", type + ply).put("matchId", matchId).put("ply", ply);
      frame.set("data", JSON.readTree(data));
      sendText(frame.toString());
    } catch (IOException e) {
      throw new IllegalArgumentException(data, e);
    }
  }

  /** The next frame of one of these types; those before it are skipped. */
  public JsonNode await(String... types) throws InterruptedException {
    // In all: the server's pings would keep it waiting for ever else.
    long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(patienceSeconds);
    while (true) {
      JsonNode frame = frames.poll(until - System.nanoTime(), TimeUnit.NANOSECONDS);
      Throwable problem = wrong.get();
      if (problem != null) {
        throw new AssertionError(problem);
      }
      if (frame == null || frame.isEmpty()) {
        throw new AssertionError("no frame of " + String.join(", ", types));
      }
      for (String type : types) {
        if (frame.path("type").asText().equals(type)) {
          return frame;
        }
      }
    }
  }

  /** The first frame. */
  JsonNode hello() {
    return hello.orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS).join();
  }

  /** The code of the next refusal. */
  String awaitRefusal() throws InterruptedException {
    return await("refused").path("data").path("code").asText();
  }

  int awaitClose() throws Exception {
    return closed.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
  }

  @Override
  public void close() {
    socket.abort();
  }
}
