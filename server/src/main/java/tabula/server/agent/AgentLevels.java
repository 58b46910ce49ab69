package tabula.server.agent;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tabula.agents.Agent;
import tabula.agents.AgentSpec;
import tabula.agents.Agents;
import tabula.agents.solve.Solver;
import tabula.games.Game;
import tabula.server.store.ShippedCheckpoints;

/**
 * The agents that the server offers. Only these can be named from outside: a name from a socket is
 * looked up here, and never becomes a path.
 */
public final class AgentLevels {

  /**
   * An agent on offer.
   *
   * @param agent its spec
   * @param kind {@code random}, {@code search}, {@code checkpoint} or {@code perfect}
   * @param level from 1, the weakest, to 9
   */
  public record Level(String agent, String name, String kind, int level) {}

  private final Map<String, Path> checkpoints;

  /**
   * What is on offer with these checkpoints.
   *
   * @param checkpoints by a game's id, what plays it in place of the shipped one
   */
  public AgentLevels(Map<String, Path> checkpoints) {
    this.checkpoints = Map.copyOf(checkpoints);
  }

  /** The agents of a game, the weakest first. */
  public List<Level> of(Game game) {
    boolean network = checkpoints.containsKey(game.id()) || ShippedCheckpoints.exists(game);
    List<Level> levels = new ArrayList<>();
    levels.add(new Level("random", "Random", "random", 1));
    levels.add(new Level("mcts:50", "Tree search, 50", "search", 2));
    if (network) {
      levels.add(new Level("net:latest?visits=0", "Network, at a glance", "checkpoint", 3));
    }
    levels.add(new Level("mcts:1000", "Tree search, 1,000", "search", 4));
    if (network) {
      levels.add(new Level("net:latest?visits=20", "Network, 20 visits", "checkpoint", 5));
    }
    levels.add(new Level("mcts:10000", "Tree search, 10,000", "search", 6));
    if (network) {
      levels.add(new Level("net:latest?visits=100", "Network, 100 visits", "checkpoint", 7));
      levels.add(new Level("net:latest?visits=800", "Network, 800 visits", "checkpoint", 8));
    }
    if (Solver.exists(game)) {
      levels.add(new Level("perfect", "Perfect play", "perfect", 9));
    }
    return levels;
  }

  /** The agent of that spec, in whatever form it is written. */
  public Optional<Level> find(Game game, String agent) {
    AgentSpec wanted;
    try {
      wanted = AgentSpec.parse(agent);
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
    return of(game).stream().filter(level -> level.agent().equals(wanted.toString())).findFirst();
  }

  /** Makes an agent that is on offer. */
  Agent create(Game game, String agent) {
    return new Agents(this::checkpoint).create(AgentSpec.parse(agent), game);
  }

  private Path checkpoint(Game game, String name) {
    Path own = checkpoints.get(game.id());
    return own == null ? ShippedCheckpoints.file(game) : own;
  }
}
