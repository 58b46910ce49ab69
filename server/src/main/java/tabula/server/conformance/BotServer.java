package tabula.server.conformance;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The door of the server that a bot is checked with: it makes one match, and opens websockets. */
final class BotServer implements AutoCloseable {

  /** Makes the match that a bot asked for; empty if it asked for what there is not. */
  interface MatchMaker {
    @Nullable ObjectNode make(JsonNode request);
  }

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int PATIENCE_MILLIS = 30_000;

  private final ServerSocket door = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
  private final BlockingQueue<Wire> connections = new LinkedBlockingQueue<>();
  private final List<Long> refusedAt = new CopyOnWriteArrayList<>();
  private final MatchMaker matches;
  private volatile boolean away;

  BotServer(MatchMaker matches) throws IOException {
    this.matches = matches;
    Thread.ofVirtual().start(this::acceptAll);
  }

  String address() {
    return "http://127.0.0.1:" + door.getLocalPort();
  }

  /** Refuses whoever comes, as a server does that starts, or takes them again. */
  void away(boolean now) {
    refusedAt.clear();
    away = now;
  }

  /** When somebody was refused, in nanoseconds. */
  List<Long> refusedAt() {
    return refusedAt;
  }

  /** The next websocket that is opened; null if none is for so long. */
  @Nullable Wire next(long millis) throws InterruptedException {
    return connections.poll(millis, TimeUnit.MILLISECONDS);
  }

  private void acceptAll() {
    while (!door.isClosed()) {
      try {
        Socket socket = door.accept();
        Thread.ofVirtual().start(() -> serve(socket));
      } catch (IOException e) {
        // The door is closed.
        return;
      }
    }
  }

  private void serve(Socket socket) {
    try {
      socket.setSoTimeout(PATIENCE_MILLIS);
      socket.setTcpNoDelay(true);
      DataInputStream in = new DataInputStream(new BufferedInputStream(socket.getInputStream()));
      Wire.Head head = Wire.readHead(in);
      String body = Wire.readBody(head, in);
      if (away) {
        refusedAt.add(System.nanoTime());
        answer(socket, "503 Service Unavailable", error("draining", "The server starts.", true));
      } else if (head.line().startsWith("GET /ws/v1 ")) {
        connections.add(Wire.accept(socket, in, head));
      } else if (head.line().startsWith("POST /api/v1/matches ")) {
        ObjectNode made = matches.make(parse(body));
        if (made == null) {
          answer(socket, "404 Not Found", error("unknown_game", "Here is connect-four.", false));
        } else {
          answer(socket, "201 Created", made);
        }
      } else {
        answer(socket, "404 Not Found", error("unknown_type", "There is nothing here.", false));
      }
    } catch (IOException e) {
      // It went away again.
      close(socket);
    }
  }

  private static JsonNode parse(String body) {
    try {
      return JSON.readTree(body);
    } catch (JsonProcessingException e) {
      return JSON.createObjectNode();
    }
  }

  private static ObjectNode error(String code, String message, boolean retryable) {
    ObjectNode answer = JSON.createObjectNode();
    answer.putObject("error").put("code", code).put("message", message).put("retryable", retryable);
    return answer;
  }

  private static void answer(Socket socket, String status, ObjectNode body) throws IOException {
    byte[] content = body.toString().getBytes(StandardCharsets.UTF_8);
    String head =
        "HTTP/1.1 %s\r\nContent-Type: application/json\r\nContent-Length: %d\r\nConnection: close\r\n\r\n"
            .formatted(status, content.length);
    try (socket) {
      socket.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
      socket.getOutputStream().write(content);
    }
  }

  private static void close(Socket socket) {
    try {
      socket.close();
    } catch (IOException e) {
      // It was gone already.
    }
  }

  @Override
  public void close() {
    try {
      door.close();
    } catch (IOException e) {
      // It is closed all the same.
    }
  }
}
