package tabula.server.store;

import com.zaxxer.hikari.HikariDataSource;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import org.flywaydb.core.api.FlywayException;
import org.jspecify.annotations.Nullable;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteDataSource;
import org.sqlite.SQLiteErrorCode;

/**
 * SQLite in a file of ours, with a write-ahead log: readers and the writer do not wait for each
 * other.
 */
final class SqliteDatabase implements Database {

  private static final int BUSY_MILLIS = 2000;

  private final Path file;
  private final @Nullable FileChannel lock;
  private final HikariDataSource readers;

  /** The file of a data folder; behind a link, so that two ways to it are one. */
  static Path file(Path data) throws IOException {
    Path file = data.resolve("tabula.db");
    return Files.exists(file) ? file.toRealPath() : data.toRealPath().resolve("tabula.db");
  }

  static SqliteDatabase openToWrite(Path data) throws StoreException {
    try {
      Files.createDirectories(data);
      Path file = file(data);
      FileChannel lock = lock(file);
      try {
        Database.migrations("sqlite").dataSource(source(file)).load().migrate();
        return new SqliteDatabase(file, lock);
      } catch (FlywayException e) {
        lock.close();
        throw new StoreException(
            "The database %s cannot be opened: %s".formatted(file, explainAny(file, e)), e);
      }
    } catch (IOException e) {
      throw new StoreException(
          "The folder %s cannot be used: %s. Name another by --data."
              .formatted(data, e.getMessage()),
          e);
    }
  }

  static SqliteDatabase openToRead(Path data) throws StoreException {
    Path file;
    try {
      file = file(data);
    } catch (IOException e) {
      throw new StoreException("There is no folder %s.".formatted(data), e);
    }
    if (!Files.exists(file)) {
      throw new StoreException("There is no database in %s.".formatted(data), null);
    }
    Database.checkVersion(
        Database.migrations("sqlite").dataSource(source(file)).load(), file.toString());
    return new SqliteDatabase(file, null);
  }

  /** Only one server writes a file: the lock goes with the process, however that ends. */
  private static FileChannel lock(Path file) throws IOException, StoreException {
    FileChannel channel =
        FileChannel.open(
            file.resolveSibling("tabula.lock"),
            StandardOpenOption.CREATE,
            StandardOpenOption.WRITE);
    try {
      if (channel.tryLock() != null) {
        return channel;
      }
    } catch (OverlappingFileLockException e) {
      // Held by this very process: said below.
    }
    channel.close();
    throw new StoreException(
        "Another Tabula server has %s open. Stop it, or name another folder by --data."
            .formatted(file),
        null);
  }

  private SqliteDatabase(Path file, @Nullable FileChannel lock) {
    this.file = file;
    this.lock = lock;
    this.readers = Database.readers(source(file), "pragma query_only = true");
  }

  private static SQLiteDataSource source(Path file) {
    SQLiteConfig config = new SQLiteConfig();
    config.setJournalMode(SQLiteConfig.JournalMode.WAL);
    config.setSynchronous(SQLiteConfig.SynchronousMode.FULL);
    config.setBusyTimeout(BUSY_MILLIS);
    SQLiteDataSource source = new SQLiteDataSource(config);
    source.setUrl("jdbc:sqlite:" + file);
    return source;
  }

  @Override
  public Connection connectWriter() throws SQLException {
    Connection connection = source(file).getConnection();
    connection.setAutoCommit(false);
    return connection;
  }

  @Override
  public Connection read() throws SQLException {
    return readers.getConnection();
  }

  @Override
  public void copyTo(Path copy) throws SQLException {
    try (Connection connection = source(file).getConnection();
        PreparedStatement statement = connection.prepareStatement("vacuum into ?")) {
      statement.setString(1, copy.toString());
      statement.execute();
    }
  }

  /** A connection to a new file with the schema of today and nothing in it. */
  static Connection create(Path file) throws SQLException {
    SQLiteDataSource source = source(file);
    Database.migrations("sqlite").dataSource(source).load().migrate();
    return source.getConnection();
  }

  @Override
  public String explain(SQLException failure) {
    return explainAny(file, failure);
  }

  private static String explainAny(Path file, Throwable failure) {
    for (@Nullable Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof SQLException sql && sql.getErrorCode() != 0) {
        return explain(file, sql);
      }
    }
    return String.valueOf(failure.getMessage());
  }

  private static String explain(Path file, SQLException failure) {
    // The upper bytes of a result code say more than is needed.
    return switch (SQLiteErrorCode.getErrorCode(failure.getErrorCode() & 0xff)) {
      case SQLITE_BUSY, SQLITE_LOCKED ->
          "Another program has locked %s. Find it and stop it.".formatted(file);
      case SQLITE_FULL -> "The disk of %s is full. Make room.".formatted(file);
      case SQLITE_READONLY, SQLITE_PERM, SQLITE_CANTOPEN ->
          "%s cannot be written. Check the rights of the file and of its folder.".formatted(file);
      case SQLITE_CORRUPT, SQLITE_NOTADB ->
          "%s is damaged. Stop the server, move the file away, and put a backup in its place."
              .formatted(file);
      case SQLITE_IOERR ->
          "The disk of %s fails or is full (%s).".formatted(file, failure.getMessage());
      default -> String.valueOf(failure.getMessage());
    };
  }

  @Override
  public String name() {
    return file.toString();
  }

  @Override
  public void close() {
    readers.close();
    try {
      if (lock != null) {
        lock.close();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
