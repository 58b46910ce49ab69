package tabula.server.command;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.Selector;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.HdrHistogram.Histogram;
import tabula.server.UserError;

/**
 * Plays many matches of tic-tac-toe at once, two websockets and one connection of HTTP a match,
 * each move answering the one before it. All of it runs on one thread.
 */
final class MatchDriver implements AutoCloseable {

  /** What was seen between {@link #measure} and {@link #stop}. */
  record Figures(long moves, long refused, long matches, double seconds, Histogram ackNanos) {}

  /** Something to be done later. */
  private record Later(long at, Runnable action) {}

  /** A game that fills the board. */
  private static final List<String> MOVES =
      List.of("a2", "a3", "b2", "a1", "c1", "c2", "b3", "b1", "c3");

  private static final String NEW_MATCH =
      "{\"game\":\"tic-tac-toe\",\"first\":{\"kind\":\"bot\",\"name\":\"A\"},"
          + "\"second\":{\"kind\":\"bot\",\"name\":\"B\"}}";
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int CONNECTING_AT_ONCE = 50;
  private static final long SLOWEST_NANOS = 120_000_000_000L;
  private static final long RETRY_NANOS = 100_000_000;
  private static final int READ_BYTES = 1 << 20;

  private final InetSocketAddress server;
  private final String host;
  private final Selector selector;
  private final Thread thread;
  private final Queue<Runnable> asked = new ConcurrentLinkedQueue<>();
  private final List<DriverSocket> idle = new ArrayList<>();

  /** Fails when the driver cannot go on. */
  private final CompletableFuture<Void> ended = new CompletableFuture<>();

  private volatile boolean closed;

  // What follows belongs to the driver's thread.
  private final ByteBuffer in = ByteBuffer.allocate(READ_BYTES);
  private final PriorityQueue<Later> later =
      new PriorityQueue<>(Comparator.comparingLong(Later::at));
  private final Queue<Table> ready = new ArrayDeque<>();
  private final Histogram ackNanos = new Histogram(SLOWEST_NANOS, 3);
  private long moves;
  private long refused;
  private long matches;
  private long everMoved;
  private boolean measuring;
  private boolean stopped;
  private long begunAt;

  /** Nanoseconds between moves; 0 lets every match go as fast as it can. */
  private long pace;

  private long nextMoveAt;

  MatchDriver(String address) throws IOException {
    URI uri = URI.create(address);
    this.server = new InetSocketAddress(uri.getHost(), uri.getPort());
    this.host = uri.getHost() + ":" + uri.getPort();
    this.selector = Selector.open();
    this.thread = Thread.ofPlatform().name("match-driver").start(this::drive);
  }

  private void drive() {
    try {
      while (!closed) {
        selector.select(
            key -> {
              try {
                ((DriverSocket) key.attachment()).read();
              } catch (IOException e) {
                throw new UncheckedIOException(e);
              }
            },
            pace > 0 || !later.isEmpty() ? 1 : 0);
        for (Runnable next = asked.poll(); next != null; next = asked.poll()) {
          next.run();
        }
        while (!later.isEmpty() && later.peek().at() <= System.nanoTime()) {
          later.remove().action().run();
        }
        if (pace > 0) {
          movePaced();
        }
      }
    } catch (IOException | RuntimeException e) {
      ended.completeExceptionally(
          new UserError("The driver cannot go on: %s".formatted(e.getMessage()), e));
    }
  }

  private void inAWhile(Runnable action) {
    later.add(new Later(System.nanoTime() + RETRY_NANOS, action));
  }

  /** One of the matches: two sockets that play one match after the other. */
  private final class Table {
    private final DriverSocket[] seats = new DriverSocket[2];
    private final DriverSocket http;
    private String matchId = "";
    private int ply;
    private int joined;

    /** Of each seat: the next move may be sent before the answer to this one is read. */
    private final long[] askedAt = new long[2];

    Table(DriverSocket first, DriverSocket second, DriverSocket http) throws IOException {
      seats[0] = first;
      seats[1] = second;
      this.http = http;
      for (int side = 0; side < 2; side++) {
        int own = side;
        seats[side].listen(selector, text -> hear(own, text));
      }
      http.listen(selector, this::made);
    }

    void begin() {
      if (!stopped) {
        unchecked(() -> http.post(host, "/api/v1/matches", NEW_MATCH));
      }
    }

    private void made(String answer) {
      if (answer.isEmpty()) {
        refused++;
        inAWhile(this::begin);
        return;
      }
      JsonNode body = parse(answer);
      matchId = body.path("match").path("id").asText();
      ply = 0;
      joined = 0;
      join(0, body.path("seatTokens").path("first").asText());
      join(1, body.path("seatTokens").path("second").asText());
    }

    private void join(int side, String token) {
      unchecked(
          () ->
              seats[side].send(
                  "{\"type\":\"join\",\"matchId\":\"%s\",\"data\":{\"seatToken\":\"%s\"}}"
                      .formatted(matchId, token)));
    }

    private void hear(int side, String text) {
      if (text.startsWith("matchState", 9)) {
        // Whose turn it is now has heard of the move: the next one follows. States of earlier moves
        // still come, for the sockets do not wait for each other.
        if (side == ply % 2
            && ply > 0
            && ply < MOVES.size()
            && text.contains("\"matchId\":\"" + matchId + "\",\"ply\":" + ply + ",")) {
          isReady();
        }
      } else if (text.startsWith("moveAccepted", 9)) {
        everMoved++;
        if (measuring) {
          moves++;
          ackNanos.recordValue(Math.min(SLOWEST_NANOS, System.nanoTime() - askedAt[side]));
        }
      } else if (text.startsWith("matchStarted", 9)) {
        joined++;
        if (joined == 2) {
          isReady();
        }
      } else if (text.startsWith("matchEnded", 9)) {
        if (side == 0 && text.contains(matchId)) {
          if (measuring) {
            matches++;
          }
          begin();
        }
      } else if (text.startsWith("refused", 9)) {
        refused++;
        if (side == (ply + 1) % 2 && ply > 0) {
          // The move was not made: once more.
          ply--;
          inAWhile(this::isReady);
        }
      }
    }

    private void isReady() {
      if (pace == 0) {
        move(System.nanoTime());
      } else {
        ready.add(this);
        movePaced();
      }
    }

    /**
     * Sends the next move.
     *
     * @param due when it should be sent: what it waits after that counts
     */
    private void move(long due) {
      if (stopped) {
        return;
      }
      askedAt[ply % 2] = due;
      String frame =
          "{\"type\":\"move\",\"id\":\"m\",\"matchId\":\""
              + matchId
              + "\",\"ply\":"
              + ply
              + ",\"data\":{\"move\":\""
              + MOVES.get(ply)
              + "\"}}";
      unchecked(() -> seats[ply % 2].send(frame));
      ply++;
    }
  }

  private interface Sending {
    void run() throws IOException;
  }

  /** A connection that breaks ends the measurement. */
  private static void unchecked(Sending sending) {
    try {
      sending.run();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static JsonNode parse(String body) {
    try {
      return JSON.readTree(body);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Moves whose time has come go to the matches that have waited longest. */
  private void movePaced() {
    long now = System.nanoTime();
    while (nextMoveAt <= now && !ready.isEmpty()) {
      ready.remove().move(nextMoveAt);
      nextMoveAt += pace;
    }
  }

  /** Opens websockets, some at once. */
  private List<DriverSocket> open(int count) throws IOException {
    List<DriverSocket> opened = new ArrayList<>();
    while (opened.size() < count) {
      List<DriverSocket> opening = new ArrayList<>();
      for (int i = 0; i < Math.min(CONNECTING_AT_ONCE, count - opened.size()); i++) {
        DriverSocket socket = new DriverSocket(server, in);
        socket.askForWebSocket(host);
        opening.add(socket);
      }
      for (DriverSocket socket : opening) {
        socket.becomeWebSocket();
      }
      opened.addAll(opening);
    }
    return opened;
  }

  /** Opens sockets that only listen; returns once all are open. */
  void openIdle(int count) throws IOException {
    List<DriverSocket> opened = open(count);
    idle.addAll(opened);
    onThread(() -> opened.forEach(socket -> unchecked(() -> socket.listen(selector, text -> {}))));
  }

  void closeIdle() {
    onThread(() -> idle.forEach(socket -> unchecked(socket::close)));
    idle.clear();
  }

  /**
   * Begins the matches.
   *
   * @param rate moves/s of all matches together; 0 for as many as there can be
   */
  void begin(int count, double rate) throws IOException {
    List<DriverSocket> sockets = open(2 * count);
    List<DriverSocket> makers = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      makers.add(new DriverSocket(server, in));
    }
    onThread(
        () -> {
          pace = rate == 0 ? 0 : (long) (1e9 / rate);
          nextMoveAt = System.nanoTime();
          for (int i = 0; i < count; i++) {
            int own = i;
            unchecked(
                () ->
                    new Table(sockets.get(2 * own), sockets.get(2 * own + 1), makers.get(own))
                        .begin());
          }
        });
  }

  /** Does something on the driver's thread, and waits for it. */
  private void onThread(Runnable action) {
    CompletableFuture<Void> done = new CompletableFuture<>();
    asked.add(
        () -> {
          action.run();
          done.complete(null);
        });
    selector.wakeup();
    CompletableFuture.anyOf(done, ended).join();
  }

  /** From now on it counts. */
  void measure() {
    onThread(
        () -> {
          measuring = true;
          begunAt = System.nanoTime();
          nextMoveAt = begunAt;
        });
  }

  /** What was counted; no more moves are sent. */
  Figures stop() {
    Figures[] figures = new Figures[1];
    onThread(
        () -> {
          measuring = false;
          stopped = true;
          figures[0] =
              new Figures(
                  moves, refused, matches, (System.nanoTime() - begunAt) / 1e9, ackNanos.copy());
        });
    return figures[0];
  }

  /** How many moves were acknowledged since the driver began. */
  long everMoved() {
    long[] count = new long[1];
    onThread(() -> count[0] = everMoved);
    return count[0];
  }

  @Override
  public void close() {
    closed = true;
    selector.wakeup();
    try {
      thread.join();
      selector.close();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
