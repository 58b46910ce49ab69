package tabula.server.command;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tabula.agents.insight.Objective;
import tabula.agents.insight.OpenNetwork;
import tabula.agents.network.Checkpoint;
import tabula.games.Board;
import tabula.games.Game;
import tabula.server.UserError;
import tabula.server.insight.Answers;
import tabula.server.insight.Insights;
import tabula.server.insight.Question;
import tabula.server.insight.View;
import tabula.server.store.CheckpointLibrary;
import tabula.server.store.ShippedCheckpoints;
import tabula.server.training.RunFiles;

/** Looks into a network. */
@Command(
    name = "insight",
    mixinStandardHelpOptions = true,
    description = "Says what a network has learnt, from its own gradients.",
    footer = {
      "",
      "Views:",
      "  network      what it says of the position, and its layers",
      "  layer        what the layer --layer gives, channel by channel",
      "  neuron       what a channel of the first layer multiplies and adds",
      "  attention    which squares a number rests on, by --method",
      "  extremes     the positions of a sample that excite it most and least",
      "  attack       the smallest changes of what it sees that deceive it, by --goal",
      "  changes      the smallest legal changes that deceive it, and how many visits help",
      "  robustness   how much of a fixed set of positions survives attacks",
      "  features     what excites it most, made from nothing",
      "  dream        the position, changed towards what excites it",
      "  concepts     what linear probes read off each layer, before and after training",
      "",
      "A number of the network (--objective) is " + Objective.FORMS + ".",
      "The same question has the same answer, and with the checkpoint's id the same address on",
      "the page: /insight/ID?view=VIEW&moves=MOVES.",
      "Example: tabula insight connect-four attention --moves 444443 --objective move:4"
    })
public final class InsightCommand implements Callable<Integer> {

  @Parameters(index = "0", paramLabel = "GAME", description = "Such as connect-four.")
  private String gameId = "";

  @Parameters(index = "1", paramLabel = "VIEW", description = "What to look at: see below.")
  private String viewId = "";

  @Option(
      names = "--checkpoint",
      paramLabel = "FILE",
      defaultValue = "shipped",
      description = "A checkpoint's file, or shipped (default: ${DEFAULT-VALUE}).")
  private String checkpoint = "";

  @Option(
      names = "--run",
      paramLabel = "DIR",
      description = "Every checkpoint of a training run in turn, from the first on.")
  private @Nullable Path run;

  @Option(
      names = "--moves",
      paramLabel = "LINE",
      description = "The position, such as 4455 or \"b2 a1\" (default: the start).")
  private @Nullable String moves;

  @Option(
      names = "--objective",
      paramLabel = "NUMBER",
      description = "Which number of the network is meant (default: value).")
  private @Nullable String objective;

  @Option(names = "--layer", paramLabel = "NAME", description = "Such as block1 (default: stem).")
  private @Nullable String layer;

  @Option(
      names = "--method",
      paramLabel = "NAME",
      description = "saliency, integrated or occlusion (default: integrated).")
  private @Nullable String method;

  @Option(
      names = "--goal",
      paramLabel = "NAME",
      description = "What an attack changes: move or value (default: move).")
  private @Nullable String goal;

  @Option(names = "--seed", paramLabel = "N", description = "Of all chance (default: 1).")
  private @Nullable String seed;

  @Option(names = "--json", description = "Print one line of JSON for each checkpoint.")
  private boolean json;

  @Spec private CommandSpec command = CommandSpec.create();

  @Override
  public Integer call() throws IOException {
    Game game = Arguments.game(gameId);
    View view =
        View.find(viewId)
            .orElseThrow(
                () ->
                    new UserError(
                        "There is no view '%s'. Views: %s.".formatted(viewId, View.all())));
    if (run == null) {
      show(game, view, file(game));
    } else {
      RunFiles files = new RunFiles(run);
      Arguments.check(files.exists(), "There is no run in %s.".formatted(run));
      for (Path each : files.checkpoints()) {
        show(game, view, each);
      }
    }
    return 0;
  }

  private Path file(Game game) {
    try {
      return checkpoint.equals("shipped") ? ShippedCheckpoints.file(game) : Path.of(checkpoint);
    } catch (IllegalArgumentException e) {
      throw new UserError(String.valueOf(e.getMessage()), e);
    }
  }

  private void show(Game game, View view, Path file) throws IOException {
    Checkpoint read = Checkpoint.read(file);
    Arguments.check(
        read.game().equals(game),
        "%s plays %s, not %s.".formatted(file, read.game().id(), game.id()));
    JsonNode answer;
    try {
      OpenNetwork network = Insights.trained(read);
      Question question = Question.read(network, view, options());
      answer = Answers.of(network, Insights.untrained(read), question);
    } catch (Question.WrongQuestionException e) {
      throw new UserError(String.valueOf(e.getMessage()), e);
    }
    PrintWriter out = command.commandLine().getOut();
    if (json) {
      out.println(answer);
    } else {
      Board board = game.board();
      out.printf(
          Locale.ROOT,
          "checkpoint: %s (%s, step %d)%n",
          CheckpointLibrary.idOf(file),
          read.spec(),
          read.step());
      out.print(JsonText.of(answer, board.width(), board.height()));
    }
    out.flush();
  }

  private Map<String, String> options() {
    Map<String, String> options = new HashMap<>();
    put(options, "moves", moves);
    put(options, "objective", objective);
    put(options, "layer", layer);
    put(options, "method", method);
    put(options, "goal", goal);
    put(options, "seed", seed);
    return options;
  }

  private static void put(Map<String, String> options, String name, @Nullable String value) {
    if (value != null) {
      options.put(name, value);
    }
  }
}
