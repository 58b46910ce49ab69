package tabula.server.session;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.Arrays;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/** A bad network: stands before a server, and delays, throttles, cuts, freezes or doubles. */
public final class FaultProxy implements AutoCloseable {

  private static final int PIECE = 1024;

  private final ServerSocket door = new ServerSocket(0, 500, InetAddress.getLoopbackAddress());
  private final int serverPort;
  private final Set<Link> links = ConcurrentHashMap.newKeySet();
  private volatile int delayMillis;
  private volatile int bytesPerSecond = Integer.MAX_VALUE;
  private volatile boolean doubles;

  /** A client's connection, the one to the server that serves it, and perhaps a second one. */
  private static final class Link {
    private final Socket client;
    private final Socket server;
    private final @Nullable Socket second;
    private volatile boolean frozen;

    Link(Socket client, Socket server, @Nullable Socket second) {
      this.client = client;
      this.server = server;
      this.second = second;
    }

    void close() {
      for (Socket socket : Arrays.asList(client, server, second)) {
        if (socket != null) {
          try {
            socket.close();
          } catch (IOException e) {
            // It was closed already.
          }
        }
      }
    }
  }

  public FaultProxy(String server) throws IOException {
    serverPort = URI.create(server).getPort();
    Thread.ofVirtual().start(this::acceptAll);
  }

  public String address() {
    return "http://127.0.0.1:" + door.getLocalPort();
  }

  /** From now on every piece takes up to so long. */
  public void delay(int millis) {
    delayMillis = millis;
  }

  /** From now on each direction of each connection lets so much through. */
  public void throttle(int bytes) {
    bytesPerSecond = bytes;
  }

  /** From now on the server hears each new connection's client twice, over two connections. */
  public void doubleConnections() {
    doubles = true;
  }

  /** Ends every connection that there is. */
  public int cut() {
    int cut = links.size();
    links.forEach(Link::close);
    return cut;
  }

  /** Nothing passes any more through the connections that there are, and none of them ends. */
  public int freeze() {
    int frozen = links.size();
    links.forEach(link -> link.frozen = true);
    return frozen;
  }

  private void acceptAll() {
    while (!door.isClosed()) {
      try {
        Socket client = door.accept();
        Thread.ofVirtual().start(() -> serve(client));
      } catch (IOException e) {
        // The door is closed.
        return;
      }
    }
  }

  private Socket connect() throws IOException {
    Socket socket = new Socket(InetAddress.getLoopbackAddress(), serverPort);
    socket.setTcpNoDelay(true);
    return socket;
  }

  private void serve(Socket client) {
    Link link;
    try {
      client.setTcpNoDelay(true);
      link = new Link(client, connect(), doubles ? connect() : null);
    } catch (IOException e) {
      // The server is away: so is the proxy.
      try {
        client.close();
      } catch (IOException closed) {
        // It was closed already.
      }
      return;
    }
    links.add(link);
    Thread back = Thread.ofVirtual().start(() -> pass(link, link.server, link.client, null));
    Thread.ofVirtual().start(() -> drop(link.second));
    pass(link, link.client, link.server, link.second);
    try {
      back.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    links.remove(link);
  }

  private void pass(Link link, Socket from, Socket to, @Nullable Socket alsoTo) {
    byte[] piece = new byte[PIECE];
    try {
      InputStream in = from.getInputStream();
      OutputStream out = to.getOutputStream();
      for (int read = in.read(piece); read >= 0; read = in.read(piece)) {
        if (delayMillis > 0) {
          Thread.sleep(ThreadLocalRandom.current().nextInt(delayMillis + 1));
        }
        if (bytesPerSecond < Integer.MAX_VALUE) {
          Thread.sleep(read * 1000L / bytesPerSecond);
        }
        if (!link.frozen) {
          out.write(piece, 0, read);
          if (alsoTo != null) {
            alsoTo.getOutputStream().write(piece, 0, read);
          }
        }
      }
    } catch (IOException e) {
      // One of the ends is gone.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    if (!link.frozen) {
      link.close();
    }
  }

  /** Nobody hears what the server says over the second connection. */
  private static void drop(@Nullable Socket second) {
    try {
      if (second != null) {
        second.getInputStream().transferTo(OutputStream.nullOutputStream());
      }
    } catch (IOException e) {
      // It is gone.
    }
  }

  @Override
  public void close() throws IOException {
    door.close();
    links.forEach(Link::close);
  }
}
