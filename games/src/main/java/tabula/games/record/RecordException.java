package tabula.games.record;

/** A text is no record of a game: the message names the place, and what is wrong there. */
public final class RecordException extends Exception {

  private static final long serialVersionUID = 1;
  private static final int LONGEST = 300;

  RecordException(int line, int column, String reason) {
    super("Line %d, column %d: %s".formatted(line, column, shown(reason)));
  }

  /** A reason may quote what stands in the text, whatever that is. */
  private static String shown(String reason) {
    String line = reason.replaceAll("\\p{Cntrl}+", " ");
    return line.length() > LONGEST ? line.substring(0, LONGEST) + "…" : line;
  }
}
