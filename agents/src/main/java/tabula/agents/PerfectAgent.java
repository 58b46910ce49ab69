package tabula.agents;

import java.util.OptionalInt;
import java.util.random.RandomGenerator;
import tabula.agents.search.RolloutSearch;
import tabula.agents.solve.Solver;
import tabula.games.Game;
import tabula.games.Position;
import tabula.games.connectfour.ConnectFour;

/**
 * Plays a move of the best score, and chooses at random among equals.
 *
 * <p>In Connect Four's first moves a solution takes minutes. The very first is known: only the
 * centre wins (Allen 1988, Allis 1988). After it, moves whose value is not found within some
 * seconds are told apart by tree search, and the decision says that it is not proven.
 */
final class PerfectAgent implements Agent {

  /** From so many moves on, exact scores take a fraction of a second. */
  private static final int EXACT_FROM_PLY = 12;

  /** Before, wins and losses are told apart if they come within so many moves. */
  private static final int EARLY_HORIZON = 12;

  /** About two seconds for the position, and then less for each of its moves. */
  private static final long NODES = 15_000_000;

  private static final long NODES_A_MOVE = 2_000_000;
  private static final int ROLLOUTS = 100_000;

  private final Solver solver;
  private final RolloutSearch rollouts;

  PerfectAgent(Game game, Solver solver) {
    this.solver = solver;
    this.rollouts = new RolloutSearch(game);
  }

  @Override
  public AgentSpec spec() {
    return new AgentSpec.Perfect();
  }

  @Override
  public Decision decide(Position position, RandomGenerator random) {
    if (position.ply() == 0 && position.game() instanceof ConnectFour) {
      return oneOf(position, new int[] {ConnectFour.WIDTH / 2}, 1, 1, true, random);
    }
    return position.ply() >= EXACT_FROM_PLY || position.game().maxPlies() <= EXACT_FROM_PLY
        ? byScore(position, random)
        : byValue(position, random);
  }

  private Decision byScore(Position position, RandomGenerator random) {
    int[] best = new int[position.game().actionCount()];
    int count = 0;
    int highest = Integer.MIN_VALUE;
    for (int action : position.legalActions()) {
      int score = solver.scoreOf(position, action);
      if (score > highest) {
        highest = score;
        count = 0;
      }
      if (score == highest) {
        best[count++] = action;
      }
    }
    return oneOf(position, best, count, Integer.signum(highest), true, random);
  }

  /** A proven win if there is one; else the best of what is not known to be worse than the rest. */
  private Decision byValue(Position position, RandomGenerator random) {
    // Whatever its best moves are, the search remembers them.
    OptionalInt truth = solver.valueWithin(position, NODES);
    int actionCount = position.game().actionCount();
    int[] best = new int[actionCount];
    int count = 0;
    int highest = -1;
    int[] unknown = new int[actionCount];
    int unknownCount = 0;
    for (int action : position.legalActions()) {
      OptionalInt value = solver.valueOfWithin(position, action, NODES_A_MOVE);
      if (value.isEmpty()) {
        unknown[unknownCount++] = action;
      } else {
        if (value.getAsInt() > highest) {
          highest = value.getAsInt();
          count = 0;
        }
        if (value.getAsInt() == highest) {
          best[count++] = action;
        }
      }
    }
    boolean proven =
        unknownCount == 0 || highest == 1 || (count > 0 && truth.equals(OptionalInt.of(highest)));
    if (proven) {
      int kept = keepBestInSight(position, best, count);
      return oneOf(position, best, kept, highest, true, random);
    }
    Decision searched = rollouts.search(position, ROLLOUTS, random);
    int preferred = unknown[0];
    for (int i = 1; i < unknownCount; i++) {
      if (searched.visits()[unknown[i]] > searched.visits()[preferred]) {
        preferred = unknown[i];
      }
    }
    // A known draw is better than a guess that looks lost.
    return highest == 0 && searched.value() < 0
        ? oneOf(position, best, count, 0, false, random)
        : oneOf(position, new int[] {preferred}, 1, searched.value(), false, random);
  }

  /** Of moves of the same value, keeps those that win soonest or lose latest, and counts them. */
  private int keepBestInSight(Position position, int[] moves, int count) {
    int kept = 0;
    int highest = Integer.MIN_VALUE;
    for (int i = 0; i < count; i++) {
      int score = solver.scoreOfWithin(position, moves[i], EARLY_HORIZON);
      if (score > highest) {
        highest = score;
        kept = 0;
      }
      if (score == highest) {
        moves[kept++] = moves[i];
      }
    }
    return kept;
  }

  private static Decision oneOf(
      Position position,
      int[] moves,
      int count,
      float value,
      boolean proven,
      RandomGenerator random) {
    int actionCount = position.game().actionCount();
    float[] policy = new float[actionCount];
    for (int i = 0; i < count; i++) {
      policy[moves[i]] = 1f / count;
    }
    return new Decision(moves[random.nextInt(count)], value, policy, new int[actionCount], proven);
  }
}
