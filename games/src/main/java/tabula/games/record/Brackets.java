package tabula.games.record;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tabula.games.record.Sheet.Syntax;
import tabula.games.record.Sheet.Word;

/** The syntax of SGF and GGF: trees of properties, of which the main line is read. */
final class Brackets {

  /** Stones that black has without having moved. */
  static final String BLACK_STONES = "AB";

  private Brackets() {}

  static List<Sheet> read(String text) throws RecordException {
    List<Sheet> sheets = new ArrayList<>();
    Cursor cursor = new Cursor(text);
    for (cursor.skipSpace(); cursor.peek() != Cursor.END; cursor.skipSpace()) {
      sheets.add(tree(cursor));
    }
    return sheets;
  }

  private static Sheet tree(Cursor cursor) throws RecordException {
    Word start = cursor.here();
    if (cursor.next() != '(') {
      throw start.wrong("A game begins with '('.");
    }
    Map<String, Word> headers = new LinkedHashMap<>();
    List<Word> stones = new ArrayList<>();
    List<Word> moves = new ArrayList<>();
    boolean mainLine = true;
    for (int depth = 1; depth > 0; ) {
      cursor.skipSpace();
      int letter = cursor.peek();
      if (letter == '(' || letter == ')' || letter == ';') {
        cursor.next();
        depth += letter == '(' ? 1 : letter == ')' ? -1 : 0;
        // The first branch of all is the main line: what stands after its end is none.
        mainLine &= letter != ')';
      } else if (isLetter(letter)) {
        List<Word> values = property(cursor);
        Word property = values.getFirst();
        if (mainLine && (property.isOf("B") || property.isOf("W"))) {
          moves.add(property);
        } else if (mainLine) {
          headers.putIfAbsent(property.name(), property);
          if (property.isOf(BLACK_STONES)) {
            if (!moves.isEmpty()) {
              throw property.wrong("Stones are set up before the first move alone.");
            }
            stones.addAll(values);
          }
        }
      } else {
        throw cursor.unexpected("a property, ';' or ')'");
      }
    }
    return new Sheet(Syntax.BRACKETS, headers, stones, moves, start);
  }

  private static boolean isLetter(int letter) {
    return (letter >= 'A' && letter <= 'Z') || (letter >= 'a' && letter <= 'z');
  }

  /**
   * A property with each of its values. Small letters in a name are of an older SGF, and skipped.
   */
  private static List<Word> property(Cursor cursor) throws RecordException {
    Word place = cursor.here();
    StringBuilder name = new StringBuilder();
    for (; isLetter(cursor.peek()); cursor.next()) {
      if (Character.isUpperCase(cursor.peek())) {
        name.append((char) cursor.peek());
      }
    }
    List<Word> values = new ArrayList<>();
    cursor.skipSpace();
    do {
      Word at = values.isEmpty() ? place : cursor.here();
      values.add(at.as(name.toString(), value(cursor)));
      cursor.skipSpace();
    } while (cursor.peek() == '[');
    return values;
  }

  private static String value(Cursor cursor) throws RecordException {
    Word start = cursor.here();
    if (cursor.peek() != '[') {
      throw cursor.unexpected("'['");
    }
    cursor.next();
    StringBuilder value = new StringBuilder();
    while (cursor.peek() != ']') {
      int letter = cursor.next();
      if (letter == '\\') {
        letter = cursor.next();
        if (letter == '\n') {
          continue;
        }
      }
      if (letter == Cursor.END) {
        throw start.wrong("This '[' has no ']'.");
      }
      value.append((char) letter);
    }
    cursor.next();
    return value.toString();
  }

  /** A property as it is written. */
  static String write(String name, String value) {
    return name + '[' + value.replace("\\", "\\\\").replace("]", "\\]") + ']';
  }
}
