package tabula.server.ladder;

/** Matches that are rated together: those of one time class. */
public final class Pool {

  /** Matches without clocks. */
  public static final String UNTIMED = "untimed";

  private Pool() {}
}
