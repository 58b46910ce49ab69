package tabula.games.record;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import tabula.games.record.Sheet.Syntax;
import tabula.games.record.Sheet.Word;

/**
 * The syntax of PGN and PDN: tags, then moves and a result; comments and variations are skipped.
 */
final class TagPairs {

  static final String RESULT = "Result";

  private static final Set<String> RESULTS = Set.of("1-0", "0-1", "1/2-1/2", "*");
  private static final Pattern NUMBER = Pattern.compile("^\\d+\\.+|^\\.+");
  private static final int LINE_LENGTH = 79;

  private final Cursor cursor;
  private final List<Sheet> sheets = new ArrayList<>();
  private Map<String, Word> headers = new LinkedHashMap<>();
  private List<Word> moves = new ArrayList<>();
  private Word start;

  private TagPairs(String text) {
    this.cursor = new Cursor(text);
    this.start = cursor.here();
  }

  static List<Sheet> read(String text) throws RecordException {
    TagPairs reader = new TagPairs(text);
    while (reader.skip()) {
      if (reader.cursor.peek() == '[') {
        if (!reader.moves.isEmpty()) {
          reader.end();
        }
        reader.tag();
      } else {
        reader.word();
      }
    }
    reader.end();
    return reader.sheets;
  }

  /** The game that was read so far is whole, if there was one. */
  private void end() {
    if (!headers.isEmpty() || !moves.isEmpty()) {
      sheets.add(new Sheet(Syntax.TAGS, headers, moves, start));
    }
    headers = new LinkedHashMap<>();
    moves = new ArrayList<>();
  }

  /** Skips what says nothing; returns whether anything is left. */
  private boolean skip() throws RecordException {
    while (true) {
      boolean escapes = cursor.isAtLineStart() && cursor.peek() == '%';
      switch (cursor.peek()) {
        case Cursor.END -> {
          return false;
        }
        case '{' -> comment();
        case ';' -> cursor.skipPast('\n');
        case '(' -> variation();
        case '$' -> plainWord();
        default -> {
          if (escapes) {
            cursor.skipPast('\n');
          } else if (Character.isWhitespace(cursor.peek())) {
            cursor.next();
          } else {
            return true;
          }
        }
      }
    }
  }

  private void comment() throws RecordException {
    Word place = cursor.here();
    while (cursor.peek() != '}') {
      if (cursor.next() == Cursor.END) {
        throw place.wrong("This '{' has no '}'.");
      }
    }
    cursor.next();
  }

  private void variation() throws RecordException {
    Word place = cursor.here();
    int depth = 0;
    do {
      switch (cursor.peek()) {
        case Cursor.END -> throw place.wrong("This '(' has no ')'.");
        case '{' -> comment();
        default -> {
          int letter = cursor.next();
          depth += letter == '(' ? 1 : letter == ')' ? -1 : 0;
        }
      }
    } while (depth > 0);
  }

  private void tag() throws RecordException {
    Word place = cursor.here();
    if (headers.isEmpty()) {
      start = place;
    }
    cursor.next();
    cursor.skipSpace();
    StringBuilder name = new StringBuilder();
    while (Character.isLetterOrDigit(cursor.peek()) || cursor.peek() == '_') {
      name.append((char) cursor.next());
    }
    cursor.skipSpace();
    if (name.isEmpty() || cursor.peek() != '"') {
      throw cursor.unexpected("a tag such as [White \"Ann\"]");
    }
    String value = quoted();
    cursor.skipSpace();
    if (cursor.peek() != ']') {
      throw cursor.unexpected("']'");
    }
    cursor.next();
    headers.putIfAbsent(
        name.toString(), new Word(name.toString(), value, place.line(), place.column()));
  }

  private String quoted() throws RecordException {
    Word place = cursor.here();
    cursor.next();
    StringBuilder value = new StringBuilder();
    while (cursor.peek() != '"') {
      int letter = cursor.next();
      letter = letter == '\\' ? cursor.next() : letter;
      if (letter == Cursor.END || letter == '\n') {
        throw place.wrong("This '\"' has no other on its line.");
      }
      value.append((char) letter);
    }
    cursor.next();
    return value.toString();
  }

  private void word() throws RecordException {
    if (headers.isEmpty() && moves.isEmpty()) {
      start = cursor.here();
    }
    Word word = plainWord();
    if (RESULTS.contains(word.text())) {
      Word said = headers.putIfAbsent(RESULT, word);
      if (said != null && !said.text().equals(word.text())) {
        throw word.wrong(
            "The moves end with the result %s, and the tag says '%s'.", word.text(), said.text());
      }
      end();
      return;
    }
    String move = NUMBER.matcher(word.text()).replaceFirst("");
    if (!move.isEmpty()) {
      int number = word.text().length() - move.length();
      moves.add(new Word("", move, word.line(), word.column() + number));
    }
  }

  private Word plainWord() throws RecordException {
    Word place = cursor.here();
    StringBuilder text = new StringBuilder();
    while (cursor.peek() != Cursor.END
        && !Character.isWhitespace(cursor.peek())
        && "[](){};".indexOf(cursor.peek()) < 0) {
      text.append((char) cursor.next());
    }
    if (text.isEmpty()) {
      throw cursor.unexpected("a move");
    }
    return new Word("", text.toString(), place.line(), place.column());
  }

  /** Writes a game. */
  static String write(Map<String, String> tags, List<String> moves, String result) {
    StringBuilder text = new StringBuilder();
    tags.forEach(
        (name, value) ->
            text.append('[').append(name).append(" \"").append(escaped(value)).append("\"]\n"));
    int line = text.append('\n').length();
    for (int i = 0; i <= moves.size(); i++) {
      String word =
          i == moves.size()
              ? result
              : (i % 2 == 0 ? "%d. %s".formatted(i / 2 + 1, moves.get(i)) : moves.get(i));
      if (i > 0) {
        boolean fits = text.length() - line + 1 + word.length() <= LINE_LENGTH;
        text.append(fits ? ' ' : '\n');
        line = fits ? line : text.length();
      }
      text.append(word);
    }
    return text.append("\n\n").toString();
  }

  private static String escaped(String value) {
    return value.replace("\\", "\\\\").replace("\"", "\\\"");
  }
}
