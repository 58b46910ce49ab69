package tabula.agents.solve;

import java.util.HashMap;
import java.util.Map;
import tabula.games.Position;

/** Looks at every continuation once, and remembers it: for games as small as tic-tac-toe. */
final class ExhaustiveSolver implements Solver {

  private final Map<Position, Integer> scores = new HashMap<>();

  @Override
  public int score(Position position) {
    Integer known = scores.get(position);
    if (known != null) {
      return known;
    }
    int best = Integer.MIN_VALUE;
    for (int action : position.legalActions()) {
      best = Math.max(best, scoreOf(position, action));
    }
    scores.put(position, best);
    return best;
  }

  @Override
  public int value(Position position) {
    return Integer.signum(score(position));
  }
}
