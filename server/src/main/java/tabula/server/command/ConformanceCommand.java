package tabula.server.command;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tabula.server.UserError;
import tabula.server.conformance.BotChecks;
import tabula.server.conformance.Finding;
import tabula.server.conformance.ServerChecks;

/** Checks a server, or a bot, against the protocol. */
@Command(
    name = "conformance",
    mixinStandardHelpOptions = true,
    description = {
      "Checks a server against the protocol's promises; with --bot, a bot: it gets a server that"
          + " drops connections, repeats frames, says what the bot does not know, delays and"
          + " stops.",
      "One line a check: ✓ kept, ✗ broken, – not seen. Exits with 1 if anything is broken."
    },
    footer = {
      "",
      "Examples:",
      "  tabula conformance http://127.0.0.1:8080",
      "  tabula conformance --bot python3 scripts/bots/python/tabula_bot.py {url}",
      "  tabula conformance --bot      waits for a bot at the address that it prints"
    })
public final class ConformanceCommand implements Callable<Integer> {

  @Parameters(
      arity = "0..*",
      paramLabel = "URL | CMD",
      description =
          "The server's address; with --bot the bot's command line, in which {url} stands for the"
              + " address of the server that it gets (at the end, where it is left out).")
  private List<String> words = List.of();

  @Option(names = "--bot", description = "Checks a bot. What follows its command belongs to it.")
  private boolean bot;

  @Option(names = "--patient", description = "Also waits for what takes minutes.")
  private boolean patient;

  @Option(
      names = "--draining",
      description = "Waits at the end until the server is stopped, and checks how it says so.")
  private boolean draining;

  @Option(
      names = "--only",
      split = ",",
      paramLabel = "CHECK",
      description =
          "Makes only the checks of a server whose names begin so, such as idempotent or"
              + " alive.ping.")
  private List<String> only = List.of();

  @Option(names = "--json", description = "A line of JSON a check.")
  private boolean json;

  @Spec private CommandSpec command = CommandSpec.create();

  private int broken;

  @Override
  public Integer call() throws InterruptedException, IOException {
    if (bot) {
      new BotChecks(words, BotChecks.Pace.USUAL, this::tell, command.commandLine().getErr()).run();
    } else {
      Arguments.check(words.size() == 1, "Which server? Give its address, or --bot and a command.");
      new ServerChecks(
              address(words.getFirst()),
              new ServerChecks.Options(patient, draining, only),
              this::tell)
          .run();
    }
    return broken == 0 ? 0 : 1;
  }

  private static URI address(String text) {
    try {
      URI address = URI.create(text.replaceFirst("/+$", ""));
      if (address.getHost() != null && List.of("http", "https").contains(address.getScheme())) {
        return address;
      }
    } catch (IllegalArgumentException e) {
      throw new UserError("%s is no address such as http://127.0.0.1:8080.".formatted(text), e);
    }
    throw new UserError("%s is no address such as http://127.0.0.1:8080.".formatted(text));
  }

  private void tell(Finding finding) {
    if (finding.isBroken()) {
      broken++;
    }
    PrintWriter out = command.commandLine().getOut();
    if (json) {
      ObjectNode line =
          JsonNodeFactory.instance
              .objectNode()
              .put("check", finding.id())
              .put("verdict", finding.verdict().name().toLowerCase(Locale.ROOT).replace('_', ' '))
              .put("why", finding.why());
      out.println(line);
    } else {
      out.printf("%s %-28s %s%n", finding.verdict().mark(), finding.id(), finding.why());
    }
    out.flush();
  }
}
