package tabula.server.store;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import org.flywaydb.core.Flyway;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.sqlite.SQLiteConfig;
import tabula.server.match.Match;
import tabula.server.match.MatchEvent;

/**
 * Matches in SQLite. One thread writes, and commits together what waits: a future completes only
 * once its event is on the disk. Readers have connections of their own.
 */
public final class MatchStore implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(MatchStore.class);
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int MOST_TOGETHER = 1000;

  /** Thrown where the data cannot be opened; the message says why, for people. */
  public static final class StoreException extends Exception {
    private static final long serialVersionUID = 1;

    StoreException(String message, @Nullable Throwable cause) {
      super(message, cause);
    }
  }

  /** An event on its way to the disk. */
  private record Write(Match match, MatchEvent event, CompletableFuture<Void> stored) {}

  private final String address;
  private final FileChannel lockChannel;
  private final FileLock lock;
  private final Connection writing;
  private final BlockingQueue<Write> queue = new LinkedBlockingQueue<>();
  private final Thread writer;
  private volatile boolean closing;

  /**
   * Opens the data in a folder, made if need be.
   *
   * @throws StoreException if another server has it open, or it is damaged
   */
  public static MatchStore open(Path folder) throws StoreException {
    try {
      Files.createDirectories(folder);
      FileChannel channel =
          FileChannel.open(
              folder.resolve("tabula.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      FileLock lock = tryLock(channel);
      if (lock == null) {
        channel.close();
        throw new StoreException(
            "Another Tabula server has %s open. Stop it, or give this one another --data."
                .formatted(folder),
            null);
      }
      String address = "jdbc:sqlite:" + folder.resolve("tabula.db");
      Flyway.configure().dataSource(address, null, null).load().migrate();
      return new MatchStore(address, channel, lock);
    } catch (IOException e) {
      throw new StoreException(
          "The folder %s cannot be used: %s".formatted(folder, e.getMessage()), e);
    } catch (SQLException | RuntimeException e) {
      throw new StoreException(
          "The database in %s cannot be opened: %s. Move it away, or restore a copy."
              .formatted(folder, e.getMessage()),
          e);
    }
  }

  private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
    try {
      return channel.tryLock();
    } catch (OverlappingFileLockException e) {
      return null;
    }
  }

  private MatchStore(String address, FileChannel lockChannel, FileLock lock) throws SQLException {
    this.address = address;
    this.lockChannel = lockChannel;
    this.lock = lock;
    this.writing = connect(false);
    this.writer = Thread.ofPlatform().name("store-writer").start(this::write);
  }

  private Connection connect(boolean readOnly) throws SQLException {
    SQLiteConfig config = new SQLiteConfig();
    config.setJournalMode(SQLiteConfig.JournalMode.WAL);
    config.setSynchronous(SQLiteConfig.SynchronousMode.FULL);
    config.setBusyTimeout(5000);
    config.setReadOnly(readOnly);
    return DriverManager.getConnection(address, config.toProperties());
  }

  /**
   * Appends an event.
   *
   * @param match as it stands after the event
   * @return completes once the event is on the disk; fails if it could not be written
   */
  public CompletableFuture<Void> append(Match match, MatchEvent event) {
    CompletableFuture<Void> stored = new CompletableFuture<>();
    queue.add(new Write(match, event, stored));
    return stored;
  }

  private void write() {
    List<Write> together = new ArrayList<>();
    while (!closing || !queue.isEmpty()) {
      try {
        together.add(queue.take());
      } catch (InterruptedException e) {
        // Closing: what waits is still written.
        continue;
      }
      queue.drainTo(together, MOST_TOGETHER - 1);
      try {
        commit(together);
        together.forEach(write -> write.stored().complete(null));
      } catch (SQLException | JsonProcessingException | RuntimeException e) {
        LOG.error("{} events were not stored: {}", together.size(), e.getMessage());
        together.forEach(write -> write.stored().completeExceptionally(e));
      }
      together.clear();
    }
  }

  private void commit(List<Write> together) throws SQLException, JsonProcessingException {
    writing.setAutoCommit(false);
    try (PreparedStatement match =
            writing.prepareStatement(
                "insert into match (id, game, created_at, is_over) values (?, ?, ?, ?)"
                    + " on conflict (id) do update set is_over = excluded.is_over");
        PreparedStatement event =
            writing.prepareStatement(
                "insert into match_event (match_id, number, at, event) values (?, ?, ?, ?)")) {
      long now = System.currentTimeMillis();
      for (Write write : together) {
        if (write.event() instanceof MatchEvent.Created || write.match().isOver()) {
          match.setString(1, write.match().id());
          match.setString(2, write.match().game().id());
          match.setLong(3, write.match().createdAt());
          match.setInt(4, write.match().isOver() ? 1 : 0);
          match.executeUpdate();
        }
        event.setString(1, write.match().id());
        event.setInt(2, write.match().events());
        event.setLong(3, now);
        event.setString(4, JSON.writerFor(MatchEvent.class).writeValueAsString(write.event()));
        event.executeUpdate();
      }
      writing.commit();
    } catch (SQLException | JsonProcessingException | RuntimeException e) {
      writing.rollback();
      throw e;
    }
  }

  /** A match as its events tell it. Blocks. */
  public Optional<Match> load(String id) {
    try (Connection reading = connect(true);
        PreparedStatement statement =
            reading.prepareStatement(
                "select event from match_event where match_id = ? order by number")) {
      return load(id, statement);
    } catch (SQLException | IOException e) {
      throw new IllegalStateException(
          "Match %s cannot be read: %s".formatted(id, e.getMessage()), e);
    }
  }

  private static Optional<Match> load(String id, PreparedStatement statement)
      throws SQLException, IOException {
    statement.setString(1, id);
    List<MatchEvent> events = new ArrayList<>();
    try (ResultSet rows = statement.executeQuery()) {
      while (rows.next()) {
        events.add(JSON.readValue(rows.getString(1), MatchEvent.class));
      }
    }
    return events.isEmpty() ? Optional.empty() : Optional.of(Match.replay(id, events));
  }

  /** The newest matches, those that go on or those that are over. Blocks. */
  public List<Match> list(boolean over, int limit) {
    List<Match> matches = new ArrayList<>();
    try (Connection reading = connect(true);
        PreparedStatement ids =
            reading.prepareStatement(
                "select id from match where is_over = ? order by created_at desc, id limit ?");
        PreparedStatement events =
            reading.prepareStatement(
                "select event from match_event where match_id = ? order by number")) {
      ids.setInt(1, over ? 1 : 0);
      ids.setInt(2, limit);
      try (ResultSet rows = ids.executeQuery()) {
        while (rows.next()) {
          load(rows.getString(1), events).ifPresent(matches::add);
        }
      }
    } catch (SQLException | IOException e) {
      throw new IllegalStateException("The matches cannot be read: " + e.getMessage(), e);
    }
    return matches;
  }

  /** Writes what waits, and lets go of the data. */
  @Override
  public void close() {
    closing = true;
    writer.interrupt();
    try {
      writer.join();
      writing.close();
      lock.release();
      lockChannel.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (SQLException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
