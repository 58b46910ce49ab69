package tabula.server.session;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import tabula.games.Game;
import tabula.server.bus.TournamentBus;
import tabula.server.ladder.Player;
import tabula.server.match.Refusal;
import tabula.server.match.Seat;
import tabula.server.store.StoreException;
import tabula.server.store.TournamentStore;
import tabula.server.tournament.Format;
import tabula.server.tournament.Tournament;
import tabula.server.tournament.TournamentEvent;

/** Tournaments over HTTP: making, listing and looking. */
final class TournamentApi {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int MOST_LISTED = 50;
  private static final int USUAL_MINUTES = 10;

  private final SeatRequests seats;
  private final Vertx vertx;
  private final TournamentStore store;
  private final TournamentBus bus;
  private final boolean allowed;

  /**
   * The part of the API.
   *
   * @param allowed whether tournaments may be made from outside
   */
  TournamentApi(SeatRequests seats, Vertx vertx, TournamentStore store, boolean allowed) {
    this.seats = seats;
    this.vertx = vertx;
    this.store = store;
    this.bus = new TournamentBus(vertx);
    this.allowed = allowed;
  }

  void addTo(Router router) {
    router
        .post("/api/v1/tournaments")
        .handler(request -> HttpApi.answer(request, 201, () -> create(request)));
    router.get("/api/v1/tournaments").handler(request -> HttpApi.answer(request, 200, this::list));
    router
        .get("/api/v1/tournaments/:id")
        .handler(request -> HttpApi.answer(request, 200, () -> look(request)));
  }

  private Future<ObjectNode> create(RoutingContext request) {
    if (!allowed) {
      throw new HttpApi.RefusedException(
          403, Refusal.FORBIDDEN, "Nobody makes tournaments on this server: see 'serve --help'.");
    }
    JsonNode body = HttpApi.body(request, "createTournament");
    Game game = HttpApi.game(body.path("game").asText());
    Format format = Format.valueOf(body.path("format").asText().toUpperCase(Locale.ROOT));
    List<Seat> players = new ArrayList<>();
    Set<String> ids = new HashSet<>();
    for (JsonNode player : body.path("players")) {
      Seat seat = seats.asked(game, player);
      if (!ids.add(seat.player().orElseThrow())) {
        throw HttpApi.malformed("A player is there twice: " + player.path("agent").asText());
      }
      players.add(seat);
    }
    int rounds = body.path("rounds").asInt(format.usualRounds(players.size()));
    if (rounds > format.mostRounds(players.size())) {
      throw HttpApi.malformed(
          "rounds must be at most %d for %d players."
              .formatted(format.mostRounds(players.size()), players.size()));
    }
    return bus.begin(
            new TournamentEvent.Created(
                body.path("name").asText(),
                game.id(),
                format,
                rounds,
                format == Format.ARENA ? body.path("minutes").asInt(USUAL_MINUTES) : 0,
                players,
                System.currentTimeMillis()))
        .map(TournamentApi::whole)
        .recover(
            failure ->
                Future.failedFuture(
                    new HttpApi.RefusedException(
                        503, Refusal.UNAVAILABLE, String.valueOf(failure.getMessage()))));
  }

  private Future<ObjectNode> list() {
    return read(
        () -> {
          ObjectNode answer = JSON.createObjectNode();
          ArrayNode list = answer.putArray("tournaments");
          store.newest(MOST_LISTED).forEach(tournament -> list.add(summary(tournament)));
          return answer;
        });
  }

  private Future<ObjectNode> look(RoutingContext request) {
    String id = request.pathParam("id");
    return read(
        () ->
            whole(
                store
                    .load(id)
                    .orElseThrow(
                        () ->
                            new HttpApi.RefusedException(
                                404,
                                Refusal.UNKNOWN_TOURNAMENT,
                                "There is no tournament %s.".formatted(id)))));
  }

  private static ObjectNode summary(Tournament tournament) {
    TournamentEvent.Created created = tournament.created();
    ObjectNode summary = JSON.createObjectNode();
    summary.put("id", tournament.id());
    summary.put("name", created.name());
    summary.put("game", created.game());
    summary.put("format", created.format().code());
    summary.put("rounds", created.rounds());
    summary.put("minutes", created.minutes());
    summary.put("createdAt", created.at());
    summary.put("over", tournament.over());
    ArrayNode players = summary.putArray("players");
    for (Seat seat : tournament.players()) {
      players.add(LadderApi.json(Player.of(seat).orElseThrow()));
    }
    summary.set("standings", JSON.valueToTree(tournament.standings()));
    return summary;
  }

  private static ObjectNode whole(Tournament tournament) {
    ObjectNode answer = JSON.createObjectNode();
    ObjectNode whole = answer.putObject("tournament");
    whole.setAll(summary(tournament));
    ArrayNode games = whole.putArray("games");
    for (int round = 0; round < tournament.rounds().size(); round++) {
      for (TournamentEvent.Game game : tournament.rounds().get(round).games()) {
        @Nullable Double score = tournament.results().get(game.matchId());
        games
            .addObject()
            .put("matchId", game.matchId())
            .put("round", round + 1)
            .put("first", game.first())
            .put("second", game.second())
            .put("score", score);
      }
    }
    return answer;
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
