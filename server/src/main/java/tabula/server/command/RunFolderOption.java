package tabula.server.command;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import tabula.games.Game;
import tabula.server.UserError;
import tabula.server.training.RunFiles;
import tabula.server.training.RunLock;

/** Where a training puts what it makes. */
final class RunFolderOption {

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description = "The run's folder (default: runs/GAME-TIME).")
  private @Nullable Path out;

  boolean given() {
    return out != null;
  }

  RunFiles files(Game game) {
    return new RunFiles(out == null ? newFolder(game) : out);
  }

  private static Path newFolder(Game game) {
    return Path.of(
        "runs",
        game.id()
            + "-"
            + LocalDateTime.now(ZoneId.systemDefault())
                .format(DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss")));
  }

  /** The lock of a run's folder; whoever holds it writes there. */
  static RunLock lock(RunFiles files) throws IOException {
    try {
      return RunLock.take(files.folder())
          .orElseThrow(
              () ->
                  new UserError(
                      "Another training is at work in %s. Wait for it, or give another --out."
                          .formatted(files.folder())));
    } catch (FileSystemException e) {
      throw new UserError(
          "The folder %s cannot be made, or not be written in. Give another --out."
              .formatted(files.folder()),
          e);
    }
  }
}
