package tabula.server.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import org.jspecify.annotations.Nullable;

/**
 * A websocket by hand, at either end, over a bare socket: it may do what no library would. One
 * thread reads; others may write.
 */
public final class Wire implements AutoCloseable {

  /** A header of HTTP: its first line, and its fields by their names in lower case. */
  public record Head(String line, Map<String, String> fields) {

    /** The status of an answer; 0 if this is none. */
    public int status() {
      return line.matches("HTTP/1.1 \\d{3}.*") ? Integer.parseInt(line.substring(9, 12)) : 0;
    }

    public String field(String name) {
      return fields.getOrDefault(name, "");
    }
  }

  /** The other end closed the websocket. */
  public static final class ClosedException extends IOException {
    private static final long serialVersionUID = 1;
    private final int code;

    ClosedException(int code, String reason) {
      super("closed with %d %s".formatted(code, reason));
      this.code = code;
    }

    /** 1006 if it did not say. */
    public int code() {
      return code;
    }
  }

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String KEY = "dGhlIHNhbXBsZSBub25jZQ==";
  private static final int MOST_BYTES = 1 << 20;
  private static final int TEXT = 1;
  private static final int CLOSE = 8;
  private static final int PING = 9;
  private static final int PONG = 10;
  private static final int NO_CODE = 1006;

  private final Socket socket;
  private final DataInputStream in;
  private final OutputStream out;
  private final boolean client;
  private final Head head;

  /** The body of an answer that opened no websocket. */
  private final String refusal;

  private boolean answersPings = true;
  private final AtomicInteger pongs = new AtomicInteger();

  private Wire(Socket socket, DataInputStream in, boolean client, Head head, String refusal)
      throws IOException {
    this.socket = socket;
    this.in = in;
    this.out = socket.getOutputStream();
    this.client = client;
    this.head = head;
    this.refusal = refusal;
  }

  /** Opens a websocket of Tabula's protocol. */
  public static Wire open(URI server, int patienceMillis) throws IOException {
    return open(server, patienceMillis, "tabula.v1", 0);
  }

  /**
   * Asks for a websocket; whether it was opened says {@link #isOpen}.
   *
   * @param subprotocol that is offered; none if empty
   * @param receiveBuffer in bytes; 0 for the usual
   */
  public static Wire open(URI server, int patienceMillis, String subprotocol, int receiveBuffer)
      throws IOException {
    Socket socket = isSecure(server) ? SSLSocketFactory.getDefault().createSocket() : new Socket();
    try {
      if (socket instanceof SSLSocket secure) {
        SSLParameters parameters = secure.getSSLParameters();
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        secure.setSSLParameters(parameters);
      }
      if (receiveBuffer > 0) {
        socket.setReceiveBufferSize(receiveBuffer);
      }
      socket.setTcpNoDelay(true);
      socket.setSoTimeout(patienceMillis);
      socket.connect(new InetSocketAddress(server.getHost(), port(server)), patienceMillis);
      String offer =
          subprotocol.isEmpty() ? "" : "Sec-WebSocket-Protocol: %s\r\n".formatted(subprotocol);
      String request =
          "GET /ws/v1 HTTP/1.1\r\nHost: %s:%d\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n%s"
              .formatted(server.getHost(), port(server), offer);
      socket
          .getOutputStream()
          .write(
              (request + "Sec-WebSocket-Key: " + KEY + "\r\nSec-WebSocket-Version: 13\r\n\r\n")
                  .getBytes(StandardCharsets.US_ASCII));
      DataInputStream in =
          new DataInputStream(new BufferedInputStream(socket.getInputStream(), 1 << 13));
      Head head = readHead(in);
      String body = head.status() == 101 ? "" : readBody(head, in);
      return new Wire(socket, in, true, head, body);
    } catch (IOException | RuntimeException e) {
      socket.close();
      throw e;
    }
  }

  static int port(URI server) {
    return server.getPort() >= 0 ? server.getPort() : isSecure(server) ? 443 : 80;
  }

  private static boolean isSecure(URI server) {
    return "https".equals(server.getScheme());
  }

  /** Reads what a client asks for. */
  static Head readHead(InputStream in) throws IOException {
    Map<String, String> fields = new LinkedHashMap<>();
    String first = readLine(in);
    for (String line = readLine(in); !line.isEmpty(); line = readLine(in)) {
      int colon = line.indexOf(':');
      if (colon > 0) {
        fields.put(
            line.substring(0, colon).toLowerCase(Locale.ROOT), line.substring(colon + 1).strip());
      }
    }
    return new Head(first, fields);
  }

  private static String readLine(InputStream in) throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    for (int next = in.read(); next != '\n'; next = in.read()) {
      if (next < 0) {
        throw new EOFException("the connection ended");
      }
      if (line.size() > MOST_BYTES) {
        throw new IOException("a line without end");
      }
      line.write(next);
    }
    return line.toString(StandardCharsets.ISO_8859_1).strip();
  }

  static String readBody(Head head, InputStream in) throws IOException {
    String length = head.field("content-length");
    int size = length.matches("\\d{1,6}") ? Integer.parseInt(length) : 0;
    return new String(in.readNBytes(size), StandardCharsets.UTF_8);
  }

  /** Takes a client's wish for a websocket, which was read, and opens it. */
  static Wire accept(Socket socket, DataInputStream in, Head request) throws IOException {
    String answer =
        "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
            + "Sec-WebSocket-Protocol: tabula.v1\r\nSec-WebSocket-Accept: %s\r\n\r\n"
                .formatted(accepted(request.field("sec-websocket-key")));
    socket.getOutputStream().write(answer.getBytes(StandardCharsets.US_ASCII));
    return new Wire(socket, in, false, request, "");
  }

  private static String accepted(String key) {
    try {
      // The handshake of RFC 6455 is made with it; nothing is kept secret by it.
      MessageDigest sha1 = MessageDigest.getInstance("SHA-1");
      byte[] text =
          (key + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11").getBytes(StandardCharsets.US_ASCII);
      return Base64.getEncoder().encodeToString(sha1.digest(text));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  public boolean isOpen() {
    return refusal.isEmpty() && (!client || head.status() == 101);
  }

  /** What opened it: the client's request at a server's end, the answer at a client's. */
  public Head head() {
    return head;
  }

  /** What was answered in place of a websocket. */
  public String refusal() {
    return refusal;
  }

  /** From now on websocket pings are left without an answer. */
  public void ignorePings() {
    answersPings = false;
  }

  /** How many websocket pongs came. */
  int pongs() {
    return pongs.get();
  }

  public void patience(int millis) throws IOException {
    socket.setSoTimeout(Math.max(1, millis));
  }

  public void text(String text) throws IOException {
    frame(0x80 | TEXT, text.getBytes(StandardCharsets.UTF_8));
  }

  void ping() throws IOException {
    frame(0x80 | PING, new byte[0]);
  }

  /**
   * Sends one frame.
   *
   * @param first the final bit, the reserved bits and the opcode
   */
  public void frame(int first, byte[] payload) throws IOException {
    bytes(encode(first, payload, client));
  }

  static byte[] encode(int first, byte[] payload, boolean masked) {
    ByteArrayOutputStream frame = new ByteArrayOutputStream(payload.length + 14);
    int mask = masked ? 0x80 : 0;
    frame.write(first);
    if (payload.length < 126) {
      frame.write(mask | payload.length);
    } else if (payload.length < 1 << 16) {
      frame.write(mask | 126);
      frame.writeBytes(ByteBuffer.allocate(2).putShort((short) payload.length).array());
    } else {
      frame.write(mask | 127);
      frame.writeBytes(ByteBuffer.allocate(8).putLong(payload.length).array());
    }
    if (masked) {
      // A mask of zeroes is one, too.
      frame.writeBytes(new byte[4]);
    }
    frame.writeBytes(payload);
    return frame.toByteArray();
  }

  /** Sends bytes as they are. */
  public synchronized void bytes(byte[] bytes) throws IOException {
    out.write(bytes);
    out.flush();
  }

  /**
   * The next text; pings are answered on the way.
   *
   * @throws ClosedException once the other end has closed it
   * @throws java.net.SocketTimeoutException if nothing comes for as long as there is patience
   */
  public String readText() throws IOException {
    ByteArrayOutputStream text = new ByteArrayOutputStream();
    while (true) {
      int first;
      try {
        first = in.readUnsignedByte();
      } catch (EOFException e) {
        throw new ClosedException(NO_CODE, "and said nothing");
      }
      int second = in.readUnsignedByte();
      long size = second & 0x7F;
      if (size == 126) {
        size = in.readUnsignedShort();
      } else if (size == 127) {
        size = in.readLong();
      }
      if (size < 0 || size > MOST_BYTES) {
        throw new IOException("a frame of %d bytes".formatted(size));
      }
      byte[] mask = in.readNBytes((second & 0x80) == 0 ? 0 : 4);
      byte[] payload = new byte[(int) size];
      in.readFully(payload);
      for (int i = 0; i < payload.length && mask.length == 4; i++) {
        payload[i] ^= mask[i % 4];
      }
      switch (first & 0x0F) {
        case CLOSE -> {
          ByteBuffer said = ByteBuffer.wrap(payload);
          int code = payload.length >= 2 ? Short.toUnsignedInt(said.getShort()) : NO_CODE;
          throw new ClosedException(
              code, new String(payload, said.position(), said.remaining(), StandardCharsets.UTF_8));
        }
        case PING -> {
          if (answersPings) {
            frame(0x80 | PONG, payload);
          }
        }
        case PONG -> pongs.incrementAndGet();
        default -> {
          text.writeBytes(payload);
          if ((first & 0x80) != 0) {
            return text.toString(StandardCharsets.UTF_8);
          }
        }
      }
    }
  }

  /** The next text as JSON; null if it is none. */
  public @Nullable JsonNode read() throws IOException {
    String text = readText();
    try {
      return JSON.readTree(text);
    } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
      return null;
    }
  }

  /** Says goodbye with a code. */
  public void close(int code) {
    try (socket) {
      frame(0x80 | CLOSE, ByteBuffer.allocate(2).putShort((short) code).array());
    } catch (IOException e) {
      // It was gone already.
    }
  }

  /** Lets go of the connection, and says nothing. */
  @Override
  public void close() {
    try {
      socket.close();
    } catch (IOException e) {
      // It was gone already.
    }
  }
}
