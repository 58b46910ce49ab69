package tabula.server.match;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tabula.games.Game;
import tabula.games.Outcome;
import tabula.games.Position;
import tabula.games.Side;

/**
 * A match as the protocol shows it: see {@code docs/protocol/protocol.md}.
 *
 * @param seats by {@code first} and {@code second}
 * @param toMove {@code first}, {@code second}, or null once the match is over
 * @param board rows of a letter a square, the top one first: see {@link Position#symbolAt}
 * @param winningSquares [column, row] of the squares that decided the match, row 0 at the bottom
 * @param offers null where nothing is on offer
 * @param timeControl null, like {@code clocks}, where nobody counts the time
 */
public record MatchView(
    String id,
    String game,
    Map<String, Seat> seats,
    List<String> moves,
    int ply,
    @Nullable String toMove,
    List<String> legalMoves,
    List<String> board,
    String outcome,
    @Nullable String reason,
    List<List<Integer>> winningSquares,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable TimeControl timeControl,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable ClocksView clocks,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable OffersView offers,
    long createdAt,
    boolean rated) {

  static MatchView of(Match match, long now) {
    Position position = match.position();
    String reason = reason(match);
    Clocks clocks = match.clocks();
    return new MatchView(
        match.id(),
        match.game().id(),
        Map.of("first", match.first(), "second", match.second()),
        match.moves(),
        match.ply(),
        match.isOver() ? null : Match.name(position.sideToMove()),
        match.isOver() ? List.of() : legalMoves(match.game(), position),
        Diagram.rows(position),
        outcome(match),
        reason,
        match.termination() == null && position.isOver()
            ? Diagram.decidingSquares(position)
            : List.of(),
        clocks == null ? null : clocks.control(),
        clocks == null ? null : clocks(match, clocks, now),
        match.isOver() ? null : OffersView.of(match.offers()),
        match.createdAt(),
        match.rated());
  }

  private static List<String> legalMoves(Game game, Position position) {
    List<String> legal = new ArrayList<>();
    for (int action : position.legalActions()) {
      legal.add(game.formatMove(position, action));
    }
    return legal;
  }

  private static String outcome(Match match) {
    return match.isAborted() ? "aborted" : code(match.outcome());
  }

  /** An outcome as the protocol says it. */
  public static String code(Outcome outcome) {
    return switch (outcome) {
      case ONGOING -> "ongoing";
      case FIRST_WINS -> "first";
      case SECOND_WINS -> "second";
      case DRAW -> "draw";
    };
  }

  private static @Nullable String reason(Match match) {
    Termination termination = match.termination();
    if (termination != null) {
      return termination.reason().text();
    }
    Position position = match.position();
    if (!position.isOver()) {
      return null;
    }
    return switch (position.ending()) {
      case LINE -> "line";
      case FULL_BOARD -> "fullBoard";
      case GOAL -> "goal";
      case CAPTURE -> "capture";
      case COUNT -> "count";
      case CONNECTION -> "connection";
      case AREA -> "area";
      case CHECKMATE -> "checkmate";
      case STALEMATE -> "stalemate";
      case REPETITION -> "repetition";
      case NO_PROGRESS -> "noProgress";
      case MATERIAL -> "material";
      case BLOCKED -> "blocked";
      case LENGTH -> "length";
    };
  }

  private static ClocksView clocks(Match match, Clocks clocks, long now) {
    boolean runs = match.isTimed() && !match.isFree();
    boolean expires = match.isTimed() && match.isFree();
    return new ClocksView(
        Math.max(0, match.left(Side.FIRST, now)),
        Math.max(0, match.left(Side.SECOND, now)),
        runs ? Match.name(match.position().sideToMove()) : null,
        expires ? Math.max(0, clocks.control().firstMoveMillis() - clocks.thought(now)) : null,
        Math.max(now, clocks.since()));
  }

  /** The side whose move did not come in time, if that ended the match. */
  @JsonIgnore
  public Optional<Side> late() {
    return switch (reason) {
      case "time" -> Optional.of(outcome.equals("first") ? Side.SECOND : Side.FIRST);
      case "firstMoveExpired" -> Optional.of(ply % 2 == 1 ? Side.SECOND : Side.FIRST);
      case null, default -> Optional.empty();
    };
  }

  @JsonIgnore
  public boolean isOver() {
    return !outcome.equals("ongoing");
  }
}
