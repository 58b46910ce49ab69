package tabula.agents;

import java.util.List;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import tabula.agents.evaluate.Evaluator;
import tabula.agents.evaluate.SymmetryEvaluator;
import tabula.agents.network.Checkpoint;
import tabula.agents.network.LookingBack;
import tabula.agents.network.nd4j.NetworkEvaluator;
import tabula.agents.search.GumbelConfig;
import tabula.agents.search.GumbelSearch;
import tabula.agents.search.PuctConfig;
import tabula.agents.search.PuctSearch;
import tabula.agents.search.Search;
import tabula.agents.search.SearchGroup;
import tabula.games.Game;
import tabula.games.GameRecord;
import tabula.games.Position;

/** Plays by a network and a search, without noise: the same position gives the same move. */
final class NetworkAgent implements Agent {

  private static final int CACHE_SIZE = 1 << 16;

  /** So many searches fill batches. */
  private static final int MANY = 64;

  /** A position's views through symmetries that are averaged. */
  private static final int VIEWS = 2;

  private final AgentSpec.Net spec;

  /** The game as the network sees it. */
  private final Game game;

  private final Supplier<Search> newSearch;
  private final Evaluator network;
  private final SearchGroup single;
  private @Nullable SearchGroup many;

  NetworkAgent(AgentSpec.Net spec, Checkpoint checkpoint) {
    this.spec = spec;
    this.game = checkpoint.spec().view(checkpoint.game());
    this.newSearch =
        switch (spec.search()) {
          case GUMBEL -> () -> new GumbelSearch(game, GumbelConfig.match(spec.visits()));
          case PUCT -> () -> new PuctSearch(game, PuctConfig.MATCH);
        };
    this.network =
        new SymmetryEvaluator(
            game,
            new NetworkEvaluator(game, checkpoint.spec(), checkpoint.weights()),
            VIEWS,
            MANY * game.actionCount());
    this.single = new SearchGroup(game, newSearch, network, 1, CACHE_SIZE);
  }

  @Override
  public AgentSpec spec() {
    return spec;
  }

  @Override
  public Decision decide(Position position, RandomGenerator random) {
    return single
        .decide(List.of(LookingBack.seen(game, position)), spec.visits(), random)
        .getFirst();
  }

  @Override
  public Decision decide(GameRecord played, RandomGenerator random) {
    return decide(LookingBack.seen(game, played), random);
  }

  @Override
  public List<Decision> decideAll(List<? extends Position> positions, RandomGenerator random) {
    if (many == null) {
      many = new SearchGroup(game, newSearch, network, MANY, CACHE_SIZE);
    }
    return many.decide(
        positions.stream().map(position -> LookingBack.seen(game, position)).toList(),
        spec.visits(),
        random);
  }
}
