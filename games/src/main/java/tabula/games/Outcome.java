package tabula.games;

/** How a game stands or ended. */
public enum Outcome {
  ONGOING,
  FIRST_WINS,
  SECOND_WINS,
  DRAW;

  public boolean isOver() {
    return this != ONGOING;
  }

  /** The outcome in which {@code side} wins. */
  public static Outcome winOf(Side side) {
    return side == Side.FIRST ? FIRST_WINS : SECOND_WINS;
  }

  /** 1 if {@code side} won, -1 if it lost, 0 for a draw and for a game that goes on. */
  public int valueFor(Side side) {
    return switch (this) {
      case ONGOING, DRAW -> 0;
      case FIRST_WINS -> side == Side.FIRST ? 1 : -1;
      case SECOND_WINS -> side == Side.SECOND ? 1 : -1;
    };
  }
}
