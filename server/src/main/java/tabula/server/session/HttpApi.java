package tabula.server.session;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tabula.agents.Decision;
import tabula.games.Game;
import tabula.games.GameRecord;
import tabula.games.Games;
import tabula.games.Position;
import tabula.server.agent.AgentLevels;
import tabula.server.agent.AgentPool;
import tabula.server.bus.MatchBus;
import tabula.server.match.Command;
import tabula.server.match.Match;
import tabula.server.match.MatchView;
import tabula.server.match.Refusal;
import tabula.server.match.Seat;
import tabula.server.protocol.Contract;
import tabula.server.protocol.Contract.Part;
import tabula.server.store.MatchStore;
import tabula.server.store.StoreException;

/** The HTTP part of the protocol: making, listing and analysing. */
final class HttpApi {

  private static final Logger LOG = LoggerFactory.getLogger(HttpApi.class);
  private static final ObjectMapper JSON =
      new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);
  private static final int MAX_BODY_BYTES = 16 * 1024;
  private static final int MOST_LISTED = 50;
  private static final int USUALLY_LISTED = 20;
  private static final int MOST_THINKING = 32;

  /** A match where nothing happened for so long, and nobody is, was left. */
  private static final long LIVE_MILLIS = Duration.ofMinutes(15).toMillis();

  /** Where more matches are attended than that, those with the newest moves fill any list. */
  private static final int MOST_ATTENDED = 200;

  private static final Pattern JSON_TYPE =
      Pattern.compile("application/json(\\s*;\\s*charset=\"?utf-8\"?)?", Pattern.CASE_INSENSITIVE);

  /** A request that is refused: the answer's status, code and message. */
  static final class RefusedException extends RuntimeException {
    private static final long serialVersionUID = 1;
    final int status;
    final Refusal refusal;
    final @Nullable Long retryAfterMillis;

    RefusedException(int status, Refusal refusal, String message) {
      this(status, refusal, message, null);
    }

    RefusedException(int status, Refusal refusal, String message, @Nullable Long retryAfterMillis) {
      super(message);
      this.status = status;
      this.refusal = refusal;
      this.retryAfterMillis = retryAfterMillis;
    }
  }

  private final Vertx vertx;
  private final MatchBus matches;
  private final MatchStore store;
  private final AgentLevels levels;
  private final AgentPool agents;
  private final boolean tournaments;
  private final BooleanSupplier stopping;
  private final Accounts accounts;
  private final Callers callers;
  private final RunsApi runs;
  private final Quotas quotas;
  private final SeatRequests seats;
  private final Audience audience;

  HttpApi(
      Vertx vertx,
      MatchBus matches,
      MatchStore store,
      AgentLevels levels,
      AgentPool agents,
      boolean tournaments,
      BooleanSupplier stopping,
      Accounts accounts,
      Callers callers,
      RunsApi runs,
      Quotas quotas,
      Audience audience) {
    this.audience = audience;
    this.runs = runs;
    this.quotas = quotas;
    this.seats = new SeatRequests(levels);
    this.tournaments = tournaments;
    this.accounts = accounts;
    this.callers = callers;
    this.stopping = stopping;
    this.levels = levels;
    this.vertx = vertx;
    this.matches = matches;
    this.store = store;
    this.agents = agents;
  }

  void addTo(Router router) {
    AccountApi accountApi = new AccountApi(accounts, callers);
    accountApi.guard(router);
    router.route("/api/v1/*").handler(HttpApi::checkForm);
    RecordsApi records = new RecordsApi(vertx, store, callers, quotas);
    records.admitLongBodies(router);
    router.route("/api/v1/*").handler(BodyHandler.create(false).setBodyLimit(MAX_BODY_BYTES));
    accountApi.addTo(router);
    quotas.addTo(router);
    router
        .get("/api/v1/games")
        .handler(request -> answer(request, 200, Future.succeededFuture(games())));
    router.get("/api/v1/agents").handler(request -> answer(request, 200, () -> agents(request)));
    router.post("/api/v1/matches").handler(request -> answer(request, 201, () -> create(request)));
    router.get("/api/v1/matches").handler(request -> answer(request, 200, () -> list(request)));
    router.get("/api/v1/matches/:id").handler(request -> answer(request, 200, () -> look(request)));
    router.post("/api/v1/analyse").handler(request -> answer(request, 200, () -> analyse(request)));
    records.addTo(router);
    new TournamentApi(seats, vertx, store.tournaments(), tournaments).addTo(router);
    runs.addTo(router);
    new LadderApi(vertx, levels, store.ratings()).addTo(router);
    new InsightApi(vertx, levels, callers).addTo(router);
    new PictureApi(vertx, matches, callers.outside()).addTo(router);
    router
        .route("/api/*")
        .handler(
            request ->
                fail(
                    request,
                    new RefusedException(
                        404, Refusal.UNKNOWN_TYPE, "There is nothing at this address.")));
    router.route("/api/*").failureHandler(this::failed);
  }

  /** What the library would otherwise trip over later: an address or a body of another form. */
  private static void checkForm(RoutingContext request) {
    try {
      request.request().params();
    } catch (IllegalArgumentException e) {
      throw malformed("The address is not well formed: " + e.getMessage());
    }
    @Nullable String type = request.request().getHeader("Content-Type");
    if (HttpMethod.POST.equals(request.request().method())
        && (type == null || !JSON_TYPE.matcher(type).matches())) {
      throw new RefusedException(
          415, Refusal.MALFORMED, "A body is JSON: send Content-Type: application/json.");
    }
    request.next();
  }

  interface Answer {
    Future<? extends JsonNode> get();
  }

  /** Answers with what is asked for, or with the reason why not. */
  static void answer(RoutingContext request, int status, Answer answer) {
    Future<? extends JsonNode> answered;
    try {
      answered = answer.get();
    } catch (RefusedException e) {
      answered = Future.failedFuture(e);
    }
    answer(request, status, answered);
  }

  private static void answer(
      RoutingContext request, int status, Future<? extends JsonNode> answered) {
    answered
        .onSuccess(
            json ->
                request
                    .response()
                    .setStatusCode(status)
                    .putHeader("Content-Type", "application/json")
                    .putHeader("Cache-Control", "no-store")
                    .end(json.toString()))
        .onFailure(failure -> fail(request, failure));
  }

  private void failed(RoutingContext request) {
    failed(request, request.statusCode());
  }

  /** Answers what no handler has, or what one failed at. */
  void failed(RoutingContext request, int status) {
    fail(
        request,
        switch (status) {
          case 413 ->
              new RefusedException(
                  413,
                  Refusal.MALFORMED,
                  "The body has more than %d bytes."
                      .formatted(RecordsApi.bodyLimit(request, MAX_BODY_BYTES)));
          case 405 ->
              new RefusedException(
                  405, Refusal.UNKNOWN_TYPE, "This address does not take this method.");
          case 404 ->
              new RefusedException(404, Refusal.UNKNOWN_TYPE, "There is nothing at this address.");
          default ->
              request.failure() instanceof RefusedException refused
                  ? refused
                  : isClientsFault(request, status)
                      ? new RefusedException(
                          status >= 400 && status < 500 ? status : 400,
                          Refusal.MALFORMED,
                          "The request is not well-formed HTTP.")
                      : request.failure();
        });
  }

  private static boolean isClientsFault(RoutingContext request, int status) {
    return (status >= 400 && status < 500) || request.request().decoderResult().isFailure();
  }

  static void fail(RoutingContext request, @Nullable Throwable failure) {
    ObjectNode error = JSON.createObjectNode();
    int status;
    if (failure instanceof RefusedException refused) {
      status = refused.status;
      error.put("code", refused.refusal.code());
      error.put("message", refused.getMessage());
      error.put("retryable", refused.refusal.retryable());
      if (refused.retryAfterMillis != null) {
        error.put("retryAfterMs", refused.retryAfterMillis);
      }
    } else if (failure instanceof StoreException) {
      status = 503;
      error.put("code", Refusal.UNAVAILABLE.code());
      error.put("message", failure.getMessage());
      error.put("retryable", Refusal.UNAVAILABLE.retryable());
    } else {
      LOG.error("{} {} failed", request.request().method(), request.request().path(), failure);
      status = 500;
      error.put("code", Refusal.INTERNAL.code());
      error.put("message", "Something went wrong on the server.");
      error.put("retryable", Refusal.INTERNAL.retryable());
    }
    if (!request.response().ended()) {
      request
          .response()
          .setStatusCode(status)
          .putHeader("Content-Type", "application/json")
          .end(JSON.createObjectNode().set("error", error).toString());
    }
  }

  /** Answers a request with a refusal. */
  static void refuse(RoutingContext request, Refusal refusal, String message) {
    int status = refusal == Refusal.MALFORMED ? 400 : status(refusal);
    fail(request, new RefusedException(status, refusal, message));
  }

  private static ObjectNode games() {
    ObjectNode answer = JSON.createObjectNode();
    ArrayNode list = answer.putArray("games");
    for (Game game : Games.all()) {
      ObjectNode node = list.addObject();
      node.put("id", game.id());
      node.put("title", game.title());
      node.putObject("board")
          .put("kind", game.board().kind().name().toLowerCase(Locale.ROOT))
          .put("width", game.board().width())
          .put("height", game.board().height());
      node.put("moveSeparator", game.moveSeparator());
      ArrayNode formats = node.putArray("recordFormats");
      game.recordFormats().forEach(format -> formats.add(format.name()));
    }
    return answer;
  }

  private Future<ObjectNode> agents(RoutingContext request) {
    Game game = game(request.request().getParam("game"));
    ObjectNode answer = JSON.createObjectNode();
    answer.set("agents", JSON.valueToTree(levels.of(game)));
    return Future.succeededFuture(answer);
  }

  static Game game(@Nullable String id) {
    if (id == null) {
      throw malformed("The game is missing: add ?game=ID.");
    }
    return Games.find(id)
        .orElseThrow(
            () ->
                new RefusedException(
                    404,
                    Refusal.UNKNOWN_GAME,
                    "There is no game '%s'. Games: %s."
                        .formatted(
                            id, String.join(", ", Games.all().stream().map(Game::id).toList()))));
  }

  /** A body that keeps its schema. */
  static JsonNode body(RoutingContext request, String name) {
    JsonNode body;
    try {
      @Nullable String text = request.body().asString();
      body = JSON.readTree(text == null ? "" : text);
    } catch (JsonProcessingException e) {
      throw malformed("The body is not JSON.");
    }
    if (!body.isObject()) {
      throw malformed("The body must be a JSON object.");
    }
    Contract.get()
        .problem(Part.HTTP, name, body)
        .ifPresent(
            problem -> {
              throw malformed(problem);
            });
    return body;
  }

  static RefusedException malformed(String message) {
    return new RefusedException(400, Refusal.MALFORMED, message);
  }

  private Future<ObjectNode> create(RoutingContext request) {
    if (stopping.getAsBoolean()) {
      throw new RefusedException(
          503, Refusal.DRAINING, "The server stops, and begins no more matches.");
    }
    JsonNode body = body(request, "createMatch");
    return callers
        .of(request.request())
        .compose(
            caller -> {
              quotas.countMatch(caller, request);
              return create(body, caller);
            });
  }

  private Future<ObjectNode> create(JsonNode body, Caller caller) {
    Game game = game(body.path("game").asText());
    String firstToken = Tokens.newToken();
    String secondToken = Tokens.newToken();
    Seat first = seat(caller, seats.asked(game, body.path("first")));
    Seat second = seat(caller, seats.asked(game, body.path("second")));
    boolean rated = body.path("rated").asBoolean();
    if (rated
        && (first.player().isEmpty()
            || second.player().isEmpty()
            || first.player().equals(second.player()))) {
      throw malformed("A rated match needs two different players that are accounts or agents.");
    }
    boolean firstOutside = isOutside(first);
    boolean secondOutside = isOutside(second);
    Command command =
        new Command.Create(
            Tokens.newMatchId(),
            game.id(),
            first,
            second,
            firstOutside ? Tokens.hash(firstToken) : "",
            secondOutside ? Tokens.hash(secondToken) : "",
            ClientFrame.Reading.timeControl(body.path("timeControl")),
            rated);
    return ask(command)
        .map(
            match -> {
              ObjectNode answer = JSON.createObjectNode();
              answer.set("match", JSON.valueToTree(match));
              ObjectNode tokens = answer.putObject("seatTokens");
              if (firstOutside) {
                tokens.put("first", firstToken);
              }
              if (secondOutside) {
                tokens.put("second", secondToken);
              }
              return answer;
            });
  }

  private static boolean isOutside(Seat seat) {
    return seat instanceof Seat.Person || seat instanceof Seat.Bot;
  }

  private Seat seat(Caller caller, Seat asked) {
    return switch (accounts.seat(caller, asked)) {
      case Accounts.Seating.Allowed(Seat seat) -> seat;
      case Accounts.Seating.Denied(Refusal refusal, String message) ->
          throw new RefusedException(status(refusal), refusal, message);
    };
  }

  private Future<MatchView> ask(Command command) {
    return matches.ask(command).map(HttpApi::done);
  }

  static MatchView done(Command.Reply reply) {
    return switch (reply) {
      case Command.Done done -> done.match();
      case Command.Refused refused ->
          throw new RefusedException(
              status(refused.refusal()), refused.refusal(), refused.message());
    };
  }

  static int status(Refusal refusal) {
    return switch (refusal) {
      case UNKNOWN_MATCH,
          UNKNOWN_GAME,
          UNKNOWN_AGENT,
          UNKNOWN_PLAYER,
          UNKNOWN_CHALLENGE,
          UNKNOWN_TOURNAMENT,
          UNKNOWN_CHECKPOINT,
          UNKNOWN_ACCOUNT,
          UNKNOWN_TOKEN,
          UNKNOWN_RUN ->
          404;
      case INVALID_CONFIG, NOT_A_RECORD -> 400;
      case UNAUTHENTICATED -> 401;
      case UNAVAILABLE, DRAINING -> 503;
      case FORBIDDEN -> 403;
      case UNSUPPORTED_PROTOCOL -> 400;
      case INTERNAL -> 500;
      case RATE_LIMITED -> 429;
      case MALFORMED,
          UNKNOWN_TYPE,
          NOT_YOUR_SEAT,
          SEAT_TAKEN,
          NOT_YOUR_TURN,
          STALE_PLY,
          NOT_A_MOVE,
          ILLEGAL_MOVE,
          MATCH_OVER,
          TAKEBACK_NOT_ALLOWED,
          OFFER_NOT_ALLOWED,
          NO_OFFER,
          ABORT_NOT_ALLOWED,
          NOT_WISHED,
          NAME_TAKEN,
          TOO_MANY_RUNS,
          NOT_NOW ->
          409;
    };
  }

  private Future<ObjectNode> look(RoutingContext request) {
    return ask(new Command.Look(request.pathParam("id")))
        .map(match -> JSON.createObjectNode().set("match", JSON.valueToTree(match)));
  }

  private Future<ObjectNode> list(RoutingContext request) {
    @Nullable String status = request.request().getParam("status");
    if (status != null && !status.equals("ongoing") && !status.equals("over")) {
      throw malformed("status is ongoing or over, not '%s'.".formatted(status));
    }
    int limit =
        number(
            request,
            "limit",
            Integer::parseInt,
            most -> most >= 1 && most <= MOST_LISTED,
            USUALLY_LISTED,
            "limit is a number from 1 to %d.".formatted(MOST_LISTED));
    @Nullable String agents = request.request().getParam("agents");
    if (agents != null && !agents.equals("true") && !agents.equals("false")) {
      throw malformed("agents is true or false, not '%s'.".formatted(agents));
    }
    boolean amongAgents = !"false".equals(agents);
    @Nullable String live = request.request().getParam("live");
    if (live != null && !live.equals("true") && !live.equals("false")) {
      throw malformed("live is true or false, not '%s'.".formatted(live));
    }
    boolean onlyLive = "true".equals(live);
    List<String> attended = audience.attended(MOST_ATTENDED);
    return vertx
        .executeBlocking(
            () -> {
              long now = System.currentTimeMillis();
              List<Match> found = new ArrayList<>();
              if (!"over".equals(status)) {
                found.addAll(
                    onlyLive
                        ? store.live(amongAgents, now - LIVE_MILLIS, attended, limit)
                        : store.list(false, amongAgents, limit));
              }
              if (!"ongoing".equals(status)) {
                found.addAll(store.list(true, amongAgents, limit));
              }
              return found.stream()
                  .sorted(Comparator.comparingLong(Match::createdAt).reversed())
                  .limit(limit)
                  .map(match -> match.view(now))
                  .toList();
            },
            false)
        .recover(
            failure ->
                Future.failedFuture(
                    failure instanceof StoreException
                        ? new RefusedException(
                            503, Refusal.UNAVAILABLE, String.valueOf(failure.getMessage()))
                        : failure))
        .map(
            views -> {
              ObjectNode answer = JSON.createObjectNode();
              answer.set("matches", JSON.valueToTree(views));
              return answer;
            });
  }

  /** A number of the address, if it is there and as it should be. */
  static <T extends Number> T number(
      RoutingContext request,
      String name,
      Function<String, T> read,
      Predicate<T> right,
      T usual,
      String sentence) {
    @Nullable String text = request.request().getParam(name);
    try {
      T number = text == null ? usual : read.apply(text);
      if (right.test(number)) {
        return number;
      }
    } catch (NumberFormatException e) {
      // Said below.
    }
    throw malformed(sentence);
  }

  private Future<ObjectNode> analyse(RoutingContext request) {
    JsonNode body = body(request, "analyse");
    Game game = game(body.path("game").asText());
    String agent = seats.agent(game, body.path("agent").asText()).agent();
    GameRecord played = played(game, body.path("moves"));
    if (agents.thinking() >= MOST_THINKING) {
      throw new RefusedException(
          429, Refusal.RATE_LIMITED, "Too many positions are being analysed. Try again soon.");
    }
    return callers
        .of(request.request())
        .compose(
            caller -> {
              quotas.countSearch(caller, request);
              return agents.think(game, agent, played);
            })
        .map(decision -> analysis(game, played.position(), decision));
  }

  private static GameRecord played(Game game, JsonNode moves) {
    if (moves.size() > game.maxPlies()) {
      throw malformed("moves has more than %d items.".formatted(game.maxPlies()));
    }
    GameRecord played = new GameRecord(new int[0], game.initialPosition());
    for (int i = 0; i < moves.size(); i++) {
      Position position = played.position();
      String move = moves.get(i).textValue();
      int action = game.parseMove(position, move);
      if (action < 0) {
        throw new RefusedException(
            400, Refusal.NOT_A_MOVE, "Move %d is not a move of %s.".formatted(i + 1, game.title()));
      }
      if (!position.isLegal(action)) {
        throw new RefusedException(
            400, Refusal.ILLEGAL_MOVE, "Move %d (%s) is not legal there.".formatted(i + 1, move));
      }
      played = played.play(action);
    }
    if (played.position().isOver()) {
      throw new RefusedException(400, Refusal.MATCH_OVER, "The game is over after these moves.");
    }
    return played;
  }

  private static ObjectNode analysis(Game game, Position position, Decision decision) {
    ObjectNode answer = JSON.createObjectNode();
    answer.put("move", game.formatMove(position, decision.action()));
    answer.put("value", decision.value());
    answer.put("proven", decision.proven());
    ArrayNode policy = answer.putArray("policy");
    for (int action : position.legalActions()) {
      policy
          .addObject()
          .put("move", game.formatMove(position, action))
          .put("probability", decision.policy()[action])
          .put("visits", decision.visits()[action]);
    }
    return answer;
  }
}
