package tabula.games.record;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A game as it stands in a text, before anybody asks whether it makes sense.
 *
 * @param headers the first of each name, in their order
 * @param stones black ones that stand before the first move
 * @param moves those of the main line
 * @param start where the game begins
 */
public record Sheet(
    Syntax syntax, Map<String, Word> headers, List<Word> stones, List<Word> moves, Word start) {

  /** A game that begins as its rules say. */
  Sheet(Syntax syntax, Map<String, Word> headers, List<Word> moves, Word start) {
    this(syntax, headers, List.of(), moves, start);
  }

  /** How texts are put together. */
  public enum Syntax {
    /** {@code (;GM[1]SZ[9];B[ee])}: SGF and GGF. */
    BRACKETS,
    /** Lines such as {@code [White "Ann"]}, and numbered moves: PGN and PDN. */
    TAGS,
    /** A line of moves, two letters each. */
    LINE
  }

  /**
   * A part of a text.
   *
   * @param name of a header, or of the property that a move is in; otherwise empty
   * @param line from 1
   * @param column from 1
   */
  public record Word(String name, String text, int line, int column) {

    /** Another property at the same place. */
    Word as(String newName, String newText) {
      return new Word(newName, newText, line, column);
    }

    boolean isOf(String property) {
      return name.equals(property);
    }

    /** What to throw where this is wrong. */
    public RecordException wrong(String reason, Object... arguments) {
      return new RecordException(line, column, reason.formatted(arguments));
    }
  }

  Optional<Word> header(String name) {
    return Optional.ofNullable(headers.get(name));
  }

  /** Whether a header has a value, whatever the case of its letters. */
  boolean says(String name, String value) {
    return header(name).filter(word -> word.text().equalsIgnoreCase(value)).isPresent();
  }
}
