package tabula.server.command;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tabula.server.UserError;
import tabula.server.match.Transcript;
import tabula.server.match.TranscriptJson;
import tabula.server.store.MatchImport;
import tabula.server.store.StoreException;

/** Reads matches back that were exported. */
@Command(
    name = "import",
    mixinStandardHelpOptions = true,
    description = {
      "Adds the matches that 'export' wrote, once each of their moves is found to be right.",
      "All of them or, where a line is wrong, none. No server may have the database open."
    },
    footer = {
      "",
      "Example: tabula export | tabula import --database postgresql://localhost/tabula"
    })
public final class ImportCommand implements Callable<Integer> {

  @Parameters(
      arity = "0..1",
      paramLabel = "FILE",
      description = "Lines of JSON (default: standard input).")
  private @Nullable Path file;

  @Mixin private DatabaseOptions database = new DatabaseOptions();
  @Spec private CommandSpec command = CommandSpec.create();

  /** The lines of the input, one match each. */
  private static final class Lines implements MatchImport.Source {
    private final BufferedReader in;
    private int number;

    Lines(BufferedReader in) {
      this.in = in;
    }

    @Override
    public @Nullable Transcript next() throws StoreException {
      String line = readLine();
      if (line == null) {
        return null;
      }
      return switch (TranscriptJson.read(line)) {
        case Transcript.Reading.Valid(Transcript transcript) -> transcript;
        case Transcript.Reading.Invalid(String reason) -> throw wrong(reason);
      };
    }

    private @Nullable String readLine() throws StoreException {
      try {
        number++;
        return in.readLine();
      } catch (IOException e) {
        throw wrong("It cannot be read: " + e.getMessage());
      }
    }

    @Override
    public StoreException wrong(String reason) {
      return new StoreException(
          "Line %d: %s Nothing was imported.".formatted(number, reason), null);
    }
  }

  @Override
  public Integer call() {
    try (BufferedReader in =
        file == null
            ? new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))
            : Files.newBufferedReader(file)) {
      int count = MatchImport.run(database.config(), new Lines(in));
      command.commandLine().getErr().printf("Imported %d matches.%n", count);
      return 0;
    } catch (IOException e) {
      throw new UserError("%s cannot be read: %s".formatted(file, e.getMessage()), e);
    } catch (StoreException e) {
      throw new UserError(String.valueOf(e.getMessage()), e);
    }
  }
}
