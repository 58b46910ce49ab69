package tabula.agents;

import java.util.random.RandomGenerator;
import tabula.agents.evaluate.CachingEvaluator;
import tabula.agents.evaluate.EvaluationBatch;
import tabula.agents.network.Checkpoint;
import tabula.agents.network.nd4j.NetworkEvaluator;
import tabula.agents.search.GumbelConfig;
import tabula.agents.search.GumbelSearch;
import tabula.agents.search.PuctConfig;
import tabula.agents.search.PuctSearch;
import tabula.agents.search.Search;
import tabula.games.Position;

/** Plays by a network and a search, without noise: the same position gives the same move. */
final class NetworkAgent implements Agent {

  private static final int CACHE_SIZE = 1 << 16;

  private final AgentSpec.Net spec;
  private final Search search;
  private final CachingEvaluator evaluator;
  private final EvaluationBatch batch;

  NetworkAgent(AgentSpec.Net spec, Checkpoint checkpoint) {
    this.spec = spec;
    this.search =
        switch (spec.search()) {
          case GUMBEL -> new GumbelSearch(checkpoint.game(), GumbelConfig.MATCH);
          case PUCT -> new PuctSearch(checkpoint.game(), PuctConfig.MATCH);
        };
    this.batch = new EvaluationBatch(checkpoint.game(), search.maxGathered());
    this.evaluator =
        new CachingEvaluator(
            checkpoint.game(),
            new NetworkEvaluator(checkpoint.game(), checkpoint.spec(), checkpoint.weights()),
            CACHE_SIZE,
            search.maxGathered());
  }

  @Override
  public AgentSpec spec() {
    return spec;
  }

  @Override
  public Decision decide(Position position, RandomGenerator random) {
    return search.search(position, spec.visits(), random, evaluator, batch);
  }
}
