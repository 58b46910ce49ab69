package tabula.games.record;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tabula.games.Ending;
import tabula.games.Game;
import tabula.games.GameRecord;
import tabula.games.Outcome;
import tabula.games.Position;
import tabula.games.Side;
import tabula.games.record.RecordedGame.Result;
import tabula.games.record.RecordedGame.Way;
import tabula.games.record.Sheet.Word;

/**
 * A way to write a game down. What was written is read back: moves, players, date and result, as
 * far as the format has words for them. A result that the rules do not give is someone's
 * resignation, or a draw that was agreed on, unless the format says better.
 */
public abstract class RecordFormat {

  private static final int LONGEST_NAME = 100;
  private static final Pattern DATE = Pattern.compile("(\\d{4})[-./](\\d{1,2})[-./](\\d{1,2})");

  private final Game game;
  private final String name;
  private final String mediaType;
  private final MoveText words;

  /**
   * What a record says of its end.
   *
   * @param way null where it does not say how, {@link Way#RULES} where it gives a count
   */
  record Said(Outcome outcome, @Nullable Way way, Word where) {}

  /** The headers that name the players, the first player's before the second's, and the date. */
  record Names(String first, String second, String date) {}

  RecordFormat(Game game, String name, String mediaType, MoveText words) {
    this.game = game;
    this.name = name;
    this.mediaType = mediaType;
    this.words = words;
  }

  /** What commands and files' endings call it, such as {@code pgn}. */
  public final String name() {
    return name;
  }

  /** Such as {@code application/x-go-sgf}. */
  public final String mediaType() {
    return mediaType;
  }

  public final Game game() {
    return game;
  }

  final MoveText words() {
    return words;
  }

  /** Whether a sheet is of this format and game. */
  abstract boolean claims(Sheet sheet);

  /** Looks whether anything speaks against a sheet that is of this game, or differs in it. */
  abstract List<Note> check(Sheet sheet) throws RecordException;

  /** The moves from the game's start. */
  List<Word> moves(Sheet sheet) {
    return sheet.moves();
  }

  abstract Names names();

  /** What a sheet says of the end; null if nothing. */
  abstract @Nullable Said said(Sheet sheet) throws RecordException;

  /** A move that the format leaves out before another one; -1 where it leaves out none. */
  int leftOut(Position position, int action) {
    return -1;
  }

  /** Writes a game of this format's. */
  public abstract String write(RecordedGame recorded);

  final ReadGame read(Sheet sheet) throws RecordException {
    List<Note> notes = new ArrayList<>(check(sheet));
    GameRecord played = play(moves(sheet));
    RecordedGame recorded =
        new RecordedGame(
            played,
            player(sheet, names().first()),
            player(sheet, names().second()),
            sheet.header(names().date()).map(RecordFormat::date).orElse(null),
            result(played.position(), said(sheet), notes));
    return new ReadGame(recorded, sheet.start().line(), List.copyOf(notes));
  }

  private GameRecord play(List<Word> moves) throws RecordException {
    int[] actions = new int[game.maxPlies()];
    Position position = game.initialPosition();
    int count = 0;
    for (Word word : moves) {
      checkGoesOn(position, word);
      int action = words.read(position, word.text());
      int before = leftOut(position, action);
      if (before >= 0) {
        actions[count++] = before;
        position = position.play(before);
        action = words.read(position, word.text());
        checkGoesOn(position, word);
      }
      if (action < 0) {
        throw word.wrong(
            "'%s' is no move of %s that can be made there.", word.text(), game.title());
      }
      if (!position.isLegal(action)) {
        throw word.wrong("%s", game.whyIllegal(position, action));
      }
      actions[count++] = action;
      position = position.play(action);
    }
    return new GameRecord(Arrays.copyOf(actions, count), position);
  }

  private static void checkGoesOn(Position position, Word word) throws RecordException {
    if (position.isOver()) {
      throw word.wrong("'%s' comes after the end of the game.", word.text());
    }
    boolean others =
        switch (word.name()) {
          case "B" -> position.sideToMove() != Side.FIRST;
          case "W" -> position.sideToMove() != Side.SECOND;
          default -> false;
        };
    if (others) {
      throw word.wrong("It is %s's turn.", position.sideToMove() == Side.FIRST ? "black" : "white");
    }
  }

  private static Result result(Position end, @Nullable Said said, List<Note> notes)
      throws RecordException {
    if (said == null || said.outcome() == Outcome.ONGOING) {
      return Result.of(end);
    }
    Way way = said.way();
    if (end.isOver() ? said.outcome() == end.outcome() : way != Way.RULES) {
      return end.isOver()
          ? Result.of(end)
          : new Result(
              said.outcome(),
              way != null ? way : said.outcome() == Outcome.DRAW ? Way.AGREEMENT : Way.RESIGNATION);
    }
    // Others count dead stones off, or agree on the score without passing.
    if (end.isOver() && end.ending() != Ending.AREA) {
      throw said.where()
          .wrong(
              "The result is said to be '%s', but by the rules of %s %s.",
              said.where().text(), end.game().title(), sentence(end.outcome()));
    }
    notes.add(new Note(Note.Kind.RESULT, said.where().text()));
    return Result.of(end);
  }

  private static String sentence(Outcome outcome) {
    return switch (outcome) {
      case FIRST_WINS -> "the first player has won";
      case SECOND_WINS -> "the second player has won";
      case DRAW -> "it is a draw";
      case ONGOING -> "it goes on";
    };
  }

  private static String player(Sheet sheet, String header) throws RecordException {
    Optional<Word> found = sheet.header(header);
    if (found.isEmpty() || found.get().text().equals("?")) {
      return "";
    }
    String player = found.get().text().replaceAll("[\\p{Cntrl}\\s]+", " ").strip();
    if (player.length() > LONGEST_NAME) {
      throw found.get().wrong("A name has at most %d letters.", LONGEST_NAME);
    }
    return player;
  }

  private static @Nullable LocalDate date(Word word) {
    Matcher date = DATE.matcher(word.text());
    try {
      return date.lookingAt()
          ? LocalDate.of(number(date, 1), number(date, 2), number(date, 3))
          : null;
    } catch (DateTimeException e) {
      return null;
    }
  }

  private static int number(Matcher matcher, int group) {
    return Integer.parseInt(matcher.group(group));
  }
}
