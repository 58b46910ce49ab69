package tabula.server.store;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectWriter;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Map;
import java.util.Optional;
import tabula.server.ladder.RatedGame;
import tabula.server.ladder.Rating;
import tabula.server.match.Match;
import tabula.server.match.MatchEvent;
import tabula.server.match.TimedEvent;

/**
 * An event as the database has it.
 *
 * @param number from 1, in its match
 * @param ends whether the match is over with it
 */
record EventRow(Match match, int number, long at, String json, boolean ends) {

  private static final ObjectWriter WRITER = new ObjectMapper().writerFor(MatchEvent.class);

  private static final String INSERT_MATCH =
      "insert into match (id, game, created_at, among_agents) values (?, ?, ?, ?)";
  private static final String INSERT_EVENT =
      "insert into match_event (match_number, number, at, event)"
          + " select number, ?, ?, ? from match where id = ?";
  private static final String END_MATCH = "update match set ended_at = ? where id = ?";

  /** The newest event of a match. */
  static EventRow of(Match match, TimedEvent event) {
    return of(match, match.events(), event, match.isOver());
  }

  static EventRow of(Match match, int number, TimedEvent event, boolean ends) {
    try {
      return new EventRow(
          match, number, event.at(), WRITER.writeValueAsString(event.event()), ends);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  /**
   * Adds it, and rates the players of a match that ends with it.
   *
   * @return the ratings that changed
   */
  Map<RatingTables.Key, Rating> addAndRate(Transaction transaction) throws SQLException {
    Optional<RatedGame> game = ends ? RatedGame.of(match, at) : Optional.empty();
    if (game.isEmpty()) {
      addTo(transaction);
      return Map.of();
    }
    RatedGame last = RatingTables.asTheLast(transaction, game.get());
    new EventRow(match, number, last.endedAt(), json, true).addTo(transaction);
    return RatingTables.add(transaction, last);
  }

  void addTo(Transaction transaction) throws SQLException {
    if (number == 1) {
      // At once, so that it is there before the batches of the events.
      PreparedStatement insert = transaction.now(INSERT_MATCH);
      insert.setString(1, match.id());
      insert.setString(2, match.game().id());
      insert.setLong(3, match.createdAt());
      insert.setInt(4, match.isAmongAgents() ? 1 : 0);
      insert.executeUpdate();
    }
    PreparedStatement insert = transaction.batch(INSERT_EVENT);
    insert.setInt(1, number);
    insert.setLong(2, at);
    insert.setString(3, json);
    insert.setString(4, match.id());
    insert.addBatch();
    if (ends) {
      PreparedStatement end = transaction.batch(END_MATCH);
      end.setLong(1, at);
      end.setString(2, match.id());
      end.addBatch();
    }
  }
}
