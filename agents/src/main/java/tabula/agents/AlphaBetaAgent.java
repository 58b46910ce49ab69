package tabula.agents;

import java.util.random.RandomGenerator;
import tabula.agents.search.AlphaBeta;
import tabula.games.Game;
import tabula.games.Position;

/** Plays by alpha-beta to a fixed depth; chooses at random among equals. */
final class AlphaBetaAgent implements Agent {

  private final AgentSpec.AlphaBeta spec;
  private final AlphaBeta search;

  AlphaBetaAgent(AgentSpec.AlphaBeta spec, Game game) {
    this.spec = spec;
    this.search = new AlphaBeta(game);
  }

  @Override
  public AgentSpec spec() {
    return spec;
  }

  @Override
  public Decision decide(Position position, RandomGenerator random) {
    return search.search(position, spec.depth(), random);
  }
}
