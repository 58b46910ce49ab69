package tabula.server.conformance;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import tabula.server.protocol.Contract;
import tabula.server.protocol.Contract.Part;

/** What checks of a server talk to it by, and what was wrong with whatever it said meanwhile. */
final class ServerProbe {

  /** The promise is broken; the message says how. */
  static final class BrokenException extends Exception {
    private static final long serialVersionUID = 1;

    BrokenException(String how) {
      super(how);
    }
  }

  static final int PATIENCE_MILLIS = 10_000;
  static final String BOT = "{\"kind\":\"bot\",\"name\":\"conformance\"}";
  private static final ObjectMapper JSON = new ObjectMapper();

  final URI server;
  final Contract contract = Contract.get();
  private final HttpClient http = HttpClient.newHttpClient();

  /** What was wrong with any frame, whatever was being looked at. */
  final Set<String> wrongFrames = new TreeSet<>();

  final Set<String> wrongNumbers = new TreeSet<>();
  private int frames;

  ServerProbe(URI server) {
    this.server = server;
  }

  /** How many frames were heard. */
  int frames() {
    return frames;
  }

  /** A connection, greeted. */
  Client client() throws IOException, BrokenException {
    return new Client();
  }

  static void require(boolean kept, String otherwise, Object... values) throws BrokenException {
    if (!kept) {
      throw new BrokenException(otherwise.formatted(values));
    }
  }

  /** A connection, greeted. */
  final class Client implements AutoCloseable {
    final Wire wire;
    final JsonNode hello;
    long lastSeq;
    boolean counts = true;

    Client() throws IOException, BrokenException {
      wire = Wire.open(server, PATIENCE_MILLIS);
      require(wire.isOpen(), "the websocket is refused: %s %s", wire.head().line(), wire.refusal());
      hello = read();
      require(
          hello.path("type").asText().equals("hello"), "the first frame is no hello: %s", hello);
    }

    /** The next frame. */
    JsonNode read() throws IOException, BrokenException {
      JsonNode frame;
      try {
        frame = wire.read();
      } catch (SocketTimeoutException e) {
        throw new BrokenException("Nothing came for %d s.".formatted(PATIENCE_MILLIS / 1000));
      }
      frames++;
      if (frame == null || !frame.isObject()) {
        wrongFrames.add("A frame is no JSON object.");
        return JSON.createObjectNode();
      }
      String type = frame.path("type").asText();
      if (contract.names(Part.SERVER).contains(type) && !type.equals("envelope")) {
        contract
            .problem(Part.SERVER, type, frame)
            .ifPresent(problem -> wrongFrames.add("%s: %s".formatted(type, problem)));
      }
      long seq = frame.path("seq").asLong(-1);
      if (type.equals("hello") || type.equals("ping") || type.equals("pong")) {
        return frame;
      }
      if (counts && seq != lastSeq + 1) {
        wrongNumbers.add("%s has seq %d after %d.".formatted(type, seq, lastSeq));
      }
      lastSeq = seq;
      return frame;
    }

    /** The next frame of a type, or the next refusal. */
    JsonNode await(String... types) throws IOException, BrokenException {
      List<String> wanted = List.of(types);
      long until = System.nanoTime() + Duration.ofMillis(2 * PATIENCE_MILLIS).toNanos();
      while (System.nanoTime() < until) {
        JsonNode frame = read();
        String type = frame.path("type").asText();
        if (wanted.contains(type) || type.equals("refused")) {
          return frame;
        }
      }
      throw new BrokenException("No %s came.".formatted(String.join(" or ", types)));
    }

    /** Says something, and expects an answer. */
    JsonNode ask(String frame, String answer) throws IOException, BrokenException {
      wire.text(frame);
      JsonNode answered = await(answer);
      require(
          answered.path("type").asText().equals(answer),
          "%s was answered by %s.",
          abbreviated(frame),
          abbreviated(answered.toString()));
      return answered;
    }

    /** Says something, and expects to be refused. */
    JsonNode refusal(String frame) throws IOException, BrokenException {
      wire.text(frame);
      JsonNode answered =
          await("moveAccepted", "joined", "accepted", "matchStarted", "unwatched", "resumed");
      require(
          answered.path("type").asText().equals("refused"),
          "%s was not refused, but answered by %s.",
          abbreviated(frame),
          abbreviated(answered.toString()));
      return answered;
    }

    String sessionId() {
      return hello.path("data").path("sessionId").asText();
    }

    @Override
    public void close() {
      wire.close(1000);
    }
  }

  static String abbreviated(String text) {
    return text.length() <= 160 ? text : text.substring(0, 160) + "…";
  }

  static String frame(String type, String matchId, String data) {
    return "{\"type\":\"%s\",\"id\":\"%s-1\",\"matchId\":\"%s\",\"data\":%s}"
        .formatted(type, type, matchId, data);
  }

  static String move(String matchId, int ply, String move) {
    return "{\"type\":\"move\",\"id\":\"move-%d\",\"matchId\":\"%s\",\"ply\":%d,\"data\":{\"move\":\"%s\"}}"
        .formatted(ply, matchId, ply, move);
  }

  static String resume(String sessionId, long lastSeq, String tokens) {
    return "{\"type\":\"resume\",\"id\":\"resume-1\",\"data\":{\"sessionId\":\"%s\",\"lastSeq\":%d,\"seatTokens\":%s}}"
        .formatted(sessionId, lastSeq, tokens);
  }

  record Answer(int status, JsonNode body) {}

  Answer http(String path, @Nullable String body) throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(server + path))
            .timeout(Duration.ofMillis(PATIENCE_MILLIS));
    if (body != null) {
      request
          .header("Content-Type", "application/json")
          .POST(HttpRequest.BodyPublishers.ofString(body));
    }
    HttpResponse<String> answer = http.send(request.build(), HttpResponse.BodyHandlers.ofString());
    try {
      return new Answer(answer.statusCode(), JSON.readTree(answer.body()));
    } catch (JsonProcessingException e) {
      return new Answer(answer.statusCode(), JSON.createObjectNode());
    }
  }

  /** A match of Connect Four, and who sits in it. */
  record Table(String id, String first, String second) {
    String join(boolean asFirst) {
      return frame("join", id, "{\"seatToken\":\"%s\"}".formatted(asFirst ? first : second));
    }

    String tokens() {
      return "{\"%s\":\"%s\"}".formatted(id, first);
    }
  }

  Table newMatch(String second) throws IOException, InterruptedException, BrokenException {
    return newMatch(second, "");
  }

  /**
   * Makes a match.
   *
   * @param more fields of the request, each after a comma
   */
  Table newMatch(String second, String more)
      throws IOException, InterruptedException, BrokenException {
    Answer made =
        http(
            "/api/v1/matches",
            "{\"game\":\"connect-four\",\"first\":%s,\"second\":%s%s}"
                .formatted(BOT, second, more));
    require(
        made.status() == 201,
        "A match was not made: %d %s",
        made.status(),
        abbreviated(made.body().toString()));
    JsonNode tokens = made.body().path("seatTokens");
    return new Table(
        made.body().path("match").path("id").asText(),
        tokens.path("first").asText(),
        tokens.path("second").asText());
  }

  static Client seated(Client client, Table table, boolean asFirst)
      throws IOException, BrokenException {
    client.ask(table.join(asFirst), "joined");
    JsonNode started = client.await("matchStarted");
    require(
        started.path("type").asText().equals("matchStarted"),
        "No matchStarted came after joined: %s",
        started);
    return client;
  }

  static String code(JsonNode refused) {
    return refused.path("data").path("code").asText();
  }

  int ply(Table table) throws IOException, InterruptedException {
    return http("/api/v1/matches/" + table.id(), null).body().path("match").path("ply").asInt(-1);
  }

  /** Reads until the connection is closed; 0 if it is not. */
  static int closeCode(Client client, long millis) throws IOException, BrokenException {
    long until = System.nanoTime() + Duration.ofMillis(millis).toNanos();
    try {
      client.wire.patience((int) millis);
      while (System.nanoTime() < until) {
        client.wire.readText();
      }
    } catch (Wire.ClosedException e) {
      return e.code();
    } catch (SocketTimeoutException e) {
      return 0;
    }
    return 0;
  }
}
