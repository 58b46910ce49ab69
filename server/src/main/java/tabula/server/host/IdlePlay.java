package tabula.server.host;

import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import tabula.games.Game;
import tabula.games.Games;
import tabula.server.agent.AgentLevels;
import tabula.server.agent.AgentPool;
import tabula.server.bus.MatchBus;
import tabula.server.ladder.Anchors;
import tabula.server.ladder.IdlePairing;
import tabula.server.ladder.Player;
import tabula.server.ladder.Pool;
import tabula.server.ladder.Ratings;
import tabula.server.match.Command;
import tabula.server.match.MatchView;
import tabula.server.match.Seat;

/**
 * Fills idle time with rated matches between the server's agents, one at a time: those that say
 * most about the least certain ratings. Agents among themselves think behind everybody else.
 */
public final class IdlePlay extends VerticleBase {

  private static final long LOOK_MILLIS = 500;

  private record Planned(Game game, IdlePairing.Pair pair) {}

  private final MatchBus matches;
  private final AgentLevels levels;
  private final AgentPool agents;
  private final Ratings ratings;
  private final RandomGenerator random;

  /** The match that is played; null while none is. */
  private @Nullable String playing;

  public IdlePlay(
      MatchBus matches,
      AgentLevels levels,
      AgentPool agents,
      Ratings ratings,
      RandomGenerator random) {
    this.matches = matches;
    this.levels = levels;
    this.agents = agents;
    this.ratings = ratings;
    this.random = random;
  }

  @Override
  public Future<?> start() {
    vertx.setPeriodic(LOOK_MILLIS, timer -> look());
    return Future.succeededFuture();
  }

  private void look() {
    if (playing != null) {
      String id = playing;
      matches
          .ask(new Command.Look(id))
          .onSuccess(
              reply -> {
                if (reply instanceof Command.Done(MatchView match, var side) && match.isOver()) {
                  playing = null;
                  begin();
                }
              });
    } else {
      begin();
    }
  }

  private void begin() {
    if (agents.thinking() > 0 || playing != null) {
      return;
    }
    plan()
        .ifPresent(
            planned -> {
              String id = UUID.randomUUID().toString();
              playing = id;
              matches
                  .ask(
                      new Command.Create(
                          id,
                          planned.game().id(),
                          seat(planned.pair().first()),
                          seat(planned.pair().second()),
                          "",
                          "",
                          null,
                          true))
                  .onComplete(
                      asked -> {
                        if (asked.failed() || asked.result() instanceof Command.Refused) {
                          playing = null;
                        }
                      });
            });
  }

  /** In the game in which somebody is the least certain. */
  private Optional<Planned> plan() {
    return Games.all().stream()
        .flatMap(
            game ->
                IdlePairing.choose(candidates(game), random).stream()
                    .map(pair -> new Planned(game, pair)))
        .max(Comparator.comparingDouble(planned -> planned.pair().deviation()));
  }

  private List<IdlePairing.Candidate> candidates(Game game) {
    return levels.players(game).stream()
        .map(
            player ->
                new IdlePairing.Candidate(
                    player,
                    ratings.of(player.id(), game.id(), Pool.UNTIMED),
                    Anchors.of(game.id(), player.id()).isPresent()))
        .toList();
  }

  private static Seat seat(IdlePairing.Candidate candidate) {
    Player player = candidate.player();
    return new Seat.ServerAgent(player.id().substring(Player.AGENT.length()), player.name());
  }
}
