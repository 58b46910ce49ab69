package tabula.server.session;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tabula.games.Game;
import tabula.games.Games;
import tabula.server.agent.AgentLevels;
import tabula.server.ladder.Anchors;
import tabula.server.ladder.Player;
import tabula.server.ladder.Pool;
import tabula.server.ladder.Rating;
import tabula.server.match.Refusal;
import tabula.server.store.StoreException;
import tabula.server.store.StoredRatings;
import tabula.server.store.StoredRatings.Entry;

/** The ladder over HTTP: who is how strong, and how certain that is. */
final class LadderApi {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int MOST_LISTED = 500;
  private static final Pattern POOL = Pattern.compile("[a-z]{1,20}");

  private final Vertx vertx;
  private final AgentLevels levels;
  private final StoredRatings ratings;

  LadderApi(Vertx vertx, AgentLevels levels, StoredRatings ratings) {
    this.vertx = vertx;
    this.levels = levels;
    this.ratings = ratings;
  }

  void addTo(Router router) {
    router
        .get("/api/v1/ladder")
        .handler(request -> HttpApi.answer(request, 200, () -> ladder(request)));
    router
        .get("/api/v1/players/:id")
        .handler(request -> HttpApi.answer(request, 200, () -> player(request)));
  }

  private Future<ObjectNode> ladder(RoutingContext request) {
    Game game = HttpApi.game(request.request().getParam("game"));
    String pool = Optional.ofNullable(request.request().getParam("pool")).orElse(Pool.UNTIMED);
    if (!POOL.matcher(pool).matches()) {
      throw HttpApi.malformed("pool is such as %s, not '%s'.".formatted(Pool.UNTIMED, pool));
    }
    Player.@Nullable Kind kind = kind(request.request().getParam("kind"));
    return read(
        () -> {
          long now = System.currentTimeMillis();
          ObjectNode answer = JSON.createObjectNode();
          answer.put("game", game.id());
          answer.put("pool", pool);
          ArrayNode players = answer.putArray("players");
          standing(game, pool).stream()
              .filter(entry -> kind == null || entry.player().kind() == kind)
              .limit(MOST_LISTED)
              .forEach(
                  entry -> {
                    ObjectNode row = players.addObject();
                    row.set("player", json(entry.player()));
                    row.set("rating", json(entry, now));
                  });
          return answer;
        });
  }

  private static Player.@Nullable Kind kind(@Nullable String name) {
    if (name == null) {
      return null;
    }
    return Arrays.stream(Player.Kind.values())
        .filter(kind -> name(kind).equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                HttpApi.malformed(
                    "kind is person, bot, checkpoint or agent, not '%s'.".formatted(name)));
  }

  private static String name(Player.Kind kind) {
    return kind.name().toLowerCase(Locale.ROOT);
  }

  /** All who have played, and the server's agents, who are there from the beginning. */
  private List<Entry> standing(Game game, String pool) throws StoreException {
    Map<String, Entry> all = new TreeMap<>();
    for (Player player : levels.players(game)) {
      all.put(player.id(), fresh(player, game, pool));
    }
    for (Entry entry : ratings.ladder(game.id(), pool)) {
      all.put(entry.player().id(), entry);
    }
    List<Entry> sorted = new ArrayList<>(all.values());
    sorted.sort(
        Comparator.<Entry>comparingDouble(entry -> entry.rating().rating())
            .reversed()
            .thenComparing(entry -> entry.player().id()));
    return sorted;
  }

  private static Entry fresh(Player player, Game game, String pool) {
    return new Entry(player, game.id(), pool, Anchors.before(game.id(), player.id()));
  }

  private Future<ObjectNode> player(RoutingContext request) {
    String id = request.pathParam("id");
    return read(
        () -> {
          List<Entry> entries = new ArrayList<>(ratings.of(id));
          for (Game game : Games.all()) {
            if (entries.stream().noneMatch(entry -> entry.game().equals(game.id()))) {
              levels.players(game).stream()
                  .filter(player -> player.id().equals(id))
                  .forEach(player -> entries.add(fresh(player, game, Pool.UNTIMED)));
            }
          }
          if (entries.isEmpty()) {
            throw new HttpApi.RefusedException(
                404, Refusal.UNKNOWN_PLAYER, "There is no player %s.".formatted(id));
          }
          return json(entries, ratings.played(id));
        });
  }

  private static ObjectNode json(List<Entry> entries, List<StoredRatings.Played> played) {
    long now = System.currentTimeMillis();
    ObjectNode answer = JSON.createObjectNode();
    answer.set("player", json(entries.getFirst().player()));
    ArrayNode ratings = answer.putArray("ratings");
    for (Entry entry : entries) {
      ratings
          .addObject()
          .put("game", entry.game())
          .put("pool", entry.pool())
          .set("rating", json(entry, now));
    }
    ArrayNode matches = answer.putArray("matches");
    for (StoredRatings.Played match : played) {
      matches
          .addObject()
          .put("matchId", match.matchId())
          .put("game", match.game())
          .put("pool", match.pool())
          .put("endedAt", match.endedAt())
          .put("score", match.score())
          .put("rating", Math.round(match.rating()))
          .set("opponent", json(match.opponent()));
    }
    return answer;
  }

  static ObjectNode json(Player player) {
    return JSON.createObjectNode()
        .put("id", player.id())
        .put("name", player.name())
        .put("kind", name(player.kind()));
  }

  private static ObjectNode json(Entry entry, long now) {
    Rating rating = entry.rating().asOf(entry.player().id(), now);
    return JSON.createObjectNode()
        .put("rating", Math.round(rating.rating()))
        .put("deviation", Math.round(rating.deviation()))
        .put("low", Math.round(rating.low()))
        .put("high", Math.round(rating.high()))
        .put("games", rating.games())
        .put("anchor", Anchors.of(entry.game(), entry.player().id()).isPresent());
  }

  private Future<ObjectNode> read(Callable<ObjectNode> reading) {
    return vertx
        .executeBlocking(reading, false)
        .recover(
            failure ->
                Future.failedFuture(
                    failure instanceof StoreException
                        ? new HttpApi.RefusedException(
                            503, Refusal.UNAVAILABLE, String.valueOf(failure.getMessage()))
                        : failure));
  }
}
