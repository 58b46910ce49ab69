package tabula.server.store;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.sql.SQLException;

/**
 * Copies everything to a SQLite file, whichever database it is in, as it stands at one moment and
 * beside a server that writes.
 */
public final class Backup {

  private Backup() {}

  /**
   * Makes the copy. The file appears once it is whole and on the disk.
   *
   * @throws StoreException if there is such a file already, or something cannot be read or written
   */
  public static void make(DatabaseConfig config, Path file) throws StoreException {
    if (Files.exists(file)) {
      throw new StoreException("There is a file %s already. Name another.".formatted(file), null);
    }
    Path unfinished = file.resolveSibling(file.getFileName() + ".unfinished");
    try (Database database = config.openToRead()) {
      try {
        Files.deleteIfExists(unfinished);
        database.copyTo(unfinished);
        try (FileChannel channel = FileChannel.open(unfinished, StandardOpenOption.WRITE)) {
          channel.force(true);
        }
        Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE);
      } catch (SQLException e) {
        Files.deleteIfExists(unfinished);
        throw new StoreException("%s was not made: %s".formatted(file, database.explain(e)), e);
      }
    } catch (IOException e) {
      throw new StoreException("%s cannot be written: %s".formatted(file, e.getMessage()), e);
    }
  }
}
