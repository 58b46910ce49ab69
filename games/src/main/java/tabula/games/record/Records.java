package tabula.games.record;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import tabula.games.Games;
import tabula.games.record.Sheet.Syntax;
import tabula.games.record.Sheet.Word;

/** Reads games in whatever format, of whatever game. */
public final class Records {

  private Records() {}

  /** Each format of each game. */
  public static Stream<RecordFormat> formats() {
    return Games.all().stream().flatMap(game -> game.recordFormats().stream());
  }

  /**
   * Reads the games in a text, and plays each through by the rules.
   *
   * @param most so many games may be in it
   * @throws RecordException if a game is wrong, or of a kind that nobody here knows
   */
  public static List<ReadGame> read(String text, int most) throws RecordException {
    List<Sheet> sheets =
        switch (syntax(text)) {
          case BRACKETS -> Brackets.read(text);
          case TAGS -> TagPairs.read(text);
          case LINE -> lines(text);
        };
    if (sheets.size() > most) {
      throw sheets.get(most).start().wrong("At most %d games may be read at once.", most);
    }
    List<ReadGame> games = new ArrayList<>();
    for (Sheet sheet : sheets) {
      games.add(format(sheet).read(sheet));
    }
    return games;
  }

  private static Syntax syntax(String text) throws RecordException {
    Cursor cursor = new Cursor(text);
    cursor.skipSpace();
    int first = cursor.peek();
    if (first == '(') {
      return Syntax.BRACKETS;
    }
    if (first == '[' || first == '{' || first == ';' || first == '%' || Character.isDigit(first)) {
      return Syntax.TAGS;
    }
    if (first >= 'A' && first <= 'z') {
      return Syntax.LINE;
    }
    throw cursor.unexpected(
        "a record: SGF or GGF with '(' before it, PGN or PDN with '[' or a move's number, or a"
            + " line of moves such as f5d6");
  }

  /** A game a line. */
  private static List<Sheet> lines(String text) {
    List<Sheet> sheets = new ArrayList<>();
    Cursor cursor = new Cursor(text);
    for (cursor.skipSpace(); cursor.peek() != Cursor.END; cursor.skipSpace()) {
      sheets.add(TranscriptFormat.line(cursor));
    }
    return sheets;
  }

  private static RecordFormat format(Sheet sheet) throws RecordException {
    Optional<RecordFormat> format = formats().filter(each -> each.claims(sheet)).findFirst();
    if (format.isPresent()) {
      return format.get();
    }
    throw sheet
        .start()
        .wrong(
            "%s.",
            switch (sheet.syntax()) {
              case BRACKETS ->
                  "No game here is GM[%s] of size SZ[%s]"
                      .formatted(said(sheet, "GM", "1"), said(sheet, "SZ", "19"));
              case TAGS -> "No game here is GameType \"%s\"".formatted(said(sheet, "GameType", ""));
              case LINE -> "This line is no game from the start";
            });
  }

  private static String said(Sheet sheet, String header, String usual) {
    return sheet.header(header).map(Word::text).orElse(usual);
  }
}
