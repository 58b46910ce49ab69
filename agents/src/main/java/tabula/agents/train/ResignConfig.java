package tabula.agents.train;

/**
 * When a side of self-play gives a game up.
 *
 * @param below never above this value of its search, in [-1, 1] for the side to move; -1 for never
 * @param checkedShare the share of the games that are played on, to see who would have resigned in
 *     vain
 * @param falseShare how many of those who would have may at most not have lost in the end
 */
public record ResignConfig(double below, double checkedShare, double falseShare) {

  public static final ResignConfig NEVER = new ResignConfig(-1, 1, 0);

  /** Whether anybody ever resigns. */
  public boolean isOn() {
    return below > -1;
  }
}
