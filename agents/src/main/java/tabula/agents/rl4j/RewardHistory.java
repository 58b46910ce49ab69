package tabula.agents.rl4j;

import java.util.ArrayDeque;
import java.util.function.Consumer;
import tabula.agents.train.Trajectory;

/** What a run that goes on has played: how much, and the latest games, to remember again. */
public final class RewardHistory implements Consumer<Trajectory> {

  private final int capacity;
  private final ArrayDeque<Trajectory> latest = new ArrayDeque<>();
  private int latestExamples;
  private long games;
  private long examples;

  /**
   * A history without games.
   *
   * @param capacity games are kept until they have so many decisions
   */
  public RewardHistory(int capacity) {
    this.capacity = capacity;
  }

  @Override
  public void accept(Trajectory game) {
    games++;
    examples += game.examples();
    latest.addLast(game);
    latestExamples += game.examples();
    while (latestExamples - latest.getFirst().examples() >= capacity) {
      latestExamples -= latest.removeFirst().examples();
    }
  }

  public long games() {
    return games;
  }

  /** The learner's decisions. */
  public long examples() {
    return examples;
  }

  Iterable<Trajectory> latest() {
    return latest;
  }

  /** Only what is counted is needed from now on. */
  void forgetLatest() {
    latest.clear();
    latestExamples = 0;
  }
}
