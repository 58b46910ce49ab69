package tabula.server.command;

import static tabula.server.command.Arguments.check;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tabula.server.training.ErrorCurves;
import tabula.server.training.RunFiles;

/** Draws what runs got wrong beside each other. */
@Command(
    name = "curves",
    mixinStandardHelpOptions = true,
    description =
        "Draws the errors of runs beside each other, by steps: above on games that they never learnt"
            + " from, below on those that they did.",
    footer = {"", "Example: tabula curves runs/plain runs/dropout --out compared.svg"})
public final class CurvesCommand implements Callable<Integer> {

  @Parameters(
      paramLabel = "DIR",
      arity = "1..*",
      description = "The folders of the runs, by whose names the lines are called.")
  private List<Path> folders = List.of();

  @Option(
      names = "--out",
      paramLabel = "FILE",
      required = true,
      description = "The picture to write, in SVG.")
  private Path out = Path.of("");

  @Option(names = "--value", description = "The error of the value, not that of the moves.")
  private boolean value;

  @Option(
      names = "--title",
      paramLabel = "TEXT",
      defaultValue = "Error on held-out games, above, and on games learnt from",
      description = "Default: ${DEFAULT-VALUE}.")
  private String title = "";

  @Spec private CommandSpec command = CommandSpec.create();

  @Override
  public Integer call() throws IOException {
    check(
        folders.size() <= ErrorCurves.MOST_RUNS,
        "One picture tells at most %d runs apart.".formatted(ErrorCurves.MOST_RUNS));
    Map<String, RunFiles> runs = new LinkedHashMap<>();
    for (Path folder : folders) {
      RunFiles files = new RunFiles(folder);
      check(files.exists(), "There is no run in %s.".formatted(folder));
      check(
          runs.put(folder.toAbsolutePath().normalize().getFileName().toString(), files) == null,
          "Two of the folders are called %s.".formatted(folder.getFileName()));
    }
    Files.writeString(out, ErrorCurves.compare(title, runs, value ? "ValueLoss" : "PolicyLoss"));
    PrintWriter output = command.commandLine().getOut();
    output.println(out);
    output.flush();
    return 0;
  }
}
