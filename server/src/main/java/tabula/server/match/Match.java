package tabula.server.match;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tabula.games.Board;
import tabula.games.Ending;
import tabula.games.Game;
import tabula.games.Games;
import tabula.games.Outcome;
import tabula.games.Position;
import tabula.games.Side;
import tabula.games.Squares;

/**
 * A match at one moment: immutable, and a pure function of its events.
 *
 * @param positions after 0, 1, 2 … moves
 * @param moves in their written form
 * @param resigned who gave up, if anybody
 */
public record Match(
    String id,
    Game game,
    Seat first,
    Seat second,
    String firstTokenHash,
    String secondTokenHash,
    List<Position> positions,
    List<String> moves,
    @Nullable Side resigned,
    long createdAt,
    int events) {

  /** The match that an event begins. */
  public static Match begin(String id, MatchEvent.Created created) {
    Game game = Games.get(created.game());
    return new Match(
        id,
        game,
        created.first(),
        created.second(),
        created.firstTokenHash(),
        created.secondTokenHash(),
        List.of(game.initialPosition()),
        List.of(),
        null,
        created.at(),
        1);
  }

  /** The match that events make. */
  public static Match replay(String id, List<MatchEvent> history) {
    Match match = begin(id, (MatchEvent.Created) history.getFirst());
    for (MatchEvent event : history.subList(1, history.size())) {
      match = match.apply(event);
    }
    return match;
  }

  /** The match after one more event. */
  public Match apply(MatchEvent event) {
    return switch (event) {
      case MatchEvent.Created created ->
          throw new IllegalStateException("A match begins once: " + created);
      case MatchEvent.SeatTaken(Side side, Seat seat, String tokenHash) ->
          side == Side.FIRST
              ? with(seat, second, tokenHash, secondTokenHash, positions, moves, resigned)
              : with(first, seat, firstTokenHash, tokenHash, positions, moves, resigned);
      case MatchEvent.MovePlayed(int ply, String move, Long clockMillis) -> {
        Position position = position();
        yield with(
            first,
            second,
            firstTokenHash,
            secondTokenHash,
            plus(positions, position.play(game.parseMove(position, move))),
            plus(moves, move),
            resigned);
      }
      case MatchEvent.TakenBack(int ply) ->
          with(
              first,
              second,
              firstTokenHash,
              secondTokenHash,
              List.copyOf(positions.subList(0, ply + 1)),
              List.copyOf(moves.subList(0, ply)),
              resigned);
      case MatchEvent.Resigned(Side side) ->
          with(first, second, firstTokenHash, secondTokenHash, positions, moves, side);
    };
  }

  private static <T> List<T> plus(List<T> list, T last) {
    List<T> longer = new ArrayList<>(list.size() + 1);
    longer.addAll(list);
    longer.add(last);
    return Collections.unmodifiableList(longer);
  }

  private Match with(
      Seat newFirst,
      Seat newSecond,
      String newFirstHash,
      String newSecondHash,
      List<Position> newPositions,
      List<String> newMoves,
      @Nullable Side newResigned) {
    return new Match(
        id,
        game,
        newFirst,
        newSecond,
        newFirstHash,
        newSecondHash,
        newPositions,
        newMoves,
        newResigned,
        createdAt,
        events + 1);
  }

  public Position position() {
    return positions.getLast();
  }

  public int ply() {
    return moves.size();
  }

  public Seat seat(Side side) {
    return side == Side.FIRST ? first : second;
  }

  String tokenHash(Side side) {
    return side == Side.FIRST ? firstTokenHash : secondTokenHash;
  }

  public Outcome outcome() {
    return resigned == null ? position().outcome() : Outcome.winOf(resigned.opponent());
  }

  public boolean isOver() {
    return outcome().isOver();
  }

  public boolean hasOpenSeat() {
    return first instanceof Seat.Open || second instanceof Seat.Open;
  }

  /** The match as the protocol shows it. */
  public MatchView view() {
    Position position = position();
    Outcome outcome = outcome();
    List<String> legal = new ArrayList<>();
    if (!outcome.isOver()) {
      for (int action : position.legalActions()) {
        legal.add(game.formatMove(position, action));
      }
    }
    @Nullable String reason =
        switch (outcome) {
          case ONGOING -> null;
          case FIRST_WINS, SECOND_WINS, DRAW ->
              resigned == null ? name(position.ending()) : "resignation";
        };
    return new MatchView(
        id,
        game.id(),
        Map.of("first", first, "second", second),
        moves,
        ply(),
        outcome.isOver() ? null : name(position.sideToMove()),
        legal,
        rows(position),
        switch (outcome) {
          case ONGOING -> "ongoing";
          case FIRST_WINS -> "first";
          case SECOND_WINS -> "second";
          case DRAW -> "draw";
        },
        reason,
        position.isOver() ? decidingSquares(position) : List.of(),
        createdAt);
  }

  public static String name(Side side) {
    return side == Side.FIRST ? "first" : "second";
  }

  private static String name(Ending ending) {
    return switch (ending) {
      case LINE -> "line";
      case FULL_BOARD -> "fullBoard";
      case GOAL -> "goal";
      case CAPTURE -> "capture";
      case COUNT -> "count";
      case CONNECTION -> "connection";
    };
  }

  private static List<String> rows(Position position) {
    Board board = position.game().board();
    List<String> rows = new ArrayList<>();
    for (int row = board.height() - 1; row >= 0; row--) {
      StringBuilder squares = new StringBuilder();
      for (int column = 0; column < board.width(); column++) {
        squares.append(Squares.mark(position.pieceAt(row * board.width() + column)));
      }
      rows.add(squares.toString());
    }
    return rows;
  }

  private static List<List<Integer>> decidingSquares(Position position) {
    int width = position.game().board().width();
    List<List<Integer>> squares = new ArrayList<>();
    for (int square : position.decidingSquares()) {
      squares.add(List.of(square % width, square / width));
    }
    return squares;
  }
}
