package tabula.server.store;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.ObjectWriter;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import tabula.server.tournament.Tournament;
import tabula.server.tournament.TournamentEvent;

/** Tournaments as their events. */
public final class TournamentStore {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final ObjectReader READER = JSON.readerFor(TournamentEvent.class);
  private static final ObjectWriter WRITER = JSON.writerFor(TournamentEvent.class);

  private static final String INSERT = "insert into tournament (id, created_at) values (?, ?)";
  private static final String INSERT_EVENT =
      "insert into tournament_event (tournament_number, number, at, event)"
          + " select number, ?, ?, ? from tournament where id = ?";
  private static final String END = "update tournament set ended_at = ? where id = ?";
  private static final String EVENTS =
      "select tournament.id, tournament_event.event from tournament join tournament_event"
          + " on tournament_event.tournament_number = tournament.number where ";
  private static final String IN_ORDER = " order by tournament.number, tournament_event.number";
  private static final String NEWEST =
      "tournament.number in (select number from tournament order by number desc limit ?)";

  private final Database database;
  private final @Nullable Writer writer;

  TournamentStore(Database database, @Nullable Writer writer) {
    this.database = database;
    this.writer = writer;
  }

  /**
   * Appends an event.
   *
   * @param tournament as it stands after the event
   * @return completes once the event is on the disk
   */
  public CompletableFuture<Void> append(Tournament tournament, TournamentEvent event, long at) {
    if (writer == null) {
      throw new IllegalStateException("The store is open to be read.");
    }
    String json;
    try {
      json = WRITER.writeValueAsString(event);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
    return writer.write(transaction -> add(transaction, tournament, json, at));
  }

  private static void add(Transaction transaction, Tournament tournament, String json, long at)
      throws SQLException {
    if (tournament.events() == 1) {
      PreparedStatement insert = transaction.now(INSERT);
      insert.setString(1, tournament.id());
      insert.setLong(2, at);
      insert.executeUpdate();
    }
    PreparedStatement insert = transaction.batch(INSERT_EVENT);
    insert.setInt(1, tournament.events());
    insert.setLong(2, at);
    insert.setString(3, json);
    insert.setString(4, tournament.id());
    insert.addBatch();
    if (tournament.over()) {
      PreparedStatement end = transaction.batch(END);
      end.setLong(1, at);
      end.setString(2, tournament.id());
      end.addBatch();
    }
  }

  /** The tournaments that go on. Blocks. */
  public List<Tournament> open() throws StoreException {
    return read("tournament.ended_at is null", statement -> {});
  }

  /** The newest, the newest first. Blocks. */
  public List<Tournament> newest(int limit) throws StoreException {
    return read(NEWEST, statement -> statement.setInt(1, limit)).reversed();
  }

  /** A tournament as its events tell it. Blocks. */
  public Optional<Tournament> load(String id) throws StoreException {
    return read("tournament.id = ?", statement -> statement.setString(1, id)).stream().findFirst();
  }

  private interface Binding {
    void apply(PreparedStatement statement) throws SQLException;
  }

  private List<Tournament> read(String condition, Binding binding) throws StoreException {
    Map<String, Tournament> found = new LinkedHashMap<>();
    try (Connection reading = database.read();
        PreparedStatement statement = reading.prepareStatement(EVENTS + condition + IN_ORDER)) {
      binding.apply(statement);
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          String id = rows.getString(1);
          TournamentEvent event = READER.readValue(rows.getString(2));
          Tournament before = found.get(id);
          found.put(
              id,
              before == null
                  ? Tournament.begin(id, (TournamentEvent.Created) event)
                  : before.apply(event));
        }
      }
      return new ArrayList<>(found.values());
    } catch (SQLException e) {
      throw new StoreException(database.explain(e), e);
    } catch (JsonProcessingException e) {
      throw new StoreException("A tournament cannot be read: " + e.getOriginalMessage(), e);
    }
  }
}
