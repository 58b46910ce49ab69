package tabula.games.record;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tabula.games.Game;
import tabula.games.Outcome;
import tabula.games.Position;
import tabula.games.Squares;
import tabula.games.record.RecordedGame.Way;
import tabula.games.record.Sheet.Syntax;
import tabula.games.record.Sheet.Word;

/** The Smart Game Format, version 4. The first player is black. */
public final class SgfFormat extends RecordFormat {

  /** Points as two letters, the second counting from the top; {@code pass} as nothing. */
  public static final MoveText POINTS = new Points();

  private static final Names NAMES = new Names("PB", "PW", "DT");
  private static final Set<String> SET_UPS = Set.of("AW", "AE");
  private static final Pattern RESULT =
      Pattern.compile("([BW])\\+((T|Time)|\\d.*)?.*", Pattern.CASE_INSENSITIVE);
  private static final int MOVES_A_LINE = 10;

  private final int number;
  private final @Nullable Integer komi;

  /**
   * SGF of a game on a square board.
   *
   * @param number the game's in SGF's list, such as 1 for Go
   * @param komi null where the game knows none
   */
  public SgfFormat(Game game, int number, @Nullable Integer komi, MoveText words) {
    super(game, "sgf", "application/x-go-sgf", words);
    this.number = number;
    this.komi = komi;
  }

  private int size() {
    return game().board().width();
  }

  @Override
  boolean claims(Sheet sheet) {
    return sheet.syntax() == Syntax.BRACKETS
        && is(sheet.header("GM"), number, 1)
        && is(sheet.header("SZ"), size(), 19);
  }

  private static boolean is(Optional<Word> header, int number, int usual) {
    String said = header.map(Word::text).orElse(String.valueOf(usual)).strip();
    return said.equals(String.valueOf(number));
  }

  @Override
  List<Note> check(Sheet sheet) throws RecordException {
    for (Word header : sheet.headers().values()) {
      boolean blackStones = header.name().equals(Brackets.BLACK_STONES);
      if (SET_UPS.contains(header.name()) || (blackStones && komi == null)) {
        throw header.wrong("%s: only games from the empty board can be read.", header.name());
      }
    }
    List<Note> notes = new ArrayList<>();
    sheet
        .header("KM")
        .map(header -> header.text().strip())
        .filter(said -> komi != null && !isKomi(said))
        .ifPresent(said -> notes.add(new Note(Note.Kind.KOMI, said)));
    if (!sheet.stones().isEmpty()) {
      notes.add(new Note(Note.Kind.HANDICAP, String.valueOf(sheet.stones().size())));
    }
    return notes;
  }

  /** Black's handicap as moves, between which white passes. */
  @Override
  List<Word> moves(Sheet sheet) {
    List<Word> moves = new ArrayList<>();
    for (Word stone : sheet.stones()) {
      if (!moves.isEmpty()) {
        moves.add(stone.as("W", ""));
      }
      moves.add(stone.as("B", stone.text()));
    }
    if (!moves.isEmpty() && !sheet.moves().isEmpty() && sheet.moves().getFirst().isOf("B")) {
      moves.add(sheet.moves().getFirst().as("W", ""));
    }
    moves.addAll(sheet.moves());
    return moves;
  }

  private boolean isKomi(String text) {
    return text.matches(komi + "(\\.0*)?");
  }

  @Override
  Names names() {
    return NAMES;
  }

  @Override
  @Nullable Said said(Sheet sheet) throws RecordException {
    Word word = sheet.header("RE").orElse(null);
    if (word == null) {
      return null;
    }
    String text = word.text().strip();
    Matcher won = RESULT.matcher(text);
    if (won.matches()) {
      boolean first = won.group(1).equalsIgnoreCase("B");
      Way way =
          won.group(3) != null ? Way.TIME : won.group(2) != null && komi != null ? Way.RULES : null;
      return new Said(first ? Outcome.FIRST_WINS : Outcome.SECOND_WINS, way, word);
    }
    if (text.equals("0") || text.equalsIgnoreCase("Draw")) {
      return new Said(Outcome.DRAW, null, word);
    }
    if (text.isEmpty() || text.equals("?") || text.equalsIgnoreCase("Void")) {
      return null;
    }
    throw word.wrong("A result is such as B+R, W+T, B+3.5, 0, Void or ?, not '%s'.", text);
  }

  @Override
  public String write(RecordedGame recorded) {
    StringBuilder text = new StringBuilder("(;");
    add(text, "FF", "4");
    add(text, "CA", "UTF-8");
    add(text, "AP", "Tabula");
    add(text, "GM", String.valueOf(number));
    add(text, "SZ", String.valueOf(size()));
    if (komi != null) {
      add(text, "KM", String.valueOf(komi));
    }
    if (!recorded.first().isEmpty()) {
      add(text, "PB", recorded.first());
    }
    if (!recorded.second().isEmpty()) {
      add(text, "PW", recorded.second());
    }
    if (recorded.date() != null) {
      add(text, "DT", recorded.date().toString());
    }
    add(text, "RE", result(recorded.result()));
    List<String> moves = recorded.moves(words());
    for (int i = 0; i < moves.size(); i++) {
      text.append(i % MOVES_A_LINE == 0 ? "\n;" : ";");
      add(text, i % 2 == 0 ? "B" : "W", moves.get(i));
    }
    return text.append(")\n").toString();
  }

  private static void add(StringBuilder text, String name, String value) {
    text.append(Brackets.write(name, value));
  }

  private static String result(RecordedGame.Result result) {
    return switch (result.outcome()) {
      case ONGOING -> "?";
      case DRAW -> "0";
      case FIRST_WINS -> "B+" + way(result.way());
      case SECOND_WINS -> "W+" + way(result.way());
    };
  }

  private static String way(Way way) {
    return switch (way) {
      case RULES, AGREEMENT -> "";
      case RESIGNATION -> "R";
      case TIME -> "T";
    };
  }

  private static final class Points implements MoveText {

    private static final String PASS = "pass";

    @Override
    public String write(Position position, int action) {
      String move = PLAIN.write(position, action);
      if (move.equals(PASS)) {
        return "";
      }
      int size = position.game().board().width();
      int square = Squares.parse(move, size, size);
      return "" + (char) ('a' + square % size) + (char) ('a' + size - 1 - square / size);
    }

    @Override
    public int read(Position position, String text) {
      int size = position.game().board().width();
      if (text.isEmpty() || text.equals("tt")) {
        return PLAIN.read(position, PASS);
      }
      if (text.length() != 2) {
        return -1;
      }
      int column = text.charAt(0) - 'a';
      int row = size - 1 - (text.charAt(1) - 'a');
      return column >= 0 && column < size && row >= 0 && row < size
          ? PLAIN.read(position, Squares.name(row * size + column, size))
          : -1;
    }
  }
}
