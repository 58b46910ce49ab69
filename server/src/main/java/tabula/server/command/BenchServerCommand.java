package tabula.server.command;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;
import tabula.server.UserError;
import tabula.server.match.MatchEvent;
import tabula.server.store.DatabaseConfig;
import tabula.server.store.MatchStore;
import tabula.server.store.StoreException;

/** Measures the server: this process drives matches against one of its own. */
@Command(
    name = "server",
    mixinStandardHelpOptions = true,
    description = {
      "Moves/s of a server of its own, over real websockets, every move stored durably before it is"
          + " acknowledged.",
      "Each match is tic-tac-toe between two sockets and is followed by the next; making and"
          + " joining it is part of the load. Without --rate every match goes as fast as it can."
    },
    footer = {"", "Example: tabula bench server --matches 1000 --seconds 10 --pin"})
public final class BenchServerCommand implements Callable<Integer> {

  @Option(
      names = "--matches",
      defaultValue = "1000",
      paramLabel = "M",
      description = "Matches at once (default: ${DEFAULT-VALUE}).")
  private int matches;

  @Option(
      names = "--rate",
      defaultValue = "0",
      paramLabel = "N",
      description =
          "Moves/s of all matches together, each timed from when it was due; 0: as many as there"
              + " can be (default).")
  private double rate;

  @Option(
      names = "--warm-up",
      defaultValue = "10",
      paramLabel = "N",
      description = "Seconds before it counts (default: ${DEFAULT-VALUE}).")
  private double warmUp;

  @Option(
      names = "--idle-sockets",
      defaultValue = "0",
      paramLabel = "N",
      description = "First opens so many sockets, and says how much memory each takes.")
  private int idleSockets;

  @Option(
      names = "--pin",
      description = "Gives the server the first core alone, and the driver the second (taskset).")
  private boolean pin;

  @Option(
      names = "--database",
      paramLabel = "URL",
      description = "Stores in PostgreSQL (default: SQLite in a temporary folder).")
  private @Nullable String database;

  @Option(
      names = "--server-jvm",
      paramLabel = "ARG",
      description = "Goes to the server's java, such as -XX:StartFlightRecording=filename=FILE.")
  private List<String> serverJvm = List.of();

  @ParentCommand private BenchCommand bench = new BenchCommand();
  @Spec private CommandSpec command = CommandSpec.create();

  private static final int SOCKETS_FIRST = 300;

  @Override
  public Integer call() throws IOException, InterruptedException {
    Arguments.check(matches >= 1 && matches <= 9_000, "--matches must be from 1 to 9000.");
    Arguments.check(rate >= 0 && rate <= 1e6, "--rate must be from 0 to 1000000.");
    Arguments.check(warmUp >= 0 && warmUp <= 600, "--warm-up must be from 0 to 600.");
    Arguments.check(
        idleSockets >= 0 && idleSockets <= 19_000, "--idle-sockets must be from 0 to 19000.");
    try (TemporaryFolder data = TemporaryFolder.create()) {
      if (pin) {
        pinDriver();
      }
      run(data.path());
      return 0;
    }
  }

  private void run(Path data) throws IOException, InterruptedException {
    DatabaseConfig config = new DatabaseConfig(data, database);
    ObjectNode result = JsonNodeFactory.instance.objectNode().put("benchmark", "server");
    long storedBefore = database == null ? 0 : storedMoves(config);
    long acknowledged;
    try (ServerProcess server = startServer(data);
        MatchDriver driver = new MatchDriver(server.address())) {
      if (idleSockets > 0) {
        result.put("idleSockets", idleSockets);
        result.put("bytesPerIdleSocket", bytesPerIdleSocket(server, driver));
      }
      driver.begin(matches, rate);
      Thread.sleep(Duration.ofMillis((long) (warmUp * 1000)));
      driver.measure();
      double cpu = cpuSeconds(server.handle());
      double ownCpu = cpuSeconds(ProcessHandle.current());
      Thread.sleep(Duration.ofMillis((long) (bench.seconds() * 1000)));
      cpu = cpuSeconds(server.handle()) - cpu;
      ownCpu = cpuSeconds(ProcessHandle.current()) - ownCpu;
      MatchDriver.Figures figures = driver.stop();
      // What is on its way still comes.
      Thread.sleep(1000);
      acknowledged = driver.everMoved();
      add(result, figures, cpu, ownCpu);
    }
    long stored = storedMoves(config) - storedBefore;
    result.put("acknowledgedMoves", acknowledged).put("storedMoves", stored);
    PrintWriter out = command.commandLine().getOut();
    out.println(result);
    out.flush();
    if (stored < acknowledged) {
      throw new UserError("%d acknowledged moves are lost.".formatted(acknowledged - stored));
    }
  }

  private void add(ObjectNode result, MatchDriver.Figures figures, double cpu, double ownCpu) {
    Histogram acks = figures.ackNanos();
    result
        .put("matches", matches)
        .put("rate", rate)
        .put("pinned", pin)
        .put("database", database == null ? "sqlite" : "postgresql")
        .put("movesPerSecond", Math.round(figures.moves() / figures.seconds()))
        .put("ackP50Millis", acks.getValueAtPercentile(50) / 1e6)
        .put("ackP99Millis", acks.getValueAtPercentile(99) / 1e6)
        .put("ackP999Millis", acks.getValueAtPercentile(99.9) / 1e6)
        .put("serverCpuSecondsPer1000Moves", cpu / figures.moves() * 1000)
        .put("matchesPerSecond", Math.round(figures.matches() / figures.seconds()))
        .put("refused", figures.refused())
        .put("serverCores", cpu / figures.seconds())
        .put("driverCores", ownCpu / figures.seconds());
  }

  private ServerProcess startServer(Path data) throws IOException {
    List<String> jvm = new ArrayList<>();
    if (idleSockets > 0) {
      jvm.addAll(List.of("-Xms1g", "-Xmx1g", "-XX:+AlwaysPreTouch"));
    }
    jvm.addAll(serverJvm);
    List<String> serve = new ArrayList<>(List.of("--data", data.toString()));
    if (database != null) {
      serve.addAll(List.of("--database", database));
    }
    return new ServerProcess(
        pin ? List.of("taskset", "-c", "0") : List.of(),
        jvm,
        serve,
        ProcessBuilder.Redirect.INHERIT);
  }

  private static void pinDriver() throws IOException, InterruptedException {
    Process taskset =
        new ProcessBuilder(
                "taskset", "-a", "-c", "-p", "1", String.valueOf(ProcessHandle.current().pid()))
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    if (taskset.waitFor() != 0) {
      throw new UserError("--pin needs taskset and two cores.");
    }
  }

  private static double cpuSeconds(ProcessHandle process) {
    return process.info().totalCpuDuration().orElse(Duration.ZERO).toNanos() / 1e9;
  }

  /** What is live on the heap, and what is resident beside it, with and without the sockets. */
  private long bytesPerIdleSocket(ServerProcess server, MatchDriver driver)
      throws IOException, InterruptedException {
    // What the first sockets bring is there once, however many follow.
    driver.openIdle(SOCKETS_FIRST);
    long before = memory(server);
    driver.openIdle(idleSockets);
    long after = memory(server);
    driver.closeIdle();
    return (after - before) / idleSockets;
  }

  /** Of a server whose heap is resident from the start: what grows is beside it. */
  private static long memory(ServerProcess server) throws IOException, InterruptedException {
    return server.liveBytes() + server.residentBytes();
  }

  private static long storedMoves(DatabaseConfig config) {
    long[] count = new long[1];
    try (MatchStore store = MatchStore.openToRead(config)) {
      store.forEach(
          transcript ->
              count[0] +=
                  transcript.events().stream()
                      .filter(timed -> timed.event() instanceof MatchEvent.MovePlayed)
                      .count());
    } catch (StoreException e) {
      throw new UserError(String.valueOf(e.getMessage()), e);
    }
    return count[0];
  }
}
