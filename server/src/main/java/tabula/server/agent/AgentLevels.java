package tabula.server.agent;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tabula.agents.Agent;
import tabula.agents.AgentSpec;
import tabula.agents.Agents;
import tabula.agents.network.Checkpoint;
import tabula.agents.solve.Solver;
import tabula.games.Game;
import tabula.games.Games;
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
   * @param checkpoint what plays, where the kind is {@code checkpoint}
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Level(
      String agent, String name, String kind, int level, @Nullable Training checkpoint) {

    Level(String agent, String name, String kind, int level) {
      this(agent, name, kind, level, null);
    }
  }

  /**
   * How a checkpoint came to be.
   *
   * @param file the name of its file, without a path; null for the one that comes with Tabula
   * @param step how many training steps it has behind it
   * @param minutes how long it was trained, where it says so
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Training(@Nullable String file, long step, @Nullable Double minutes) {

    static Training of(Path path, boolean shipped) {
      try {
        Checkpoint checkpoint = Checkpoint.read(path);
        JsonNode minutes = checkpoint.metrics().path("minutes");
        return new Training(
            shipped ? null : String.valueOf(path.getFileName()),
            checkpoint.step(),
            minutes.isNumber() ? minutes.doubleValue() : null);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  private final Map<String, Path> checkpoints;
  private final Map<String, Training> trained = new HashMap<>();

  /**
   * What is on offer with these checkpoints.
   *
   * @param checkpoints by a game's id, what plays it in place of the shipped one
   */
  public AgentLevels(Map<String, Path> checkpoints) {
    this.checkpoints = Map.copyOf(checkpoints);
    for (Game game : Games.all()) {
      Path own = checkpoints.get(game.id());
      if (own != null) {
        trained.put(game.id(), Training.of(own, false));
      } else if (ShippedCheckpoints.exists(game)) {
        trained.put(game.id(), Training.of(ShippedCheckpoints.file(game), true));
      }
    }
  }

  /** The agents of a game, the weakest first. */
  public List<Level> of(Game game) {
    Training network = trained.get(game.id());
    List<Level> levels = new ArrayList<>();
    levels.add(new Level("random", "Random", "random", 1));
    levels.add(new Level("mcts:50", "Tree search, 50", "search", 2));
    if (network != null) {
      levels.add(
          new Level("net:latest?visits=0", "Network, at a glance", "checkpoint", 3, network));
    }
    levels.add(new Level("mcts:1000", "Tree search, 1,000", "search", 4));
    if (network != null) {
      levels.add(new Level("net:latest?visits=20", "Network, 20 visits", "checkpoint", 5, network));
    }
    levels.add(new Level("mcts:10000", "Tree search, 10,000", "search", 6));
    if (network != null) {
      levels.add(
          new Level("net:latest?visits=100", "Network, 100 visits", "checkpoint", 7, network));
      levels.add(
          new Level("net:latest?visits=800", "Network, 800 visits", "checkpoint", 8, network));
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
