package tabula.agents;

import java.util.random.RandomGenerator;
import tabula.agents.search.RolloutSearch;
import tabula.games.Game;
import tabula.games.Position;

/** Plays by plain tree search with random rollouts. */
final class RolloutAgent implements Agent {

  private final AgentSpec.Rollouts spec;
  private final RolloutSearch search;

  RolloutAgent(AgentSpec.Rollouts spec, Game game) {
    this.spec = spec;
    this.search = new RolloutSearch(game);
  }

  @Override
  public AgentSpec spec() {
    return spec;
  }

  @Override
  public Decision decide(Position position, RandomGenerator random) {
    return search.search(position, spec.simulations(), random);
  }
}
