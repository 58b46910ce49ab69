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
  @JsonSubTypes.Type(value = MatchEvent.Resigned.class, name = "resigned"),
  @JsonSubTypes.Type(value = MatchEvent.FlagFell.class, name = "flagFell"),
  @JsonSubTypes.Type(value = MatchEvent.Expired.class, name = "expired"),
  @JsonSubTypes.Type(value = MatchEvent.TimeHeld.class, name = "timeHeld"),
  @JsonSubTypes.Type(value = MatchEvent.Offered.class, name = "offered"),
  @JsonSubTypes.Type(value = MatchEvent.OfferDeclined.class, name = "offerDeclined"),
  @JsonSubTypes.Type(value = MatchEvent.DrawAgreed.class, name = "drawAgreed"),
  @JsonSubTypes.Type(value = MatchEvent.Aborted.class, name = "aborted")
})
public sealed interface MatchEvent {

  /**
   * Always the first.
   *
   * @param firstTokenHash the hash of the token that gives the right to the seat; empty where
   *     nobody outside holds it
   * @param timeControl null where nobody counts the time
   * @param rated whether it counts for ratings, if both seats are held by players who have one
   */
  record Created(
      String game,
      Seat first,
      Seat second,
      String firstTokenHash,
      String secondTokenHash,
      long at,
      @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable TimeControl timeControl,
      @JsonInclude(JsonInclude.Include.NON_DEFAULT) boolean rated)
      implements MatchEvent {

    /** A match that does not count for ratings. */
    public Created(
        String game,
        Seat first,
        Seat second,
        String firstTokenHash,
        String secondTokenHash,
        long at,
        @Nullable TimeControl timeControl) {
      this(game, first, second, firstTokenHash, secondTokenHash, at, timeControl, false);
    }

    /** A match in which nobody counts the time, and that does not count for ratings. */
    public Created(
        String game,
        Seat first,
        Seat second,
        String firstTokenHash,
        String secondTokenHash,
        long at) {
      this(game, first, second, firstTokenHash, secondTokenHash, at, null, false);
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

  /** A side asks for the other's consent. */
  record Offered(Side side, Offers.Kind offer) implements MatchEvent {}

  /** A side refuses its consent. Consent itself is what was asked for. */
  record OfferDeclined(Side side, Offers.Kind offer) implements MatchEvent {}

  record DrawAgreed() implements MatchEvent {}

  /** A side called the match off before both had moved. */
  record Aborted(Side side) implements MatchEvent {}

  /** The time of a side is up. */
  record FlagFell(Side side) implements MatchEvent {}

  /** The first move of a side did not come in time. */
  record Expired() implements MatchEvent {}

  /**
   * The server was away, or could not store: so long nobody's time counted.
   *
   * @param millis from when the side to move began to think; part of it may be still to come, so
   *     that players can connect again
   */
  record TimeHeld(long millis) implements MatchEvent {}
}
