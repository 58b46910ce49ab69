package tabula.games.record;

import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tabula.games.Game;
import tabula.games.Outcome;
import tabula.games.Position;
import tabula.games.Side;
import tabula.games.record.RecordedGame.Way;
import tabula.games.record.Sheet.Syntax;
import tabula.games.record.Sheet.Word;

/** The Generic Game Format of Othello's servers. The first player is black. */
public final class GgfFormat extends RecordFormat {

  private static final String GAME = "Othello";
  private static final Names NAMES = new Names("PB", "PW", "DT");
  private static final Pattern RESULT = Pattern.compile("([+-]?)(\\d{1,3}(\\.\\d*)?)(:[rts])?");

  private final String board;

  public GgfFormat(Game game) {
    super(game, "ggf", "text/x-ggf", new Moves());
    this.board = board(game.initialPosition());
  }

  /** A board as GGF has it: its size, rows of {@code *}, {@code O} and {@code -}, who moves. */
  private static String board(Position position) {
    int size = position.game().board().width();
    StringBuilder text = new StringBuilder().append(size).append(' ');
    for (int row = 0; row < size; row++) {
      for (int column = 0; column < size; column++) {
        text.append(mark(position.pieceAt(row * size + column), '-'));
      }
      text.append(' ');
    }
    return text.append(mark(position.sideToMove(), '-')).toString();
  }

  private static char mark(@Nullable Side side, char none) {
    return side == null ? none : side == Side.FIRST ? '*' : 'O';
  }

  @Override
  boolean claims(Sheet sheet) {
    return sheet.syntax() == Syntax.BRACKETS
        && sheet.says("GM", GAME)
        && size(sheet).equals(String.valueOf(game().board().width()));
  }

  /** The board's, or that of the type where no board is shown. */
  private static String size(Sheet sheet) {
    return sheet
        .header("BO")
        .or(() -> sheet.header("TY"))
        .map(word -> word.text().strip().split("\\D", 2)[0])
        .orElse("8");
  }

  @Override
  List<Note> check(Sheet sheet) throws RecordException {
    Word shown = sheet.headers().get("BO");
    if (shown != null && !shown.text().replaceAll("\\s", "").equals(board.replace(" ", ""))) {
      throw shown.wrong("Only games from the usual start can be read: BO[%s].", board);
    }
    return List.of();
  }

  @Override
  Names names() {
    return NAMES;
  }

  @Override
  @Nullable Said said(Sheet sheet) throws RecordException {
    Word word = sheet.headers().get("RE");
    if (word == null || word.text().isEmpty() || word.text().equals("?")) {
      return null;
    }
    Matcher result = RESULT.matcher(word.text());
    if (!result.matches()) {
      throw word.wrong(
          "A result is black's lead in discs, such as +12, -64:r, +64:t or ?, not '%s'.",
          word.text());
    }
    boolean even = Double.parseDouble(result.group(2)) == 0;
    Outcome outcome =
        even
            ? Outcome.DRAW
            : result.group(1).equals("-") ? Outcome.SECOND_WINS : Outcome.FIRST_WINS;
    return new Said(outcome, ":t".equals(result.group(4)) ? Way.TIME : null, word);
  }

  @Override
  public String write(RecordedGame recorded) {
    StringBuilder text = new StringBuilder("(;");
    add(text, "GM", GAME);
    add(text, "PC", "Tabula");
    if (recorded.date() != null) {
      add(text, "DT", recorded.date().toString().replace('-', '.'));
    }
    add(text, "PB", recorded.first());
    add(text, "PW", recorded.second());
    add(text, "RE", result(recorded));
    add(text, "TY", String.valueOf(game().board().width()));
    add(text, "BO", board);
    List<String> moves = recorded.moves(words());
    for (int i = 0; i < moves.size(); i++) {
      add(text, i % 2 == 0 ? "B" : "W", moves.get(i));
    }
    return text.append(";)\n").toString();
  }

  private static void add(StringBuilder text, String name, String value) {
    text.append(Brackets.write(name, value));
  }

  private static String result(RecordedGame recorded) {
    Outcome outcome = recorded.result().outcome();
    if (outcome == Outcome.ONGOING) {
      return "?";
    }
    int squares = recorded.game().board().width() * recorded.game().board().height();
    return switch (recorded.result().way()) {
      case RULES -> "%+d".formatted(lead(recorded.played().position(), squares));
      case AGREEMENT -> "0:s";
      case RESIGNATION, TIME ->
          "%+d:%s"
              .formatted(
                  squares * outcome.valueFor(Side.FIRST),
                  recorded.result().way() == Way.TIME ? "t" : "r");
    };
  }

  private static int lead(Position position, int squares) {
    int lead = 0;
    for (int square = 0; square < squares; square++) {
      Side piece = position.pieceAt(square);
      lead += piece == null ? 0 : piece == Side.FIRST ? 1 : -1;
    }
    return lead;
  }

  /** A square or {@code pa}; an evaluation and a time may follow, after slashes. */
  private static final class Moves implements MoveText {
    @Override
    public String write(Position position, int action) {
      String move = PLAIN.write(position, action);
      return move.equals("pass") ? "PA" : move.toUpperCase(Locale.ROOT);
    }

    @Override
    public int read(Position position, String text) {
      String move = text.split("/", 2)[0].strip().toLowerCase(Locale.ROOT);
      return PLAIN.read(position, move.equals("pa") ? "pass" : move);
    }
  }
}
