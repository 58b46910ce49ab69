package tabula.games.record;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tabula.games.Game;
import tabula.games.GameRecord;
import tabula.games.Outcome;
import tabula.games.Position;
import tabula.games.Side;

/**
 * A game that somebody has played.
 *
 * @param played from the game's initial position
 * @param first the first player's name; empty where nobody knows it
 * @param second the second player's
 * @param date when it was begun; null where nobody knows
 */
public record RecordedGame(
    GameRecord played, String first, String second, @Nullable LocalDate date, Result result) {

  /** By what a game ended. */
  public enum Way {
    /** The rules of the game; or nothing, while the outcome is ongoing. */
    RULES,
    RESIGNATION,
    TIME,
    AGREEMENT
  }

  /**
   * How a game ended.
   *
   * @param outcome ongoing where it is not over, or has no result
   */
  public record Result(Outcome outcome, Way way) {

    /** As the rules say. */
    public static Result of(Position position) {
      return new Result(position.outcome(), Way.RULES);
    }
  }

  public Game game() {
    return played.position().game();
  }

  public String player(Side side) {
    return side == Side.FIRST ? first : second;
  }

  /** The moves in order, in the words of a format. */
  public List<String> moves(MoveText words) {
    List<String> moves = new ArrayList<>();
    Position position = game().initialPosition();
    for (int action : played.actions()) {
      moves.add(words.write(position, action));
      position = position.play(action);
    }
    return moves;
  }
}
