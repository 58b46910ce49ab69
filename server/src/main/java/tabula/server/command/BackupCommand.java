package tabula.server.command;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;
import tabula.server.UserError;
import tabula.server.store.Backup;
import tabula.server.store.StoreException;

/** Copies the database while the server serves. */
@Command(
    name = "backup",
    mixinStandardHelpOptions = true,
    description = {
      "Copies the database to a file, as it stands at one moment, while the server serves.",
      "The copy is a SQLite file, whichever database is used: as tabula.db in a --data folder it is"
          + " served."
    },
    footer = {"", "Example: tabula backup tabula-monday.db --data ~/tabula"})
public final class BackupCommand implements Callable<Integer> {

  @Parameters(paramLabel = "FILE", description = "A new file.")
  private Path file = Path.of("");

  @Mixin private DatabaseOptions database = new DatabaseOptions();

  @Override
  public Integer call() {
    try {
      Backup.make(database.config(), file.toAbsolutePath());
    } catch (StoreException e) {
      throw new UserError(String.valueOf(e.getMessage()), e);
    }
    return 0;
  }
}
