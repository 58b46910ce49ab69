package tabula.server.store;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tabula.server.match.Match;
import tabula.server.match.TimedEvent;
import tabula.server.match.Transcript;

/**
 * Adds whole matches to a store that no server has open: all of them, or none if one is wrong. The
 * ratings are then those of all matches, in the order in which they ended.
 */
public final class MatchImport {

  /** Where matches come from, one after the other. */
  public interface Source {

    /** The next match, or null after the last. */
    @Nullable Transcript next() throws StoreException;

    /** Hears that the match that came last is there: it is passed over, unless this throws. */
    void alreadyThere(String id) throws StoreException;
  }

  private MatchImport() {}

  /**
   * Adds what sources have.
   *
   * @return how many matches
   * @throws StoreException if a match is wrong, or the store cannot be opened or written
   */
  public static int run(DatabaseConfig config, List<? extends Source> sources)
      throws StoreException {
    try (Database database = config.openToWrite()) {
      try (Transaction transaction = new Transaction(database.connectWriter())) {
        int count = 0;
        for (Source source : sources) {
          for (Transcript next = source.next(); next != null; next = source.next()) {
            if (contains(transaction, next.id())) {
              source.alreadyThere(next.id());
            } else {
              add(transaction, next);
              count++;
            }
          }
        }
        Rebuild.rate(transaction);
        transaction.commit();
        return count;
      } catch (SQLException e) {
        throw new StoreException(database.explain(e), e);
      }
    }
  }

  private static boolean contains(Transaction transaction, String id) throws SQLException {
    PreparedStatement statement = transaction.now("select 1 from match where id = ?");
    statement.setString(1, id);
    try (ResultSet rows = statement.executeQuery()) {
      return rows.next();
    }
  }

  private static void add(Transaction transaction, Transcript transcript) throws SQLException {
    Match match = transcript.match();
    List<TimedEvent> events = transcript.events();
    for (int i = 0; i < events.size(); i++) {
      boolean ends = match.isOver() && i == events.size() - 1;
      EventRow.of(match, i + 1, events.get(i), ends).addTo(transaction);
    }
  }
}
