package tabula.server.command;

import java.io.EOFException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.function.Consumer;

/**
 * A connection of the driver's: first HTTP, and a websocket once it was upgraded. It does as little
 * as it can, so that what is measured is the server.
 */
final class DriverSocket implements AutoCloseable {

  private static final int TEXT = 1;
  private static final int CLOSE = 8;
  private static final int PING = 9;
  private static final int PONG = 10;
  private static final String END_OF_HEAD = "\r\n\r\n";
  private static final byte[] NOTHING = {};
  private static final String LENGTH = "content-length: ";

  /** Shared by all: they are read on one thread. */
  private final ByteBuffer in;

  private final SocketChannel channel;
  private byte[] rest = NOTHING;
  private boolean upgraded;

  /** Hears the texts of a websocket, and the whole answers of HTTP. */
  private Consumer<String> heard = text -> {};

  DriverSocket(InetSocketAddress server, ByteBuffer in) throws IOException {
    this.in = in;
    channel = SocketChannel.open(server);
    channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
  }

  /** Asks for a websocket; the answer is still to come. */
  void askForWebSocket(String host) throws IOException {
    write(
        """
        GET /ws/v1 HTTP/1.1\r
        Host: %s\r
        Upgrade: websocket\r
        Connection: Upgrade\r
        Sec-WebSocket-Protocol: tabula.v1\r
        Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r
        Sec-WebSocket-Version: 13\r
        \r
        """
            .formatted(host)
            .getBytes(StandardCharsets.US_ASCII));
  }

  /** Waits for the answer. */
  void becomeWebSocket() throws IOException {
    StringBuilder head = new StringBuilder();
    ByteBuffer one = ByteBuffer.allocate(1);
    while (!head.toString().endsWith(END_OF_HEAD)) {
      if (channel.read(one.clear()) < 0) {
        throw new EOFException("The server closed a connection.");
      }
      head.append((char) one.get(0));
    }
    if (!head.toString().startsWith("HTTP/1.1 101 ")) {
      throw new IOException(
          "The server opens no websocket: " + head.toString().lines().findFirst());
    }
    upgraded = true;
  }

  void listen(Selector selector, Consumer<String> listener) throws IOException {
    heard = listener;
    channel.configureBlocking(false);
    channel.register(selector, SelectionKey.OP_READ, this);
  }

  void post(String host, String path, String json) throws IOException {
    write(
        "POST %s HTTP/1.1\r\nHost: %s\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n%s"
            .formatted(path, host, json.length(), json)
            .getBytes(StandardCharsets.US_ASCII));
  }

  /**
   * Sends a text.
   *
   * @param text of ASCII alone
   */
  void send(String text) throws IOException {
    send(TEXT, text.getBytes(StandardCharsets.US_ASCII));
  }

  private void send(int opcode, byte[] payload) throws IOException {
    ByteBuffer frame = ByteBuffer.allocate(payload.length + 8);
    frame.put((byte) (0x80 | opcode));
    if (payload.length < 126) {
      frame.put((byte) (0x80 | payload.length));
    } else {
      frame.put((byte) (0x80 | 126)).putShort((short) payload.length);
    }
    // A mask of zeros changes nothing.
    frame.putInt(0).put(payload);
    write(Arrays.copyOf(frame.array(), frame.position()));
  }

  /** Little is ever on its way: it fits the kernel's buffer. */
  private void write(byte[] bytes) throws IOException {
    ByteBuffer out = ByteBuffer.wrap(bytes);
    while (out.hasRemaining()) {
      channel.write(out);
    }
  }

  /** Reads what is there. */
  void read() throws IOException {
    in.clear().put(rest);
    if (channel.read(in) < 0) {
      throw new EOFException("The server closed a connection.");
    }
    in.flip();
    while (upgraded ? readFrame() : readAnswer()) {
      // The next one.
    }
    rest = in.hasRemaining() ? new byte[in.remaining()] : NOTHING;
    in.get(rest);
  }

  /** Whether there was a whole frame. */
  private boolean readFrame() throws IOException {
    int start = in.position();
    if (in.remaining() < 2) {
      return false;
    }
    int opcode = in.get() & 0x0f;
    int length = in.get() & 0x7f;
    if (length >= 126) {
      int more = length == 126 ? 2 : 8;
      if (in.remaining() < more) {
        in.position(start);
        return false;
      }
      length = length == 126 ? in.getShort() & 0xffff : (int) in.getLong();
    }
    if (in.remaining() < length) {
      in.position(start);
      return false;
    }
    byte[] payload = new byte[length];
    in.get(payload);
    switch (opcode) {
      case TEXT -> heard.accept(new String(payload, StandardCharsets.UTF_8));
      case PING -> send(PONG, payload);
      case CLOSE -> throw new EOFException("The server closed a websocket.");
      default -> {}
    }
    return true;
  }

  /** Whether there was a whole answer: its body is what is heard, empty unless it is a success. */
  private boolean readAnswer() {
    String all = StandardCharsets.ISO_8859_1.decode(in.duplicate()).toString();
    int body = all.indexOf(END_OF_HEAD) + END_OF_HEAD.length();
    if (body < END_OF_HEAD.length()) {
      return false;
    }
    int length = all.toLowerCase(Locale.ROOT).indexOf(LENGTH) + LENGTH.length();
    int end = body + Integer.parseInt(all.substring(length, all.indexOf('\r', length)));
    if (all.length() < end) {
      return false;
    }
    in.position(in.position() + end);
    heard.accept(all.startsWith("HTTP/1.1 2") ? all.substring(body, end) : "");
    return true;
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
