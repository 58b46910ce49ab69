package tabula.games;

/** By what a game ended. */
public enum Ending {
  /** Enough pieces stand in a line. */
  LINE,
  /** The board is full, and nobody has won. */
  FULL_BOARD,
  /** A piece is where it wanted to go. */
  GOAL,
  /** A side has no pieces left. */
  CAPTURE,
  /** Nobody can move: who has more pieces wins. */
  COUNT,
  /** A chain joins two edges. */
  CONNECTION
}
