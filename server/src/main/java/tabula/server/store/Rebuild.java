package tabula.server.store;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;
import tabula.server.ladder.RatedGame;

/** Computes all that follows from the matches' events anew, in a store that no server has open. */
public final class Rebuild {

  /**
   * What came of it.
   *
   * @param rated how many of the matches count for ratings
   * @param differences rows that stood there before and should not, with {@code -} before them, and
   *     rows that were not there and should, with {@code +}
   */
  public record Report(int matches, int rated, int ratings, List<String> differences) {}

  /** When a match ended; null while it goes on. */
  private record End(String matchId, @Nullable Long at) {}

  record Counts(int matches, int rated, int ratings) {}

  /** What is derived, in an order of its own. */
  private static final List<String> DERIVED =
      List.of(
          "select 'match', id, ended_at from match order by number",
          "select 'player', id, name, kind from player order by id",
          "select 'rated_game', match_number, game, pool, ended_at, first_player, second_player,"
              + " first_score, first_rating, second_rating from rated_game order by match_number",
          "select 'rating', game, pool, player, rating, deviation, volatility, games, at"
              + " from rating order by game, pool, player");

  private static final String SET_END = "update match set ended_at = ? where id = ?";

  private Rebuild() {}

  /**
   * Computes results and ratings from the events alone, and puts them in place of what is there.
   *
   * @throws StoreException if the store cannot be opened, read or written
   */
  public static Report run(DatabaseConfig config) throws StoreException {
    try (Database database = config.openToWrite()) {
      try (Transaction transaction = new Transaction(database.connectWriter())) {
        Set<String> before = derived(transaction);
        Counts counts = rate(transaction);
        Set<String> after = derived(transaction);
        transaction.commit();
        List<String> differences = new ArrayList<>();
        before.stream()
            .filter(row -> !after.contains(row))
            .forEach(row -> differences.add("- " + row));
        after.stream()
            .filter(row -> !before.contains(row))
            .forEach(row -> differences.add("+ " + row));
        return new Report(counts.matches(), counts.rated(), counts.ratings(), differences);
      } catch (SQLException e) {
        throw new StoreException(database.explain(e), e);
      }
    }
  }

  /** Results and ratings out of the events, in a transaction that somebody else commits. */
  static Counts rate(Transaction transaction) throws SQLException, StoreException {
    List<RatedGame> games = new ArrayList<>();
    List<End> ends = new ArrayList<>();
    PreparedStatement events = transaction.now(MatchStore.EVENTS + MatchStore.IN_ORDER);
    try (ResultSet rows = events.executeQuery()) {
      MatchStore.read(
          rows,
          transcript -> {
            long endedAt = transcript.events().getLast().at();
            Optional<RatedGame> game = RatedGame.of(transcript.match(), endedAt);
            game.ifPresent(games::add);
            ends.add(new End(transcript.id(), transcript.match().isOver() ? endedAt : null));
          },
          false);
    }
    for (End end : ends) {
      PreparedStatement set = transaction.batch(SET_END);
      set.setObject(1, end.at(), Types.BIGINT);
      set.setString(2, end.matchId());
      set.addBatch();
    }
    // Of those that ended at one time, as imports from elsewhere may have, the one that began
    // first.
    games.sort(Comparator.comparingLong(RatedGame::endedAt));
    int ratings = RatingTables.replace(transaction, games).size();
    transaction.flush();
    return new Counts(ends.size(), games.size(), ratings);
  }

  private static Set<String> derived(Transaction transaction) throws SQLException {
    Set<String> found = new LinkedHashSet<>();
    for (String sql : DERIVED) {
      try (ResultSet rows = transaction.now(sql).executeQuery()) {
        int columns = rows.getMetaData().getColumnCount();
        while (rows.next()) {
          StringJoiner row = new StringJoiner(" ");
          for (int column = 1; column <= columns; column++) {
            row.add(String.valueOf(rows.getString(column)));
          }
          found.add(row.toString());
        }
      }
    }
    return found;
  }
}
