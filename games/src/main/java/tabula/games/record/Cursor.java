package tabula.games.record;

import tabula.games.record.Sheet.Word;

/** A text that is read letter by letter, and where the reader is. */
final class Cursor {

  /** What stands after the last letter. */
  static final int END = -1;

  private final String text;
  private int at;
  private int line = 1;
  private int column = 1;

  Cursor(String text) {
    this.text = text.startsWith("\uFEFF") ? text.substring(1) : text;
  }

  /** The letter that comes next, or {@link #END}. */
  int peek() {
    return at < text.length() ? text.charAt(at) : END;
  }

  int next() {
    int letter = peek();
    if (letter == '\n') {
      line++;
      column = 1;
    } else {
      column++;
    }
    at++;
    return letter;
  }

  void skipSpace() {
    while (peek() != END && Character.isWhitespace(peek())) {
      next();
    }
  }

  /** Skips all up to a letter and that letter too, or to the end. */
  void skipPast(char letter) {
    while (peek() != END && next() != letter) {
      // The loop's condition reads on.
    }
  }

  boolean isAtLineStart() {
    return column == 1;
  }

  /** This place, for what is read from here. */
  Word here() {
    return new Word("", "", line, column);
  }

  /** What to throw about what comes next. */
  RecordException unexpected(String expected) {
    int letter = peek();
    return here()
        .wrong(
            letter == END
                ? "The text ends where %s should be."
                : "There is '%2$s' where %1$s should be.",
            expected,
            letter == END ? "" : Character.toString(letter));
  }
}
