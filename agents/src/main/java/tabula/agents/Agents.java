package tabula.agents;

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
      case AgentSpec.Rollouts rollouts ->
          throw new IllegalArgumentException("Not yet: " + rollouts);
      case AgentSpec.AlphaBeta alphaBeta ->
          throw new IllegalArgumentException("Not yet: " + alphaBeta);
      case AgentSpec.Perfect perfect -> throw new IllegalArgumentException("Not yet: " + perfect);
      case AgentSpec.Net net ->
          throw new IllegalArgumentException(
              "Not yet: " + checkpoints.find(game, net.checkpoint()));
    };
  }
}
