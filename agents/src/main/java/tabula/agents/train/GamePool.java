package tabula.agents.train;

import tabula.games.Game;

/**
 * The games of a run. Most are learnt from; a share of them is held out and never learnt from, so
 * that one sees how well what was learnt holds for other games. Which ones depends on their moves
 * alone: a run that goes on holds out the same games, and no game is ever on both sides.
 */
public final class GamePool {

  private final double heldOutShare;
  private final ReplayBuffer learnt;
  private final ReplayBuffer heldOut;
  private final GameStatistics statistics = new GameStatistics();

  /**
   * An empty pool.
   *
   * @param heldOutShare the share of the games that are held out, in [0, 1)
   */
  public GamePool(Game game, ReplayConfig config, double heldOutShare) {
    this.heldOutShare = heldOutShare;
    this.learnt = new ReplayBuffer(game, config);
    // Its window reaches back as far as that of the games learnt from.
    this.heldOut = new ReplayBuffer(game, config.scaled(heldOutShare / (1 - heldOutShare)));
  }

  public void add(Trajectory trajectory) {
    statistics.add(trajectory);
    (isHeldOut(trajectory) ? heldOut : learnt).add(trajectory);
  }

  private boolean isHeldOut(Trajectory trajectory) {
    long hash = 0;
    for (short action : trajectory.actions()) {
      hash = new RandomStream(hash + action).nextLong();
    }
    return new RandomStream(hash).nextDouble() < heldOutShare;
  }

  /** The examples to learn from. */
  public ReplayBuffer learnt() {
    return learnt;
  }

  /** The examples that are never learnt from. */
  public ReplayBuffer heldOut() {
    return heldOut;
  }

  /** How many games were ever added, held out or not. */
  public long totalGames() {
    return learnt.totalGames() + heldOut.totalGames();
  }

  /** What the latest games were like. */
  public GameStatistics.Figures statistics() {
    return statistics.figures();
  }
}
