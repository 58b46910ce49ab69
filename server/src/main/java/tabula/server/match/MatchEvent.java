package tabula.server.match;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import org.jspecify.annotations.Nullable;
import tabula.games.Side;

/**
 * Something that happened in a match. A match is its events in order; everything else follows from
 * them.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({
  @JsonSubTypes.Type(value = MatchEvent.Created.class, name = "created"),
  @JsonSubTypes.Type(value = MatchEvent.SeatTaken.class, name = "seatTaken"),
  @JsonSubTypes.Type(value = MatchEvent.MovePlayed.class, name = "movePlayed"),
  @JsonSubTypes.Type(value = MatchEvent.TakenBack.class, name = "takenBack"),
  @JsonSubTypes.Type(value = MatchEvent.Resigned.class, name = "resigned")
})
public sealed interface MatchEvent {

  /**
   * Always the first.
   *
   * @param firstTokenHash the hash of the token that gives the right to the seat; empty where
   *     nobody outside holds it
   * @param rated whether it counts for ratings, if both seats are held by players who have one
   */
  record Created(
      String game,
      Seat first,
      Seat second,
      String firstTokenHash,
      String secondTokenHash,
      long at,
      @JsonInclude(JsonInclude.Include.NON_DEFAULT) boolean rated)
      implements MatchEvent {

    public Created(
        String game,
        Seat first,
        Seat second,
        String firstTokenHash,
        String secondTokenHash,
        long at) {
      this(game, first, second, firstTokenHash, secondTokenHash, at, false);
    }
  }

  record SeatTaken(Side side, Seat seat, String tokenHash) implements MatchEvent {}

  /**
   * A move.
   *
   * @param ply how many moves stood before it
   * @param move in its written form
   * @param clockMillis what the mover had left after it; null in a match without clocks
   */
  record MovePlayed(
      int ply, String move, @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Long clockMillis)
      implements MatchEvent {}

  /** The match stands again as it did after {@code ply} moves. */
  record TakenBack(int ply) implements MatchEvent {}

  record Resigned(Side side) implements MatchEvent {}
}
