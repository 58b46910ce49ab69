package tabula.server;

import java.util.Objects;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;
import tabula.agents.engine.EngineException;
import tabula.agents.network.Checkpoint.UnusableCheckpointException;
import tabula.agents.train.UnusableRunException;
import tabula.server.command.AdminCommand;
import tabula.server.command.AnalyseCommand;
import tabula.server.command.BackupCommand;
import tabula.server.command.BenchCommand;
import tabula.server.command.BookCommand;
import tabula.server.command.ConformanceCommand;
import tabula.server.command.CurvesCommand;
import tabula.server.command.DoctorCommand;
import tabula.server.command.ExportCommand;
import tabula.server.command.GtpCommand;
import tabula.server.command.ImportCommand;
import tabula.server.command.InsightCommand;
import tabula.server.command.LearnCommand;
import tabula.server.command.MatchCommand;
import tabula.server.command.MeasureCommand;
import tabula.server.command.PerftCommand;
import tabula.server.command.RebuildCommand;
import tabula.server.command.RunsCommand;
import tabula.server.command.ServeCommand;
import tabula.server.command.TrainCommand;
import tabula.server.command.UciCommand;

/** The program: one command line for everything. */
@Command(
    name = "tabula",
    description = "A server that plays board games and teaches itself to play them.",
    mixinStandardHelpOptions = true,
    version = "Tabula 0.1.0",
    subcommands = {
      ServeCommand.class,
      TrainCommand.class,
      LearnCommand.class,
      CurvesCommand.class,
      RunsCommand.class,
      MatchCommand.class,
      AnalyseCommand.class,
      MeasureCommand.class,
      InsightCommand.class,
      GtpCommand.class,
      UciCommand.class,
      PerftCommand.class,
      BookCommand.class,
      BackupCommand.class,
      ExportCommand.class,
      ImportCommand.class,
      AdminCommand.class,
      RebuildCommand.class,
      BenchCommand.class,
      ConformanceCommand.class,
      DoctorCommand.class
    })
public final class Main {

  private static final int HELP_WIDTH = 100;

  private Main() {}

  public static void main(String[] arguments) {
    System.exit(commandLine().execute(arguments));
  }

  private static String message(ParameterException exception) {
    CommandLine command = exception.getCommandLine();
    if (command.getSubcommands().isEmpty()) {
      return String.valueOf(exception.getMessage());
    }
    String commands = String.join(", ", command.getSubcommands().keySet());
    return exception instanceof UnmatchedArgumentException unmatched
        ? "There is no command '%s'. Commands: %s."
            .formatted(unmatched.getUnmatched().getFirst(), commands)
        : "Which command? Commands: %s.".formatted(commands);
  }

  /** The command line, ready to execute. */
  public static CommandLine commandLine() {
    CommandLine commandLine = new CommandLine(new Main());
    commandLine.setUsageHelpWidth(HELP_WIDTH);
    // What follows a bot's command belongs to the bot.
    Objects.requireNonNull(commandLine.getSubcommands().get("conformance"))
        .setStopAtPositional(true);
    commandLine.setParameterExceptionHandler(
        (exception, arguments) -> {
          CommandLine command = exception.getCommandLine();
          command
              .getErr()
              .printf(
                  "tabula: %s%nTry: %s --help%n",
                  message(exception), command.getCommandSpec().qualifiedName());
          return command.getCommandSpec().exitCodeOnInvalidInput();
        });
    commandLine.setExecutionExceptionHandler(
        (exception, command, parsed) -> {
          // What a person can mend is said in a sentence; anything else is our bug, and shows where
          // it is.
          if (exception instanceof UserError
              || exception instanceof EngineException
              || exception instanceof UnusableRunException
              || exception instanceof UnusableCheckpointException) {
            command.getErr().println("tabula: " + exception.getMessage());
          } else {
            exception.printStackTrace(command.getErr());
          }
          return 1;
        });
    return commandLine;
  }
}
