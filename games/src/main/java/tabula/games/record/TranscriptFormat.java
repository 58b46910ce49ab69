package tabula.games.record;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tabula.games.Game;
import tabula.games.Position;
import tabula.games.record.Sheet.Syntax;
import tabula.games.record.Sheet.Word;

/**
 * A line of squares, {@code f5d6c3}, as Othello's players write games. Passes are left out, as they
 * are forced; nobody is named, and no result but that of the rules.
 */
public final class TranscriptFormat extends RecordFormat {

  private static final Names NONE = new Names("", "", "");
  private static final MoveText SQUARES =
      new MoveText() {
        @Override
        public String write(Position position, int action) {
          return PLAIN.write(position, action);
        }

        @Override
        public int read(Position position, String text) {
          return PLAIN.read(position, text.toLowerCase(Locale.ROOT));
        }
      };

  private final int pass;

  /**
   * Transcripts of a game.
   *
   * @param pass the action that is left out
   */
  public TranscriptFormat(Game game, int pass) {
    super(game, "txt", "text/plain", SQUARES);
    this.pass = pass;
  }

  /** Reads the rest of a line. */
  static Sheet line(Cursor cursor) {
    Word start = cursor.here();
    List<Word> moves = new ArrayList<>();
    StringBuilder square = new StringBuilder();
    Word place = start;
    while (cursor.peek() != Cursor.END && cursor.peek() != '\n') {
      place = square.isEmpty() ? cursor.here() : place;
      int letter = cursor.next();
      if (!Character.isWhitespace(letter)) {
        square.append((char) letter);
      }
      if (square.length() == 2) {
        moves.add(move(square, place));
      }
    }
    if (!square.isEmpty()) {
      moves.add(move(square, place));
    }
    return new Sheet(Syntax.LINE, Map.of(), moves, start);
  }

  private static Word move(StringBuilder square, Word place) {
    Word move = new Word("", square.toString(), place.line(), place.column());
    square.setLength(0);
    return move;
  }

  /** Where a game begins tells boards of other sizes apart. */
  @Override
  boolean claims(Sheet sheet) {
    Position start = game().initialPosition();
    return sheet.syntax() == Syntax.LINE
        && start.isLegal(words().read(start, sheet.moves().getFirst().text()));
  }

  @Override
  List<Note> check(Sheet sheet) {
    return List.of();
  }

  @Override
  Names names() {
    return NONE;
  }

  @Override
  @Nullable Said said(Sheet sheet) {
    return null;
  }

  @Override
  int leftOut(Position position, int action) {
    return action != pass && position.isLegal(pass) ? pass : -1;
  }

  @Override
  public String write(RecordedGame recorded) {
    StringBuilder line = new StringBuilder();
    List<String> moves = recorded.moves(words());
    for (int i = 0; i < moves.size(); i++) {
      if (recorded.played().actions()[i] != pass) {
        line.append(moves.get(i));
      }
    }
    return line.append('\n').toString();
  }
}
