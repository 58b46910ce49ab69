package tabula.server.store;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tabula.server.ladder.Rating;
import tabula.server.match.Match;
import tabula.server.match.MatchEvent;
import tabula.server.match.TimedEvent;
import tabula.server.match.Transcript;

/** Matches as their events. Everything else about a match is computed from them. */
public final class MatchStore implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(MatchStore.class);
  private static final ObjectReader EVENT_READER =
      new ObjectMapper()
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .readerFor(MatchEvent.class);
  private static final int FETCHED_TOGETHER = 1000;

  static final String EVENTS =
      "select match.id, match_event.at, match_event.event from match join match_event"
          + " on match_event.match_number = match.number";
  private static final String MARK_ALIVE =
      "insert into server_alive (id, at) values (1, ?) on conflict (id) do update set at ="
          + " excluded.at";
  static final String IN_ORDER = " order by match.number, match_event.number";

  private final Database database;
  private final @Nullable Writer writer;
  private final StoredRatings ratings;

  /**
   * Opens the store for the one server that writes it; what is of an older version is brought up to
   * date.
   *
   * @throws StoreException if another server has it open, or it cannot be used
   */
  public static MatchStore open(DatabaseConfig config) throws StoreException {
    Database database = config.openToWrite();
    try {
      StoredRatings ratings = StoredRatings.of(database);
      return new MatchStore(database, new Writer(database), ratings);
    } catch (SQLException e) {
      database.close();
      throw new StoreException(database.explain(e), e);
    }
  }

  /**
   * Opens the store beside whoever writes it.
   *
   * @throws StoreException if there is none, or it is of another version
   */
  public static MatchStore openToRead(DatabaseConfig config) throws StoreException {
    Database database = config.openToRead();
    try {
      return new MatchStore(database, null, StoredRatings.of(database));
    } catch (SQLException e) {
      database.close();
      throw new StoreException(database.explain(e), e);
    }
  }

  private MatchStore(Database database, @Nullable Writer writer, StoredRatings ratings) {
    this.ratings = ratings;
    this.database = database;
    this.writer = writer;
  }

  /** The accounts in the same database; closed with it. */
  public AccountStore accounts() {
    return new AccountStore(database, writer());
  }

  /** What the finished matches say about the players. */
  public StoredRatings ratings() {
    return ratings;
  }

  /** The tournaments beside the matches. */
  public TournamentStore tournaments() {
    return new TournamentStore(database, writer);
  }

  /** For the tests: what else can be done on the connection that writes. */
  Writer writer() {
    if (writer == null) {
      throw new IllegalStateException("The store is open to be read.");
    }
    return writer;
  }

  /**
   * Appends an event.
   *
   * @param match as it stands after the event
   * @return completes once the event is on the disk; fails with a {@link StoreException} if it
   *     could not be written, or if nobody knows
   */
  public CompletableFuture<Void> append(Match match, TimedEvent event) {
    EventRow row = EventRow.of(match, event);
    if (!row.ends()) {
      return writer().write(row::addTo);
    }
    Map<RatingTables.Key, Rating> rated = new HashMap<>();
    return writer()
        .write(
            transaction -> {
              rated.clear();
              rated.putAll(row.addAndRate(transaction));
            })
        .thenRun(() -> ratings.changed(rated));
  }

  /**
   * Notes that the server runs.
   *
   * @param at milliseconds since 1970
   * @return completes once it is on the disk; fails with a {@link StoreException} if it is not
   */
  public CompletableFuture<Void> markAlive(long at) {
    return writer()
        .write(
            transaction -> {
              PreparedStatement mark = transaction.now(MARK_ALIVE);
              mark.setLong(1, at);
              mark.executeUpdate();
            });
  }

  /** When the server was last known to run; 0 if never. Blocks. */
  public long lastAlive() throws StoreException {
    try (Connection reading = database.read();
        PreparedStatement statement = reading.prepareStatement("select at from server_alive");
        ResultSet rows = statement.executeQuery()) {
      return rows.next() ? rows.getLong(1) : 0;
    } catch (SQLException e) {
      throw unreadable(e);
    }
  }

  /** A match as its events tell it. Blocks. */
  public Optional<Match> load(String id) throws StoreException {
    Optional<Transcript> found = transcript(id);
    return found.isEmpty() ? Optional.empty() : Optional.of(found.get().match());
  }

  /** A match's events. Blocks. */
  public Optional<Transcript> transcript(String id) throws StoreException {
    List<Transcript> found = new ArrayList<>();
    forEach(" where match.id = ?", statement -> statement.setString(1, id), found::add, true);
    return found.stream().findFirst();
  }

  /**
   * The newest matches, those that go on or those that are over. Blocks.
   *
   * @param amongAgents whether those in which only the server's own agents play are among them
   */
  public List<Match> list(boolean over, boolean amongAgents, int limit) throws StoreException {
    return list(
        over ? "ended_at is not null" : "ended_at is null",
        amongAgents,
        statement -> statement.setInt(1, limit));
  }

  /**
   * The newest matches that go on and in which something happened of late, or that are among those
   * named. Blocks.
   *
   * @param since milliseconds since 1970
   */
  public List<Match> live(boolean amongAgents, long since, List<String> ids, int limit)
      throws StoreException {
    String named = String.join(", ", Collections.nCopies(ids.size(), "?"));
    return list(
        "ended_at is null and ((select at from match_event where match_number = match.number"
            + " order by match_event.number desc limit 1) >= ?"
            + (ids.isEmpty() ? ")" : " or id in (%s))".formatted(named)),
        amongAgents,
        statement -> {
          statement.setLong(1, since);
          for (int i = 0; i < ids.size(); i++) {
            statement.setString(i + 2, ids.get(i));
          }
          statement.setInt(ids.size() + 2, limit);
        });
  }

  private List<Match> list(String which, boolean amongAgents, Binding binding)
      throws StoreException {
    List<Match> matches = new ArrayList<>();
    forEach(
        (" where match.number in (select number from match where %s%s"
                + " order by number desc limit ?)")
            .formatted(which, amongAgents ? "" : " and among_agents = 0"),
        binding,
        transcript -> matches.addFirst(transcript.match()),
        false);
    return matches;
  }

  /** Every match in the order in which they began, as they stand at one moment. Blocks. */
  public void forEach(Consumer<Transcript> action) throws StoreException {
    forEach("", statement -> {}, action, false);
  }

  private interface Binding {
    void apply(PreparedStatement statement) throws SQLException;
  }

  /**
   * @param strict whether a match that cannot be understood is a failure; it is passed over else
   */
  private void forEach(
      String condition, Binding binding, Consumer<Transcript> action, boolean strict)
      throws StoreException {
    try (Connection reading = database.read()) {
      // In a transaction PostgreSQL sends rows part by part.
      reading.setAutoCommit(false);
      try (PreparedStatement statement = reading.prepareStatement(EVENTS + condition + IN_ORDER)) {
        statement.setFetchSize(FETCHED_TOGETHER);
        binding.apply(statement);
        try (ResultSet rows = statement.executeQuery()) {
          read(rows, action, strict);
        }
      } finally {
        reading.rollback();
      }
    } catch (SQLException e) {
      throw unreadable(e);
    }
  }

  /** Hands over every match out of the rows of {@link #EVENTS}. */
  static void read(ResultSet rows, Consumer<Transcript> action, boolean strict)
      throws SQLException, StoreException {
    List<TimedEvent> events = new ArrayList<>();
    boolean more = rows.next();
    while (more) {
      String id = rows.getString(1);
      events.clear();
      @Nullable String wrong = null;
      do {
        try {
          MatchEvent event = EVENT_READER.readValue(rows.getString(3));
          events.add(new TimedEvent(rows.getLong(2), event));
        } catch (JsonProcessingException e) {
          wrong = e.getOriginalMessage();
        }
        more = rows.next();
      } while (more && rows.getString(1).equals(id));
      if (wrong == null) {
        switch (Transcript.check(id, events)) {
          case Transcript.Reading.Valid(Transcript transcript) -> action.accept(transcript);
          case Transcript.Reading.Invalid(String reason) -> wrong = reason;
        }
      }
      if (wrong != null) {
        String message = "Match %s cannot be read: %s".formatted(id, wrong);
        if (strict) {
          throw new StoreException(message, null);
        }
        LOG.error(message);
      }
    }
  }

  private StoreException unreadable(SQLException e) {
    return new StoreException(database.explain(e), e);
  }

  /** Writes what waits, and lets go of the data. */
  @Override
  public void close() {
    if (writer != null) {
      writer.close();
    }
    database.close();
  }
}
