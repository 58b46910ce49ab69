package tabula.server.host;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.Optional;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tabula.agents.Decision;
import tabula.games.Game;
import tabula.games.Side;
import tabula.server.agent.AgentPool;
import tabula.server.match.Command;
import tabula.server.match.Command.Reply;
import tabula.server.match.Match;
import tabula.server.match.Refusal;
import tabula.server.match.Seat;

/** Lets the server's own agents move: their moves are commands like anybody's. */
final class AgentMoves {

  private static final Logger LOG = LoggerFactory.getLogger(AgentMoves.class);
  private static final long RETRY_MILLIS = 1000;

  /** Such as a checkpoint that could not be read: it may be mended meanwhile. */
  private static final long FAILED_MILLIS = 10_000;

  private final Vertx vertx;
  private final AgentPool agents;
  private final Function<Command, Future<Reply>> play;
  private final Function<String, Optional<Match>> current;

  /**
   * @param play hands a command to the one who writes the match
   * @param current a match as it stands, if it goes on
   */
  AgentMoves(
      Vertx vertx,
      AgentPool agents,
      Function<Command, Future<Reply>> play,
      Function<String, Optional<Match>> current) {
    this.vertx = vertx;
    this.agents = agents;
    this.play = play;
    this.current = current;
  }

  /** Lets an agent move if it is its turn. */
  void letMove(Match match) {
    if (match.isOver()
        || match.hasOpenSeat()
        || !(match.seat(match.position().sideToMove())
            instanceof Seat.ServerAgent(String agent, String name))) {
      return;
    }
    Game game = match.game();
    Side side = match.position().sideToMove();
    // A match that nobody plays must not make somebody wait.
    boolean amongAgents = match.seat(side.opponent()) instanceof Seat.ServerAgent;
    (amongAgents
            ? agents.thinkBehind(game, agent, match.played())
            : agents.think(game, agent, match.played()))
        .map(Decision::action)
        .map(action -> game.formatMove(match.position(), action))
        .onSuccess(
            move ->
                play.apply(new Command.Play(match.id(), side, match.ply(), move, 0))
                    .onSuccess(
                        reply -> {
                          // The store was away: the agent moves once it is back. A takeback made
                          // other refusals moot.
                          if (reply instanceof Command.Refused(Refusal refusal, String message)
                              && refusal == Refusal.UNAVAILABLE) {
                            vertx.setTimer(RETRY_MILLIS, timer -> letMove(match));
                          }
                        }))
        .onFailure(
            failure -> {
              if (failure instanceof RejectedExecutionException) {
                // The server stops; it moves once there is one again.
                return;
              }
              LOG.warn(
                  "Agent {} did not move in match {}, and tries again in {} s: {}",
                  agent,
                  match.id(),
                  FAILED_MILLIS / 1000,
                  failure.toString());
              vertx.setTimer(FAILED_MILLIS, timer -> tryAgain(match));
            });
  }

  /** Lets an agent that failed move after all, if the match still waits for it. */
  private void tryAgain(Match match) {
    current.apply(match.id()).filter(now -> now.ply() == match.ply()).ifPresent(this::letMove);
  }
}
