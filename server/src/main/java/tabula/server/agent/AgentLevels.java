package tabula.server.agent;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
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

  private AgentLevels() {}

  /** The agents of a game, the weakest first. */
  public static List<Level> of(Game game) {
    List<Level> levels = new ArrayList<>();
    levels.add(new Level("random", "Random", "random", 1));
    levels.add(new Level("mcts:50", "Tree search, 50", "search", 2));
    if (ShippedCheckpoints.exists(game)) {
      levels.add(new Level("net:latest?visits=0", "Network, at a glance", "checkpoint", 3));
    }
    levels.add(new Level("mcts:1000", "Tree search, 1,000", "search", 4));
    if (ShippedCheckpoints.exists(game)) {
      levels.add(new Level("net:latest?visits=20", "Network, 20 visits", "checkpoint", 5));
      levels.add(new Level("net:latest?visits=100", "Network, 100 visits", "checkpoint", 6));
    }
    levels.add(new Level("mcts:10000", "Tree search, 10,000", "search", 6));
    if (ShippedCheckpoints.exists(game)) {
      levels.add(new Level("net:latest?visits=800", "Network, 800 visits", "checkpoint", 8));
    }
    if (Solver.exists(game)) {
      levels.add(new Level("perfect", "Perfect play", "perfect", 9));
    }
    return levels;
  }

  public static Optional<Level> find(Game game, String agent) {
    return of(game).stream().filter(level -> level.agent().equals(agent)).findFirst();
  }

  /** Makes an agent that is on offer. */
  static Agent create(Game game, String agent) {
    return new Agents(AgentLevels::checkpoint).create(AgentSpec.parse(agent), game);
  }

  private static Path checkpoint(Game game, String name) {
    return ShippedCheckpoints.file(game);
  }
}
