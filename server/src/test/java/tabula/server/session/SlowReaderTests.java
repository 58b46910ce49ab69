package tabula.server.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tabula.server.ServerConfig;
import tabula.server.TabulaServer;

/** One who reads slowly holds up nobody, and learns how things stand once it reads again. */
class SlowReaderTests {

  private static final int MATCHES = 90;
  private static final int PATIENCE_MILLIS = 30_000;
  private static final String A_DRAW = "757341132773575647262416323134652254654611";

  @TempDir private Path data = Path.of("");

  /** A websocket by hand, that reads only when it is told to. */
  private static final class SlowClient implements AutoCloseable {
    private final Socket socket = new Socket();
    private final DataInputStream in;
    private final OutputStream out;

    SlowClient(String address) throws IOException {
      URI uri = URI.create(address);
      // Little fits on the way, so that what is not read soon waits on the server.
      socket.setReceiveBufferSize(4096);
      socket.setSoTimeout(PATIENCE_MILLIS);
      socket.connect(new InetSocketAddress(uri.getHost(), uri.getPort()));
      in = new DataInputStream(socket.getInputStream());
      out = socket.getOutputStream();
      String request =
          "GET /ws/v1 HTTP/1.1\r\nHost: %s:%d\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
              .formatted(uri.getHost(), uri.getPort());
      out.write(
          (request
                  + "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Protocol: tabula.v1\r\n"
                  + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n")
              .getBytes(StandardCharsets.US_ASCII));
      int ends = 0;
      while (ends < 4) {
        int at = in.read();
        ends = at == (ends % 2 == 0 ? '\r' : '\n') ? ends + 1 : 0;
      }
    }

    void watch(String matchId) throws IOException {
      byte[] text =
          "{\"type\":\"watch\",\"matchId\":\"%s\"}"
              .formatted(matchId)
              .getBytes(StandardCharsets.UTF_8);
      // A short final text frame, masked by zeroes.
      byte[] frame = new byte[6 + text.length];
      frame[0] = (byte) 0x81;
      frame[1] = (byte) (0x80 | text.length);
      System.arraycopy(text, 0, frame, 6, text.length);
      out.write(frame);
    }

    /** The next text frame. */
    JsonNode read() throws IOException {
      while (true) {
        int kind = in.readUnsignedByte() & 0xf;
        int length = in.readUnsignedByte();
        byte[] content = new byte[length == 126 ? in.readUnsignedShort() : length];
        in.readFully(content);
        if (kind == 1) {
          return TestClient.JSON.readTree(content);
        }
      }
    }

    void await(String type) throws IOException {
      while (!read().path("type").asText().equals(type)) {
        // Something else that happens meanwhile.
      }
    }

    @Override
    public void close() throws IOException {
      socket.close();
    }
  }

  @Test
  void slowReader_holdsUpNobody_andGetsTheNewestState() throws Exception {
    try (TabulaServer server =
        TabulaServer.start(new ServerConfig("127.0.0.1", 0, data, Map.of()))) {
      List<JsonNode> matches = new ArrayList<>();
      for (int i = 0; i < MATCHES; i++) {
        matches.add(
            TestClient.post(
                    server.address() + "/api/v1/matches",
                    "{\"game\": \"connect-four\", \"first\": {\"kind\": \"bot\", \"name\":"
                        + " \"A\"}, \"second\": {\"kind\": \"bot\", \"name\": \"B\"}}")
                .body());
      }
      try (SlowClient slow = new SlowClient(server.address());
          TestClient fast = new TestClient(server.address())) {
        slow.await("hello");
        for (JsonNode match : matches) {
          String id = match.path("match").path("id").asText();
          slow.watch(id);
          slow.await("matchStarted");
          fast.send("watch", id, 0, "{}");
          fast.await("matchStarted");
          Thread.sleep(20);
        }
        List<Thread> players = new ArrayList<>();
        for (JsonNode match : matches) {
          players.add(Thread.ofVirtual().start(() -> play(server.address(), match)));
        }
        Map<String, Integer> seen = new HashMap<>();
        int frames = 0;
        for (int over = 0; over < MATCHES; ) {
          JsonNode frame = fast.await("matchState", "matchEnded");
          frames++;
          if (frame.path("type").asText().equals("matchEnded")) {
            over++;
          } else {
            int ply = frame.path("data").path("ply").asInt();
            assertEquals(
                ply - 1, seen.getOrDefault(frame.path("matchId").asText(), 0), "a state is lost");
            seen.put(frame.path("matchId").asText(), ply);
          }
        }
        for (Thread player : players) {
          player.join();
        }
        assertEquals(seen, lastPlies(slow, seen, frames));
      }
    }
  }

  /** What the slow one knows once it has read all that it will ever be told. */
  private static Map<String, Integer> lastPlies(
      SlowClient slow, Map<String, Integer> wanted, int framesOfTheFast) throws IOException {
    Map<String, Integer> plies = new HashMap<>();
    int frames = 0;
    while (!plies.equals(wanted)) {
      JsonNode frame = slow.read();
      if (frame.has("ply")) {
        frames++;
        plies.merge(frame.path("matchId").asText(), frame.path("ply").asInt(), Math::max);
      }
    }
    int read = frames;
    assertTrue(read < framesOfTheFast, () -> "nothing was left out: %d frames".formatted(read));
    return plies;
  }

  /** A whole match, in which each move waits for the one before. */
  private static void play(String address, JsonNode created) {
    String id = created.path("match").path("id").asText();
    try (TestClient first = new TestClient(address);
        TestClient second = new TestClient(address)) {
      TestClient[] clients = {first, second};
      for (int side = 0; side < 2; side++) {
        clients[side].send(
            "join",
            id,
            0,
            "{\"seatToken\": \"%s\"}"
                .formatted(
                    created.path("seatTokens").path(side == 0 ? "first" : "second").asText()));
        clients[side].await("matchStarted");
      }
      for (int ply = 0; ply < A_DRAW.length(); ply++) {
        TestClient mover = clients[ply % 2];
        mover.send("move", id, ply, "{\"move\": \"%s\"}".formatted(A_DRAW.charAt(ply)));
        mover.await("moveAccepted");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
