package tabula.server.command;

import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import tabula.server.UserError;
import tabula.server.match.TranscriptJson;
import tabula.server.store.MatchStore;
import tabula.server.store.StoreException;

/** Writes matches as lines of JSON. */
@Command(
    name = "export",
    mixinStandardHelpOptions = true,
    description = {
      "Writes every match as a line of JSON to standard output, oldest first, while the server"
          + " serves.",
      "A line holds the match's events, with their times; 'import' reads them back."
    },
    footer = {"", "Example: tabula export --data ~/tabula > matches.jsonl"})
public final class ExportCommand implements Callable<Integer> {

  @Option(
      names = "--seat-tokens",
      description = {
        "Adds the hashes of the seats' tokens, so that matches that go on can be played on after an"
            + " import.",
        "Do not publish them."
      })
  private boolean seatTokens;

  @Mixin private DatabaseOptions database = new DatabaseOptions();
  @Spec private CommandSpec command = CommandSpec.create();

  @Override
  public Integer call() {
    PrintWriter out = command.commandLine().getOut();
    try (MatchStore store = MatchStore.openToRead(database.config())) {
      store.forEach(transcript -> out.println(TranscriptJson.write(transcript, seatTokens)));
    } catch (StoreException e) {
      throw new UserError(String.valueOf(e.getMessage()), e);
    }
    out.flush();
    return 0;
  }
}
