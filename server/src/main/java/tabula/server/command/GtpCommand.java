package tabula.server.command;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import tabula.agents.AgentSpec;
import tabula.agents.engine.GtpFrontEnd;
import tabula.games.Game;
import tabula.server.UserError;

/** Makes an agent an engine for programs that speak GTP. */
@Command(
    name = "gtp",
    mixinStandardHelpOptions = true,
    description =
        "Lets an agent play in any program that speaks the Go Text Protocol: it reads commands from"
            + " standard input.",
    footer = {
      "",
      "Agents: " + AgentSpec.FORMS + ".",
      "Example: gogui -program 'scripts/tabula gtp --game go-9 --agent mcts:10000'"
    })
public final class GtpCommand implements Callable<Integer> {

  @Option(
      names = "--game",
      paramLabel = "GAME",
      defaultValue = "go-9",
      description = "One whose moves are points (default: ${DEFAULT-VALUE}).")
  private String gameId = "";

  @Option(names = "--agent", paramLabel = "SPEC", required = true, description = "Who plays.")
  private String agentSpec = "";

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "1",
      description = "Default: ${DEFAULT-VALUE}.")
  private long seed;

  @Spec private CommandSpec command = CommandSpec.create();

  @Override
  public Integer call() {
    Game game = Arguments.game(gameId);
    try {
      new GtpFrontEnd(game, Arguments.agent(agentSpec, game), new SplittableRandom(seed))
          .run(
              new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8)),
              command.commandLine().getOut());
    } catch (IllegalArgumentException | IOException e) {
      throw new UserError(String.valueOf(e.getMessage()), e);
    }
    return 0;
  }
}
