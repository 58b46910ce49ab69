package tabula.server.command;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tabula.agents.Agent;
import tabula.agents.AgentSpec;
import tabula.agents.Decision;
import tabula.agents.measure.Accuracy;
import tabula.agents.measure.AgainstPerfect;
import tabula.agents.measure.LabelledPosition;
import tabula.agents.measure.LabelledPositions;
import tabula.agents.network.Checkpoint;
import tabula.agents.solve.Solver;
import tabula.games.Game;
import tabula.server.UserError;
import tabula.server.training.RunFiles;
import tabula.server.training.StrengthCurve;

/** Measures an agent against the truth. */
@Command(
    name = "measure",
    mixinStandardHelpOptions = true,
    description =
        "Says how many of an agent's moves keep the game's value, by a solver's word: over all"
            + " labelled positions, and over those where the choice matters because some move loses"
            + " value.",
    footer = {
      "",
      "Agents: " + AgentSpec.FORMS + ".",
      "",
      "A network is measured at each of --visits, whatever its SPEC says.",
      "Example: tabula measure connect-four --agent net:shipped"
    })
public final class MeasureCommand implements Callable<Integer> {

  private static final int PLIES_A_ROW = 6;
  private static final int CHUNK = 128;
  private static final int RUN_POINTS = 13;

  @Parameters(paramLabel = "GAME", description = "Such as connect-four.")
  private String gameId = "";

  @Option(names = "--agent", paramLabel = "SPEC", description = "Who is measured.")
  private @Nullable String agent;

  @Option(
      names = "--run",
      paramLabel = "DIR",
      description =
          "Instead of one agent, up to 13 checkpoints of a training run; draws DIR/strength.svg.")
  private @Nullable Path run;

  @Option(
      names = "--visits",
      paramLabel = "N",
      split = ",",
      defaultValue = "0,100,800",
      description =
          "Simulations a move for a network; 0 is its policy alone (default: ${DEFAULT-VALUE}).")
  private List<Integer> visits = List.of();

  @Option(
      names = "--positions",
      paramLabel = "FILE",
      description = "Labelled positions, as --make writes them (default: those of Tabula).")
  private @Nullable Path file;

  @Option(
      names = "--games",
      paramLabel = "N",
      defaultValue = "0",
      description =
          "Also plays N games against perfect from won positions of 2 to 8 random plies, N from"
              + " drawn ones, and 20 from the empty board (default: none).")
  private int games;

  @Option(
      names = "--make",
      paramLabel = "FILE",
      description = "Makes labelled positions anew, into FILE, and measures nothing.")
  private @Nullable Path make;

  @Option(
      names = "--count",
      paramLabel = "N",
      defaultValue = "2500",
      description = "How many to make (default: ${DEFAULT-VALUE}).")
  private int count;

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "900913",
      description = "Of the positions or games made (default: ${DEFAULT-VALUE}).")
  private long seed;

  @Option(names = "--threads", paramLabel = "N", description = "Default: one a core.")
  private @Nullable Integer threads;

  @Option(names = "--json", description = "Print one line of JSON.")
  private boolean json;

  @Spec private CommandSpec command = CommandSpec.create();

  private final ProgressLine line = new ProgressLine(System.err);

  /** What one agent did. */
  private record Measured(AgentSpec spec, Accuracy accuracy, double seconds) {}

  @Override
  public Integer call() throws IOException, InterruptedException {
    Game game = Arguments.game(gameId);
    int threadCount = Arguments.threads(threads);
    Arguments.check(
        Solver.exists(game),
        "%s has no solver, so nobody knows the truth.".formatted(game.title()));
    if (make != null) {
      makePositions(game, make, threadCount);
      return 0;
    }
    if (run != null) {
      measureRun(game, new RunFiles(run), threadCount);
      return 0;
    }
    if (agent == null) {
      throw new UserError("--agent SPEC is missing: who is to be measured?");
    }
    Arguments.check(games >= 0 && games <= 10_000, "--games must be from 0 to 10000.");
    List<LabelledPosition> positions = positions(game);
    List<Measured> measured = new ArrayList<>();
    for (AgentSpec spec : specs(agent, game)) {
      measured.add(measure(spec, game, positions, threadCount));
    }
    AgainstPerfect.@Nullable Result against = games == 0 ? null : playGames(game, threadCount);
    line.clear();
    PrintWriter out = command.commandLine().getOut();
    if (json) {
      out.println(asJson(game, positions, measured, against));
    } else {
      tell(out, game, positions, measured, against);
    }
    return 0;
  }

  private void measureRun(Game game, RunFiles files, int threadCount)
      throws IOException, InterruptedException {
    Arguments.check(files.exists(), "There is no run in %s.".formatted(files.folder()));
    Arguments.check(
        files.readHeader().game().equals(game),
        "The run in %s learns another game.".formatted(files.folder()));
    List<LabelledPosition> positions = positions(game);
    PrintWriter out = command.commandLine().getOut();
    List<StrengthCurve.Measured> curve = new ArrayList<>();
    for (Path file : spread(files.checkpoints())) {
      double minutes = Checkpoint.read(file).metrics().path("minutes").asDouble();
      Map<Integer, Double> keepsValue = new TreeMap<>();
      for (AgentSpec spec : specs("net:" + file, game)) {
        Measured measured = measure(spec, game, positions, threadCount);
        keepsValue.put(((AgentSpec.Net) spec).visits(), measured.accuracy().mattering().share());
      }
      curve.add(new StrengthCurve.Measured(minutes, keepsValue));
      line.clear();
      ObjectNode node = JsonNodeFactory.instance.objectNode();
      node.put("minutes", minutes).put("checkpoint", file.getFileName().toString());
      keepsValue.forEach((n, share) -> node.put("visits" + n, share));
      out.println(node);
      out.flush();
    }
    Arguments.check(
        !curve.isEmpty(), "The run in %s has no checkpoints yet.".formatted(files.folder()));
    out.println(StrengthCurve.write(files, curve));
  }

  /** The last and, evenly spread before it, as many as are drawn. */
  private static List<Path> spread(List<Path> checkpoints) {
    int count = Math.min(checkpoints.size(), RUN_POINTS);
    List<Path> chosen = new ArrayList<>();
    for (int i = 1; i <= count; i++) {
      chosen.add(checkpoints.get((int) ((long) i * checkpoints.size() / count) - 1));
    }
    return chosen;
  }

  private void makePositions(Game game, Path target, int threadCount)
      throws IOException, InterruptedException {
    Arguments.check(count >= 1 && count <= 1_000_000, "--count must be from 1 to 1000000.");
    List<LabelledPosition> positions =
        LabelledPositions.make(
            game,
            count,
            seed,
            threadCount,
            made -> line.show("%,d of %,d positions labelled".formatted(made, count)));
    line.clear();
    LabelledPositions.write(positions, target);
    command
        .commandLine()
        .getOut()
        .println("%s: %,d positions of seed %d".formatted(target, positions.size(), seed));
  }

  private List<LabelledPosition> positions(Game game) throws IOException {
    if (file == null) {
      return LabelledPositions.shipped(game)
          .orElseThrow(
              () ->
                  new UserError(
                      "No labelled positions of %s come with Tabula: make some with --make."
                          .formatted(game.title())));
    }
    Arguments.check(Files.isRegularFile(file), "There is no file %s.".formatted(file));
    try {
      List<LabelledPosition> positions = LabelledPositions.read(game, file);
      Arguments.check(!positions.isEmpty(), "%s is empty.".formatted(file));
      return positions;
    } catch (IllegalArgumentException e) {
      throw new UserError("%s: %s".formatted(file, e.getMessage()), e);
    }
  }

  private List<AgentSpec> specs(String text, Game game) {
    AgentSpec spec = Arguments.agent(text, game).spec();
    if (!(spec instanceof AgentSpec.Net net)) {
      return List.of(spec);
    }
    Arguments.check(
        visits.stream().allMatch(n -> n >= 0 && n <= AgentSpec.MAX_SIMULATIONS),
        "--visits must be numbers from 0 to %d.".formatted(AgentSpec.MAX_SIMULATIONS));
    return visits.stream()
        .<AgentSpec>map(n -> new AgentSpec.Net(net.checkpoint(), n, net.search()))
        .toList();
  }

  private Measured measure(
      AgentSpec spec, Game game, List<LabelledPosition> positions, int threadCount)
      throws InterruptedException {
    long start = System.nanoTime();
    Decision[] decisions = new Decision[positions.size()];
    ExecutorService executor = Executors.newFixedThreadPool(threadCount);
    try {
      List<Future<?>> workers = new ArrayList<>();
      int share = (positions.size() + threadCount - 1) / threadCount;
      int[] done = new int[1];
      for (int from = 0; from < positions.size(); from += share) {
        int first = from;
        int end = Math.min(positions.size(), from + share);
        workers.add(
            executor.submit(
                () -> {
                  Agent measured = Arguments.agent(spec.toString(), game);
                  // What random choices an agent makes in a position depends on the chunk alone.
                  for (int chunk = first; chunk < end; chunk += CHUNK) {
                    var part = positions.subList(chunk, Math.min(end, chunk + CHUNK));
                    List<Decision> found =
                        measured.decideAll(
                            part.stream().map(LabelledPosition::position).toList(),
                            new SplittableRandom(seed + chunk));
                    for (int i = 0; i < found.size(); i++) {
                      decisions[chunk + i] = found.get(i);
                    }
                    synchronized (done) {
                      done[0] += part.size();
                      line.show("%s: %,d of %,d".formatted(spec, done[0], positions.size()));
                    }
                  }
                }));
      }
      for (Future<?> worker : workers) {
        worker.get();
      }
    } catch (ExecutionException e) {
      throw e.getCause() instanceof RuntimeException cause ? cause : new IllegalStateException(e);
    } finally {
      executor.shutdownNow();
    }
    return new Measured(
        spec, Accuracy.of(positions, List.of(decisions)), (System.nanoTime() - start) / 1e9);
  }

  private AgainstPerfect.Result playGames(Game game, int threadCount) throws InterruptedException {
    AgentSpec spec = specs(String.valueOf(agent), game).getLast();
    return AgainstPerfect.play(
        game,
        () -> Arguments.agent(spec.toString(), game),
        games,
        20,
        seed,
        threadCount,
        played -> line.show("%s against perfect: %d games".formatted(spec, played)));
  }

  private void tell(
      PrintWriter out,
      Game game,
      List<LabelledPosition> positions,
      List<Measured> measured,
      AgainstPerfect.@Nullable Result against) {
    long mattering = positions.stream().filter(LabelledPosition::matters).count();
    out.printf(
        "%s, %s: moves that keep the game's value%nin %,d positions; in %,d of them the choice"
            + " matters%n%n",
        game.title(), String.valueOf(agent), positions.size(), mattering);
    out.printf("%-16s %8s %8s%n", "", "all", "matters");
    for (Measured one : measured) {
      out.printf(
          "%-16s %8.4f %8.4f   %.1f s%n",
          label(one.spec()),
          one.accuracy().all().share(),
          one.accuracy().mattering().share(),
          one.seconds());
    }
    out.printf("%nBy ply, where the choice matters:%n%-16s", "");
    int last = measured.getFirst().accuracy().byPly().lastKey();
    for (int ply = 0; ply <= last; ply += PLIES_A_ROW) {
      out.printf(" %7s", "%d–%d".formatted(ply, ply + PLIES_A_ROW - 1));
    }
    out.println();
    for (Measured one : measured) {
      out.printf("%-16s", label(one.spec()));
      for (int ply = 0; ply <= last; ply += PLIES_A_ROW) {
        Accuracy.Share share =
            one.accuracy().byPly().subMap(ply, ply + PLIES_A_ROW).values().stream()
                .map(Accuracy.Pair::mattering)
                .reduce(Accuracy.Share.NONE, Accuracy.Share::plus);
        out.printf(" %7s", share.of() == 0 ? "–" : "%.4f".formatted(share.share()));
      }
      out.println();
    }
    if (against != null) {
      out.printf(
          "%n%s against perfect: won %d of %d from won positions, held %d of %d drawn ones,"
              + " won %d of %d from the empty board%n",
          measured.getLast().spec(),
          against.won().kept(),
          against.won().of(),
          against.held().kept(),
          against.held().of(),
          against.wonFromStart().kept(),
          against.wonFromStart().of());
    }
  }

  /** What sets one row apart from the others. */
  private static String label(AgentSpec spec) {
    return spec instanceof AgentSpec.Net net
        ? net.visits() == 0 ? "policy alone" : "%,d visits".formatted(net.visits())
        : spec.toString();
  }

  private ObjectNode asJson(
      Game game,
      List<LabelledPosition> positions,
      List<Measured> measured,
      AgainstPerfect.@Nullable Result against) {
    ObjectNode node = JsonNodeFactory.instance.objectNode();
    node.put("game", game.id());
    node.put("positions", positions.size());
    node.put("mattering", positions.stream().filter(LabelledPosition::matters).count());
    ArrayNode results = node.putArray("results");
    for (Measured one : measured) {
      ObjectNode result = results.addObject();
      result.put("agent", one.spec().toString());
      if (one.spec() instanceof AgentSpec.Net net) {
        result.put("visits", net.visits());
      }
      result.put("share", one.accuracy().all().share());
      result.put("shareWhereItMatters", one.accuracy().mattering().share());
      result.put("seconds", one.seconds());
      ArrayNode plies = result.putArray("byPly");
      for (Map.Entry<Integer, Accuracy.Pair> entry : one.accuracy().byPly().entrySet()) {
        ObjectNode ply = plies.addObject();
        ply.put("ply", entry.getKey());
        ply.put("positions", entry.getValue().all().of());
        ply.put("share", entry.getValue().all().share());
        ply.put("mattering", entry.getValue().mattering().of());
        ply.put("shareWhereItMatters", entry.getValue().mattering().share());
      }
    }
    if (against != null) {
      ObjectNode perfect = node.putObject("againstPerfect");
      perfect.put("agent", measured.getLast().spec().toString());
      perfect.put("won", against.won().kept());
      perfect.put("ofWon", against.won().of());
      perfect.put("held", against.held().kept());
      perfect.put("ofDrawn", against.held().of());
      perfect.put("wonFromStart", against.wonFromStart().kept());
      perfect.put("ofStart", against.wonFromStart().of());
    }
    return node;
  }
}
