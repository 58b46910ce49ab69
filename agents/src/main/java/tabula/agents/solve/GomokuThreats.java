package tabula.agents.solve;

import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import tabula.games.Position;
import tabula.games.gomoku.GomokuPosition;

/**
 * Finds forced wins of Gomoku. A four has to be answered on the one point that completes it, until
 * one can be completed on two; that is looked for first. Then quiet threats: moves after which
 * fours alone would win, whatever the other side does about it.
 */
final class GomokuThreats implements Finisher {

  /** So many positions are looked at before a search is given up: less than a tenth of a second. */
  private static final int MOST_NODES = 10_000;

  /** How many quiet threats follow each other. */
  private static final int MOST_QUIET = 2;

  private static final int NONE = -1;

  /** Positions from which no fours win. */
  private final Set<GomokuPosition> hopeless = new HashSet<>();

  private int nodes;

  /** What refuted the last threat: the next one, too, as often as not. */
  private int refutation = NONE;

  @Override
  public Optional<Finish> find(Position position) {
    nodes = 0;
    hopeless.clear();
    GomokuPosition root = (GomokuPosition) position;
    int action = byFours(root);
    for (int quiet = 1; quiet <= MOST_QUIET && action == NONE; quiet++) {
      action = byThreats(root, quiet);
    }
    return action == NONE ? Optional.empty() : Optional.of(new Finish(action, 1));
  }

  /** A move that wins by fours, or {@link #NONE}. */
  private int byFours(GomokuPosition position) {
    int[] fives = position.extending(1);
    if (fives.length > 0) {
      return fives[0];
    }
    int[] threats = position.otherFives();
    if (threats.length > 1 || nodes++ >= MOST_NODES || hopeless.contains(position)) {
      return NONE;
    }
    for (int four : position.extending(2)) {
      if ((threats.length == 0 || threats[0] == four) && fourWins(position.play(four))) {
        return four;
      }
    }
    hopeless.add(position);
    return NONE;
  }

  /** Whether the side that has just made a four wins. The other has no five: that was answered. */
  private boolean fourWins(GomokuPosition answering) {
    if (answering.isOver()) {
      return false;
    }
    int[] completing = answering.otherFives();
    if (completing.length > 1) {
      return true;
    }
    GomokuPosition answered = answering.play(completing[0]);
    return !answered.isOver() && byFours(answered) != NONE;
  }

  /** A move that wins by so many quiet threats and fours, or {@link #NONE}. */
  private int byThreats(GomokuPosition position, int quiet) {
    int four = byFours(position);
    if (four != NONE || quiet == 0 || position.otherFives().length > 0) {
      return four;
    }
    for (int action : position.extending(3)) {
      GomokuPosition answering = position.play(action);
      if (!answering.isOver()
          && nodes < MOST_NODES
          && byFours(answering.passed()) != NONE
          && nothingHelps(answering, quiet - 1)) {
        return action;
      }
    }
    return NONE;
  }

  /** Whether the other side wins after every move, by so many more quiet threats. */
  private boolean nothingHelps(GomokuPosition answering, int quiet) {
    if (answering.extending(1).length > 0
        || (answering.isLegal(refutation) && helps(answering, refutation, quiet))) {
      return false;
    }
    for (int action : answering.legalActions()) {
      if (helps(answering, action, quiet)) {
        refutation = action;
        return false;
      }
    }
    return true;
  }

  private boolean helps(GomokuPosition answering, int action, int quiet) {
    GomokuPosition answered = answering.play(action);
    return answered.isOver() || byThreats(answered, quiet) == NONE;
  }
}
