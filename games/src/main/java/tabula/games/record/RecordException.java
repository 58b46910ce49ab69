package tabula.games.record;

/** A text is no record of a game: the message names the place, and what is wrong there. */
public final class RecordException extends Exception {

  private static final long serialVersionUID = 1;

  RecordException(int line, int column, String reason) {
    super("Line %d, column %d: %s".formatted(line, column, reason));
  }
}
