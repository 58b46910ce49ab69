package tabula.agents.insight;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import tabula.games.Game;
import tabula.games.GameRecord;
import tabula.games.Position;

/** The positions nearest to one that can come about by play, and the moves that lead to them. */
final class LegalChanges {

  /** What is different. */
  enum Kind {
    /** Nothing. */
    SAME,
    /** A stone stands elsewhere: the same side moves. */
    MOVED,
    /** One stone less: the other side moves. */
    LESS,
    /** One stone more: the other side moves. */
    MORE
  }

  /**
   * A position that differs little.
   *
   * @param squares those whose stones differ, ascending
   */
  record Change(Kind kind, int[] squares, GameRecord record) {}

  private LegalChanges() {}

  /** All that differ by one stone, or, in games whose moves turn or take stones, by one move. */
  static List<Change> around(GameRecord record) {
    List<Change> changes = new ArrayList<>();
    Set<Position> seen = new HashSet<>();
    seen.add(record.position());
    if (takesPieces(record.position().game())) {
      substitute(record, Integer.MAX_VALUE, seen, changes);
    } else {
      substitute(record, 2, seen, changes);
      leaveOut(record, seen, changes);
    }
    for (int action : record.position().legalActions()) {
      int[] actions = Arrays.copyOf(record.actions(), record.actions().length + 1);
      actions[actions.length - 1] = action;
      add(Kind.MORE, record, actions, Integer.MAX_VALUE, seen, changes);
    }
    return changes;
  }

  /** Whether a move changes more than the square that it goes to. */
  static boolean takesPieces(Game game) {
    return switch (game.board().kind()) {
      case DROP, PLACE, POINT, HEX -> false;
      case STEP, FLIP, SURROUND, CHESS, DRAUGHTS -> true;
    };
  }

  /** Another move in the place of one of them, the others as they were. */
  private static void substitute(
      GameRecord record, int most, Set<Position> seen, List<Change> changes) {
    Position position = record.position().game().initialPosition();
    for (int ply = 0; ply < record.actions().length; ply++) {
      for (int action : position.legalActions()) {
        if (action != record.actions()[ply]) {
          int[] actions = record.actions().clone();
          actions[ply] = action;
          add(Kind.MOVED, record, actions, most, seen, changes);
        }
      }
      position = position.play(record.actions()[ply]);
    }
  }

  /** Without one move of the side that moved last, both sides' others in their order. */
  private static void leaveOut(GameRecord record, Set<Position> seen, List<Change> changes) {
    int length = record.actions().length;
    for (int left = length - 1; left >= 0; left -= 2) {
      int[] actions = Arrays.copyOf(record.actions(), length - 1);
      for (int ply = left; ply < length - 1; ply += 2) {
        if (ply + 2 < length) {
          actions[ply] = record.actions()[ply + 2];
        }
      }
      add(Kind.LESS, record, actions, 1, seen, changes);
    }
  }

  /** Adds what these moves lead to, if they can be played and it differs by few squares. */
  private static void add(
      Kind kind,
      GameRecord from,
      int[] actions,
      int most,
      Set<Position> seen,
      List<Change> changes) {
    Position position = from.position().game().initialPosition();
    for (int action : actions) {
      if (!position.isLegal(action)) {
        return;
      }
      position = position.play(action);
    }
    if (position.isOver() || !seen.add(position)) {
      return;
    }
    int[] squares = differing(from.position(), position);
    if (squares.length > 0 && squares.length <= most) {
      changes.add(new Change(kind, squares, new GameRecord(actions, position)));
    }
  }

  /** The squares on which two positions of a game differ, ascending. */
  static int[] differing(Position one, Position other) {
    Game game = one.game();
    int[] squares = new int[game.shape().squares()];
    int count = 0;
    for (int square = 0; square < squares.length; square++) {
      if (one.pieceAt(square) != other.pieceAt(square)) {
        squares[count++] = square;
      }
    }
    return Arrays.copyOf(squares, count);
  }
}
