package tabula.server.command;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import tabula.agents.network.Checkpoint;
import tabula.server.ServerConfig;
import tabula.server.SessionLimits;
import tabula.server.TabulaServer;
import tabula.server.UserError;
import tabula.server.run.RunLimits;

/** Starts the server. */
@Command(
    name = "serve",
    mixinStandardHelpOptions = true,
    description = "Starts the server and its page, until it is stopped.",
    footer = {"", "Example: tabula serve --port 8080 --data ~/tabula"})
public final class ServeCommand implements Callable<Integer> {

  @Option(
      names = "--port",
      defaultValue = "8080",
      paramLabel = "N",
      description = "0 takes any free one (default: ${DEFAULT-VALUE}).")
  private int port;

  @Option(
      names = "--host",
      defaultValue = "127.0.0.1",
      paramLabel = "ADDRESS",
      description = "Where to listen (default: ${DEFAULT-VALUE}).")
  private String host = "127.0.0.1";

  @Mixin private DatabaseOptions database = new DatabaseOptions();

  @Option(
      names = "--checkpoint",
      paramLabel = "FILE",
      description = "A checkpoint that plays its game in place of the one that comes with Tabula.")
  private List<Path> checkpoints = List.of();

  @Option(
      names = "--trusted-proxy",
      paramLabel = "ADDRESS",
      description =
          "An address or a network, such as 10.0.0.0/8, whose X-Forwarded headers are believed.")
  private List<String> trustedProxies = List.of();

  @Option(
      names = "--idle-play",
      description =
          "Lets the server's agents play rated matches while nobody else plays: one at a time,"
              + " until their strength is known.")
  private boolean idlePlay;

  @Option(
      names = "--tournaments",
      description = "Lets whoever reaches the server make tournaments.")
  private boolean tournaments;

  @Option(
      names = "--runs",
      defaultValue = "1",
      paramLabel = "N",
      description =
          "How many training runs go on at once; the others wait. 0 takes none (default:"
              + " ${DEFAULT-VALUE}).")
  private int runs;

  @Option(
      names = "--run-threads",
      paramLabel = "N",
      description =
          "Threads of self-play of each run (default: one a core, less one where there are"
              + " several).")
  private @Nullable Integer runThreads;

  @Option(
      names = "--run-nice",
      defaultValue = "19",
      paramLabel = "N",
      description =
          "How far runs stand back behind matches, from 0 to 19 (default: ${DEFAULT-VALUE}).")
  private int runNice;

  @Spec private CommandSpec command = CommandSpec.create();

  @Override
  public Integer call() throws InterruptedException {
    Arguments.check(
        port >= 0 && port <= 65_535, "--port must be from 0 to 65535, not %d.".formatted(port));
    Arguments.check(
        runs >= 0 && runs <= 64, "--runs must be from 0 to 64, not %d.".formatted(runs));
    Arguments.check(
        runNice >= 0 && runNice <= 19,
        "--run-nice must be from 0 to 19, not %d.".formatted(runNice));
    PrintWriter out = command.commandLine().getOut();
    TabulaServer server =
        TabulaServer.start(
            new ServerConfig(
                host,
                port,
                database.config(),
                byGame(checkpoints),
                SessionLimits.USUAL,
                trustedProxies,
                idlePlay,
                tournaments,
                runLimits()));
    CountDownLatch stopped = new CountDownLatch(1);
    Runtime.getRuntime()
        .addShutdownHook(
            new Thread(
                () -> {
                  server.close();
                  stopped.countDown();
                },
                "stop"));
    out.println("Tabula is ready at " + server.address());
    out.flush();
    stopped.await();
    return 0;
  }

  private RunLimits runLimits() {
    RunLimits limits = RunLimits.USUAL.atOnce(runs).nice(runNice);
    return runThreads == null ? limits : limits.threads(Arguments.threads(runThreads));
  }

  private static Map<String, Path> byGame(List<Path> files) {
    Map<String, Path> byGame = new HashMap<>();
    for (Path file : files) {
      try {
        String game = Checkpoint.read(file).game().id();
        Arguments.check(
            byGame.put(game, file.toAbsolutePath()) == null,
            "Only one --checkpoint plays %s.".formatted(game));
      } catch (IOException e) {
        throw new UserError(String.valueOf(e.getMessage()), e);
      }
    }
    return byGame;
  }
}
