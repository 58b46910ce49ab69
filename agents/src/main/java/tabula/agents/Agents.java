package tabula.agents;

import java.io.IOException;
import java.nio.file.Path;
import tabula.agents.engine.EngineAgent;
import tabula.agents.network.Checkpoint;
import tabula.agents.solve.Finisher;
import tabula.agents.solve.Solver;
import tabula.games.Game;

/** Makes agents from their specs. */
public final class Agents {

  private final CheckpointSource checkpoints;

  public Agents(CheckpointSource checkpoints) {
    this.checkpoints = checkpoints;
  }

  /**
   * A new agent, for one thread at a time.
   *
   * @throws IllegalArgumentException if this agent cannot play that game; the message says why
   */
  public Agent create(AgentSpec spec, Game game) {
    return switch (spec) {
      case AgentSpec.RandomMoves() -> new RandomAgent();
      case AgentSpec.Rollouts rollouts -> new RolloutAgent(rollouts, game);
      case AgentSpec.AlphaBeta alphaBeta -> new AlphaBetaAgent(alphaBeta, game);
      case AgentSpec.Perfect() ->
          new PerfectAgent(
              Solver.of(game)
                  .orElseThrow(
                      () ->
                          new IllegalArgumentException(
                              "There is no perfect player of %s: nobody has solved it here."
                                  .formatted(game.title()))));
      case AgentSpec.Net net -> network(net, game);
      case AgentSpec.Gtp gtp -> EngineAgent.gtp(gtp, gtp.command(), game);
      case AgentSpec.Uci uci -> EngineAgent.uci(uci, uci.command(), game);
    };
  }

  private Agent network(AgentSpec.Net spec, Game game) {
    Path file = checkpoints.find(game, spec.checkpoint());
    try {
      Checkpoint checkpoint = Checkpoint.read(file);
      if (!checkpoint.game().equals(game)) {
        throw new IllegalArgumentException(
            "%s plays %s, not %s.".formatted(file, checkpoint.game().id(), game.id()));
      }
      Agent agent = new NetworkAgent(spec, checkpoint);
      return spec.visits() == 0
          ? agent
          : Finisher.of(game).<Agent>map(ends -> new FinishingAgent(agent, ends)).orElse(agent);
    } catch (IOException e) {
      throw new IllegalArgumentException(e.getMessage(), e);
    }
  }
}
