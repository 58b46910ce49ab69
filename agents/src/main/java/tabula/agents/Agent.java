package tabula.agents;

import java.util.List;
import java.util.random.RandomGenerator;
import tabula.games.GameRecord;
import tabula.games.Position;

/**
 * A player: it looks at a position and decides. Agents keep no state between decisions that changes
 * them, apart from caches. An agent is used by one thread at a time, and may block that thread for
 * as long as its budget lets it think.
 */
public interface Agent {

  /** The spec that names this agent, in its canonical form. */
  AgentSpec spec();

  /**
   * Decides on a move.
   *
   * @param position a position that is not over
   * @param random where all randomness comes from: the same seed gives the same decision
   */
  Decision decide(Position position, RandomGenerator random);

  /**
   * Decides on a move in a game of which the moves are known: some networks look back at them.
   *
   * @param played a game that is not over
   */
  default Decision decide(GameRecord played, RandomGenerator random) {
    return decide(played.position(), random);
  }

  /** The decisions on many positions, in their order: quicker than one by one for some agents. */
  default List<Decision> decideAll(List<? extends Position> positions, RandomGenerator random) {
    return positions.stream().map(position -> decide(position, random)).toList();
  }
}
