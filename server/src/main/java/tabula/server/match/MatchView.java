package tabula.server.match;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A match as the protocol shows it: see {@code docs/protocol/protocol.md}.
 *
 * @param seats by {@code first} and {@code second}
 * @param toMove {@code first}, {@code second}, or null once the match is over
 * @param board rows of {@code X}, {@code O} and {@code .}, the top one first
 * @param winningSquares [column, row] of the squares that decided the match, row 0 at the bottom
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
    long createdAt,
    boolean rated) {

  @JsonIgnore
  public boolean isOver() {
    return !outcome.equals("ongoing");
  }
}
