package tabula.server.tournament;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tabula.server.match.Seat;

/** Something that happened in a tournament. A tournament is its events in order. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({
  @JsonSubTypes.Type(value = TournamentEvent.Created.class, name = "created"),
  @JsonSubTypes.Type(value = TournamentEvent.Paired.class, name = "paired"),
  @JsonSubTypes.Type(value = TournamentEvent.Finished.class, name = "finished"),
  @JsonSubTypes.Type(value = TournamentEvent.Ended.class, name = "ended")
})
public sealed interface TournamentEvent {

  /**
   * Always the first.
   *
   * @param rounds how many; 0 in an arena
   * @param minutes how long new games begin; 0 but in an arena
   * @param players who have a {@link Seat#player}, the strongest first
   */
  record Created(
      String name, String game, Format format, int rounds, int minutes, List<Seat> players, long at)
      implements TournamentEvent {}

  /** A game of a tournament, and the match that it is. */
  record Game(String matchId, int first, int second) {
    Pairing pairing() {
      return new Pairing(first, second);
    }
  }

  /**
   * Games begin: a round, or in an arena some games.
   *
   * @param bye who has nobody to meet; null if everybody has
   */
  record Paired(List<Game> games, @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Integer bye)
      implements TournamentEvent {}

  /**
   * A game is over.
   *
   * @param firstScore 1, 0.5 or 0
   */
  record Finished(String matchId, double firstScore) implements TournamentEvent {}

  record Ended() implements TournamentEvent {}
}
