package tabula.server.command;

import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;
import tabula.server.UserError;
import tabula.server.store.Rebuild;
import tabula.server.store.StoreException;

/** Computes results and ratings anew. */
@Command(
    name = "rebuild",
    mixinStandardHelpOptions = true,
    description = {
      "Computes results and ratings from the matches' events alone, and says whether they differ"
          + " from what stood there.",
      "Stop the server first."
    },
    footer = {"", "Example: tabula rebuild --data ~/tabula"})
public final class RebuildCommand implements Callable<Integer> {

  private static final int MOST_SHOWN = 20;

  @Mixin private DatabaseOptions database = new DatabaseOptions();
  @Spec private CommandSpec command = CommandSpec.create();

  @Override
  public Integer call() {
    Rebuild.Report report;
    try {
      report = Rebuild.run(database.config());
    } catch (StoreException e) {
      throw new UserError(String.valueOf(e.getMessage()), e);
    }
    PrintWriter out = command.commandLine().getOut();
    out.printf(
        "%d matches, %d of them rated; %d ratings.%n",
        report.matches(), report.rated(), report.ratings());
    List<String> differences = report.differences();
    if (differences.isEmpty()) {
      out.println("Everything is as it was.");
    } else {
      out.printf("%d rows differed, and are right now:%n", differences.size());
      differences.stream().limit(MOST_SHOWN).forEach(out::println);
      if (differences.size() > MOST_SHOWN) {
        out.println("…");
      }
    }
    out.flush();
    return 0;
  }
}
