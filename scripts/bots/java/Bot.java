// A starter bot for Tabula, with the JDK (25 or newer) alone.
//   java Bot.java http://127.0.0.1:8080 --game connect-four --against mcts:50    starts a match of its own
//   java Bot.java http://127.0.0.1:8080 --match ID                               takes the open seat of a match
// It plays random legal moves: make choose() better. The protocol is in docs/protocol/protocol.md.
import module java.net.http; // Json.java and Wire.java, beside this file, are found by themselves

/** The bot's brain: "board" has the top row first, "legalMoves" what may be played. */
String choose(Map<String, Object> match) {
  List<?> moves = (List<?>) match.get("legalMoves");
  return moves.get(ThreadLocalRandom.current().nextInt(moves.size())).toString();
}

final Map<String, String> options = new HashMap<>(Map.of("game", "connect-four", "against", "random", "name", "starter-bot"));
final HttpClient http = HttpClient.newHttpClient();
String server;
String matchId;
String token; // of the seat
String session;
String side;
String move; // the last one chosen, and where
String movePly;
Map<String, Object> match = new HashMap<>(Map.of("outcome", "ongoing"));
Wire wire;
long lastSeq;
long pause = 500;
long silence = 30_000;

/** Plays one match to its end, however often the connection breaks. SIGTERM ends the program; the match waits. */
void main(String[] arguments) throws Exception {
  server = arguments[0].replaceFirst("/$", "");
  for (int i = 1; i + 1 < arguments.length; i += 2) options.put(arguments[i].substring(2), arguments[i + 1]);
  try {
    for (matchId = options.get("match"); matchId == null; ) startMatch();
  } catch (IOException e) {
    exit(server + " cannot be reached: " + e);
  }
  IO.println(server + "/match/" + matchId);
  while (match.get("outcome").equals("ongoing")) {
    if (wire == null) wire = new Wire(http, server);
    String text = wire.read(silence); // the server pings: silence means that it is gone
    if (text.startsWith("{")) hear(Json.read(text));
    else comeBack(text);
  }
  IO.println(match.get("outcome").equals("draw") ? "draw" : match.get("outcome").equals(side) ? "won" : "lost");
  System.exit(0);
}

void startMatch() throws Exception {
  String body = "{\"game\":%s,\"first\":{\"kind\":\"bot\",\"name\":%s},\"second\":{\"kind\":\"agent\",\"agent\":%s}}".formatted(
      Json.quoted(options.get("game")), Json.quoted(options.get("name")), Json.quoted(options.get("against")));
  HttpRequest request = HttpRequest.newBuilder(URI.create(server + "/api/v1/matches")).header("Content-Type", "application/json")
      .POST(HttpRequest.BodyPublishers.ofString(body)).build();
  Map<String, Object> answer = Json.read(http.send(request, HttpResponse.BodyHandlers.ofString()).body());
  matchId = (String) Json.map(answer, "match").get("id");
  token = (String) Json.map(answer, "seatTokens").get("first");
  if (matchId == null) again(Json.map(answer, "error"), false);
}

/** Ends the program, or waits, as a refusal says. */
void again(Map<String, Object> refusal, boolean anyway) throws InterruptedException {
  if (!anyway && !refusal.getOrDefault("retryable", "").equals("true")) exit("refused: " + refusal.get("message"));
  Thread.sleep(Json.number(refusal, "retryAfterMs", 1000));
}

void comeBack(String problem) throws InterruptedException {
  if (problem.startsWith("closed: 4001")) exit("Another program goes on with this session.");
  if (problem.startsWith("refused: ")) exit(problem);
  long wait = pause + ThreadLocalRandom.current().nextLong(pause + 1); // so that not everybody comes back at once
  System.err.printf("%s; back in %d ms%n", problem, wait);
  Thread.sleep(wait);
  pause = Math.min(30_000, pause * 2);
  wire.close();
  wire = null;
}

/** Takes the seat, or takes it up again. The answers are joined, then matchStarted. */
void join() {
  String data = token == null ? "\"kind\":\"bot\",\"name\":" + Json.quoted(options.get("name")) : "\"seatToken\":" + Json.quoted(token);
  wire.send("{\"type\":\"join\",\"matchId\":%s,\"data\":{%s}}", Json.quoted(matchId), data);
}

void hear(Map<String, Object> frame) throws InterruptedException {
  String type = (String) frame.get("type");
  Map<String, Object> data = Json.map(frame, "data");
  if (type.equals("hello")) {
    silence = Json.number(data, "heartbeatMs", 20_000) * 5 / 2;
    String tokens = token == null ? "" : Json.quoted(matchId) + ":" + Json.quoted(token);
    if (session == null) join();
    else wire.send("{\"type\":\"resume\",\"data\":{\"sessionId\":%s,\"lastSeq\":%d,\"seatTokens\":{%s}}}", Json.quoted(session), lastSeq, tokens);
    if (session == null) session = (String) data.get("sessionId");
  }
  if (type.equals("ping")) wire.send("{\"type\":\"pong\"}");
  if (type.equals("resumed") && !data.get("sessionId").equals(session)) {
    session = (String) data.get("sessionId"); // the server was started anew, and counts anew
    lastSeq = 0;
  }
  if (Set.of("hello", "ping", "pong").contains(type) || Json.number(frame, "seq", 0) <= lastSeq) return; // heard before
  lastSeq = Json.number(frame, "seq", 0);
  if (type.equals("joined")) {
    side = (String) data.get("side");
    token = (String) data.get("seatToken");
  }
  if (type.equals("joined") || type.equals("resumed")) pause = 500;
  if (type.equals("draining")) pause = Json.number(data, "resumeAfterMs", 1000);
  if (type.equals("matchStarted")) match = Json.map(data, "match");
  if (type.equals("matchState") || type.equals("matchEnded")) match.putAll(data);
  if (type.equals("refused")) again(data, token != null && Set.of("stale_ply", "match_over").contains(data.get("code")));
  if (type.equals("refused") || type.equals("seatTaken") || type.equals("resumed") && token == null) join();
  if (!Set.of("matchStarted", "matchState", "resumed").contains(type) || side == null || !side.equals(match.get("toMove"))) return;
  for (Object seat : Json.map(match, "seats").values()) if (((Map<?, ?>) seat).get("kind").equals("open")) return;
  if (!match.get("ply").equals(movePly)) move = choose(match);
  movePly = (String) match.get("ply");
  wire.send("{\"type\":\"move\",\"matchId\":%s,\"ply\":%s,\"data\":{\"move\":%s}}", Json.quoted(matchId), movePly, Json.quoted(move));
}

void exit(String message) {
  System.err.println(message);
  System.exit(1);
}
