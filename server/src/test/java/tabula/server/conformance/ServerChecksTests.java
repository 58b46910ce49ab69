package tabula.server.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tabula.server.ServerConfig;
import tabula.server.SessionLimits;
import tabula.server.TabulaServer;
import tabula.server.conformance.Finding.Verdict;
import tabula.server.store.DatabaseConfig;

class ServerChecksTests {

  private static final SessionLimits BRISK =
      new SessionLimits(400, 4_000, 30_000, 120_000, 3_000, 50);

  private static final int FAULTS_AT_ONCE = 6;

  @TempDir private Path data = Path.of("");

  @SuppressWarnings("NullAway.Init") // started before each test
  private TabulaServer server;

  @BeforeEach
  void start() {
    server =
        TabulaServer.start(
            new ServerConfig("127.0.0.1", 0, new DatabaseConfig(data, null), Map.of(), BRISK));
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void ourServer_keepsEveryPromise() throws InterruptedException {
    List<Finding> findings = new CopyOnWriteArrayList<>();
    new ServerChecks(
            URI.create(server.address()),
            new ServerChecks.Options(true, true, List.of()),
            finding -> {
              findings.add(finding);
              if (finding.id().equals("draining.ready")) {
                Thread.ofVirtual().start(server::close);
              }
            })
        .run();
    List<Finding> notKept =
        findings.stream()
            .filter(finding -> finding.verdict() != Verdict.KEPT)
            .filter(finding -> !finding.id().equals("draining.ready"))
            .toList();
    assertEquals(List.of(), notKept);
    assertTrue(findings.size() > 30, findings::toString);
  }

  /** A promise that is broken, and the check that must find it. */
  enum Fault {
    ANSWERS_WITHOUT_ID("envelope.id"),
    NUMBERS_THAT_STAND_STILL("envelope.seq"),
    NO_PONG("alive.ping"),
    NO_HEARTBEAT("alive.heartbeat"),
    NO_IDLE_CODE("alive.idle"),
    OLD_VERSION_TAKEN("versioned.refused"),
    UNKNOWN_FIELDS_REFUSED("versioned.additive"),
    FIELD_MISSING("contract.frames"),
    GAMES_WITHOUT_TITLE("contract.http"),
    MISSED_FRAMES_LOST("resumable.frames"),
    SESSION_NOT_RESUMED("resumable.matches"),
    OLDER_CONNECTION_WITHOUT_CODE("authenticated.newest"),
    TOKENS_NOT_CHECKED("authenticated.seat"),
    REPEATED_MOVE_REFUSED("idempotent.same"),
    OTHER_MOVE_TAKEN("idempotent.other"),
    ACCEPTED_BEFORE_STORED("idempotent.stored"),
    WRONG_CODE("errors.not_a_move"),
    ERRORS_AS_SUCCESS("errors.http"),
    WRONG_CLOSE_CODE("backpressure.size"),
    LIMITS_HIDDEN("quotas.visible"),
    NO_RETRY_AFTER("quotas.enforced"),
    BOT_SHOWN_AS_PERSON("labelled.bot");

    private final String check;

    Fault(String check) {
      this.check = check;
    }
  }

  private static final class OneFault extends FaultyServer {
    private final Fault fault;
    private final Set<String> moved = ConcurrentHashMap.newKeySet();

    OneFault(String server, Fault fault) throws IOException {
      super(server);
      this.fault = fault;
    }

    @Override
    @Nullable ObjectNode fromClient(ObjectNode frame) {
      String type = frame.path("type").asText();
      switch (fault) {
        case UNKNOWN_FIELDS_REFUSED -> {
          if (frame.has("new")) {
            frame.put("type", "not known");
          }
        }
        case SESSION_NOT_RESUMED -> {
          if (frame.at("/data/sessionId").asText().equals("of-another-server")) {
            frame.withObject("/data").remove("seatTokens");
          }
        }
        case REPEATED_MOVE_REFUSED -> {
          if (type.equals("move") && !moved.add(frame.path("matchId") + "" + frame.path("ply"))) {
            frame.withObject("/data").put("move", "7");
          }
        }
        default -> {}
      }
      return frame;
    }

    @Override
    @Nullable ObjectNode fromServer(ObjectNode frame) {
      String type = frame.path("type").asText();
      String code = frame.at("/data/code").asText();
      return switch (fault) {
        case ANSWERS_WITHOUT_ID -> {
          frame.remove("id");
          yield frame;
        }
        case NUMBERS_THAT_STAND_STILL -> type.equals("hello") ? frame : frame.put("seq", 1);
        case NO_PONG -> type.equals("pong") ? null : frame;
        case NO_HEARTBEAT -> type.equals("ping") ? null : frame;
        case FIELD_MISSING -> {
          if (type.equals("matchState")) {
            frame.withObject("/data").remove("outcome");
          }
          yield frame;
        }
        case MISSED_FRAMES_LOST ->
            type.equals("matchState") && frame.path("ply").asInt() == 2 ? null : frame;
        case TOKENS_NOT_CHECKED ->
            code.equals("not_your_seat") ? answer(frame, "moveAccepted") : frame;
        case OTHER_MOVE_TAKEN -> code.equals("stale_ply") ? answer(frame, "moveAccepted") : frame;
        case WRONG_CODE -> {
          if (code.equals("not_a_move")) {
            frame.withObject("/data").put("code", "illegal_move");
          }
          yield frame;
        }
        case LIMITS_HIDDEN -> {
          if (type.equals("hello")) {
            frame.withObject("/data/limits").remove("framesPerSecond");
          }
          yield frame;
        }
        case NO_RETRY_AFTER -> {
          if (code.equals("rate_limited")) {
            frame.withObject("/data").remove("retryAfterMs");
          }
          yield frame;
        }
        case BOT_SHOWN_AS_PERSON -> {
          if (type.equals("seatTaken")) {
            frame.withObject("/data/seat").put("kind", "person");
          }
          yield frame;
        }
        default -> frame;
      };
    }

    private static ObjectNode answer(ObjectNode frame, String type) {
      frame.put("type", type).put("ply", 0).putObject("data").put("move", "5");
      return frame;
    }

    @Override
    int closeCode(int code) {
      return switch (fault) {
        case NO_IDLE_CODE -> code == 4000 ? 1000 : code;
        case OLDER_CONNECTION_WITHOUT_CODE -> code == 4001 ? 1000 : code;
        case WRONG_CLOSE_CODE -> code == 1009 ? 1011 : code;
        default -> code;
      };
    }

    @Override
    int status(int status) {
      return fault == Fault.ERRORS_AS_SUCCESS && status >= 400 ? 200 : status;
    }

    @Override
    JsonNode body(String path, JsonNode body) {
      if (fault == Fault.GAMES_WITHOUT_TITLE && path.endsWith("/games")) {
        ((ObjectNode) body.at("/games/0")).remove("title");
      }
      if (fault == Fault.ACCEPTED_BEFORE_STORED && body.at("/match/ply").asInt() > 3) {
        ((ObjectNode) body.path("match")).put("ply", body.at("/match/ply").asInt() - 1);
      }
      return body;
    }

    @Override
    String subprotocol(String offered) {
      return fault == Fault.OLD_VERSION_TAKEN ? "tabula.v1" : offered;
    }
  }

  /** The checks mostly wait: so the faults are looked for side by side, on one server. */
  @Test
  void serverThatBreaksAPromise_isFound() throws Exception {
    Map<Fault, Future<List<String>>> broken = new EnumMap<>(Fault.class);
    try (ExecutorService threads = Executors.newFixedThreadPool(FAULTS_AT_ONCE)) {
      for (Fault fault : Fault.values()) {
        broken.put(fault, threads.submit(() -> brokenBy(fault)));
      }
      for (Map.Entry<Fault, Future<List<String>>> each : broken.entrySet()) {
        List<String> checks = each.getValue().get();
        String expected = each.getKey().check;
        assertTrue(checks.contains(expected), () -> expected + " is not among " + checks);
      }
    }
  }

  private List<String> brokenBy(Fault fault) throws IOException, InterruptedException {
    List<String> broken = new CopyOnWriteArrayList<>();
    try (OneFault faulty = new OneFault(server.address(), fault)) {
      new ServerChecks(
              faulty.address(),
              // What is seen of every frame is seen of these.
              new ServerChecks.Options(true, false, List.of(fault.check, "idempotent.same")),
              finding -> {
                if (finding.isBroken()) {
                  broken.add(finding.id());
                }
              })
          .run();
    }
    return broken;
  }

  @Test
  void serverThatStopsWithoutAWord_isFound() throws IOException, InterruptedException {
    List<Finding> findings = new CopyOnWriteArrayList<>();
    try (FaultyServer faulty =
        new FaultyServer(server.address()) {
          @Override
          @Nullable ObjectNode fromServer(ObjectNode frame) {
            return frame.path("type").asText().equals("draining") ? null : frame;
          }
        }) {
      new ServerChecks(
              faulty.address(),
              new ServerChecks.Options(false, true, List.of("draining")),
              finding -> {
                findings.add(finding);
                if (finding.id().equals("draining.ready")) {
                  Thread.ofVirtual().start(server::close);
                }
              })
          .run();
    }
    assertTrue(
        findings.stream().anyMatch(found -> found.id().equals("draining.told") && found.isBroken()),
        findings::toString);
  }
}
