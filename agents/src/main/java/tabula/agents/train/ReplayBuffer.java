package tabula.agents.train;

import java.util.ArrayDeque;
import java.util.random.RandomGenerator;
import tabula.agents.network.TrainingBatch;
import tabula.games.Game;
import tabula.games.Position;
import tabula.games.Side;

/**
 * The latest games of self-play, to sample examples from. The window of examples grows with all
 * that were ever added, but slower (Wu 2019): early games, played by a network that knew nothing,
 * are forgotten soon.
 */
public final class ReplayBuffer {

  private final Game game;
  private final ReplayConfig config;
  private final ArrayDeque<Trajectory> window = new ArrayDeque<>();

  // The window's examples, each one of a game's: a ring that grows by doubling.
  private Trajectory[] exampleGame = new Trajectory[1 << 12];
  private short[] exampleInGame = new short[1 << 12];
  private long firstExample;
  private long endExample;
  private long games;

  private final float[] policyRow;

  public ReplayBuffer(Game game, ReplayConfig config) {
    this.game = game;
    this.config = config;
    this.policyRow = new float[game.actionCount()];
  }

  /** Adds a game, and forgets the oldest that fall out of the window. */
  public void add(Trajectory trajectory) {
    games++;
    window.addLast(trajectory);
    for (int example = 0; example < trajectory.examples(); example++) {
      if (size() == exampleGame.length) {
        grow();
      }
      int index = (int) (endExample & (exampleGame.length - 1));
      exampleGame[index] = trajectory;
      exampleInGame[index] = (short) example;
      endExample++;
    }
    while (size() - window.getFirst().examples() >= windowSize() && window.size() > 1) {
      firstExample += window.removeFirst().examples();
    }
  }

  private void grow() {
    Trajectory[] newGame = new Trajectory[2 * exampleGame.length];
    short[] newInGame = new short[2 * exampleGame.length];
    for (long i = firstExample; i < endExample; i++) {
      int from = (int) (i & (exampleGame.length - 1));
      int to = (int) (i & (newGame.length - 1));
      newGame[to] = exampleGame[from];
      newInGame[to] = exampleInGame[from];
    }
    exampleGame = newGame;
    exampleInGame = newInGame;
  }

  private long windowSize() {
    double scale = config.windowScale();
    double grown = scale * (1 + 0.4 * (Math.pow(Math.max(1, endExample / scale), 0.75) - 1) / 0.75);
    return (long) Math.min(config.capacity(), grown);
  }

  /** How many examples there are to sample from. */
  public int size() {
    return (int) (endExample - firstExample);
  }

  /** How many examples were ever added. */
  public long totalExamples() {
    return endExample;
  }

  /** How many games were ever added. */
  public long totalGames() {
    return games;
  }

  /**
   * Fills the batch with examples to learn from, drawn with the same probability, each seen through
   * a random symmetry if that is wished.
   */
  public void sample(TrainingBatch batch, RandomGenerator random) {
    sample(batch, random, config.symmetries() ? game.symmetryCount() : 1);
  }

  /** Fills the batch with examples drawn with the same probability, each as it was played. */
  public void sampleAsPlayed(TrainingBatch batch, RandomGenerator random) {
    sample(batch, random, 1);
  }

  private void sample(TrainingBatch batch, RandomGenerator random, int symmetries) {
    for (int row = 0; row < batch.size(); row++) {
      long example = firstExample + random.nextInt(size());
      int index = (int) (example & (exampleGame.length - 1));
      write(exampleGame[index], exampleInGame[index], random.nextInt(symmetries), batch, row);
    }
  }

  private void write(
      Trajectory trajectory, int example, int symmetry, TrainingBatch batch, int row) {
    Position position = trajectory.position(example);
    position.transform(symmetry).writePlanes(batch.planes(), row * game.shape().size());
    for (int action = 0; action < game.actionCount(); action++) {
      policyRow[game.transformAction(action, symmetry)] =
          position.isLegal(action)
              ? trajectory.policies()[example * game.actionCount() + action]
              : -1;
    }
    System.arraycopy(policyRow, 0, batch.policy(), row * game.actionCount(), game.actionCount());
    Side side = position.sideToMove();
    float searched = trajectory.values()[example];
    batch.value()[row] =
        trajectory.proven()[example]
            ? searched
            : (float)
                (config.resultShare() * trajectory.outcome().valueFor(side)
                    + (1 - config.resultShare()) * searched);
  }
}
