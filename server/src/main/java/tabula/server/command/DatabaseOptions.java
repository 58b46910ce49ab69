package tabula.server.command;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import tabula.server.store.DatabaseConfig;

/** Where everything is kept: the same for every command that asks. */
final class DatabaseOptions {

  @Option(
      names = "--data",
      defaultValue = "data",
      paramLabel = "DIR",
      description = "The folder of everything that is kept (default: ${DEFAULT-VALUE}).")
  private Path data = Path.of("data");

  @Option(
      names = "--database",
      defaultValue = "${env:TABULA_DATABASE}",
      paramLabel = "URL",
      description = {
        "Keeps matches in PostgreSQL, not in the folder:"
            + " postgresql://USER:PASSWORD@HOST:PORT/NAME.",
        "Default: the environment's TABULA_DATABASE, where others do not see the password."
      })
  private @Nullable String database;

  DatabaseConfig config() {
    return new DatabaseConfig(data, database == null || database.isEmpty() ? null : database);
  }
}
