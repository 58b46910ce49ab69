package tabula.games;

/** One of the two players: {@link #FIRST} makes the first move of the game. */
public enum Side {
  FIRST,
  SECOND;

  /** Who moves after so many moves, where sides take turns. */
  public static Side atPly(int ply) {
    return (ply & 1) == 0 ? FIRST : SECOND;
  }

  public Side opponent() {
    return this == FIRST ? SECOND : FIRST;
  }
}
