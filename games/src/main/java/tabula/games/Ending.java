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
  CONNECTION,
  /** Both passed: who surrounds more wins. */
  AREA,
  /** The king is attacked, and nothing helps. */
  CHECKMATE,
  /** A side that is not attacked has no move: a draw. */
  STALEMATE,
  /** The same position is there for the third time. */
  REPETITION,
  /** For too long nothing was taken, and no piece came forward that cannot go back. */
  NO_PROGRESS,
  /** The pieces that are left win for nobody. */
  MATERIAL,
  /** A side has no move, and loses by that. */
  BLOCKED,
  /** The game took as many moves as a game may. */
  LENGTH
}
