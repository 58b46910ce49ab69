package tabula.server.command;

import java.io.PrintWriter;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
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
      "A line holds the match's events, with their times; 'import' reads them back.",
      "With --format the finished matches are written as other programs read them."
    },
    footer = {
      "",
      "Example: tabula export --data ~/tabula > matches.jsonl",
      "Example: tabula export --format pgn > chess.pgn"
    })
public final class ExportCommand implements Callable<Integer> {

  @Option(
      names = "--seat-tokens",
      description = {
        "Adds the hashes of the seats' tokens, so that matches that go on can be played on after an"
            + " import.",
        "Do not publish them."
      })
  private boolean seatTokens;

  @Option(
      names = "--format",
      paramLabel = "NAME",
      description = {
        "sgf (Go, Gomoku, Hex), pgn (chess), pdn (checkers), ggf or txt (Othello): the games for",
        "which it is usual, and their finished matches alone."
      })
  private @Nullable String format;

  @Mixin private DatabaseOptions database = new DatabaseOptions();
  @Spec private CommandSpec command = CommandSpec.create();

  @Override
  public Integer call() {
    PrintWriter out = command.commandLine().getOut();
    String name = format;
    Arguments.checkRecordFormat(name);
    Arguments.check(
        name == null || !seatTokens, "--seat-tokens has no place in what --format writes.");
    try (MatchStore store = MatchStore.openToRead(database.config())) {
      store.forEach(
          transcript -> {
            if (name == null) {
              out.println(TranscriptJson.write(transcript, seatTokens));
            } else if (transcript.match().isOver() && !transcript.match().isAborted()) {
              transcript
                  .match()
                  .game()
                  .recordFormat(name)
                  .ifPresent(written -> out.print(written.write(transcript.match().recorded())));
            }
          });
    } catch (StoreException e) {
      throw new UserError(String.valueOf(e.getMessage()), e);
    }
    out.flush();
    return 0;
  }
}
