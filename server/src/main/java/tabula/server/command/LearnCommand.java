package tabula.server.command;

import static tabula.server.command.Arguments.check;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tabula.agents.Agent;
import tabula.agents.network.Examination;
import tabula.agents.train.AgentGames;
import tabula.agents.train.RandomStream;
import tabula.agents.train.RunConfig;
import tabula.agents.train.Trajectory;
import tabula.agents.train.TrajectoryLog;
import tabula.games.Game;
import tabula.server.UserError;
import tabula.server.bus.TrainingBus.LearnerReport;
import tabula.server.bus.TrainingBus.StoppedEarly;
import tabula.server.training.RunFiles;
import tabula.server.training.RunLock;
import tabula.server.training.SupervisedRun;

/** Teaches a network from a fixed set of games. */
@Command(
    name = "learn",
    mixinStandardHelpOptions = true,
    description =
        "Teaches a network from a fixed set of games, and says by step how wrong it is on them and on"
            + " others that it never sees.",
    footer = {
      "",
      "The folder of the run holds run.json, metrics.jsonl, latest.tabula (the last weights),",
      "best.tabula (those with the lowest error on held-out games) and curve.svg.",
      "The same games, configuration and seed learn the same.",
      "",
      "Examples: tabula learn connect-four --games 300 --config '{\"heldOutShare\": 0.3}'",
      "          tabula learn connect-four --games runs/first/games.log --steps 5000"
    })
public final class LearnCommand implements Callable<Integer> {

  @Parameters(paramLabel = "GAME", description = "The game to learn, such as connect-four.")
  private String gameId = "";

  @Option(
      names = "--games",
      paramLabel = "FILE|N",
      required = true,
      description = "The games.log of a run, or how many games --agent plays against itself.")
  private String games = "";

  @Option(
      names = "--agent",
      paramLabel = "SPEC",
      defaultValue = "mcts:100",
      description = "Who plays them (default: ${DEFAULT-VALUE}).")
  private String agent = "";

  @Mixin private ConfigOptions options = new ConfigOptions();

  @Option(
      names = "--steps",
      paramLabel = "N",
      defaultValue = "2000",
      description = "How many steps are taken at most (default: ${DEFAULT-VALUE}).")
  private int steps;

  @Option(
      names = "--examine",
      paramLabel = "N",
      defaultValue = "50",
      description = "After how many steps the errors are measured (default: ${DEFAULT-VALUE}).")
  private int examine;

  @Mixin private RunFolderOption folder = new RunFolderOption();

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "1",
      description = "Of the games, the weights and the examples (default: ${DEFAULT-VALUE}).")
  private long seed;

  @Option(names = "--json", description = "Print the last figures as one line of JSON.")
  private boolean json;

  @Spec private CommandSpec command = CommandSpec.create();

  @Override
  public Integer call() throws IOException {
    Game game = Arguments.game(gameId);
    RunConfig config = options.choice().config();
    check(
        config.reinforcement().isEmpty(), "Games are learnt from with algorithm alphazero alone.");
    check(steps >= 1 && steps <= 10_000_000, "--steps must be from 1 to 10000000.");
    check(examine >= 1 && examine <= steps, "--examine must be from 1 to --steps.");
    RunFiles files = folder.files(game);
    ProgressLine line = new ProgressLine(System.err);
    List<Trajectory> played = games(game, config, line);
    try (RunLock _ = RunFolderOption.lock(files)) {
      check(!files.exists(), "There is a run in %s. Give another --out.".formatted(files.folder()));
      RunFiles.Header header = new RunFiles.Header(game, seed, config);
      SupervisedRun run = new SupervisedRun(files, header, played, steps, examine);
      check(
          run.learnt() > 0,
          "There is nothing to learn from: no game is left that is not held out.");
      files.writeHeader(header);
      line.note(
          "%s learns from %,d positions in %s; %,d are held out."
              .formatted(config.networkSpec(), run.learnt(), files.folder(), run.heldOut()));
      PrintWriter output = command.commandLine().getOut();
      List<LearnerReport> reports = new ArrayList<>();
      if (!json) {
        output.println("   step   moves: learnt  held out   value: learnt  held out");
      }
      Optional<StoppedEarly> stopped =
          run.run(
              report -> {
                reports.add(report);
                if (!json) {
                  output.println(row(report));
                  output.flush();
                }
              });
      tell(output, files, reports.getLast(), stopped);
      return 0;
    }
  }

  private void tell(
      PrintWriter output, RunFiles files, LearnerReport last, Optional<StoppedEarly> stopped) {
    if (json) {
      ObjectNode figures = JsonNodeFactory.instance.objectNode();
      figures.put("step", last.step());
      var examination = last.examination();
      if (examination != null) {
        put(figures, "training", examination.learnt());
        if (examination.heldOut() != null) {
          put(figures, "heldOut", examination.heldOut());
        }
      }
      stopped.ifPresent(
          early -> {
            figures.put("stoppedEarly", true);
            figures.put("bestStep", early.best().step());
          });
      figures.put("folder", files.folder().toString());
      output.println(figures);
    } else {
      stopped.ifPresent(
          early ->
              output.println(
                  "Stopped early after step %,d: the error on held-out games fell no more. Step %,d had the lowest."
                      .formatted(early.step(), early.best().step())));
      output.println("%s, %s, %s".formatted(files.latest(), files.best(), files.curve()));
    }
    output.flush();
  }

  private static void put(ObjectNode figures, String of, Examination examination) {
    figures.put(of + "PolicyLoss", examination.losses().policy());
    figures.put(of + "ValueLoss", examination.losses().value());
  }

  private static String row(LearnerReport report) {
    var examination = report.examination();
    if (examination == null) {
      return "%7d".formatted(report.step());
    }
    Examination learnt = examination.learnt();
    Examination heldOut = examination.heldOut();
    return "%7d %15s %9s %15s %9s"
        .formatted(
            report.step(),
            figure(learnt.losses().policy()),
            heldOut == null ? "—" : figure(heldOut.losses().policy()),
            figure(learnt.losses().value()),
            heldOut == null ? "—" : figure(heldOut.losses().value()));
  }

  private static String figure(double loss) {
    return String.format(Locale.ROOT, "%.3f", loss);
  }

  private List<Trajectory> games(Game game, RunConfig config, ProgressLine line)
      throws IOException {
    Game view = config.networkSpec().view(game);
    if (!games.matches("\\d{1,7}")) {
      Path log = Path.of(games);
      if (!Files.isRegularFile(log)) {
        throw new UserError(
            "There is no file %s. --games takes a run's games.log, or a number.".formatted(log));
      }
      return TrajectoryLog.read(log, view);
    }
    int count = Integer.parseInt(games);
    check(count >= 1, "--games must be at least 1.");
    Agent player = Arguments.agent(agent, game);
    RandomStream random = new RandomStream(seed);
    List<Trajectory> played = new ArrayList<>();
    while (played.size() < count) {
      played.add(AgentGames.play(view, player, config.openingPlies(), random));
      line.show("%,d of %,d games of %s".formatted(played.size(), count, agent));
    }
    line.clear();
    return played;
  }
}
