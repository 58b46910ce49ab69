package tabula.server.agent;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import tabula.agents.Agent;
import tabula.agents.AgentSpec;
import tabula.agents.Agents;
import tabula.agents.network.Checkpoint;
import tabula.agents.solve.Solver;
import tabula.games.Game;
import tabula.games.Games;
import tabula.server.ladder.Player;
import tabula.server.match.Seat;
import tabula.server.store.CheckpointLibrary;
import tabula.server.store.ShippedCheckpoints;
import tabula.server.store.StoreException;

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

  /** What {@code net:latest} stands for. */
  private static final String LATEST = "latest";

  /** The visits at which networks are on offer; the ladder rates past ones at {@link #USUAL}. */
  private static final Map<Integer, Integer> LEVEL_BY_VISITS = Map.of(0, 3, 20, 5, 100, 7, 800, 8);

  private static final int USUAL = 100;

  private final CheckpointLibrary library;

  /** By a game's id, the id of the checkpoint that is the newest. */
  private final Map<String, String> latest = new HashMap<>();

  private final Map<String, Training> trained = new HashMap<>();
  private final Map<String, Kept> keptById = new ConcurrentHashMap<>();

  /**
   * What is on offer with these checkpoints, and with all that played here before.
   *
   * @param checkpoints by a game's id, what plays it in place of the shipped one
   * @throws StoreException if a checkpoint cannot be kept
   */
  public AgentLevels(Map<String, Path> checkpoints, CheckpointLibrary library)
      throws StoreException {
    this.library = library;
    for (Game game : Games.all()) {
      if (ShippedCheckpoints.exists(game)) {
        Path shipped = ShippedCheckpoints.file(game);
        latest.put(game.id(), library.keep(game, shipped));
        trained.put(game.id(), Training.of(shipped, true));
      }
      Path own = checkpoints.get(game.id());
      if (own != null) {
        latest.put(game.id(), library.keep(game, own));
        trained.put(game.id(), Training.of(own, false));
      }
    }
  }

  /** The agents of a game, the weakest first. */
  public List<Level> of(Game game) {
    Training network = trained.get(game.id());
    List<Level> levels = new ArrayList<>();
    levels.add(new Level("random", "Random", "random", 1));
    levels.add(new Level("mcts:50", "Tree search, 50", "search", 2));
    levels.add(new Level("mcts:100", "Tree search, 100", "search", 2));
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
    return wanted instanceof AgentSpec.Net net && !net.checkpoint().equals(LATEST)
        ? kept(game, net)
        : of(game).stream().filter(level -> level.agent().equals(wanted.toString())).findFirst();
  }

  /** A checkpoint by its id, at the visits that are on offer. */
  private Optional<Level> kept(Game game, AgentSpec.Net net) {
    @Nullable Integer level = LEVEL_BY_VISITS.get(net.visits());
    return level == null
            || net.search() != AgentSpec.SearchKind.GUMBEL
            || library.find(game, net.checkpoint()).isEmpty()
        ? Optional.empty()
        : Optional.of(
            new Level(
                net.toString(),
                net.visits() == 0
                    ? "Network %s, at a glance".formatted(net.checkpoint())
                    : "Network %s, %d visits".formatted(net.checkpoint(), net.visits()),
                "checkpoint",
                level));
  }

  /** The agent as it is called for ever: the newest checkpoint by its id. */
  public String lasting(Game game, String agent) {
    @Nullable String id = latest.get(game.id());
    return id != null && AgentSpec.parse(agent) instanceof AgentSpec.Net net
        ? new AgentSpec.Net(
                net.checkpoint().equals(LATEST) ? id : net.checkpoint(), net.visits(), net.search())
            .toString()
        : agent;
  }

  /**
   * The agents that are on a game's ladder, whether they have played or not: its anchors, the
   * newest network, and every one that was the newest before.
   */
  public List<Player> players(Game game) {
    List<Player> players = new ArrayList<>();
    for (Level level : of(game)) {
      players.add(player(game, level));
    }
    for (String id : library.ids(game)) {
      if (!id.equals(latest.get(game.id()))) {
        kept(game, new AgentSpec.Net(id, USUAL, AgentSpec.SearchKind.GUMBEL))
            .ifPresent(level -> players.add(player(game, level)));
      }
    }
    return players;
  }

  private Player player(Game game, Level level) {
    return Player.agent(lasting(game, level.agent()), level.name());
  }

  /** Who plays, as the ladder and the matches call it. */
  public Seat.ServerAgent seat(Game game, Level level) {
    return new Seat.ServerAgent(lasting(game, level.agent()), level.name());
  }

  /** Makes an agent that is on offer. */
  Agent create(Game game, String agent) {
    return new Agents(this::checkpoint).create(AgentSpec.parse(agent), game);
  }

  /**
   * A checkpoint that played here.
   *
   * @param network its form, such as {@code residual:32x3}
   * @param step how many training steps it has behind it
   */
  public record Kept(Game game, String id, Path file, String network, long step) {}

  /** Whether a checkpoint is the one that plays now. */
  public boolean isLatest(Kept kept) {
    return kept.id().equals(latest.get(kept.game().id()));
  }

  /** All of them, by game, the newest of each first. */
  public List<Kept> checkpoints() {
    return Games.all().stream()
        .flatMap(game -> library.ids(game).stream().map(id -> read(game, id)))
        .sorted(Comparator.<Kept, Boolean>comparing(this::isLatest).reversed())
        .sorted(Comparator.comparingInt(kept -> Games.all().indexOf(kept.game())))
        .toList();
  }

  /** The checkpoint of an id. */
  public Optional<Kept> checkpoint(String id) {
    return Games.all().stream()
        .filter(game -> library.find(game, id).isPresent())
        .map(game -> read(game, id))
        .findFirst();
  }

  private Kept read(Game game, String id) {
    return keptById.computeIfAbsent(
        id,
        key -> {
          Path file = checkpoint(game, id);
          try {
            Checkpoint checkpoint = Checkpoint.read(file);
            return new Kept(game, id, file, checkpoint.spec().toString(), checkpoint.step());
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        });
  }

  private Path checkpoint(Game game, String name) {
    String id = name.equals(LATEST) ? latest.getOrDefault(game.id(), name) : name;
    return library
        .find(game, id)
        .orElseThrow(
            () -> new IllegalArgumentException("There is no checkpoint %s here.".formatted(id)));
  }
}
