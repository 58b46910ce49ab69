package tabula.server.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import tabula.server.protocol.Contract;
import tabula.server.protocol.Contract.Part;

/**
 * Sends a server what no client should, and looks at what it answers: always a documented frame, or
 * an end with a documented code.
 */
public final class Fuzz {

  /**
   * What was seen.
   *
   * @param answers how often, by type, or by the code of a refusal
   * @param closes how often, by the code
   * @param faults in sentences; a few of them, if there are many
   */
  public record Result(
      long frames,
      long connections,
      Map<String, Long> answers,
      Map<String, Long> closes,
      List<String> faults) {}

  /** A match, and a token in it. */
  private record Seat(String match, String token) {}

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int PATIENCE_MILLIS = 60_000;
  private static final int BROKEN_PATIENCE_MILLIS = 300;
  private static final int NO_CODE = 1006;
  private static final int MATCHES = 30;
  private static final int CONNECTIONS_A_MATCH = 10;
  private static final int MOST_FAULTS = 50;

  /** A server takes about so many at once from a connection before it limits them. */
  private static final int FRAMES_AT_ONCE = 110;

  /** Documented, or of the websocket itself: a protocol error, and text that is none. */
  private static final Set<Integer> CODES =
      Set.of(1000, 1001, 1002, 1003, 1007, 1009, 4000, 4001, 4008, 4029);

  private final URI server;
  private final long seed;
  private final List<Seat> seats = new CopyOnWriteArrayList<>();
  private final HttpClient http = HttpClient.newHttpClient();
  private final List<String> sessions = new ArrayList<>();
  private final Map<String, LongAdder> answers = new ConcurrentSkipListMap<>();
  private final Map<String, LongAdder> closes = new ConcurrentSkipListMap<>();
  private final Set<String> faults = ConcurrentHashMap.newKeySet();
  private final Set<String> codes = ConcurrentHashMap.newKeySet();
  private final AtomicLong left = new AtomicLong();
  private final LongAdder connections = new LongAdder();

  public Fuzz(URI server, long seed) {
    this.server = server;
    this.seed = seed;
    Contract.get()
        .document(Part.THINGS)
        .at("/$defs/refusal/properties/code/enum")
        .forEach(code -> codes.add(code.asText()));
  }

  /**
   * Sends frames.
   *
   * @param threads connections at once: with one, the same seed sends the same frames in the same
   *     order
   */
  public Result run(long frames, int threads) throws IOException, InterruptedException {
    for (int i = 0; i < MATCHES; i++) {
      seats.add(newSeat(i % 3 == 0));
    }
    left.set(frames);
    List<Thread> all = new ArrayList<>();
    for (int i = 0; i < threads; i++) {
      SplittableRandom random = new SplittableRandom(seed * 1_000 + i);
      all.add(Thread.ofVirtual().start(() -> send(random)));
    }
    for (Thread thread : all) {
      thread.join();
    }
    return new Result(
        frames, connections.sum(), counts(answers), counts(closes), List.copyOf(faults));
  }

  private static Map<String, Long> counts(Map<String, LongAdder> adders) {
    Map<String, Long> counts = new ConcurrentSkipListMap<>();
    adders.forEach((name, adder) -> counts.put(name, adder.sum()));
    return counts;
  }

  private Seat newSeat(boolean open) throws IOException, InterruptedException {
    String body =
        "{\"game\":\"connect-four\",\"first\":{\"kind\":\"bot\",\"name\":\"A\"},\"second\":%s}"
            .formatted(open ? "{\"kind\":\"open\"}" : "{\"kind\":\"bot\",\"name\":\"B\"}");
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(server + "/api/v1/matches"))
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(body))
            .build();
    JsonNode made = JSON.readTree(http.send(request, HttpResponse.BodyHandlers.ofString()).body());
    return new Seat(made.at("/match/id").asText(), made.at("/seatTokens/first").asText());
  }

  private void send(SplittableRandom random) {
    Seat[] chosen = {seats.getFirst()};
    FrameGenerator generator =
        new FrameGenerator(
            random,
            () -> {
              chosen[0] = seats.get(random.nextInt(MATCHES));
              return chosen[0].match();
            },
            () -> random.nextInt(4) > 0 ? chosen[0].token() : seats.getFirst().token(),
            () -> session(random));
    while (faults.size() < MOST_FAULTS) {
      long wanted = 1L + random.nextInt(FRAMES_AT_ONCE);
      long now = Math.min(wanted, left.getAndAdd(-wanted));
      if (now <= 0) {
        return;
      }
      connections.increment();
      renewASeat(random);
      try (Wire wire = Wire.open(server, PATIENCE_MILLIS)) {
        sendOver(wire, generator, now);
      } catch (IOException e) {
        fault("No websocket was opened: " + e);
      }
    }
  }

  /** Matches end, and others begin. */
  private void renewASeat(SplittableRandom random) {
    if (random.nextInt(CONNECTIONS_A_MATCH) == 0) {
      try {
        seats.set(random.nextInt(MATCHES), newSeat(random.nextBoolean()));
      } catch (IOException e) {
        fault("No match was made: " + e);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private String session(SplittableRandom random) {
    synchronized (sessions) {
      return sessions.isEmpty() ? "none" : sessions.get(random.nextInt(sessions.size()));
    }
  }

  private void remember(String session) {
    synchronized (sessions) {
      sessions.add(session);
      if (sessions.size() > 200) {
        sessions.removeFirst();
      }
    }
  }

  private void sendOver(Wire wire, FrameGenerator generator, long count) throws IOException {
    if (!wire.isOpen()) {
      fault("The websocket was refused: " + wire.head().line());
      return;
    }
    boolean mayBreak = false;
    int goodbye = NO_CODE;
    long sent = 0;
    try {
      while (sent < count && !mayBreak) {
        FrameGenerator.Frame frame = generator.next();
        mayBreak = frame.breaks();
        goodbye = frame.goodbye();
        wire.bytes(frame.bytes());
        sent++;
      }
      // What was not sent is for another connection.
      left.addAndGet(count - sent);
      wire.text("{\"type\":\"ping\",\"id\":\"the last\"}");
    } catch (SocketException e) {
      // It was closed before all was said; why, is read below.
      left.addAndGet(Math.max(0, count - sent));
    }
    if (mayBreak) {
      wire.patience(BROKEN_PATIENCE_MILLIS);
    }
    hear(wire, mayBreak, goodbye);
  }

  /**
   * Reads the answers, up to the one to the last frame.
   *
   * @param goodbye the code that we closed with, which is answered by the same
   */
  private void hear(Wire wire, boolean mayBreak, int goodbye) {
    try {
      while (true) {
        JsonNode frame = wire.read();
        if (frame == null) {
          fault("An answer is no JSON.");
          return;
        }
        String type = frame.path("type").asText();
        check(type, frame);
        if (type.equals("hello")) {
          remember(frame.at("/data/sessionId").asText());
        }
        if (frame.path("id").asText().equals("the last")) {
          return;
        }
      }
    } catch (Wire.ClosedException e) {
      count(closes, e.code() == goodbye ? "echoed" : String.valueOf(e.code()));
      boolean ends = mayBreak && e.code() == NO_CODE;
      if (!CODES.contains(e.code()) && !ends && e.code() != goodbye) {
        fault("Closed with %d.".formatted(e.code()));
      }
    } catch (SocketTimeoutException e) {
      if (mayBreak) {
        // Bytes that are the beginning of a frame: the rest is waited for.
        count(closes, "none");
      } else {
        fault("No answer, and no end.");
      }
    } catch (IOException e) {
      // A close frame is lost where the server has unread bytes of ours.
      count(closes, "reset");
    }
  }

  private void check(String type, JsonNode frame) {
    String code = frame.at("/data/code").asText();
    count(answers, type.equals("refused") ? code : type);
    if (!Contract.get().names(Part.SERVER).contains(type)) {
      fault("There is no frame type '%s'.".formatted(type));
    } else if (type.equals("refused") && (!codes.contains(code) || code.equals("internal"))) {
      fault("A refusal has the code '%s'.".formatted(code));
    } else {
      Contract.get()
          .problem(Part.SERVER, type, frame)
          .ifPresent(problem -> fault("%s: %s".formatted(type, problem)));
    }
  }

  private static void count(Map<String, LongAdder> where, String what) {
    where.computeIfAbsent(what, name -> new LongAdder()).increment();
  }

  private void fault(String what) {
    if (faults.size() < MOST_FAULTS) {
      faults.add(what);
    }
  }
}
