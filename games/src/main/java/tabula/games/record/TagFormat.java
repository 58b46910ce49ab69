package tabula.games.record;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tabula.games.Game;
import tabula.games.Outcome;
import tabula.games.record.RecordedGame.Way;
import tabula.games.record.Sheet.Syntax;
import tabula.games.record.Sheet.Word;

/** Portable Game Notation of chess, and Portable Draughts Notation, which was made after it. */
public final class TagFormat extends RecordFormat {

  private static final String GAME_TYPE = "GameType";
  private static final String TERMINATION = "Termination";
  private static final String TIME = "time forfeit";
  private static final String UNKNOWN_DATE = "????.??.??";

  private final boolean draughts;
  private final PositionNotation positions;
  private final String gameType;

  private TagFormat(
      Game game,
      String name,
      String mediaType,
      MoveText words,
      PositionNotation positions,
      String gameType) {
    super(game, name, mediaType, words);
    this.positions = positions;
    this.gameType = gameType;
    this.draughts = !gameType.isEmpty();
  }

  /** PGN: white moves first. */
  public static TagFormat pgn(Game game, MoveText words, PositionNotation positions) {
    return new TagFormat(game, "pgn", "application/vnd.chess-pgn", words, positions, "");
  }

  /**
   * PDN of a game in which black moves first. As in PGN, {@code 1-0} is a win of white's.
   *
   * @param gameType what PDN calls the game, such as {@code 21}
   */
  public static TagFormat pdn(Game game, PositionNotation positions, String gameType) {
    return new TagFormat(game, "pdn", "text/x-pdn", MoveText.PLAIN, positions, gameType);
  }

  @Override
  boolean claims(Sheet sheet) {
    if (sheet.syntax() != Syntax.TAGS) {
      return false;
    }
    Optional<String> type = sheet.header(GAME_TYPE).map(Word::text);
    if (type.isPresent()) {
      return draughts && type.get().split(",", 2)[0].strip().equals(gameType);
    }
    boolean numbers =
        !sheet.moves().isEmpty()
            && Character.isDigit(sheet.moves().getFirst().text().charAt(0))
            && !sheet.moves().getFirst().text().startsWith("0");
    return draughts == numbers;
  }

  @Override
  List<Note> check(Sheet sheet) throws RecordException {
    Word fen = sheet.headers().get("FEN");
    if (fen == null) {
      return List.of();
    }
    try {
      if (!positions.read().apply(fen.text()).equals(game().initialPosition())) {
        throw fen.wrong("Only games from the start can be read, and this begins elsewhere.");
      }
    } catch (IllegalArgumentException e) {
      throw fen.wrong("%s", String.valueOf(e.getMessage()));
    }
    return List.of();
  }

  @Override
  Names names() {
    return draughts ? new Names("Black", "White", "Date") : new Names("White", "Black", "Date");
  }

  @Override
  @Nullable Said said(Sheet sheet) throws RecordException {
    Word word = sheet.headers().get(TagPairs.RESULT);
    if (word == null) {
      return null;
    }
    Outcome outcome =
        switch (word.text()) {
          case "1-0" -> draughts ? Outcome.SECOND_WINS : Outcome.FIRST_WINS;
          case "0-1" -> draughts ? Outcome.FIRST_WINS : Outcome.SECOND_WINS;
          case "1/2-1/2" -> Outcome.DRAW;
          case "*", "?" -> Outcome.ONGOING;
          default -> throw word.wrong("A result is 1-0, 0-1, 1/2-1/2 or *, not '%s'.", word.text());
        };
    return new Said(outcome, sheet.says(TERMINATION, TIME) ? Way.TIME : null, word);
  }

  @Override
  public String write(RecordedGame recorded) {
    String result =
        switch (recorded.result().outcome()) {
          case FIRST_WINS -> draughts ? "0-1" : "1-0";
          case SECOND_WINS -> draughts ? "1-0" : "0-1";
          case DRAW -> "1/2-1/2";
          case ONGOING -> "*";
        };
    Map<String, String> tags = new LinkedHashMap<>();
    tags.put("Event", "?");
    tags.put("Site", "?");
    tags.put(
        "Date",
        recorded.date() == null ? UNKNOWN_DATE : recorded.date().toString().replace('-', '.'));
    tags.put("Round", "?");
    tags.put(names().first(), known(recorded.first()));
    tags.put(names().second(), known(recorded.second()));
    tags.put(TagPairs.RESULT, result);
    if (draughts) {
      tags.put(GAME_TYPE, gameType);
    }
    if (recorded.result().way() == Way.TIME) {
      tags.put(TERMINATION, TIME);
    }
    return TagPairs.write(tags, recorded.moves(words()), result);
  }

  private static String known(String player) {
    return player.isEmpty() ? "?" : player;
  }
}
