package tabula.server.command;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tabula.games.record.Records;
import tabula.server.UserError;
import tabula.server.match.Transcript;
import tabula.server.match.TranscriptJson;
import tabula.server.store.MatchImport;
import tabula.server.store.StoreException;

/** Reads matches back that were exported, and records of games that were played elsewhere. */
@Command(
    name = "import",
    mixinStandardHelpOptions = true,
    description = {
      "Adds the matches that 'export' wrote, once each of their moves is found to be right.",
      "All of them or, where a line is wrong, none. No server may have the database open.",
      "Records of other programs are read too: their finished games become matches that do not"
          + " count for ratings. One that is there already is not added again; one that ended by"
          + " other rules is left out."
    },
    footer = {
      "",
      "Example: tabula export | tabula import --database postgresql://localhost/tabula",
      "Example: tabula import games.pgn *.sgf"
    })
public final class ImportCommand implements Callable<Integer> {

  @Parameters(
      arity = "0..*",
      paramLabel = "FILE",
      description =
          "Lines of JSON, or any number of records, by their names' endings (default: standard"
              + " input).")
  private List<Path> files = List.of();

  @Option(
      names = "--format",
      paramLabel = "NAME",
      description =
          "Whatever their names are, they hold records: sgf, pgn, pdn, ggf or txt. Which games, and"
              + " in which of these formats, their text says.")
  private @Nullable String format;

  @Mixin private DatabaseOptions database = new DatabaseOptions();
  @Spec private CommandSpec command = CommandSpec.create();

  /** The lines of an input, one match each. */
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
    public void alreadyThere(String id) throws StoreException {
      throw wrong("Match %s is there already.".formatted(id));
    }

    private StoreException wrong(String reason) {
      return new StoreException(
          "Line %d: %s Nothing was imported.".formatted(number, reason), null);
    }
  }

  @Override
  public Integer call() {
    Arguments.checkRecordFormat(format);
    boolean records =
        format != null || (!files.isEmpty() && files.stream().allMatch(this::isRecord));
    Arguments.check(
        records || files.size() <= 1, "Of several files each is a record, by its name's ending.");
    try (BufferedReader in = records ? null : lines()) {
      int count =
          MatchImport.run(database.config(), in == null ? records() : List.of(new Lines(in)));
      command.commandLine().getErr().printf("Imported %d matches.%n", count);
      return 0;
    } catch (IOException e) {
      throw new UserError("%s cannot be read.".formatted(e.getMessage()), e);
    } catch (StoreException e) {
      throw new UserError(String.valueOf(e.getMessage()), e);
    }
  }

  private boolean isRecord(Path file) {
    String name = file.toString().toLowerCase(Locale.ROOT);
    return Records.formats().anyMatch(format -> name.endsWith("." + format.name()));
  }

  private BufferedReader lines() throws IOException {
    return files.isEmpty()
        ? new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))
        : Files.newBufferedReader(files.getFirst());
  }

  private List<RecordFile> records() throws IOException, StoreException {
    PrintWriter log = command.commandLine().getErr();
    if (files.isEmpty()) {
      return List.of(RecordFile.read("Standard input", System.in, log));
    }
    List<RecordFile> records = new ArrayList<>();
    for (Path file : files) {
      try (InputStream in = Files.newInputStream(file)) {
        records.add(RecordFile.read(file.toString(), in, log));
      }
    }
    return records;
  }
}
