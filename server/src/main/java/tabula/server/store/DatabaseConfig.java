package tabula.server.store;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Where everything is kept.
 *
 * @param data the folder of SQLite's file
 * @param url {@code postgresql://[USER[:PASSWORD]@]HOST[:PORT]/NAME}, or null for SQLite
 */
public record DatabaseConfig(Path data, @Nullable String url) {

  /** Takes it for the one writer: migrated, and nobody else's until it is closed. */
  Database openToWrite() throws StoreException {
    return url == null ? SqliteDatabase.openToWrite(data) : PostgresDatabase.openToWrite(url);
  }

  /**
   * Takes it to read, and to write a little beside the server that may have it; where there is none
   * yet, or one of an older version, it is brought up to date.
   */
  Database openBeside() throws StoreException {
    Database read;
    try {
      read = openToRead();
    } catch (StoreException absentOrOlder) {
      return openToWrite();
    }
    return read;
  }

  /** Reads it beside whoever writes it. */
  Database openToRead() throws StoreException {
    return url == null ? SqliteDatabase.openToRead(data) : PostgresDatabase.openToRead(url);
  }
}
