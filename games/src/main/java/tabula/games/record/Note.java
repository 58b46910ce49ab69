package tabula.games.record;

import java.util.Locale;

/**
 * What a record says otherwise than the rules here: its moves can be played, and it is no game that
 * ended by these rules.
 *
 * @param said the record's own word
 */
public record Note(Kind kind, String said) {

  private static final int LONGEST_SAID = 40;

  /** Whatever stands in a text, on one line and not too long. */
  public Note {
    said = said.replaceAll("[\\p{Cntrl}\\s]+", " ").strip();
    said = said.length() > LONGEST_SAID ? said.substring(0, LONGEST_SAID) + "…" : said;
  }

  /** In what a record differs. */
  public enum Kind {
    /** Another komi. */
    KOMI,
    /** So many stones that black had before the first move. */
    HANDICAP,
    /** Another result than the rules give. */
    RESULT;

    /** As the protocol says it, such as {@code komi}. */
    public String code() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** A sentence for people. */
  public String sentence() {
    return switch (kind) {
      case KOMI -> "The komi was %s.".formatted(said);
      case HANDICAP ->
          "Black had a handicap of %s stones: they are moves here, and white passes between them."
              .formatted(said);
      case RESULT -> "The result was '%s', which is not that of the rules here.".formatted(said);
    };
  }
}
