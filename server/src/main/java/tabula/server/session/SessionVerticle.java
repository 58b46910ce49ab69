package tabula.server.session;

import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.netty.handler.flush.FlushConsolidationHandler;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.VerticleBase;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.core.internal.http.WebSocketInternal;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.StaticHandler;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import tabula.games.Games;
import tabula.server.ServerConfig;
import tabula.server.agent.AgentLevels;
import tabula.server.agent.AgentPool;
import tabula.server.bus.MatchBus;
import tabula.server.bus.RunBus;
import tabula.server.ladder.Ratings;
import tabula.server.lobby.Lobby;
import tabula.server.match.Refusal;
import tabula.server.match.Seat;
import tabula.server.run.RunStore;
import tabula.server.store.MatchStore;

/** The door: HTTP, the websocket and the page. */
public final class SessionVerticle extends VerticleBase {

  private static final String WEBSOCKET_PATH = "/ws/v1";

  /** How often those who keep the runs hear which of them somebody looks at. */
  private static final long LOOK_MILLIS = 4_000;

  private static final short CLOSE_GOING_AWAY = 1001;
  private static final int MOST_SOCKETS = 20_000;
  private static final int MOST_FLUSHES_TOGETHER = 64;

  /**
   * What waits for a slow reader waits in its session, where a newer state takes the place of an
   * older one. Left to itself, the kernel would keep megabytes of old ones.
   */
  private static final int SEND_BUFFER_BYTES = 128 * 1024;

  /** How long a client that was told to close may take. */
  private static final int CLOSING_SECONDS = 3;

  /** When a client should come back after a stop: a server starts in about three seconds. */
  private static final long RESUME_AFTER_MILLIS = 3_000;

  private final ServerConfig config;
  private final MatchBus matches;
  private final RunBus runs;
  private final RunStore runFiles;
  private final MatchStore store;
  private final AgentLevels levels;
  private final AgentPool agents;
  private final PrometheusMeterRegistry metrics;
  private @Nullable Accounts accounts;
  private @Nullable Callers callers;
  private @Nullable Quotas quotas;
  private @Nullable Audience audience;
  private final Set<ServerWebSocket> sockets = new HashSet<>();
  private final AtomicInteger open = new AtomicInteger();
  private final FrameWriter frames = new FrameWriter();
  private final Ratings ratings;
  private MatchBus.@Nullable Watcher watcher;
  private RunBus.@Nullable Watcher runWatcher;
  private @Nullable Lobby lobby;
  private volatile @Nullable HttpServer server;
  private final Sessions sessions = new Sessions();
  private volatile boolean stopping;
  private @Nullable Promise<Void> drained;

  public SessionVerticle(
      ServerConfig config,
      MatchBus matches,
      RunBus runs,
      RunStore runFiles,
      MatchStore store,
      AgentLevels levels,
      AgentPool agents,
      PrometheusMeterRegistry metrics,
      Ratings ratings) {
    this.ratings = ratings;
    this.config = config;
    this.matches = matches;
    this.runs = runs;
    this.runFiles = runFiles;
    this.store = store;
    this.levels = levels;
    this.agents = agents;
    this.metrics = metrics;
    metrics.gauge("tabula.sessions", open);
  }

  /** The port that it listens on. Call once started. */
  public int port() {
    HttpServer listening = server;
    if (listening == null) {
      throw new IllegalStateException("The server does not listen yet.");
    }
    return listening.actualPort();
  }

  @Override
  public Future<?> start() {
    Outside outside = new Outside(config.trustedProxies());
    Accounts known =
        new Accounts(
            vertx,
            store.accounts(),
            revoked -> sessions.all().forEach(session -> session.endIfBy(revoked)));
    accounts = known;
    return known
        .start()
        .compose(key -> open(known, new Callers(known, new Cookies(key, outside), outside)));
  }

  private Future<?> open(Accounts known, Callers asking) {
    callers = asking;
    Quotas quota = new Quotas(config.limits(), asking);
    quotas = quota;
    Audience present = new Audience(vertx);
    audience = present;
    watcher = matches.watcher();
    RunBus.Watcher watchingRuns = runs.watcher();
    runWatcher = watchingRuns;
    vertx.setPeriodic(LOOK_MILLIS, tick -> runs.look(watchingRuns.watched()));
    Router router = Router.router(vertx);
    router.route().handler(SessionVerticle::addSecurityHeaders);
    router.get("/health").handler(this::health);
    router
        .get("/metrics")
        .handler(
            request ->
                request
                    .response()
                    .putHeader("Content-Type", "text/plain; version=0.0.4; charset=utf-8")
                    .end(metrics.scrape()));
    Lobby meeting =
        new Lobby(
            vertx,
            config.limits().lobby(),
            new Lobby.Surroundings(
                matches,
                Objects.requireNonNull(watcher),
                this::agents,
                ratings,
                Tokens::newMatchId,
                () -> stopping,
                new SecureRandom()));
    lobby = meeting;
    new LobbyApi(meeting).addTo(router);
    HttpApi api =
        new HttpApi(
            vertx,
            matches,
            store,
            levels,
            agents,
            config.tournaments(),
            () -> stopping,
            known,
            asking,
            new RunsApi(vertx, runs, runFiles, config.runs(), asking),
            quota,
            present);
    api.addTo(router);
    for (int status : new int[] {400, 404, 405}) {
      router.errorHandler(status, request -> api.failed(request, status));
    }
    new DocsPage().addTo(router);
    router.get(WEBSOCKET_PATH).handler(this::refuse);
    new MatchDocument(matches, asking.outside()).addTo(router);
    for (String page :
        List.of(
            "/ladder",
            "/player/:id",
            "/tournaments",
            "/tournament/:id",
            "/runs",
            "/run/:id",
            "/insight",
            "/record",
            "/insight/*")) {
      router.get(page).handler(request -> request.reroute("/index.html"));
    }
    router
        .get("/assets/*")
        .handler(
            StaticHandler.create("web/assets")
                .setMaxAgeSeconds(31_536_000)
                .setCachingEnabled(true));
    router
        .route()
        .handler(StaticHandler.create("web").setIndexPage("index.html").setCachingEnabled(false));
    HttpServerOptions options =
        new HttpServerOptions()
            .setHost(config.host())
            .setPort(config.port())
            .setMaxWebSocketFrameSize(Inbox.MAX_BYTES)
            .setMaxWebSocketMessageSize(Inbox.MAX_BYTES)
            .setWebSocketSubProtocols(List.of(Session.PROTOCOL))
            .setCompressionSupported(true)
            // Frames are short, and the state of a compressor is many times an idle socket's.
            .setPerMessageWebSocketCompressionSupported(false)
            .setPerFrameWebSocketCompressionSupported(false)
            .setSendBufferSize(SEND_BUFFER_BYTES)
            .setWebSocketClosingTimeout(CLOSING_SECONDS)
            .setIdleTimeout(180);
    return vertx
        .createHttpServer(options)
        .requestHandler(request -> hear(request, router))
        .listen()
        .onSuccess(listening -> server = listening);
  }

  private List<Seat.ServerAgent> agents(String game) {
    return levels.of(Games.get(game)).stream()
        .map(level -> levels.seat(Games.get(game), level))
        .toList();
  }

  private static void addSecurityHeaders(RoutingContext request) {
    request
        .response()
        .putHeader(
            "Content-Security-Policy",
            "default-src 'self'; img-src 'self' data:; style-src 'self'; object-src 'none';"
                + " frame-ancestors 'none'; base-uri 'none'; form-action 'none'")
        .putHeader("X-Content-Type-Options", "nosniff")
        .putHeader("Referrer-Policy", "no-referrer")
        .putHeader("Cross-Origin-Opener-Policy", "same-origin");
    request.next();
  }

  private void health(RoutingContext request) {
    request
        .response()
        .setStatusCode(stopping ? 503 : 200)
        .putHeader("Content-Type", "application/json")
        .end(
            "{\"status\":\"%s\",\"version\":\"%s\"}"
                .formatted(stopping ? "stopping" : "ready", ServerConfig.VERSION));
  }

  /** Why a websocket is not opened. */
  private record NotOpened(Refusal refusal, String message) {}

  /**
   * A websocket is opened by the server itself: through the router's own request it would not lead
   * to its channel.
   */
  private void hear(HttpServerRequest request, Router router) {
    if (WEBSOCKET_PATH.equals(request.path()) && whyNot(request).isEmpty()) {
      request
          .toWebSocket()
          .onSuccess(socket -> welcome(socket, request))
          .onFailure(failure -> router.handle(request));
    } else {
      router.handle(request);
    }
  }

  private void refuse(RoutingContext request) {
    NotOpened reason =
        whyNot(request.request())
            .orElse(new NotOpened(Refusal.MALFORMED, "This address is for websockets."));
    HttpApi.refuse(request, reason.refusal(), reason.message());
  }

  /**
   * Why a request may not open a websocket. A page of another site must not speak for whoever looks
   * at it: browsers say where a page came from.
   */
  private Optional<NotOpened> whyNot(HttpServerRequest request) {
    @Nullable String offered = request.getHeader("Sec-WebSocket-Protocol");
    @Nullable NotOpened reason = null;
    if (Objects.requireNonNull(callers).outside().isFromAnotherSite(request)) {
      reason = new NotOpened(Refusal.FORBIDDEN, "A page of another site may not connect.");
    } else if (request.query() != null) {
      reason =
          new NotOpened(
              Refusal.MALFORMED,
              "Nothing stands behind this address: a token goes into Authorization or a frame.");
    } else if (offered != null
        && Arrays.stream(offered.split(",", -1))
            .map(String::strip)
            .noneMatch(Session.PROTOCOL::equals)) {
      reason =
          new NotOpened(
              Refusal.UNSUPPORTED_PROTOCOL,
              "This server speaks the subprotocol %s.".formatted(Session.PROTOCOL));
    } else if (stopping) {
      reason = new NotOpened(Refusal.DRAINING, "The server stops. Come back in a moment.");
    } else if (sockets.size() >= MOST_SOCKETS) {
      reason = new NotOpened(Refusal.UNAVAILABLE, "The server is full. Come back later.");
    } else if (!Objects.requireNonNull(quotas).hasSocketFor(address(request))) {
      reason =
          new NotOpened(Refusal.RATE_LIMITED, "Too many websockets are open from this address.");
    }
    return Optional.ofNullable(reason);
  }

  private String address(HttpServerRequest request) {
    return Objects.requireNonNull(callers).outside().address(request);
  }

  private void welcome(ServerWebSocket socket, HttpServerRequest request) {
    // An answer and a state that follow each other go out together, in one call of the system.
    ((WebSocketInternal) socket)
        .channelHandlerContext()
        .pipeline()
        .addFirst(new FlushConsolidationHandler(MOST_FLUSHES_TOGETHER, true));
    sockets.add(socket);
    open.set(sockets.size());
    Quotas quota = Objects.requireNonNull(quotas);
    String address = address(request);
    quota.socketOpened(address);
    Runnable closed =
        () -> {
          quota.socketClosed(address);
          sockets.remove(socket);
          open.set(sockets.size());
          if (drained != null && sockets.isEmpty()) {
            drained.tryComplete();
          }
        };
    Session session =
        new Session(
            vertx,
            sessions,
            matches,
            Objects.requireNonNull(watcher),
            frames,
            config.limits(),
            Objects.requireNonNull(lobby),
            runs,
            Objects.requireNonNull(runWatcher),
            Objects.requireNonNull(accounts),
            Objects.requireNonNull(audience));
    sessions.add(session);
    session.greet(new Session.Connection(socket, closed), ServerConfig.VERSION);
    Callers asking = Objects.requireNonNull(callers);
    if (asking.saysWho(request)) {
      session.identify(null, asking.of(request));
    }
  }

  /**
   * Tells everybody that the server stops, and takes nobody in any more; completes when all have
   * gone, or time is up.
   */
  public Future<Void> drain() {
    Promise<Void> done = Promise.promise();
    if (server == null || stopping) {
      return Future.succeededFuture();
    }
    context.runOnContext(
        begin -> {
          stopping = true;
          drained = done;
          if (sockets.isEmpty()) {
            done.complete();
            return;
          }
          for (Session session : sessions.all()) {
            session.tellDraining(RESUME_AFTER_MILLIS);
          }
          vertx.setTimer(Math.max(1, config.limits().drainMillis()), timer -> done.tryComplete());
        });
    return done.future();
  }

  @Override
  public Future<?> stop() {
    stopping = true;
    for (ServerWebSocket socket : List.copyOf(sockets)) {
      socket.close(CLOSE_GOING_AWAY, "the server stops");
    }
    HttpServer listening = server;
    return listening == null ? Future.succeededFuture() : listening.close();
  }
}
