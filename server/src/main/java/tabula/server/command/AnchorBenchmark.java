package tabula.server.command;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tabula.agents.Agent;
import tabula.agents.arena.Arena;
import tabula.agents.arena.MatchScore;
import tabula.agents.solve.Solver;
import tabula.games.Game;
import tabula.server.ladder.Anchors;
import tabula.server.ladder.Strengths;

/** Measures the agents by which the ladder is anchored. */
@Command(
    name = "anchors",
    mixinStandardHelpOptions = true,
    description = {
      "Measures the ladder's anchors by a round robin, and prints their ratings as JSON: 'random'"
          + " is "
          + Anchors.RANDOM
          + " by definition.",
      "What comes with Tabula is in server/src/main/resources/ladder/anchors.json."
    },
    footer = {"", "Example: tabula bench anchors connect-four --games 100"})
final class AnchorBenchmark implements Callable<Integer> {

  @Parameters(index = "0", paramLabel = "GAME", description = "Such as connect-four.")
  private String gameId = "";

  @Option(
      names = "--games",
      defaultValue = "100",
      paramLabel = "N",
      description = "Between any two anchors, sides alternating (default: ${DEFAULT-VALUE}).")
  private int games;

  @Option(
      names = "--seed",
      defaultValue = "1",
      paramLabel = "N",
      description = "Default: ${DEFAULT-VALUE}.")
  private long seed;

  @Spec private CommandSpec command = CommandSpec.create();

  @Override
  public Integer call() throws InterruptedException {
    Game game = Arguments.game(gameId);
    Arguments.check(games >= 2 && games <= 100_000, "--games must be from 2 to 100000.");
    List<String> anchors = new ArrayList<>(Anchors.SEARCHES);
    if (Solver.exists(game)) {
      anchors.add(Anchors.PERFECT);
    }
    List<Strengths.Score> scores = new ArrayList<>();
    Arena.Config config =
        new Arena.Config(games, 0, seed, Runtime.getRuntime().availableProcessors());
    PrintWriter progress = command.commandLine().getErr();
    for (int one = 1; one < anchors.size(); one++) {
      for (int other = 0; other < one; other++) {
        MatchScore score =
            Arena.play(
                game,
                player(game, anchors.get(one)),
                player(game, anchors.get(other)),
                config,
                after -> {});
        progress.printf(
            "%s against %s: %.1f of %d%n",
            anchors.get(one), anchors.get(other), score.points(), games);
        progress.flush();
        scores.add(new Strengths.Score(one, other, score.points(), games));
      }
    }
    command.commandLine().getOut().println(answer(game, anchors, scores));
    command.commandLine().getOut().flush();
    return 0;
  }

  private static Supplier<Agent> player(Game game, String spec) {
    return () -> Arguments.agent(spec, game);
  }

  private ObjectNode answer(Game game, List<String> anchors, List<Strengths.Score> scores) {
    Strengths strengths = Strengths.of(anchors.size(), Anchors.RANDOM, scores);
    ObjectNode answer = JsonNodeFactory.instance.objectNode();
    answer.put("game", game.id());
    answer.put(
        "command",
        "scripts/tabula bench anchors %s --games %d --seed %d".formatted(game.id(), games, seed));
    ArrayNode list = answer.putArray("anchors");
    for (int i = 0; i < anchors.size(); i++) {
      list.addObject()
          .put("agent", anchors.get(i))
          .put("rating", Math.round(strengths.ratings()[i]))
          .put("deviation", Math.round(strengths.deviations()[i]));
    }
    return answer;
  }
}
