package tabula.server.command;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.PrintWriter;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.random.RandomGenerator;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;
import tabula.games.Game;
import tabula.games.Games;
import tabula.games.Position;

/** Measures how many random games a second one core plays to their ends. */
@Command(
    name = "rules",
    mixinStandardHelpOptions = true,
    description =
        "Random playouts/s of one core, for every game. --seconds is for all of them together.")
final class RulesBenchmark implements Callable<Integer> {

  /** The share of a game's time in which the compiler gets to know it, and nothing is counted. */
  private static final double WARM_UP = 0.4;

  /**
   * What random games came to.
   *
   * @param plies the moves of all of them
   */
  private record Playouts(double perSecond, double plies) {}

  @ParentCommand private BenchCommand bench = new BenchCommand();

  @Spec private CommandSpec command = CommandSpec.create();

  @Override
  public Integer call() {
    PrintWriter out = command.commandLine().getOut();
    double seconds = bench.seconds() / Games.all().size();
    ObjectNode result = JsonNodeFactory.instance.objectNode().put("benchmark", "rules");
    ArrayNode games = result.putArray("games");
    for (Game game : Games.all()) {
      SplittableRandom random = new SplittableRandom(1);
      play(game, WARM_UP * seconds, random);
      Playouts playouts = play(game, (1 - WARM_UP) * seconds, random);
      out.printf(
          "%-16s %,12.0f playouts/s of %.1f moves%n",
          game.id(), playouts.perSecond(), playouts.plies());
      out.flush();
      games
          .addObject()
          .put("game", game.id())
          .put("playoutsPerSecondPerCore", Math.round(playouts.perSecond()))
          .put("meanPlies", playouts.plies());
    }
    out.println(result);
    out.flush();
    return 0;
  }

  private static Playouts play(Game game, double seconds, RandomGenerator random) {
    int[] legal = new int[game.actionCount()];
    long plies = 0;
    long played = 0;
    long start = System.nanoTime();
    long end = start + (long) (seconds * 1e9);
    long now = start;
    while (now < end || played == 0) {
      Position position = game.initialPosition();
      int count = position.legalActions(legal);
      while (count > 0) {
        position = position.play(legal[random.nextInt(count)]);
        count = position.legalActions(legal);
        plies++;
      }
      played++;
      now = System.nanoTime();
    }
    return new Playouts(played / ((now - start) / 1e9), (double) plies / played);
  }
}
