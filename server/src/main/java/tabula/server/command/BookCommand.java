package tabula.server.command;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tabula.agents.solve.ConnectFourBook;
import tabula.server.UserError;

/** Makes the opening book of {@code perfect}. */
@Command(
    name = "book",
    mixinStandardHelpOptions = true,
    description = {
      "Makes Connect Four's opening book anew: who wins after each first few moves.",
      "The one that comes with Tabula has six, and takes about 40 minutes of a core."
    })
public final class BookCommand implements Callable<Integer> {

  @Parameters(paramLabel = "FILE", description = "Where the book goes.")
  private Path file = Path.of("");

  @Option(
      names = "--plies",
      defaultValue = "6",
      paramLabel = "N",
      description = "After how many moves its positions stand (default: ${DEFAULT-VALUE}).")
  private int plies;

  @Option(
      names = "--threads",
      paramLabel = "N",
      description = "Threads, each with 512 MB (default: one a core).")
  private @Nullable Integer threads;

  @Spec private CommandSpec command = CommandSpec.create();

  @Override
  public Integer call() throws IOException, InterruptedException {
    Arguments.check(plies >= 1 && plies <= 12, "--plies must be from 1 to 12.");
    int threadCount = Arguments.threads(threads);
    checkWritable();
    int size = ConnectFourBook.sizeAt(plies);
    ProgressLine line = new ProgressLine(System.err);
    long start = System.nanoTime();
    ConnectFourBook book =
        ConnectFourBook.make(
            plies,
            threadCount,
            solved -> {
              double seconds = (System.nanoTime() - start) / 1e9;
              line.show(
                  "%,d of %,d positions, about %s left"
                      .formatted(
                          solved, size, ProgressLine.duration(seconds / solved * (size - solved))));
            });
    line.clear();
    book.write(file);
    command
        .commandLine()
        .getOut()
        .println(
            "%s: %,d positions after %d moves, in %s"
                .formatted(
                    file,
                    book.size(),
                    plies,
                    ProgressLine.duration((System.nanoTime() - start) / 1e9)));
    return 0;
  }

  /** Before the work: it would be a pity afterwards. */
  private void checkWritable() {
    Arguments.check(!Files.isDirectory(file), "%s is a folder.".formatted(file));
    try {
      Path folder = file.toAbsolutePath().resolveSibling(".");
      Files.delete(Files.createTempFile(folder, "book", ".part"));
    } catch (IOException e) {
      throw new UserError(
          "%s cannot be written: its folder must be there, and yours to write in.".formatted(file),
          e);
    }
  }
}
