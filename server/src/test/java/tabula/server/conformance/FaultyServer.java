package tabula.server.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * A server that breaks one promise: it stands before one that keeps them, and changes what it says.
 */
class FaultyServer implements AutoCloseable {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int PATIENCE_MILLIS = 60_000;

  private final URI server;
  private final ServerSocket door = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
  private final HttpClient http = HttpClient.newHttpClient();

  FaultyServer(String server) throws IOException {
    this.server = URI.create(server);
    Thread.ofVirtual().start(this::acceptAll);
  }

  /** What a client says, as it is passed on; null if it is swallowed. */
  @Nullable ObjectNode fromClient(ObjectNode frame) {
    return frame;
  }

  /** What the server says, as it is passed on; null if it is swallowed. */
  @Nullable ObjectNode fromServer(ObjectNode frame) {
    return frame;
  }

  int closeCode(int code) {
    return code;
  }

  /** The status of an answer over HTTP. */
  int status(int status) {
    return status;
  }

  /** The body of an answer over HTTP. */
  JsonNode body(String path, JsonNode body) {
    return body;
  }

  String subprotocol(String offered) {
    return offered;
  }

  final URI address() {
    return URI.create("http://127.0.0.1:" + door.getLocalPort());
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
    try (socket) {
      DataInputStream in = new DataInputStream(new BufferedInputStream(socket.getInputStream()));
      while (true) {
        Wire.Head head = Wire.readHead(in);
        String body = Wire.readBody(head, in);
        String[] request = head.line().split(" ", -1);
        if (request[1].equals("/ws/v1")) {
          websocket(socket, in, head);
          return;
        }
        forward(socket, request[0], request[1], body);
      }
    } catch (IOException e) {
      // One of the ends is gone.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void forward(Socket socket, String method, String path, String body)
      throws IOException, InterruptedException {
    HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(server + path));
    if (method.equals("POST")) {
      request
          .header("Content-Type", "application/json")
          .POST(HttpRequest.BodyPublishers.ofString(body));
    }
    HttpResponse<String> answer = http.send(request.build(), HttpResponse.BodyHandlers.ofString());
    answer(
        socket, status(answer.statusCode()), body(path, JSON.readTree(answer.body())).toString());
  }

  private static void answer(Socket socket, int status, String body) throws IOException {
    byte[] content = body.getBytes(StandardCharsets.UTF_8);
    socket
        .getOutputStream()
        .write(
            "HTTP/1.1 %d x\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n"
                .formatted(status, content.length)
                .getBytes(StandardCharsets.US_ASCII));
    socket.getOutputStream().write(content);
  }

  private void websocket(Socket socket, DataInputStream in, Wire.Head head) throws IOException {
    String offered = subprotocol(head.field("sec-websocket-protocol"));
    try (Wire inner = Wire.open(server, PATIENCE_MILLIS, offered, 0)) {
      if (!inner.isOpen()) {
        answer(socket, inner.head().status(), inner.refusal());
        return;
      }
      try (Wire outer = Wire.accept(socket, in, head)) {
        Thread back = Thread.ofVirtual().start(() -> passOn(inner, outer, true));
        passOn(outer, inner, false);
        back.interrupt();
      }
    }
  }

  private void passOn(Wire from, Wire to, boolean fromServer) {
    try {
      from.patience(PATIENCE_MILLIS);
      from.ignorePings();
      while (true) {
        String text = from.readText();
        JsonNode frame = parse(text);
        if (frame instanceof ObjectNode object) {
          ObjectNode changed = fromServer ? fromServer(object) : fromClient(object);
          if (changed != null) {
            to.text(changed.toString());
          }
        } else {
          to.text(text);
        }
      }
    } catch (Wire.ClosedException e) {
      to.close(fromServer && e.code() != 1006 ? closeCode(e.code()) : 1000);
    } catch (IOException e) {
      to.close();
      from.close();
    }
  }

  private static @Nullable JsonNode parse(String text) {
    try {
      return JSON.readTree(text);
    } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
      return null;
    }
  }

  @Override
  public void close() throws IOException {
    door.close();
  }
}
