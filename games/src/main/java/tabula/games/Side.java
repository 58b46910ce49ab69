package tabula.games;

/** One of the two players: {@link #FIRST} makes the first move of the game. */
public enum Side {
  FIRST,
  SECOND;

  public Side opponent() {
    return this == FIRST ? SECOND : FIRST;
  }
}
