package tabula.server.command;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tabula.agents.network.Checkpoint;
import tabula.agents.network.NetworkCost;
import tabula.agents.network.nd4j.NetworkEvaluator;
import tabula.agents.train.ConfigDocuments;
import tabula.agents.train.RunConfig;
import tabula.games.Game;
import tabula.server.UserError;
import tabula.server.bus.TrainingBus;
import tabula.server.training.RunFiles;
import tabula.server.training.RunLock;
import tabula.server.training.RunProgress;
import tabula.server.training.RunReport;
import tabula.server.training.TrainingRun;

/** Teaches a network a game from nothing, by self-play. */
@Command(
    name = "train",
    mixinStandardHelpOptions = true,
    description = "Teaches a network a game from nothing, by self-play.",
    footer = {
      "",
      "The folder of the run holds run.json, metrics.jsonl, checkpoints/, latest.tabula,",
      "best.tabula, report.md and curve.svg. Ctrl-C stops the run and keeps all of it, and a",
      "second Ctrl-C ends it at once, without its last half minute; the same command with",
      "--resume and the same --out goes on from there.",
      "",
      "Examples: tabula train connect-four --minutes 10 --out runs/first",
      "          tabula train tic-tac-toe --preset tiny",
      "          tabula train --fields"
    })
public final class TrainCommand implements Callable<Integer> {

  @Parameters(
      paramLabel = "GAME",
      arity = "0..1",
      description = "The game to learn, such as connect-four.")
  private @Nullable String gameId;

  @Option(
      names = "--minutes",
      paramLabel = "N",
      description = "How long the run runs in all (default: the preset's, or 10).")
  private @Nullable Double wantedMinutes;

  @Mixin private ConfigOptions options = new ConfigOptions();

  @Mixin private RunFolderOption folder = new RunFolderOption();

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "1",
      description = "Default: ${DEFAULT-VALUE}.")
  private long seed;

  @Option(
      names = "--threads",
      paramLabel = "N",
      description = "Threads of self-play (default: one a core).")
  private @Nullable Integer threads;

  @Option(names = "--resume", description = "Go on with the run in --out.")
  private boolean resume;

  @Option(
      names = "--from",
      paramLabel = "CHECKPOINT",
      description = "Begin with this checkpoint's weights, not with random ones.")
  private @Nullable Path from;

  @Option(
      names = "--supervised",
      hidden = true,
      description = "Does what the lines of the standard input say, and stops at its end.")
  private boolean supervised;

  private final Supervision supervision = new Supervision();

  @Option(names = "--json", description = "Print the report as one line of JSON.")
  private boolean json;

  @Option(
      names = "--show-config",
      description = "Print the whole configuration and do nothing else.")
  private boolean showConfig;

  @Option(
      names = "--fields",
      description = "Print what each field of --config FILE does and takes.")
  private boolean showFields;

  @Option(names = "--schema", description = "Print the JSON Schema of --config FILE.")
  private boolean showSchema;

  @Spec private CommandSpec command = CommandSpec.create();

  @Override
  public Integer call() throws IOException, InterruptedException {
    if (supervised) {
      // At once: a server may be gone before its trainer has begun.
      supervision.listen(System.in);
    }
    PrintWriter output = command.commandLine().getOut();
    if (showFields) {
      output.print(ConfigDocuments.tables());
      output.flush();
      return 0;
    }
    if (showSchema) {
      output.println(ConfigDocuments.schema().toPrettyString());
      return 0;
    }
    ConfigOptions.Choice choice = options.choice();
    RunConfig config = choice.config();
    if (showConfig) {
      output.println(config.toJson().toPrettyString());
      return 0;
    }
    Game game = game();
    double minutes = wantedMinutes == null ? choice.preset().minutes() : wantedMinutes;
    check(
        minutes > 0 && minutes <= 60 * 24 * 30, "--minutes must be more than 0 and at most 43200.");
    int threadCount = threads == null ? Runtime.getRuntime().availableProcessors() : threads;
    check(threadCount >= 1 && threadCount <= 1024, "--threads must be from 1 to 1024.");
    RunFiles files = folder.files(game);
    if (resume) {
      check(folder.given(), "--resume needs --out, the folder of the run to go on with.");
      check(files.exists(), "There is no run in %s to go on with.".formatted(files.folder()));
      check(from == null, "--from is for a new run: this one goes on from where it stopped.");
    }
    try (RunLock _ = RunFolderOption.lock(files)) {
      return train(files, header(files, game, config), minutes, threadCount);
    }
  }

  private int train(RunFiles files, RunFiles.Header header, double minutes, int threadCount)
      throws IOException, InterruptedException {
    Vertx vertx = Vertx.vertx();
    TrainingBus.register(vertx);
    ProgressLine line = new ProgressLine(System.err);
    try {
      TrainingRun run =
          new TrainingRun(vertx, files, header, Duration.ofMillis((long) (minutes * 60_000)));
      line.note(
          "Training %s in %s: %s with %s, %d threads."
              .formatted(
                  header.game().title(),
                  files.folder(),
                  header.config().networkSpec(),
                  text(NetworkEvaluator.cost(header.game(), header.config().networkSpec())),
                  threadCount));
      Ending ending = runUntilOver(run, minutes, threadCount, line);
      line.clear();
      ObjectNode report = RunReport.write(files);
      PrintWriter output = command.commandLine().getOut();
      output.println(
          json
              ? new ObjectMapper().writeValueAsString(report)
              : RunReport.forPeople(report, files));
      output.flush();
      for (String problem : ending.problems()) {
        line.note("tabula: %s. What was saved before is whole.".formatted(problem));
      }
      if (ending.exitCode() != 0) {
        line.note(
            "Stopped. The same command with --resume --out %s goes on from here."
                .formatted(files.folder()));
      }
      return ending.exitCode();
    } catch (IllegalArgumentException e) {
      throw new UserError(String.valueOf(e.getMessage()), e);
    } finally {
      close(vertx);
    }
  }

  private static void close(Vertx vertx) throws InterruptedException {
    try {
      vertx.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
    } catch (ExecutionException | TimeoutException e) {
      // A part that was left behind ends with the program.
    }
  }

  /**
   * How a run ended.
   *
   * @param signal the number of the signal that stopped it, or 0
   * @param told whether its supervisor stopped it before its time
   * @param problems what could not be stopped or saved
   */
  private record Ending(int signal, boolean told, List<String> problems) {

    /** As a shell has it for a program that a signal ended. */
    int exitCode() {
      return !problems.isEmpty()
          ? 1
          : signal != 0 ? 128 + signal : told ? RunFiles.EXIT_STOPPED_EARLY : 0;
    }
  }

  /** Runs until the time is over or Ctrl-C, and saves everything. */
  private Ending runUntilOver(TrainingRun run, double minutes, int threadCount, ProgressLine line)
      throws IOException, InterruptedException {
    Future<Void> over =
        run.start(threadCount, progress -> line.show(text(progress, minutes)))
            .toCompletionStage()
            .toCompletableFuture();
    supervision.begun(run::showGames, () -> over.cancel(true));
    try (StopSignals signals =
        new StopSignals(() -> over.cancel(true), signal -> endAtOnce(signal, line))) {
      List<String> problems;
      try {
        over.get();
        line.show("Saving, and measuring the last network.");
      } catch (CancellationException e) {
        line.note(
            "Stopping: saving the state and measuring the last network."
                + " A second Ctrl-C ends at once.");
      } catch (ExecutionException e) {
        throw new UserError(String.valueOf(e.getMessage()), e);
      } finally {
        problems =
            (supervision.isPause() ? run.pause() : run.stop())
                .toCompletionStage()
                .toCompletableFuture()
                .join();
      }
      return new Ending(signals.number(), over.isCancelled(), problems);
    }
  }

  private static void endAtOnce(int signal, ProgressLine line) {
    line.note(
        "Ended at once. --resume goes on from the last state saved, at most half a minute old.");
    Runtime.getRuntime().halt(128 + signal);
  }

  private static String text(RunProgress progress, double minutes) {
    StringBuilder text = new StringBuilder();
    double left = Math.max(0, minutes * 60 - progress.seconds());
    text.append("%s left".formatted(ProgressLine.duration(left)));
    var learner = progress.learner();
    if (learner != null) {
      text.append(
          "  games %,d  moves/s %s  evals/s %s  step %,d  policy %s  value %s"
              .formatted(
                  learner.games(),
                  measured("%,.0f", progress.movesPerSecond()),
                  measured("%,.0f", progress.evaluationsPerSecond()),
                  learner.step(),
                  measured("%.3f", learner.losses().policy()),
                  measured("%.3f", learner.losses().value())));
    }
    var gate = progress.gate();
    if (gate != null) {
      text.append(
          "  mcts:%d %.0f%%".formatted(gate.rollouts(), 100 * gate.againstRollouts().share()));
      if (gate.keepsValue() != null) {
        text.append("  truth %.1f%%".formatted(100 * gate.keepsValue()));
      }
    }
    return text.toString();
  }

  private static String text(NetworkCost cost) {
    return "%,d weights and %,d multiply-adds a position"
        .formatted(cost.parameters(), cost.multiplyAdds());
  }

  /** A figure that is 0 was not measured yet. */
  private static String measured(String format, double figure) {
    return figure == 0 ? "—" : format.formatted(figure);
  }

  private Game game() {
    if (gameId == null) {
      throw new ParameterException(command.commandLine(), "Missing required parameter: 'GAME'");
    }
    return Arguments.game(gameId);
  }

  private RunFiles.Header header(RunFiles files, Game game, RunConfig config) throws IOException {
    if (!resume) {
      check(
          !files.exists(),
          "There is a run in %s. Go on with it by --resume, or give another --out."
              .formatted(files.folder()));
      RunFiles.Header header = new RunFiles.Header(game, seed, config);
      if (from != null) {
        beginWith(from, files, header);
      }
      files.writeHeader(header);
      return header;
    }
    RunFiles.Header header = files.readHeader();
    check(
        header.game().equals(game),
        "The run in %s learns %s.".formatted(files.folder(), header.game().id()));
    return header;
  }

  /** Keeps a copy: the run does not depend on a file of others'. */
  private static void beginWith(Path from, RunFiles files, RunFiles.Header header)
      throws IOException {
    Checkpoint first = Checkpoint.read(from);
    check(
        first.game().equals(header.game()),
        "%s plays %s, not %s.".formatted(from, first.game().id(), header.game().id()));
    check(
        first.spec().equals(header.config().networkSpec()),
        "%s is a %s, and the configuration's network is %s: they must be the same."
            .formatted(from, first.spec(), header.config().network()));
    first.write(files.first());
  }

  private static void check(boolean right, String message) {
    if (!right) {
      throw new UserError(message);
    }
  }
}
