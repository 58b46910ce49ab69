package tabula.server.command;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.WebSocket;
import io.vertx.core.http.WebSocketClient;
import io.vertx.core.http.WebSocketClientOptions;
import io.vertx.core.http.WebSocketConnectOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import org.HdrHistogram.Histogram;

/**
 * Plays many matches of tic-tac-toe at once, two sockets a match, each move answering the one
 * before it. All of it runs on one event loop.
 */
final class MatchDriver implements AutoCloseable {

  /** What was seen between {@link #measure} and {@link #stop}. */
  record Figures(long moves, long refused, long matches, double seconds, Histogram ackNanos) {}

  /** A game that fills the board. */
  private static final List<String> MOVES =
      List.of("a2", "a3", "b2", "a1", "c1", "c2", "b3", "b1", "c3");

  private static final String NEW_MATCH =
      "{\"game\":\"tic-tac-toe\",\"first\":{\"kind\":\"bot\",\"name\":\"A\"},"
          + "\"second\":{\"kind\":\"bot\",\"name\":\"B\"}}";
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int CONNECTING_AT_ONCE = 50;
  private static final long SLOWEST_NANOS = 120_000_000_000L;

  private final Vertx vertx = Vertx.vertx();
  private final Context context = vertx.getOrCreateContext();
  private final URI address;
  private final WebSocketClient sockets;
  private final HttpClient http;
  private final List<WebSocket> idle = new ArrayList<>();

  // What follows belongs to the event loop.
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

  MatchDriver(String address) {
    this.address = URI.create(address);
    this.sockets =
        vertx.createWebSocketClient(
            new WebSocketClientOptions()
                .setMaxConnections(100_000)
                .setTryUsePerMessageCompression(false));
    this.http =
        vertx.createHttpClient(
            new HttpClientOptions().setKeepAlive(true), new PoolOptions().setHttp1MaxSize(8));
  }

  /** One of the matches: two sockets that play one match after the other. */
  private final class Table {
    private final WebSocket[] seats = new WebSocket[2];
    private String matchId = "";
    private int ply;
    private int joined;

    /** Of each seat: the next move may be sent before the answer to this one is read. */
    private final long[] askedAt = new long[2];

    Future<?> connect() {
      return socket()
          .compose(
              first -> {
                seats[0] = first;
                return socket();
              })
          .onSuccess(
              second -> {
                seats[1] = second;
                for (int side = 0; side < 2; side++) {
                  int own = side;
                  seats[side].textMessageHandler(text -> hear(own, text));
                }
              });
    }

    void begin() {
      http.request(HttpMethod.POST, address.getPort(), address.getHost(), "/api/v1/matches")
          .compose(request -> request.putHeader("Content-Type", "application/json").send(NEW_MATCH))
          .compose(response -> response.body())
          .onComplete(
              created -> {
                if (stopped) {
                  return;
                }
                if (created.failed()) {
                  refused++;
                  vertx.setTimer(100, timer -> begin());
                  return;
                }
                JsonNode body = parse(created.result());
                matchId = body.path("match").path("id").asText();
                ply = 0;
                joined = 0;
                join(0, body.path("seatTokens").path("first").asText());
                join(1, body.path("seatTokens").path("second").asText());
              });
    }

    private void join(int side, String token) {
      seats[side].writeTextMessage(
          "{\"type\":\"join\",\"matchId\":\"%s\",\"data\":{\"seatToken\":\"%s\"}}"
              .formatted(matchId, token));
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
          vertx.setTimer(100, timer -> isReady());
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
      seats[ply % 2].writeTextMessage(
          "{\"type\":\"move\",\"id\":\"m\",\"matchId\":\""
              + matchId
              + "\",\"ply\":"
              + ply
              + ",\"data\":{\"move\":\""
              + MOVES.get(ply)
              + "\"}}");
      ply++;
    }
  }

  private Future<WebSocket> socket() {
    return sockets.connect(
        new WebSocketConnectOptions()
            .setHost(address.getHost())
            .setPort(address.getPort())
            .setURI("/ws/v1")
            .addSubProtocol("tabula.v1"));
  }

  private static JsonNode parse(Buffer body) {
    try {
      return JSON.readTree(body.getBytes());
    } catch (IOException e) {
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

  /** Opens sockets that only listen; returns once all are greeted. */
  void openIdle(int count) {
    connectAll(count, () -> socket().onSuccess(idle::add));
  }

  void closeIdle() {
    idle.forEach(WebSocket::close);
    idle.clear();
  }

  /**
   * Begins the matches; returns once all are under way.
   *
   * @param rate moves/s of all matches together; 0 for as many as there can be
   */
  void begin(int count, double rate) {
    List<Table> tables = new ArrayList<>();
    connectAll(
        count,
        () -> {
          Table table = new Table();
          tables.add(table);
          return table.connect();
        });
    onLoop(
        () -> {
          pace = rate == 0 ? 0 : (long) (1e9 / rate);
          nextMoveAt = System.nanoTime();
          tables.forEach(Table::begin);
          if (pace > 0) {
            vertx.setPeriodic(1, tick -> movePaced());
          }
        });
  }

  private interface Connecting {
    Future<?> connect();
  }

  private void connectAll(int count, Connecting connecting) {
    for (int done = 0; done < count; done += CONNECTING_AT_ONCE) {
      int now = Math.min(CONNECTING_AT_ONCE, count - done);
      List<Future<?>> opening = new ArrayList<>();
      onLoop(
          () -> {
            for (int i = 0; i < now; i++) {
              opening.add(connecting.connect());
            }
          });
      Future.all(opening).toCompletionStage().toCompletableFuture().join();
    }
  }

  private void onLoop(Runnable action) {
    Promise<Void> done = Promise.promise();
    context.runOnContext(
        now -> {
          action.run();
          done.complete();
        });
    done.future().toCompletionStage().toCompletableFuture().join();
  }

  /** From now on it counts. */
  void measure() {
    onLoop(
        () -> {
          measuring = true;
          begunAt = System.nanoTime();
          nextMoveAt = begunAt;
        });
  }

  /** What was counted; no more moves are sent. */
  Figures stop() {
    Figures[] figures = new Figures[1];
    onLoop(
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
    onLoop(() -> count[0] = everMoved);
    return count[0];
  }

  @Override
  public void close() {
    vertx.close().toCompletionStage().toCompletableFuture().join();
  }
}
