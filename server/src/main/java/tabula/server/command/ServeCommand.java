package tabula.server.command;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import tabula.server.ServerConfig;
import tabula.server.TabulaServer;

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

  @Option(
      names = "--data",
      defaultValue = "data",
      paramLabel = "DIR",
      description = "The folder of everything that is kept (default: ${DEFAULT-VALUE}).")
  private Path data = Path.of("data");

  @Spec private CommandSpec command = CommandSpec.create();

  @Override
  public Integer call() throws InterruptedException {
    Arguments.check(
        port >= 0 && port <= 65_535, "--port must be from 0 to 65535, not %d.".formatted(port));
    PrintWriter out = command.commandLine().getOut();
    TabulaServer server = TabulaServer.start(new ServerConfig(host, port, data));
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
}
