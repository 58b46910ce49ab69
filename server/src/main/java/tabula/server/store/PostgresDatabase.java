package tabula.server.store;

import com.zaxxer.hikari.HikariDataSource;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.jspecify.annotations.Nullable;
import org.postgresql.ds.PGSimpleDataSource;

/** PostgreSQL at an address. */
final class PostgresDatabase implements Database {

  /** Whoever holds this advisory lock is the one server that writes the database. */
  private static final long WRITER_LOCK = 0x7461_6275_6c61L;

  private static final int CONNECT_SECONDS = 5;
  private static final int ANSWER_SECONDS = 30;
  private static final int LOCK_MILLIS = 2000;
  private static final int COPIED_TOGETHER = 1000;

  private final String name;
  private final PGSimpleDataSource source;
  private final HikariDataSource readers;

  /** Whether it is the one server's. */
  private final boolean alone;

  /** The writer's first connection, until it takes it. */
  private @Nullable Connection first;

  static PostgresDatabase openToWrite(String url) throws StoreException {
    PGSimpleDataSource source = source(url);
    PostgresDatabase database = new PostgresDatabase(source, true);
    try {
      // Before anything is migrated beneath another server.
      database.first = database.newWriterConnection();
      flyway(source).migrate();
      return database;
    } catch (SQLException e) {
      database.close();
      throw new StoreException(database.explain(e), e);
    } catch (FlywayException e) {
      database.close();
      throw new StoreException(
          "The database %s cannot be opened: %s".formatted(database.name, e.getMessage()), e);
    }
  }

  static PostgresDatabase openToRead(String url) throws StoreException {
    PGSimpleDataSource source = source(url);
    PostgresDatabase database = new PostgresDatabase(source, false);
    try {
      source.getConnection().close();
      Database.checkVersion(flyway(source), database.name);
      return database;
    } catch (SQLException e) {
      database.close();
      throw new StoreException(database.explain(e), e);
    } catch (StoreException e) {
      database.close();
      throw e;
    }
  }

  private PostgresDatabase(PGSimpleDataSource source, boolean alone) {
    this.alone = alone;
    this.source = source;
    this.name =
        "postgresql://%s:%d/%s"
            .formatted(
                source.getServerNames()[0], source.getPortNumbers()[0], source.getDatabaseName());
    this.readers = Database.readers(source, "set default_transaction_read_only = on");
  }

  private static Flyway flyway(PGSimpleDataSource source) {
    return Database.migrations("postgresql").dataSource(source).load();
  }

  private static PGSimpleDataSource source(String url) throws StoreException {
    URI address;
    try {
      address = new URI(url);
    } catch (URISyntaxException e) {
      throw wrong(e);
    }
    @Nullable String path = address.getPath();
    if (!("postgresql".equals(address.getScheme()) || "postgres".equals(address.getScheme()))
        || address.getHost() == null
        || path == null
        || path.length() < 2) {
      throw wrong(null);
    }
    PGSimpleDataSource source = new PGSimpleDataSource();
    if (address.getRawQuery() != null) {
      // The driver's own parameters, such as sslmode=verify-full.
      source.setUrl("jdbc:postgresql://unused/unused?" + address.getRawQuery());
    }
    source.setServerNames(new String[] {address.getHost()});
    source.setPortNumbers(new int[] {address.getPort() < 0 ? 5432 : address.getPort()});
    source.setDatabaseName(path.substring(1));
    @Nullable String user = address.getRawUserInfo();
    if (user != null) {
      int colon = user.indexOf(':');
      source.setUser(decode(colon < 0 ? user : user.substring(0, colon)));
      if (colon >= 0) {
        source.setPassword(decode(user.substring(colon + 1)));
      }
    }
    source.setApplicationName("tabula");
    source.setConnectTimeout(CONNECT_SECONDS);
    source.setSocketTimeout(ANSWER_SECONDS);
    source.setTcpKeepAlive(true);
    return source;
  }

  /** The address is not repeated: it may hold a password. */
  private static StoreException wrong(@Nullable Throwable cause) {
    return new StoreException(
        "--database is such as postgresql://USER:PASSWORD@HOST:PORT/NAME.", cause);
  }

  private static String decode(String text) {
    return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
  }

  @Override
  public Connection connectWriter() throws SQLException {
    @Nullable Connection kept = first;
    first = null;
    return kept == null ? newWriterConnection() : kept;
  }

  private Connection newWriterConnection() throws SQLException {
    Connection connection = source.getConnection();
    try (Statement statement = connection.createStatement()) {
      // Whatever the server's default is: acknowledged means stored.
      statement.execute("set synchronous_commit = on");
      // PostgreSQL takes a moment to notice that the writer before is gone.
      statement.execute("set lock_timeout = " + LOCK_MILLIS);
      if (alone) {
        statement.execute("select pg_advisory_lock(%d)".formatted(WRITER_LOCK));
      }
      connection.setAutoCommit(false);
      return connection;
    } catch (SQLException e) {
      connection.close();
      throw e;
    }
  }

  @Override
  public Connection read() throws SQLException {
    return readers.getConnection();
  }

  @Override
  public void copyTo(Path file) throws SQLException {
    try (Connection from = source.getConnection();
        Connection to = SqliteDatabase.create(file)) {
      from.setAutoCommit(false);
      from.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
      to.setAutoCommit(false);
      for (String table : tables(to)) {
        copy(table, from, to);
      }
      to.commit();
    }
  }

  private static List<String> tables(Connection sqlite) throws SQLException {
    List<String> tables = new ArrayList<>();
    try (Statement statement = sqlite.createStatement();
        ResultSet rows =
            statement.executeQuery(
                "select name from sqlite_master where type = 'table'"
                    + " and name not like 'sqlite_%' and name not like 'flyway_%'")) {
      while (rows.next()) {
        tables.add(rows.getString(1));
      }
    }
    return tables;
  }

  /** The tables have the same columns in both, in the same order. */
  private static void copy(String table, Connection from, Connection to) throws SQLException {
    try (Statement reading = from.createStatement()) {
      reading.setFetchSize(COPIED_TOGETHER);
      try (ResultSet rows = reading.executeQuery("select * from " + table)) {
        int columns = rows.getMetaData().getColumnCount();
        try (PreparedStatement insert =
            to.prepareStatement(
                "insert into %s values (%s)"
                    .formatted(table, String.join(", ", Collections.nCopies(columns, "?"))))) {
          int waiting = 0;
          while (rows.next()) {
            for (int column = 1; column <= columns; column++) {
              insert.setObject(column, rows.getObject(column));
            }
            insert.addBatch();
            waiting++;
            if (waiting == COPIED_TOGETHER) {
              insert.executeBatch();
              waiting = 0;
            }
          }
          insert.executeBatch();
        }
      }
    }
  }

  @Override
  public String explain(SQLException failure) {
    @Nullable String state = failure.getSQLState();
    if (state == null) {
      return String.valueOf(failure.getMessage());
    }
    if (state.startsWith("08") || state.startsWith("57P")) {
      return "PostgreSQL at %s cannot be reached. Start it, or check the address.".formatted(name);
    }
    if (state.equals("55P03")) {
      return "Another Tabula server writes %s. Stop it, or name another by --database."
          .formatted(name);
    }
    if (state.startsWith("53")) {
      return "PostgreSQL at %s lacks room or memory: %s".formatted(name, failure.getMessage());
    }
    if (state.startsWith("28") || state.equals("3D000")) {
      return "PostgreSQL at %s does not let us in: %s".formatted(name, failure.getMessage());
    }
    return state.equals("25006")
        ? "PostgreSQL at %s takes no writes now: it is a read-only copy.".formatted(name)
        : "PostgreSQL at %s: %s".formatted(name, failure.getMessage());
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public void close() {
    readers.close();
    if (first != null) {
      try {
        first.close();
      } catch (SQLException e) {
        throw new IllegalStateException(e);
      }
    }
  }
}
