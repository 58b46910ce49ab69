package tabula.agents.train;

import tabula.agents.AgentSpec.SearchKind;
import tabula.agents.search.GumbelConfig;
import tabula.agents.search.GumbelSearch;
import tabula.agents.search.PuctConfig;
import tabula.agents.search.PuctSearch;
import tabula.agents.search.Search;
import tabula.games.Game;

/**
 * How games against oneself are played.
 *
 * @param search which tree search
 * @param visits simulations of a full search
 * @param fastVisits simulations of a search that only moves the game on
 * @param fullShare the share of moves that get a full search and become examples (playout-cap
 *     randomisation, Wu 2019)
 * @param consideredActions how many moves Gumbel's root samples
 * @param valueScale Gumbel's c_scale
 * @param openingPlies games start with 0 to this many random moves
 * @param gamesPerThread how many games one thread plays at once, so that their evaluations share
 *     batches
 * @param cacheSize evaluations remembered by each thread: a power of two
 */
public record SelfPlayConfig(
    SearchKind search,
    int visits,
    int fastVisits,
    double fullShare,
    int consideredActions,
    double valueScale,
    int openingPlies,
    int gamesPerThread,
    int cacheSize) {

  Search newSearch(Game game) {
    return switch (search) {
      case GUMBEL -> new GumbelSearch(game, new GumbelConfig(consideredActions, 50, valueScale, 1));
      case PUCT -> new PuctSearch(game, PuctConfig.SELF_PLAY);
    };
  }
}
