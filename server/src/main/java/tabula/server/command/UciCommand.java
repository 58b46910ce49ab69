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
import tabula.agents.engine.UciFrontEnd;
import tabula.games.chess.Chess;
import tabula.server.UserError;

/** Makes an agent an engine for programs that speak UCI. */
@Command(
    name = "uci",
    mixinStandardHelpOptions = true,
    description =
        "Lets an agent play chess in any program that speaks the Universal Chess Interface: it"
            + " reads commands from standard input.",
    footer = {
      "",
      "Agents: " + AgentSpec.FORMS + ".",
      "Example: cutechess -engine cmd='scripts/tabula uci --agent mcts:10000'"
    })
public final class UciCommand implements Callable<Integer> {

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
    try {
      new UciFrontEnd(
              Arguments.agent(agentSpec, Chess.GAME),
              new SplittableRandom(seed),
              command.commandLine().getOut())
          .run(new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8)));
    } catch (IOException e) {
      throw new UserError(String.valueOf(e.getMessage()), e);
    }
    return 0;
  }
}
