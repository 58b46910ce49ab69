package tabula.server.conformance;

import static tabula.server.conformance.ServerProbe.BOT;
import static tabula.server.conformance.ServerProbe.PATIENCE_MILLIS;
import static tabula.server.conformance.ServerProbe.abbreviated;
import static tabula.server.conformance.ServerProbe.closeCode;
import static tabula.server.conformance.ServerProbe.code;
import static tabula.server.conformance.ServerProbe.frame;
import static tabula.server.conformance.ServerProbe.move;
import static tabula.server.conformance.ServerProbe.require;
import static tabula.server.conformance.ServerProbe.resume;
import static tabula.server.conformance.ServerProbe.seated;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import tabula.server.conformance.Finding.Verdict;
import tabula.server.conformance.ServerProbe.Answer;
import tabula.server.conformance.ServerProbe.BrokenException;
import tabula.server.conformance.ServerProbe.Client;
import tabula.server.conformance.ServerProbe.Table;
import tabula.server.protocol.Contract.Part;

/**
 * Checks a server against the promises of {@code docs/protocol/protocol.md}, as far as they can be
 * seen from outside. It makes matches of its own there, and touches no other.
 */
public final class ServerChecks {

  /**
   * What to wait for.
   *
   * @param patient also for what takes minutes
   * @param draining for the server to be stopped, at the end
   * @param only how the checks' names begin that are to be made; all if empty
   */
  public record Options(boolean patient, boolean draining, List<String> only) {

    boolean wants(String check) {
      return only.isEmpty() || only.stream().anyMatch(check::startsWith);
    }
  }

  /** The promise could not be seen; the message says why. */
  static final class NotSeenException extends Exception {
    private static final long serialVersionUID = 1;

    NotSeenException(String why) {
      super(why);
    }
  }

  /** Looks at one promise, and says what it saw. */
  interface Check {
    String look() throws IOException, InterruptedException, BrokenException, NotSeenException;
  }

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final long LONG_MILLIS = 30_000;
  private static final long LOST_JOIN_MILLIS = 500;
  private static final long DRAINING_MILLIS = 120_000;
  private static final String OPEN = "{\"kind\":\"open\"}";

  private final ServerProbe probe;
  private final Options options;
  private final Consumer<Finding> listener;

  /**
   * Prepares to check a server.
   *
   * @param listener is told each finding as it comes
   */
  public ServerChecks(URI server, Options options, Consumer<Finding> listener) {
    this.probe = new ServerProbe(server);
    this.options = options;
    this.listener = listener;
  }

  /** Looks at everything that is wanted, and always at the form of what it hears meanwhile. */
  public void run() throws InterruptedException {
    try (Client silent = probe.client()) {
      silent.wire.ignorePings();
      check("contract.http", this::answersKeepTheirSchemas);
      check("contract.examples", this::examplesAreAnswered);
      check("versioned.hello", this::hello);
      check("versioned.refused", this::oldVersionIsRefused);
      check("versioned.additive", this::unknownFieldsAreIgnored);
      check("envelope.id", this::answersCarryTheId);
      check("authenticated.seat", this::seatsAreGuarded);
      check("authenticated.newest", this::newestConnectionWins);
      check("resumable.frames", this::missedFramesComeAgain);
      check("resumable.matches", this::matchesComeWhole);
      check("resumable.seat", this::brokenJoinIsNotLost);
      check("idempotent.same", this::sameMoveHasTheSameAnswer);
      check("idempotent.other", this::otherMoveIsStale);
      check("idempotent.stored", this::acceptedMoveIsThere);
      errors();
      check("errors.http", this::httpErrorsAreData);
      check("backpressure.size", this::tooLargeIsClosed);
      check("quotas.visible", this::limitsAreVisible);
      check("quotas.enforced", this::floodIsLimited);
      check("quotas.pings", this::pingsCostNothing);
      check("labelled.bot", this::botIsShownAsOne);
      for (Map.Entry<String, Check> meeting : new MeetingChecks(probe).all().entrySet()) {
        check(meeting.getKey(), meeting.getValue());
      }
      check("alive.ping", this::pingIsAnswered);
      check("alive.heartbeat", this::serverPings);
      check("alive.idle", () -> silentIsLetGo(silent));
      check("draining.told", this::drainingIsTold);
    } catch (IOException | BrokenException e) {
      report(
          "versioned.hello", Verdict.BROKEN, "No websocket of tabula.v1: " + e.getMessage() + ".");
    }
    reportAll(
        "contract.frames",
        probe.wrongFrames,
        "%d frames kept their schemas".formatted(probe.frames()));
    reportAll("envelope.seq", probe.wrongNumbers, "frames counted from 1 without a gap");
  }

  private void check(String id, Check check) throws InterruptedException {
    if (!options.wants(id)) {
      return;
    }
    try {
      report(id, Verdict.KEPT, check.look());
    } catch (BrokenException e) {
      report(id, Verdict.BROKEN, String.valueOf(e.getMessage()));
    } catch (NotSeenException e) {
      report(id, Verdict.NOT_SEEN, String.valueOf(e.getMessage()));
    } catch (IOException e) {
      report(id, Verdict.BROKEN, "The connection failed: %s.".formatted(e.getMessage()));
    }
  }

  private void reportAll(String id, Set<String> wrong, String right) {
    if (wrong.isEmpty()) {
      report(id, Verdict.KEPT, right);
    } else {
      report(
          id,
          Verdict.BROKEN,
          wrong.stream().limit(3).collect(Collectors.joining(" "))
              + (wrong.size() > 3 ? " And %d more.".formatted(wrong.size() - 3) : ""));
    }
  }

  private void report(String id, Verdict verdict, String why) {
    listener.accept(new Finding(id, verdict, why));
  }

  // The contract, and its version.

  private String answersKeepTheirSchemas()
      throws IOException, InterruptedException, BrokenException {
    Table table = probe.newMatch(BOT);
    Map<String, String> answers = new LinkedHashMap<>();
    answers.put("/health", "health");
    answers.put("/api/v1/games", "gameList");
    answers.put("/api/v1/agents?game=connect-four", "agentList");
    answers.put("/api/v1/matches?limit=5", "matchList");
    answers.put("/api/v1/matches/" + table.id(), "matchAnswer");
    for (Map.Entry<String, String> asked : answers.entrySet()) {
      Answer answer = probe.http(asked.getKey(), null);
      require(answer.status() == 200, "%s answers %d.", asked.getKey(), answer.status());
      Optional<String> problem = probe.contract.problem(Part.HTTP, asked.getValue(), answer.body());
      require(problem.isEmpty(), "%s: %s", asked.getKey(), problem.orElse(""));
    }
    return "%d answers keep their schemas".formatted(answers.size());
  }

  /** What each frame of a client is answered by; a frame that is not here is not tried. */
  private static final Map<String, String> ANSWERS =
      Map.of(
          "watch", "matchStarted",
          "unwatch", "unwatched",
          "join", "joined",
          "move", "moveAccepted",
          "resign", "accepted",
          "takeback", "accepted",
          "ping", "pong",
          "resume", "resumed");

  private String examplesAreAnswered() throws IOException, InterruptedException, BrokenException {
    int tried = 0;
    for (Map.Entry<String, String> type : ANSWERS.entrySet()) {
      for (JsonNode example : probe.contract.examples(Part.CLIENT, type.getKey())) {
        boolean takesASeat = type.getKey().equals("join") && !example.path("data").has("seatToken");
        Table table =
            probe.newMatch(takesASeat ? OPEN : "{\"kind\":\"agent\",\"agent\":\"random\"}");
        try (Client client = probe.client()) {
          if (List.of("move", "resign", "takeback", "unwatch").contains(type.getKey())) {
            seated(client, table, true);
          }
          if (type.getKey().equals("takeback")) {
            client.ask(move(table.id(), 0, "4"), "moveAccepted");
          }
          JsonNode answered =
              client.ask(
                  example.toString().replace("m7Kq2", table.id()).replace("2vK0cQ", table.first()),
                  type.getValue());
          require(
              answered.path("id").asText().equals(example.path("id").asText()),
              "The answer to %s carries the id '%s'.",
              example,
              answered.path("id").asText());
          tried++;
        }
      }
    }
    return "%d documented examples are answered as documented".formatted(tried);
  }

  private String hello() throws IOException, BrokenException {
    try (Client client = probe.client()) {
      String protocol = client.hello.path("data").path("protocol").asText();
      require(protocol.equals("tabula.v1"), "hello names the protocol '%s'.", protocol);
      require(
          client.wire.head().field("sec-websocket-protocol").equals("tabula.v1"),
          "The websocket was opened without the subprotocol tabula.v1.");
      return "tabula.v1 is agreed on, and hello says so";
    }
  }

  private String oldVersionIsRefused() throws IOException, BrokenException {
    try (Wire wire = Wire.open(probe.server, PATIENCE_MILLIS, "tabula.v0", 0)) {
      require(!wire.isOpen(), "A client that speaks tabula.v0 alone is let in.");
      JsonNode error;
      try {
        error = JSON.readTree(wire.refusal()).path("error");
      } catch (JsonProcessingException e) {
        error = JSON.createObjectNode();
      }
      require(
          error.path("code").asText().equals("unsupported_protocol"),
          "tabula.v0 is refused without the code unsupported_protocol: %s",
          abbreviated(wire.refusal()));
      return "tabula.v0 is refused: " + error.path("message").asText();
    }
  }

  private String unknownFieldsAreIgnored()
      throws IOException, InterruptedException, BrokenException {
    Table table = probe.newMatch(BOT);
    try (Client client = probe.client()) {
      client.ask(
          "{\"type\":\"join\",\"new\":[1],\"matchId\":\"%s\",\"data\":{\"seatToken\":\"%s\",\"newer\":{\"a\":null}}}"
              .formatted(table.id(), table.first()),
          "joined");
      return "a frame with fields of a later version is understood";
    }
  }

  // Envelope, and who may do what.

  private String answersCarryTheId() throws IOException, BrokenException {
    try (Client client = probe.client()) {
      JsonNode pong = client.ask("{\"type\":\"ping\",\"id\":\"wanted\"}", "pong");
      require(pong.path("id").asText().equals("wanted"), "pong lacks the id of its ping: %s", pong);
      JsonNode refused = client.refusal(frame("watch", "no-such-match", "{}"));
      require(refused.path("id").asText().equals("watch-1"), "A refusal lacks the id: %s", refused);
      return "pong and refused carry the id of what they answer";
    }
  }

  private String seatsAreGuarded() throws IOException, InterruptedException, BrokenException {
    Table table = probe.newMatch(BOT);
    try (Client stranger = probe.client()) {
      String found = code(stranger.refusal(move(table.id(), 0, "4")));
      require(found.equals("not_your_seat"), "A stranger's move is refused as %s.", found);
      found = code(stranger.refusal(frame("join", table.id(), "{\"seatToken\":\"guessed\"}")));
      require(found.equals("not_your_seat"), "A guessed token is refused as %s.", found);
      require(probe.ply(table) == 0, "A stranger's move was made.");
      return "neither a stranger nor a guessed token moves";
    }
  }

  private String newestConnectionWins() throws IOException, InterruptedException, BrokenException {
    Table table = probe.newMatch(BOT);
    try (Client older = seated(probe.client(), table, true);
        Client newer = probe.client()) {
      newer.counts = false;
      newer.ask(resume(older.sessionId(), older.lastSeq, "{}"), "resumed");
      int closed = closeCode(older, PATIENCE_MILLIS);
      require(closed == 4001, "The older connection was closed with %d.", closed);
      newer.ask(move(table.id(), 0, "4"), "moveAccepted");
      return "the older connection is closed with 4001, and the newer one moves";
    }
  }

  // Coming back.

  private String missedFramesComeAgain() throws IOException, InterruptedException, BrokenException {
    Table table = probe.newMatch(BOT);
    try (Client second = seated(probe.client(), table, false)) {
      Client first = seated(probe.client(), table, true);
      first.ask(move(table.id(), 0, "4"), "moveAccepted");
      first.await("matchState");
      first.wire.close();
      second.ask(move(table.id(), 1, "5"), "moveAccepted");
      try (Client again = probe.client()) {
        again.lastSeq = first.lastSeq;
        again.wire.text(resume(first.sessionId(), first.lastSeq, "{}"));
        JsonNode missed = again.await("matchState", "resumed");
        require(
            missed.path("data").path("move").asText().equals("5"),
            "After a broken connection the missed move does not come again, but %s",
            abbreviated(missed.toString()));
        JsonNode resumed = again.await("resumed");
        require(
            resumed.path("data").path("missed").asText().equals("frames"),
            "resumed does not say that the missed frames came: %s",
            resumed);
        again.ask(move(table.id(), 2, "4"), "moveAccepted");
        return "the move that was missed comes again under its number, and the seat is held";
      }
    }
  }

  private String matchesComeWhole() throws IOException, InterruptedException, BrokenException {
    Table table = probe.newMatch(BOT);
    try (Client first = seated(probe.client(), table, true)) {
      first.ask(move(table.id(), 0, "4"), "moveAccepted");
    }
    try (Client again = probe.client()) {
      JsonNode resumed = again.ask(resume("of-another-server", 7, table.tokens()), "resumed");
      require(
          resumed.path("data").path("missed").asText().equals("matches"),
          "A session that the server does not know is said to have missed %s.",
          resumed.path("data").path("missed"));
      require(
          again.await("joined").path("data").path("seatToken").asText().equals(table.first()),
          "The seat is not taken up again by its token.");
      JsonNode match = again.await("matchStarted").path("data").path("match");
      require(match.path("ply").asInt() == 1, "The match does not come as it stands: %s", match);
      return "a session that is not known gets its matches whole, by their tokens";
    }
  }

  /** Whoever takes a seat and hears no answer is not locked out of it. */
  private String brokenJoinIsNotLost() throws IOException, InterruptedException, BrokenException {
    Table table = probe.newMatch(OPEN);
    Client lost = probe.client();
    lost.wire.text(frame("join", table.id(), BOT));
    lost.wire.close();
    // No bot is back at once, and the join needs the store.
    Thread.sleep(LOST_JOIN_MILLIS);
    try (Client again = probe.client()) {
      again.counts = false;
      again.wire.text(resume(lost.sessionId(), 0, "{}"));
      JsonNode heard = again.await("joined", "resumed");
      if (heard.path("type").asText().equals("joined")) {
        return "the answer to a join that was lost comes again";
      }
      // The join did not come at all.
      JsonNode joined = again.ask(frame("join", table.id(), BOT), "joined");
      require(joined.path("data").has("seatToken"), "joined has no token: %s", joined);
      return "a join that was lost can be made again";
    }
  }

  // Moves.

  private String sameMoveHasTheSameAnswer()
      throws IOException, InterruptedException, BrokenException {
    Table table = probe.newMatch(BOT);
    try (Client first = seated(probe.client(), table, true)) {
      JsonNode once = first.ask(move(table.id(), 0, "4"), "moveAccepted");
      JsonNode twice = first.ask(move(table.id(), 0, "4"), "moveAccepted");
      require(
          once.path("data").equals(twice.path("data")),
          "The same move again is answered by %s, and not by %s.",
          twice.path("data"),
          once.path("data"));
      require(probe.ply(table) == 1, "The same move again counts twice.");
    }
    try (Client back = seated(probe.client(), table, true)) {
      back.ask(move(table.id(), 0, "4"), "moveAccepted");
      return "the same move has the same answer, also over another connection, and counts once";
    }
  }

  private String otherMoveIsStale() throws IOException, InterruptedException, BrokenException {
    Table table = probe.newMatch(BOT);
    try (Client first = seated(probe.client(), table, true)) {
      first.ask(move(table.id(), 0, "4"), "moveAccepted");
      String found = code(first.refusal(move(table.id(), 0, "5")));
      require(found.equals("stale_ply"), "Another move for a ply is refused as %s.", found);
      require(probe.ply(table) == 1, "Another move for a ply was made.");
      return "another move for the same ply is stale_ply";
    }
  }

  private String acceptedMoveIsThere() throws IOException, InterruptedException, BrokenException {
    Table table = probe.newMatch(BOT);
    try (Client first = seated(probe.client(), table, true);
        Client second = seated(probe.client(), table, false)) {
      for (int ply = 0; ply < 6; ply++) {
        (ply % 2 == 0 ? first : second).ask(move(table.id(), ply, "4"), "moveAccepted");
        require(probe.ply(table) == ply + 1, "An accepted move is not in the match that is read.");
      }
      return "each accepted move is in the match at once";
    }
  }

  // Refusals.

  private void errors() throws InterruptedException {
    Map<String, Check> codes = new LinkedHashMap<>();
    codes.put("malformed", () -> refusedAs("malformed", "{not JSON", "[]", "{\"data\":{}}"));
    codes.put("unknown_type", () -> refusedAs("unknown_type", "{\"type\":\"dance\"}"));
    codes.put("unknown_match", () -> refusedAs("unknown_match", frame("watch", "none", "{}")));
    codes.put("not_your_turn", () -> refusedInMatch("not_your_turn", false, 0, "4"));
    codes.put("stale_ply", () -> refusedInMatch("stale_ply", true, 8, "4"));
    codes.put("not_a_move", () -> refusedInMatch("not_a_move", true, 0, "z9"));
    codes.put("illegal_move", this::fullColumnIsRefused);
    codes.put("seat_taken", this::takenSeatIsRefused);
    codes.put("match_over", this::overIsOver);
    codes.put("takeback_not_allowed", this::takebackIsRefused);
    for (Map.Entry<String, Check> code : codes.entrySet()) {
      check("errors." + code.getKey(), code.getValue());
    }
  }

  /** Each of the frames is refused in this way, and the connection stays. */
  private String refusedAs(String code, String... frames) throws IOException, BrokenException {
    try (Client client = probe.client()) {
      for (String frame : frames) {
        JsonNode refused = client.refusal(frame);
        require(code(refused).equals(code), "%s is refused as %s.", frame, code(refused));
      }
      client.ask("{\"type\":\"ping\"}", "pong");
      return "refused as such, and the connection stays";
    }
  }

  private String refusedInMatch(String code, boolean asFirst, int ply, String move)
      throws IOException, InterruptedException, BrokenException {
    Table table = probe.newMatch(BOT);
    try (Client client = seated(probe.client(), table, asFirst)) {
      String found = code(client.refusal(move(table.id(), ply, move)));
      require(found.equals(code), "It is refused as %s.", found);
      require(probe.ply(table) == 0, "It was made all the same.");
      return "refused as such, and nothing is changed";
    }
  }

  private String fullColumnIsRefused() throws IOException, InterruptedException, BrokenException {
    Table table = probe.newMatch(BOT);
    try (Client first = seated(probe.client(), table, true);
        Client second = seated(probe.client(), table, false)) {
      for (int ply = 0; ply < 6; ply++) {
        (ply % 2 == 0 ? first : second).ask(move(table.id(), ply, "1"), "moveAccepted");
      }
      String found = code(first.refusal(move(table.id(), 6, "1")));
      require(found.equals("illegal_move"), "A full column is refused as %s.", found);
      return "a full column is refused as such";
    }
  }

  private String takenSeatIsRefused() throws IOException, InterruptedException, BrokenException {
    Table table = probe.newMatch(BOT);
    try (Client client = probe.client()) {
      String found = code(client.refusal(frame("join", table.id(), BOT)));
      require(found.equals("seat_taken"), "A seat that is held is refused as %s.", found);
      return "refused as such";
    }
  }

  private String overIsOver() throws IOException, InterruptedException, BrokenException {
    Table table = probe.newMatch(BOT);
    try (Client first = seated(probe.client(), table, true)) {
      first.ask(frame("resign", table.id(), "{}"), "accepted");
      String found = code(first.refusal(move(table.id(), 0, "4")));
      require(found.equals("match_over"), "A move after the end is refused as %s.", found);
      return "refused as such";
    }
  }

  private String takebackIsRefused() throws IOException, InterruptedException, BrokenException {
    Table table = probe.newMatch("{\"kind\":\"agent\",\"agent\":\"random\"}");
    try (Client first = seated(probe.client(), table, true)) {
      String found = code(first.refusal(frame("takeback", table.id(), "{}")));
      require(found.equals("takeback_not_allowed"), "It is refused as %s.", found);
      return "nothing to take back is refused as such";
    }
  }

  private String httpErrorsAreData() throws IOException, InterruptedException, BrokenException {
    Map<String, Answer> wrong = new LinkedHashMap<>();
    wrong.put("unknown_match", probe.http("/api/v1/matches/none", null));
    wrong.put("unknown_game", probe.http("/api/v1/agents?game=none", null));
    wrong.put("malformed", probe.http("/api/v1/matches", "{not JSON"));
    for (Map.Entry<String, Answer> tried : wrong.entrySet()) {
      Answer answer = tried.getValue();
      require(
          answer.status() >= 400 && answer.status() < 500,
          "%s has the status %d.",
          tried.getKey(),
          answer.status());
      Optional<String> problem = probe.contract.problem(Part.HTTP, "error", answer.body());
      require(problem.isEmpty(), "%s: %s", tried.getKey(), problem.orElse(""));
      String found = answer.body().path("error").path("code").asText();
      require(found.equals(tried.getKey()), "%s is told as %s.", tried.getKey(), found);
    }
    return "statuses of 4xx, with codes and sentences";
  }

  // Limits.

  private String tooLargeIsClosed() throws IOException, BrokenException {
    try (Client client = probe.client()) {
      int most = client.hello.path("data").path("limits").path("maxFrameBytes").asInt(16_384);
      client.wire.text(
          "{\"type\":\"ping\",\"x\":\"%s\"}".formatted("x".repeat(Math.min(most, 1 << 24))));
      int closed = closeCode(client, PATIENCE_MILLIS);
      require(closed == 1009, "A frame over maxFrameBytes is closed with %d.", closed);
      return "a frame over %d bytes is closed with 1009".formatted(most);
    }
  }

  private String limitsAreVisible() throws IOException, BrokenException {
    try (Client client = probe.client()) {
      JsonNode limits = client.hello.path("data").path("limits");
      for (String name : List.of("maxFrameBytes", "framesPerSecond", "idleMs", "resumeMs")) {
        require(limits.path(name).asLong() > 0, "hello does not say %s.", name);
      }
      return "hello says " + limits;
    }
  }

  private String floodIsLimited() throws IOException, InterruptedException, BrokenException {
    Table table = probe.newMatch(BOT);
    try (Client client = probe.client()) {
      int perSecond = client.hello.path("data").path("limits").path("framesPerSecond").asInt(50);
      int flood = Math.min(3 * perSecond + 200, 2_000);
      for (int i = 0; i < flood; i++) {
        client.wire.text(frame("watch", table.id(), "{}"));
      }
      int refused = 0;
      long wait = -1;
      for (int i = 0; i < flood; i++) {
        JsonNode answer = client.await("matchStarted");
        if (code(answer).equals("rate_limited")) {
          refused++;
          wait = answer.path("data").path("retryAfterMs").asLong(-1);
        }
      }
      require(refused > 0, "%d frames at once are all taken.", flood);
      require(wait >= 0, "rate_limited does not say retryAfterMs.");
      Thread.sleep(wait + 100);
      client.ask(frame("watch", table.id(), "{}"), "matchStarted");
      return "%d of %d frames at once are refused, and after retryAfterMs one is taken"
          .formatted(refused, flood);
    }
  }

  private String pingsCostNothing() throws IOException, InterruptedException, BrokenException {
    Table table = probe.newMatch(BOT);
    try (Client client = probe.client()) {
      int perSecond =
          Math.min(500, client.hello.path("data").path("limits").path("framesPerSecond").asInt(50));
      for (int i = 0; i < perSecond / 2; i++) {
        client.wire.text("{\"type\":\"ping\"}");
      }
      for (int i = 0; i < perSecond; i++) {
        client.wire.text(frame("watch", table.id(), "{}"));
      }
      for (int i = 0; i < perSecond; i++) {
        JsonNode answer = client.await("matchStarted");
        require(!code(answer).equals("rate_limited"), "Pings count among the frames.");
      }
      return "%d pings beside a second's frames".formatted(perSecond / 2);
    }
  }

  private String botIsShownAsOne() throws IOException, InterruptedException, BrokenException {
    Table table = probe.newMatch(OPEN);
    try (Client first = seated(probe.client(), table, true);
        Client second = probe.client()) {
      second.ask(frame("join", table.id(), BOT), "joined");
      JsonNode seat = first.await("seatTaken").path("data").path("seat");
      require(
          seat.path("kind").asText().equals("bot"), "Who joined as a bot is shown as %s.", seat);
      JsonNode seats =
          probe.http("/api/v1/matches/" + table.id(), null).body().path("match").path("seats");
      for (JsonNode each : seats) {
        require(each.path("kind").asText().equals("bot"), "A bot is listed as %s.", each);
      }
      return "to the one who waits, and to everybody";
    }
  }

  // Being alive, and stopping.

  private String pingIsAnswered() throws IOException, BrokenException {
    try (Client client = probe.client()) {
      client.ask("{\"type\":\"ping\",\"id\":\"alive\"}", "pong");
      return "ping is answered by pong";
    }
  }

  private String serverPings() throws IOException, BrokenException, NotSeenException {
    try (Client client = probe.client()) {
      long every = client.hello.path("data").path("heartbeatMs").asLong();
      if (every > LONG_MILLIS && !options.patient()) {
        throw new NotSeenException("It pings every %d s: --patient waits.".formatted(every / 1000));
      }
      client.wire.patience((int) Math.min(every + PATIENCE_MILLIS, 1 << 30));
      while (!client.read().path("type").asText().equals("ping")) {
        // Something else comes first.
      }
      return "it pings within its heartbeatMs";
    }
  }

  private String silentIsLetGo(Client silent)
      throws IOException, BrokenException, NotSeenException {
    long idle = silent.hello.path("data").path("limits").path("idleMs").asLong();
    if (idle > LONG_MILLIS && !options.patient()) {
      throw new NotSeenException("It takes %d s: --patient waits.".formatted(idle / 1000));
    }
    long every = silent.hello.path("data").path("heartbeatMs").asLong();
    int closed = closeCode(silent, idle + 2 * every + PATIENCE_MILLIS);
    require(
        closed == 4000,
        closed == 0
            ? "A client of whom nothing is heard is not let go."
            : "A client of whom nothing is heard is closed with " + closed + ".");
    return "a client of whom nothing is heard for idleMs is closed with 4000";
  }

  private String drainingIsTold()
      throws IOException, InterruptedException, BrokenException, NotSeenException {
    if (!options.draining()) {
      throw new NotSeenException("The server was not stopped: --draining waits for it.");
    }
    Table table = probe.newMatch(BOT);
    try (Client client = seated(probe.client(), table, true)) {
      report("draining.ready", Verdict.NOT_SEEN, "Stop the server now.");
      client.wire.patience((int) DRAINING_MILLIS);
      JsonNode frame = client.read();
      while (!frame.path("type").asText().equals("draining")) {
        frame = client.read();
      }
      require(
          frame.path("data").path("resumeAfterMs").asLong(-1) >= 0,
          "draining does not say when to come back: %s",
          frame);
      client.ask(move(table.id(), 0, "4"), "moveAccepted");
      int closed = closeCode(client, DRAINING_MILLIS);
      require(closed == 1001, "A server that stops closes with %d.", closed);
      return "draining, then 1001; a move in between is taken";
    } catch (Wire.ClosedException e) {
      throw new BrokenException("It closed with %d, and did not say draining.".formatted(e.code()));
    }
  }
}
