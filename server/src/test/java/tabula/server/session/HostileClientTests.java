package tabula.server.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tabula.server.ServerConfig;
import tabula.server.TabulaServer;

/** Clients that mean no good, or whose programs are wrong, over bare sockets. */
class HostileClientTests {

  private static final int FLOOD = 100_000;

  @TempDir private Path data = Path.of("");
  private int port;

  @SuppressWarnings("NullAway.Init") // started before each test
  private TabulaServer server;

  @BeforeEach
  void start() {
    server = TabulaServer.start(new ServerConfig("127.0.0.1", 0, data, Map.of()));
    port = URI.create(server.address()).getPort();
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private Socket connect() throws IOException {
    Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
    socket.setSoTimeout(30_000);
    return socket;
  }

  /** Sends lines, of which {@code |} stands between two, and returns all that comes back. */
  private String exchange(String request) throws IOException {
    try (Socket socket = connect()) {
      String text = request.replace("|", "\r\n") + "\r\n\r\n";
      socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      delimiter = ' ',
      value = {
        "400 `GET /api/v1/agents?game=%zz HTTP/1.1|Host: x`",
        "400 `GET /api/v1/matches?limit=%zz HTTP/1.1|Host: x`",
        "400 `GET /api/v1/matches/%zz HTTP/1.1|Host: x`",
        "400 `GET /assets/% HTTP/1.1|Host: x`",
        "415 `POST /api/v1/matches HTTP/1.1|Host: x|Content-Type: text/plain|Content-Length: 2||{}`",
        "415 `POST /api/v1/matches HTTP/1.1|Host: x|Content-Type: application/json;charset=nope|Content-Length: 2||{}`",
        "415 `POST /api/v1/matches HTTP/1.1|Host: x|Content-Type: application/x-www-form-urlencoded|Content-Length: 5||a=%zz`",
        "400 `POST /api/v1/matches HTTP/1.1|Host: x|Content-Type: application/json|Content-Length: 4||{a:}`",
        "404 `POST /health HTTP/1.1|Host: x|Content-Length: 0`",
        "404 `GET /nothing/here HTTP/1.1|Host: x`"
      })
  void request_thatIsWrong_getsAnErrorInJson(int status, String request)
      throws IOException, InterruptedException {
    String answer = exchange(request.replace(" HTTP/1.1|", " HTTP/1.1|Connection: close|"));
    assertTrue(answer.startsWith("HTTP/1.1 " + status + " "), answer);
    JsonNode error = TestClient.JSON.readTree(answer.substring(answer.indexOf("\r\n{") + 2));
    assertTrue(error.path("error").path("code").isTextual(), answer);
    assertEquals(200, TestClient.get(server.address() + "/health").status());
  }

  @Test
  void binaryFrames_withoutEnd_areLimitedInRate_andClosed()
      throws IOException, InterruptedException {
    try (Socket socket = connect()) {
      InputStream in = openWebsocket(socket);
      DataOutputStream out = new DataOutputStream(socket.getOutputStream());
      byte[] frame = {(byte) 0x82, (byte) 0x81, 0, 0, 0, 0, 7};
      byte[] many = new byte[1000 * frame.length];
      for (int i = 0; i < 1000; i++) {
        System.arraycopy(frame, 0, many, i * frame.length, frame.length);
      }
      try {
        for (int sent = 0; sent < FLOOD; sent += 1000) {
          out.write(many);
        }
        out.flush();
      } catch (SocketException e) {
        // The server has closed the connection already.
      }
      long received = 0;
      try {
        byte[] buffer = new byte[1 << 16];
        for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
          received += read;
        }
      } catch (SocketException e) {
        // Closed with bytes of ours unread.
      }
      assertTrue(received < 400_000, "answers for the flood: " + received + " bytes");
    }
    assertEquals(200, TestClient.get(server.address() + "/health").status());
  }

  private static byte[] textFrame(byte[] text) {
    ByteBuffer frame = ByteBuffer.allocate(6 + text.length);
    // Masked with zeros, which change nothing.
    return frame.put((byte) 0x81).put((byte) (0x80 | text.length)).putInt(0).put(text).array();
  }

  @Test
  void textThatIsNotUtf8_closes_andWhatComesAfterIsNotHeard() throws IOException {
    try (Socket socket = connect()) {
      InputStream in = openWebsocket(socket);
      byte[] wrong = "{\"type\": \"ping\", \"id\": \"wrong\"}".getBytes(StandardCharsets.UTF_8);
      wrong[wrong.length - 4] = (byte) 0xff;
      byte[] right = "{\"type\": \"ping\", \"id\": \"after\"}".getBytes(StandardCharsets.UTF_8);
      socket.getOutputStream().write(textFrame(wrong));
      socket.getOutputStream().write(textFrame(right));
      String heard = new String(in.readAllBytes(), StandardCharsets.ISO_8859_1);
      assertTrue(heard.contains("text that is not UTF-8"), heard);
      assertFalse(heard.contains("pong"), heard);
    }
  }

  private static InputStream openWebsocket(Socket socket) throws IOException {
    String handshake =
        "GET /ws/v1 HTTP/1.1|Host: x|Upgrade: websocket|Connection: Upgrade"
            + "|Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==|Sec-WebSocket-Version: 13"
            + "|Sec-WebSocket-Protocol: tabula.v1||";
    socket
        .getOutputStream()
        .write(handshake.replace("|", "\r\n").getBytes(StandardCharsets.ISO_8859_1));
    InputStream in = socket.getInputStream();
    StringBuilder head = new StringBuilder();
    while (!head.toString().endsWith("\r\n\r\n")) {
      int next = in.read();
      assertTrue(next >= 0, head::toString);
      head.append((char) next);
    }
    assertTrue(head.toString().startsWith("HTTP/1.1 101 "), head::toString);
    return in;
  }
}
