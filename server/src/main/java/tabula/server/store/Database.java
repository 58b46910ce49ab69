package tabula.server.store;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.MigrationInfo;
import org.flywaydb.core.api.configuration.FluentConfiguration;

/** A database of one kind: what the store needs to know of it beyond SQL that both understand. */
sealed interface Database extends AutoCloseable permits SqliteDatabase, PostgresDatabase {

  int READERS = 4;
  long PATIENCE_MILLIS = 5000;

  /**
   * A connection for the writer, without automatic commits. Where the database was opened to write,
   * nobody else holds one.
   */
  Connection connectWriter() throws SQLException;

  /** A connection that reads, to be closed soon. */
  Connection read() throws SQLException;

  /** Copies everything, as it stands at one moment, to a new SQLite file. */
  void copyTo(Path file) throws SQLException;

  /** A sentence for people: what is wrong, and what they can do. */
  String explain(SQLException failure);

  /** Such as the path of its file, for messages. */
  String name();

  @Override
  void close();

  /**
   * Connections kept for the next reader.
   *
   * @param readOnly the statement after which a connection changes nothing
   */
  static HikariDataSource readers(DataSource source, String readOnly) {
    HikariConfig config = new HikariConfig();
    config.setPoolName("store-readers");
    config.setDataSource(source);
    config.setConnectionInitSql(readOnly);
    config.setMaximumPoolSize(READERS);
    config.setMinimumIdle(0);
    config.setConnectionTimeout(PATIENCE_MILLIS);
    config.setInitializationFailTimeout(-1);
    return new HikariDataSource(config);
  }

  /**
   * Flyway with the migrations that all have, and those of a kind of database.
   *
   * @param kind {@code sqlite} or {@code postgresql}
   */
  static FluentConfiguration migrations(String kind) {
    return Flyway.configure()
        .locations("classpath:db/migration/common", "classpath:db/migration/" + kind)
        .failOnMissingLocations(true);
  }

  /**
   * A reader changes nothing, so that it can read what is of its own version alone.
   *
   * @throws StoreException if the schema is another version's
   */
  static void checkVersion(Flyway flyway, String name) throws StoreException {
    try {
      MigrationInfo[] pending = flyway.info().pending();
      if (pending.length > 0) {
        throw new StoreException(
            "%s is of another version, or empty. Start the server once: it brings it up to date."
                .formatted(name),
            null);
      }
    } catch (FlywayException e) {
      throw new StoreException("%s cannot be read: %s".formatted(name, e.getMessage()), e);
    }
  }
}
