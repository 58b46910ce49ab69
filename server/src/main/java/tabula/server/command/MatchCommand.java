package tabula.server.command;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tabula.agents.AgentSpec;
import tabula.agents.arena.Arena;
import tabula.agents.arena.MatchScore;
import tabula.games.Game;

/** Plays many games between two agents. */
@Command(
    name = "match",
    mixinStandardHelpOptions = true,
    description =
        "Plays games between two agents, sides alternating, and says what the score means.",
    footer = {
      "",
      "Agents: " + AgentSpec.FORMS + ".",
      "CHECKPOINT is a file, or shipped for the one that comes with Tabula.",
      "",
      "Example: tabula match connect-four 'net:shipped?visits=100' mcts:1000 --games 100"
    })
public final class MatchCommand implements Callable<Integer> {

  @Parameters(index = "0", paramLabel = "GAME", description = "Such as connect-four.")
  private String gameId = "";

  @Parameters(index = "1", paramLabel = "AGENT", description = "The player whose score is told.")
  private String player = "";

  @Parameters(index = "2", paramLabel = "AGENT", description = "Its opponent.")
  private String opponent = "";

  @Option(
      names = "--games",
      paramLabel = "N",
      defaultValue = "100",
      description = "Default: ${DEFAULT-VALUE}.")
  private int games;

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "1",
      description = "Default: ${DEFAULT-VALUE}.")
  private long seed;

  @Option(
      names = "--openings",
      paramLabel = "PLIES",
      defaultValue = "0",
      description =
          "Each pair of games starts with 0 to this many random moves, so that agents without"
              + " randomness do not play the same game again and again (default:"
              + " ${DEFAULT-VALUE}).")
  private int openings;

  @Option(
      names = "--threads",
      paramLabel = "N",
      description = "Games at once (default: one a core).")
  private @Nullable Integer threads;

  @Option(names = "--json", description = "Print one line of JSON.")
  private boolean json;

  @Spec private CommandSpec command = CommandSpec.create();

  @Override
  public Integer call() throws InterruptedException {
    PrintWriter out = command.commandLine().getOut();
    Game game = Arguments.game(gameId);
    Arguments.check(games >= 1 && games <= 1_000_000, "--games must be from 1 to 1000000.");
    Arguments.check(
        openings >= 0 && openings <= game.maxPlies(),
        "--openings must be from 0 to " + game.maxPlies() + ".");
    int threadCount = Arguments.threads(threads);
    String playerSpec = Arguments.agent(player, game).spec().toString();
    String opponentSpec = Arguments.agent(opponent, game).spec().toString();

    ProgressLine line = new ProgressLine(System.err);
    long start = System.nanoTime();
    MatchScore score =
        Arena.play(
            game,
            () -> Arguments.agent(player, game),
            () -> Arguments.agent(opponent, game),
            new Arena.Config(games, openings, seed, Math.min(threadCount, games)),
            sofar -> show(line, sofar, (System.nanoTime() - start) / 1e9));
    line.clear();
    double seconds = (System.nanoTime() - start) / 1e9;
    if (json) {
      out.println(asJson(game, playerSpec, opponentSpec, score, seconds));
    } else {
      tell(out, game, playerSpec, opponentSpec, score, seconds);
    }
    return 0;
  }

  private void show(ProgressLine line, MatchScore score, double seconds) {
    if (seconds > 1) {
      double rate = score.games() / seconds;
      line.show(
          "%d of %d games, +%d =%d -%d, %.1f games/s, %s left"
              .formatted(
                  score.games(),
                  games,
                  score.wins(),
                  score.draws(),
                  score.losses(),
                  rate,
                  ProgressLine.duration((games - score.games()) / rate)));
    }
  }

  private void tell(
      PrintWriter out,
      Game game,
      String playerSpec,
      String opponentSpec,
      MatchScore score,
      double seconds) {
    out.printf("%s: %s against %s%n", game.title(), playerSpec, opponentSpec);
    out.printf(
        Locale.ROOT,
        "%d games: %d won, %d drawn, %d lost; %.1f points, %.1f %%%n",
        score.games(),
        score.wins(),
        score.draws(),
        score.losses(),
        score.points(),
        100 * score.share());
    out.printf(
        "moving first:  +%d =%d -%d%nmoving second: +%d =%d -%d%n",
        score.winsAsFirst(),
        score.drawsAsFirst(),
        score.lossesAsFirst(),
        score.winsAsSecond(),
        score.drawsAsSecond(),
        score.lossesAsSecond());
    out.printf(
        "Elo difference: %s (95 %% interval %s to %s)%n",
        elo(score.elo()), elo(score.eloLow()), elo(score.eloHigh()));
    out.printf(
        Locale.ROOT, "seed %d, openings 0 to %d random moves, %.1f s%n", seed, openings, seconds);
  }

  private static String elo(double elo) {
    return Double.isInfinite(elo) ? (elo > 0 ? "+∞" : "-∞") : "%+d".formatted(Math.round(elo));
  }

  private ObjectNode asJson(
      Game game, String playerSpec, String opponentSpec, MatchScore score, double seconds) {
    ObjectNode node = JsonNodeFactory.instance.objectNode();
    node.put("game", game.id());
    node.put("player", playerSpec);
    node.put("opponent", opponentSpec);
    node.put("games", score.games());
    node.put("wins", score.wins());
    node.put("draws", score.draws());
    node.put("losses", score.losses());
    node.put("points", score.points());
    node.put("share", score.share());
    node.put("winsAsFirst", score.winsAsFirst());
    node.put("drawsAsFirst", score.drawsAsFirst());
    node.put("lossesAsFirst", score.lossesAsFirst());
    node.put("winsAsSecond", score.winsAsSecond());
    node.put("drawsAsSecond", score.drawsAsSecond());
    node.put("lossesAsSecond", score.lossesAsSecond());
    putElo(node, "elo", score.elo());
    putElo(node, "eloLow", score.eloLow());
    putElo(node, "eloHigh", score.eloHigh());
    node.put("seed", seed);
    node.put("openings", openings);
    node.put("seconds", seconds);
    return node;
  }

  /** JSON has no infinity: null stands for an end that the games do not bound. */
  private static void putElo(ObjectNode node, String field, double elo) {
    if (Double.isInfinite(elo)) {
      node.putNull(field);
    } else {
      node.put(field, elo);
    }
  }
}
