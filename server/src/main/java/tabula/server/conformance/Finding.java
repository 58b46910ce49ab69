package tabula.server.conformance;

/**
 * What a check found.
 *
 * @param id the promise, and what of it was looked at, such as {@code resumable.frames}
 * @param why a sentence: what was seen, or what was wrong
 */
public record Finding(String id, Verdict verdict, String why) {

  /** Whether a promise is kept. */
  public enum Verdict {
    KEPT("✓"),
    BROKEN("✗"),
    NOT_SEEN("–");

    private final String mark;

    Verdict(String mark) {
      this.mark = mark;
    }

    /** As people read it. */
    public String mark() {
      return mark;
    }
  }

  public boolean isBroken() {
    return verdict == Verdict.BROKEN;
  }
}
