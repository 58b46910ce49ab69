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
 * @param visitsGrowth by which factor both have grown at the end of the run, evenly over it: what a
 *     network that knows little learns from few simulations, one that knows much does from more
 * @param fullShare the share of moves that get a full search and become examples (playout-cap
 *     randomisation, Wu 2019)
 * @param fastNoise how much of the full searches' randomness the others have, in [0, 1]: at 0 they
 *     play their best, so that the result says more about the positions before
 * @param consideredActions how many moves Gumbel's root samples
 * @param valueScale Gumbel's c_scale
 * @param openingPlies games start with 0 to this many random moves, at most a third of the longest
 *     game
 * @param gamesPerThread how many games one thread plays at once, so that their evaluations share
 *     batches
 * @param resign when a side gives a game up
 */
public record SelfPlayConfig(
    SearchKind search,
    int visits,
    int fastVisits,
    double visitsGrowth,
    double fullShare,
    double fastNoise,
    int consideredActions,
    double valueScale,
    int openingPlies,
    int gamesPerThread,
    ResignConfig resign) {

  /**
   * Simulations of a search.
   *
   * @param full whether it makes an example
   * @param progress how much of the run's time is over, in [0, 1]
   */
  int visits(boolean full, double progress) {
    double grown = 1 + (visitsGrowth - 1) * Math.clamp(progress, 0, 1);
    return Math.max(1, (int) Math.round((full ? visits : fastVisits) * grown));
  }

  Search newFullSearch(Game game) {
    return newSearch(game, 1);
  }

  Search newFastSearch(Game game) {
    return newSearch(game, fastNoise);
  }

  private Search newSearch(Game game, double noise) {
    return switch (search) {
      case GUMBEL ->
          new GumbelSearch(game, new GumbelConfig(consideredActions, 50, valueScale, noise));
      case PUCT -> new PuctSearch(game, PuctConfig.SELF_PLAY.withNoise(noise));
    };
  }
}
