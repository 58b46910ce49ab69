package tabula.server.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tabula.games.Game;
import tabula.games.Games;
import tabula.games.Position;
import tabula.games.Side;
import tabula.server.conformance.Finding.Verdict;
import tabula.server.match.Match;
import tabula.server.match.MatchEvent;
import tabula.server.match.Seat;
import tabula.server.protocol.Contract;
import tabula.server.protocol.Contract.Part;

/**
 * Checks a bot: plays Connect Four against it as a server would on its worst days, and says what
 * the bot did wrong. A trouble befalls a move of the bot's, and is over once its next one is there.
 */
public final class BotChecks {

  /** The bot did something wrong; the message says what. */
  private static final class BrokenException extends Exception {
    private static final long serialVersionUID = 1;

    BrokenException(String what) {
      super(what);
    }
  }

  /** Returns what was seen. */
  private interface Trouble {
    String befall() throws IOException, InterruptedException, BrokenException;
  }

  /** A move that the bot sent, and that is not answered yet. */
  private record Asked(@Nullable String id, int ply, String move) {}

  /**
   * How time passes at the server that the bot gets.
   *
   * @param heartbeatMillis how often it pings, and what the bot is told of that
   * @param patienceMillis how long it waits for a bot before it gives it up
   */
  public record Pace(int heartbeatMillis, int patienceMillis) {
    public static final Pace USUAL = new Pace(2_000, 30_000);
  }

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int FRAMES_PER_SECOND = 50;
  private static final int MOST_MATCHES = 8;
  private static final long RETRY_AFTER_MILLIS = 700;
  private static final long RESUME_AFTER_MILLIS = 1_000;
  private static final int REFUSED_ATTEMPTS = 3;
  private static final String ID = "conformance";
  private static final String TOKEN = "conformance-seat-token";

  private final List<String> commandLine;
  private final Pace pace;
  private final Consumer<Finding> listener;
  private final PrintWriter progress;
  private final BotServer server;
  private final SplittableRandom random = new SplittableRandom(4);
  private final Game game = Games.get("connect-four");
  private final Set<String> wrongFrames = new TreeSet<>();
  private final Set<String> wrongMoves = new TreeSet<>();
  private final Deque<Long> heardAt = new ArrayDeque<>();
  private int mostInASecond;
  private @Nullable Process bot;
  private int matches;

  private volatile Match match;
  private volatile Side botSide = Side.FIRST;
  private volatile boolean seatOpen = true;

  private @Nullable Wire wire;
  private volatile boolean mute;
  private String sessionId = "";
  private int sessions;
  private final AtomicLong seq = new AtomicLong();

  /** What was written of this session's frames, and what was not, by number. */
  private long written;

  private final Map<Long, String> sent = new LinkedHashMap<>();

  private Asked pending = new Asked(null, 0, "");

  /**
   * Prepares to check a bot.
   *
   * @param commandLine starts the bot; if empty, one that is started by hand is waited for
   * @param listener is told each finding
   */
  public BotChecks(
      List<String> commandLine, Pace pace, Consumer<Finding> listener, PrintWriter progress)
      throws IOException {
    this.pace = pace;
    this.commandLine = commandLine;
    this.listener = listener;
    this.progress = progress;
    this.match = newMatch();
    this.server = new BotServer(this::makeMatch);
  }

  /** Looks at everything. */
  public void run() throws IOException, InterruptedException {
    Thread heart = Thread.ofVirtual().start(this::beat);
    try (server) {
      boolean there = check("joins", this::join);
      Map<String, Trouble> troubles = new LinkedHashMap<>();
      troubles.put("unknown.frames", this::unknownFrames);
      troubles.put("repeated.frames", this::repeatedFrames);
      troubles.put("late.answers", this::lateAnswers);
      troubles.put("alive.pong", this::pings);
      troubles.put("resumes.lost-answer", this::lostAnswer);
      troubles.put("resumes.lost-move", this::lostMove);
      troubles.put("refused.retries", this::refusedForAWhile);
      troubles.put("backs-off", this::refusedConnections);
      troubles.put("draining", this::draining);
      troubles.put("resumes.new-server", this::forgottenSession);
      troubles.put("alive.half-open", this::halfOpen);
      for (Map.Entry<String, Trouble> trouble : troubles.entrySet()) {
        if (there) {
          // One trouble is not to hide the others.
          there = check(trouble.getKey(), trouble.getValue()) || canBeginAgain();
        } else {
          report(trouble.getKey(), Verdict.NOT_SEEN, "The bot is not there any more.");
        }
      }
      if (there) {
        check("ends", this::playToTheEnd);
      }
      if (!commandLine.isEmpty()) {
        check("ends.sigterm", this::stoppedBySignal);
      }
      reportAll("frames.schema", wrongFrames, "every frame of the bot keeps its schema");
      reportAll("moves.legal", wrongMoves, "every move is legal, and no ply has two");
      report(
          "quota",
          mostInASecond <= FRAMES_PER_SECOND ? Verdict.KEPT : Verdict.BROKEN,
          "at most %d frames in a second, of %d".formatted(mostInASecond, FRAMES_PER_SECOND));
    } finally {
      heart.interrupt();
      stopBot();
    }
  }

  /** Whether it went well. */
  private boolean check(String id, Trouble trouble) throws InterruptedException {
    try {
      report(id, Verdict.KEPT, trouble.befall());
      return true;
    } catch (BrokenException e) {
      report(id, Verdict.BROKEN, String.valueOf(e.getMessage()));
    } catch (SocketTimeoutException e) {
      report(id, Verdict.BROKEN, "The bot fell silent.");
    } catch (IOException e) {
      report(id, Verdict.BROKEN, "The bot's connection: %s.".formatted(e.getMessage()));
    }
    return false;
  }

  private void reportAll(String id, Set<String> wrong, String right) {
    report(
        id,
        wrong.isEmpty() ? Verdict.KEPT : Verdict.BROKEN,
        wrong.isEmpty() ? right : String.join(" ", wrong));
  }

  private void report(String id, Verdict verdict, String why) {
    listener.accept(new Finding(id, verdict, why));
  }

  // The match.

  private Match newMatch() {
    return Match.begin(
        ID,
        new MatchEvent.Created(
            game.id(),
            new Seat.Bot("bot"),
            new Seat.Bot("conformance"),
            "",
            "",
            System.currentTimeMillis()));
  }

  private @Nullable ObjectNode makeMatch(JsonNode request) {
    if (!request.path("game").asText().equals(game.id())) {
      return null;
    }
    match = newMatch();
    botSide = request.path("first").path("kind").asText().equals("bot") ? Side.FIRST : Side.SECOND;
    seatOpen = false;
    ObjectNode answer = JSON.createObjectNode();
    answer.set("match", JSON.valueToTree(match.view(System.currentTimeMillis())));
    answer.putObject("seatTokens").put(Match.name(botSide), TOKEN);
    return answer;
  }

  private boolean botIsToMove() {
    return !match.isOver() && match.position().sideToMove() == botSide;
  }

  private void play(String move) {
    match =
        match.apply(new MatchEvent.MovePlayed(match.ply(), move, null), System.currentTimeMillis());
  }

  /** A move that neither wins nor lets the bot win, if there is one: troubles need a long match. */
  private String longMove() {
    Position position = match.position();
    int[] actions = position.legalActions();
    int found = actions[random.nextInt(actions.length)];
    for (int action : actions) {
      Position next = position.play(action);
      if (!next.isOver() && !next.canWinAtOnce()) {
        found = random.nextInt(2) == 0 || position.play(found).isOver() ? action : found;
      }
      if (position.play(found).isOver() || position.play(found).canWinAtOnce()) {
        found = action;
      }
    }
    return game.formatMove(position, found);
  }

  // What the server says.

  private void beat() {
    try {
      while (true) {
        Thread.sleep(pace.heartbeatMillis());
        Wire now = wire;
        if (now != null && !mute) {
          try {
            now.ping();
            now.text(frame("ping", null, seq.get(), JSON.createObjectNode()));
          } catch (IOException e) {
            // It is away; it comes back.
          }
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Every frame has fields that the bot does not know. */
  private static String frame(String type, @Nullable String id, long seq, ObjectNode data) {
    ObjectNode frame = JSON.createObjectNode();
    frame.putObject("weather").put("type", "move").put("seq", 0).putNull("wind");
    frame.put("type", type).put("seq", seq).put("ts", System.currentTimeMillis());
    if (id != null) {
      frame.put("id", id);
    }
    frame.put("matchId", ID);
    data.putObject("mood").put("legalMoves", "none").put("code", 7);
    frame.set("data", data);
    return frame.toString();
  }

  /** Says something numbered. If it is lost, it is said again to a bot that comes back. */
  private void say(String type, @Nullable String id, boolean lost, ObjectNode data)
      throws IOException {
    long number = seq.incrementAndGet();
    String text = frame(type, id, number, data);
    sent.put(number, text);
    Wire now = wire;
    if (!lost && now != null) {
      now.text(text);
      written = number;
    }
  }

  private ObjectNode whole() {
    ObjectNode data = JSON.createObjectNode();
    data.set("match", JSON.valueToTree(match.view(System.currentTimeMillis())));
    return data;
  }

  private void sayState(boolean lost) throws IOException {
    ObjectNode state = JSON.valueToTree(match.view(System.currentTimeMillis()));
    state.remove(List.of("id", "game", "seats", "moves", "createdAt"));
    state.put("move", match.moves().getLast());
    state.put("by", Match.name(match.ply() % 2 == 1 ? Side.FIRST : Side.SECOND));
    say("matchState", null, lost, state);
    if (match.isOver()) {
      ObjectNode end = JSON.createObjectNode();
      end.set("outcome", state.path("outcome"));
      end.set("reason", state.path("reason"));
      say("matchEnded", null, lost, end);
    }
  }

  /** Takes the bot's pending move. */
  private void accept(boolean lost) throws IOException {
    play(pending.move());
    say("moveAccepted", pending.id(), lost, JSON.createObjectNode().put("move", pending.move()));
    sayState(lost);
  }

  private void answerWithAMove() throws IOException {
    if (!match.isOver() && !botIsToMove()) {
      play(longMove());
      sayState(false);
    }
  }

  /** Takes the pending move, makes one, and waits for the next. */
  private void goOn() throws IOException, InterruptedException, BrokenException {
    accept(false);
    answerWithAMove();
    next();
  }

  private void next() throws IOException, InterruptedException, BrokenException {
    if (match.isOver()) {
      again();
    } else {
      pending = awaitMove(pace.patienceMillis());
    }
  }

  /** A match ended early: the bot plays another. */
  private void again() throws IOException, InterruptedException, BrokenException {
    if (matches >= MOST_MATCHES) {
      throw new BrokenException("Too many matches ended early.");
    }
    stopBot();
    join();
  }

  // What the bot says.

  private Wire connection() throws IOException {
    Wire now = wire;
    if (now == null) {
      throw new IOException("there is none");
    }
    return now;
  }

  /** The next frame that keeps its schema. */
  private JsonNode hear(long millis) throws IOException {
    Wire now = connection();
    long until = System.nanoTime() + Duration.ofMillis(millis).toNanos();
    while (true) {
      long left = (until - System.nanoTime()) / 1_000_000;
      if (left <= 0) {
        throw new SocketTimeoutException();
      }
      now.patience((int) left);
      JsonNode frame = now.read();
      count();
      if (frame == null || !frame.isObject()) {
        wrongFrames.add("A frame is no JSON object.");
        continue;
      }
      String type = frame.path("type").asText();
      if (!Contract.get().names(Part.CLIENT).contains(type)) {
        wrongFrames.add("There is no frame type '%s'.".formatted(type));
        continue;
      }
      Contract.get()
          .problem(Part.CLIENT, type, frame)
          .ifPresent(problem -> wrongFrames.add("%s: %s".formatted(type, problem)));
      if (type.equals("ping")) {
        now.text(frame("pong", frame.path("id").textValue(), seq.get(), JSON.createObjectNode()));
      } else if (!type.equals("pong")) {
        return frame;
      }
    }
  }

  private void count() {
    long now = System.nanoTime();
    heardAt.add(now);
    while (now - heardAt.getFirst() > 1_000_000_000L) {
      heardAt.removeFirst();
    }
    mostInASecond = Math.max(mostInASecond, heardAt.size());
  }

  /** Waits for a move at this ply, and answers all else as a server does. */
  private Asked awaitMove(long millis) throws IOException, BrokenException {
    long until = System.nanoTime() + Duration.ofMillis(millis).toNanos();
    while (true) {
      JsonNode frame = hear(Math.max(1, (until - System.nanoTime()) / 1_000_000));
      @Nullable String id = frame.path("id").textValue();
      switch (frame.path("type").asText()) {
        case "move" -> {
          int ply = frame.path("ply").asInt();
          String move = frame.path("data").path("move").asText();
          if (ply < match.ply()) {
            repeated(id, ply, move);
          } else if (ply > match.ply() || !isLegal(move)) {
            wrongMoves.add("At ply %d it plays %s at ply %d.".formatted(match.ply(), move, ply));
            throw new BrokenException("It plays what it may not: %s".formatted(frame));
          } else {
            return new Asked(id, ply, move);
          }
        }
        case "join" -> {
          sayJoined(id);
          say("matchStarted", id, false, whole());
        }
        case "watch" -> say("matchStarted", id, false, whole());
        case "resign" -> throw new BrokenException("It gives the match up.");
        default -> throw new BrokenException("It says what has no place here: %s".formatted(frame));
      }
    }
  }

  private void repeated(@Nullable String id, int ply, String move) throws IOException {
    if (match.moves().get(ply).equals(move)) {
      say("moveAccepted", id, false, JSON.createObjectNode().put("move", move));
    } else {
      wrongMoves.add(
          "At ply %d it played %s, and then %s.".formatted(ply, match.moves().get(ply), move));
      sayRefused(id, "stale_ply", false, null);
    }
  }

  private boolean isLegal(String move) {
    int action = game.parseMove(match.position(), move);
    return action >= 0 && match.position().isLegal(action);
  }

  private void sayJoined(@Nullable String id) throws IOException {
    say(
        "joined",
        id,
        false,
        JSON.createObjectNode().put("side", Match.name(botSide)).put("seatToken", TOKEN));
  }

  private void sayRefused(
      @Nullable String id, String code, boolean retryable, @Nullable Long retryAfterMillis)
      throws IOException {
    ObjectNode data = JSON.createObjectNode();
    data.put("message", "This is a test.").put("retryable", retryable);
    if (retryAfterMillis != null) {
      data.put("retryAfterMs", retryAfterMillis);
    }
    say("refused", id, false, data.put("code", code));
  }

  // Connections.

  private void greet(Wire with) throws IOException {
    wire = with;
    mute = false;
    if (with.head().field("sec-websocket-protocol").isEmpty()) {
      wrongFrames.add("It offers no subprotocol.");
    }
    ObjectNode data = JSON.createObjectNode();
    data.put("protocol", "tabula.v1").put("server", "conformance");
    data.put("sessionId", "session-" + ++sessions).put("heartbeatMs", pace.heartbeatMillis());
    data.putObject("limits")
        .put("maxFrameBytes", 16_384)
        .put("framesPerSecond", FRAMES_PER_SECOND)
        .put("idleMs", 10 * pace.heartbeatMillis())
        .put("resumeMs", 120_000);
    with.text(frame("hello", null, 0, data));
  }

  /** Starts the bot, or waits for one; it takes its seat and moves. */
  private String join() throws IOException, InterruptedException, BrokenException {
    matches++;
    match = newMatch();
    seatOpen = true;
    botSide = Side.FIRST;
    startBot();
    Wire opened =
        server.next(
            commandLine.isEmpty() ? TimeUnit.MINUTES.toMillis(10) : 2L * pace.patienceMillis());
    if (opened == null) {
      throw new BrokenException("No websocket was opened.");
    }
    greet(opened);
    sessionId = "session-" + sessions;
    seq.set(0);
    written = 0;
    sent.clear();
    JsonNode first = hear(pace.patienceMillis());
    boolean byToken = first.path("data").path("seatToken").asText().equals(TOKEN);
    if (!first.path("type").asText().equals("join") || (!byToken && !seatOpen)) {
      throw new BrokenException("It does not begin with a join: %s".formatted(first));
    }
    seatOpen = false;
    sayJoined(first.path("id").textValue());
    say("matchStarted", first.path("id").textValue(), false, whole());
    answerWithAMove();
    pending = awaitMove(pace.patienceMillis());
    return "it takes its seat, and moves";
  }

  private void drop() throws IOException {
    connection().close();
    wire = null;
  }

  /** Waits for the bot to come back, and to say where it was. */
  private JsonNode awaitResume() throws IOException, InterruptedException, BrokenException {
    Wire opened = server.next(pace.patienceMillis());
    if (opened == null) {
      throw new BrokenException("It does not come back.");
    }
    greet(opened);
    JsonNode resume = hear(pace.patienceMillis());
    if (!resume.path("type").asText().equals("resume")) {
      throw new BrokenException(
          "Its first frame is not resume, but %s".formatted(resume.path("type")));
    }
    return resume;
  }

  /** Lets the bot come back to its session, and tells it what it missed. */
  private void resume() throws IOException, InterruptedException, BrokenException {
    JsonNode resume = awaitResume();
    JsonNode data = resume.path("data");
    String asked = data.path("sessionId").asText();
    long lastSeq = data.path("lastSeq").asLong(-1);
    if (!asked.equals(sessionId)) {
      throw new BrokenException("It resumes %s, and not %s.".formatted(asked, sessionId));
    }
    if (lastSeq < 0 || lastSeq > written) {
      throw new BrokenException(
          "Its lastSeq is %d, but it was sent %d.".formatted(lastSeq, written));
    }
    for (Map.Entry<Long, String> frame : sent.entrySet()) {
      if (frame.getKey() > lastSeq) {
        connection().text(frame.getValue());
      }
    }
    ObjectNode resumed = JSON.createObjectNode();
    resumed.put("sessionId", sessionId).put("missed", "frames");
    say("resumed", resume.path("id").textValue(), false, resumed);
  }

  private boolean canBeginAgain() throws InterruptedException {
    try {
      again();
      return true;
    } catch (IOException | BrokenException e) {
      return false;
    }
  }

  // Troubles.

  private String unknownFrames() throws IOException, InterruptedException, BrokenException {
    say("weather", null, false, whole());
    goOn();
    return "fields and frame types of a later version do not disturb it";
  }

  private String repeatedFrames() throws IOException, InterruptedException, BrokenException {
    accept(false);
    answerWithAMove();
    for (String frame :
        List.copyOf(sent.values()).subList(Math.max(0, sent.size() - 3), sent.size())) {
      connection().text(frame);
    }
    next();
    expectNoOtherMove(500);
    return "frames that come twice make it move once";
  }

  private String lateAnswers() throws IOException, InterruptedException, BrokenException {
    expectNoOtherMove(pace.heartbeatMillis());
    goOn();
    return "it waits for an answer that is late";
  }

  /** The bot has moved; for a while it may say that again, and nothing else. */
  private void expectNoOtherMove(long millis) throws IOException, BrokenException {
    long until = System.nanoTime() + Duration.ofMillis(millis).toNanos();
    while (System.nanoTime() < until) {
      try {
        Asked more = awaitMove(Math.max(1, (until - System.nanoTime()) / 1_000_000));
        if (!more.move().equals(pending.move())) {
          wrongMoves.add(
              "At ply %d it played %s, and then %s."
                  .formatted(more.ply(), pending.move(), more.move()));
          throw new BrokenException("It plays another move before the first is answered.");
        }
      } catch (SocketTimeoutException e) {
        // So it should be.
      }
    }
  }

  private String pings() throws IOException, InterruptedException, BrokenException {
    Wire now = connection();
    int before = now.pongs();
    long until = System.nanoTime() + Duration.ofMillis(pace.patienceMillis()).toNanos();
    while (now.pongs() == before && System.nanoTime() < until) {
      try {
        expectNoOtherMove(pace.heartbeatMillis());
      } catch (SocketTimeoutException e) {
        // Only a pong is waited for.
      }
    }
    if (now.pongs() == before) {
      throw new BrokenException("It answers no websocket ping.");
    }
    goOn();
    return "pings are answered";
  }

  private String lostAnswer() throws IOException, InterruptedException, BrokenException {
    accept(true);
    drop();
    resume();
    answerWithAMove();
    next();
    return "it comes back to its session, and goes on from its move that was stored";
  }

  private String lostMove() throws IOException, InterruptedException, BrokenException {
    Asked before = pending;
    drop();
    resume();
    expectAgain(before);
    goOn();
    return "it comes back to its session, and sends the move that was lost again";
  }

  private void expectAgain(Asked before) throws IOException, BrokenException {
    pending = awaitMove(pace.patienceMillis());
    if (!pending.move().equals(before.move())) {
      wrongMoves.add(
          "At ply %d it played %s, and then %s."
              .formatted(before.ply(), before.move(), pending.move()));
      throw new BrokenException(
          "It does not repeat its move, but plays another: the first may have been stored.");
    }
  }

  private String refusedForAWhile() throws IOException, InterruptedException, BrokenException {
    Asked before = pending;
    long refusedAt = System.nanoTime();
    sayRefused(pending.id(), "unavailable", true, RETRY_AFTER_MILLIS);
    expectAgain(before);
    long after = (System.nanoTime() - refusedAt) / 1_000_000;
    if (after < RETRY_AFTER_MILLIS - 20) { // timers may be a little early
      throw new BrokenException(
          "retryAfterMs is %d, and it is back after %d ms.".formatted(RETRY_AFTER_MILLIS, after));
    }
    goOn();
    return "it waits for retryAfterMs, and sends its move again";
  }

  private String refusedConnections() throws IOException, InterruptedException, BrokenException {
    Asked before = pending;
    server.away(true);
    drop();
    long until = System.nanoTime() + Duration.ofMillis(2L * pace.patienceMillis()).toNanos();
    while (server.refusedAt().size() < REFUSED_ATTEMPTS) {
      if (System.nanoTime() > until) {
        throw new BrokenException("It stopped trying.");
      }
      Thread.sleep(20);
    }
    List<Long> tries = List.copyOf(server.refusedAt());
    server.away(false);
    long first = (tries.get(1) - tries.get(0)) / 1_000_000;
    long second = (tries.get(2) - tries.get(1)) / 1_000_000;
    if (first < 100 || second < first) {
      throw new BrokenException(
          "Refused, it comes again after %d ms, and then after %d ms.".formatted(first, second));
    }
    resume();
    expectAgain(before);
    goOn();
    return "it comes again after %d ms, and then after %d ms".formatted(first, second);
  }

  private String draining() throws IOException, InterruptedException, BrokenException {
    Asked before = pending;
    say("draining", null, false, JSON.createObjectNode().put("resumeAfterMs", RESUME_AFTER_MILLIS));
    Thread.sleep(100);
    connection().close(1001);
    wire = null;
    long closedAt = System.nanoTime();
    JsonNode resume = awaitResume();
    long after = (System.nanoTime() - closedAt) / 1_000_000;
    if (after < RESUME_AFTER_MILLIS) {
      throw new BrokenException(
          "resumeAfterMs is %d, and it is back after %d ms.".formatted(RESUME_AFTER_MILLIS, after));
    }
    beginAnew(resume);
    expectAgain(before);
    goOn();
    return "it is back after %d ms".formatted(after);
  }

  private String forgottenSession() throws IOException, InterruptedException, BrokenException {
    Asked before = pending;
    drop();
    beginAnew(awaitResume());
    expectAgain(before);
    goOn();
    return "it has its seat's token with it, and goes on";
  }

  /** The server was started anew: it knows the bot by its seat's token alone. */
  private void beginAnew(JsonNode resume) throws IOException, BrokenException {
    String token = resume.path("data").path("seatTokens").path(ID).asText();
    if (!token.equals(TOKEN)) {
      throw new BrokenException("resume lacks the token of its seat: %s".formatted(resume));
    }
    sessionId = "session-" + sessions;
    seq.set(0);
    sent.clear();
    ObjectNode resumed = JSON.createObjectNode();
    resumed.put("sessionId", sessionId).put("missed", "matches");
    say("resumed", resume.path("id").textValue(), false, resumed);
    sayJoined(null);
    say("matchStarted", null, false, whole());
  }

  private String halfOpen() throws IOException, InterruptedException, BrokenException {
    Asked before = pending;
    mute = true;
    long silentSince = System.nanoTime();
    Wire dead = connection();
    try (dead) {
      resume();
      long after = (System.nanoTime() - silentSince) / 1_000_000;
      expectAgain(before);
      goOn();
      return "after %d ms of silence it comes again, where a ping comes every %d ms"
          .formatted(after, pace.heartbeatMillis());
    }
  }

  private String playToTheEnd() throws IOException, InterruptedException, BrokenException {
    while (!match.isOver()) {
      accept(false);
      answerWithAMove();
      if (!match.isOver()) {
        pending = awaitMove(pace.patienceMillis());
      }
    }
    Process running = bot;
    if (running == null) {
      return "the match is over";
    }
    if (!running.waitFor(pace.patienceMillis(), TimeUnit.MILLISECONDS)) {
      throw new BrokenException("The match is over, and it does not end.");
    }
    if (running.exitValue() != 0) {
      throw new BrokenException(
          "The match is over, and it exits with %d.".formatted(running.exitValue()));
    }
    return "the match is over, and it exits with 0";
  }

  private String stoppedBySignal() throws IOException, InterruptedException, BrokenException {
    again();
    Process running = bot;
    if (running == null) {
      throw new BrokenException("It does not run.");
    }
    running.destroy();
    if (!running.waitFor(pace.patienceMillis(), TimeUnit.MILLISECONDS)) {
      throw new BrokenException("SIGTERM does not end it.");
    }
    if (running.exitValue() != 0 && running.exitValue() != 128 + 15) {
      throw new BrokenException("SIGTERM makes it exit with %d.".formatted(running.exitValue()));
    }
    return "SIGTERM ends it, with %d".formatted(running.exitValue());
  }

  // The bot's process.

  private void startBot() throws IOException {
    if (commandLine.isEmpty()) {
      progress.printf(
          "A bot is waited for at %s, in the open seat of the match %s (or one of its own).%n",
          server.address(), ID);
      progress.flush();
      return;
    }
    List<String> line = new ArrayList<>();
    for (String word : commandLine) {
      line.add(word.replace("{url}", server.address()).replace("{match}", ID));
    }
    if (line.equals(commandLine)) {
      line.add(server.address());
    }
    bot =
        new ProcessBuilder(line)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
  }

  private void stopBot() throws InterruptedException {
    Wire now = wire;
    wire = null;
    if (now != null) {
      now.close(1000);
    }
    Process running = bot;
    if (running != null && !running.waitFor(1, TimeUnit.SECONDS)) {
      running.destroy();
      if (!running.waitFor(5, TimeUnit.SECONDS)) {
        running.destroyForcibly();
      }
    }
    // Whoever was on the way when it ended is not taken for the next.
    for (Wire late = server.next(0); late != null; late = server.next(0)) {
      late.close();
    }
  }
}
