package tabula.server.command;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import tabula.server.SessionLimits;
import tabula.server.UserError;
import tabula.server.conformance.Fuzz;

/** Sends a server of its own what no client should, and looks what is left of it. */
@Command(
    name = "fuzz",
    mixinStandardHelpOptions = true,
    description = {
      "Sends a server of its own malformed, oversized, out-of-order and random frames, the same"
          + " ones from the same seed. Every answer must be a documented one, and nothing may be"
          + " left behind: no exception in the log, no socket or file open, no memory held.",
      "Exits with 1 if that is not so. At the end it waits until the server forgets its sessions."
    },
    footer = {"", "Example: tabula bench fuzz --frames 1000000"})
public final class BenchFuzzCommand implements Callable<Integer> {

  @Option(
      names = "--frames",
      defaultValue = "1000000",
      paramLabel = "N",
      description = "Default: ${DEFAULT-VALUE}.")
  private long frames;

  @Option(
      names = "--connections",
      defaultValue = "16",
      paramLabel = "N",
      description = "Connections at once (default: ${DEFAULT-VALUE}).")
  private int connections;

  @Option(
      names = "--seed",
      defaultValue = "1",
      paramLabel = "N",
      description = "Default: ${DEFAULT-VALUE}.")
  private long seed;

  @Spec private CommandSpec command = CommandSpec.create();

  private static final long WARM_UP_FRAMES = 20_000;
  private static final Duration FORGOTTEN =
      Duration.ofMillis(SessionLimits.USUAL.resumeMillis() + 10_000);

  /** What a server may hold more of after the frames than before them. */
  private static final long MORE_FILES = 10;

  private static final long MORE_BYTES = 16 << 20;

  @Override
  public Integer call() throws IOException, InterruptedException {
    Arguments.check(frames >= 1 && frames <= 1_000_000_000L, "--frames must be from 1 to 10^9.");
    Arguments.check(connections >= 1 && connections <= 1_000, "--connections: from 1 to 1000.");
    try (TemporaryFolder temporary = TemporaryFolder.create()) {
      Path folder = temporary.path();
      Path log = Files.createFile(folder.resolve("log"));
      try (ServerProcess server =
          new ServerProcess(
              List.of(),
              List.of("-XX:+UseSerialGC"),
              List.of("--data", folder.resolve("data").toString()),
              ProcessBuilder.Redirect.to(log.toFile()))) {
        run(server, log);
      }
      return 0;
    }
  }

  private void run(ServerProcess server, Path log) throws IOException, InterruptedException {
    PrintWriter out = command.commandLine().getOut();
    PrintWriter err = command.commandLine().getErr();
    Fuzz fuzz = new Fuzz(URI.create(server.address()), seed);
    long warmUp = Math.min(WARM_UP_FRAMES, frames / 10);
    fuzz.run(warmUp, connections);
    Thread.sleep(FORGOTTEN);
    long filesBefore = server.openFiles();
    long bytesBefore = server.liveBytes();
    long begun = System.nanoTime();
    Fuzz.Result result =
        new Fuzz(URI.create(server.address()), seed + 1).run(frames - warmUp, connections);
    double seconds = (System.nanoTime() - begun) / 1e9;
    Thread.sleep(FORGOTTEN);
    List<String> problems;
    try (Stream<String> lines = Files.lines(log)) {
      problems =
          lines
              .filter(line -> line.contains(" ERROR ") || line.contains("Exception"))
              .distinct()
              .limit(20)
              .toList();
    }
    boolean alive = server.isAlive();
    long files = alive ? server.openFiles() - filesBefore : 0;
    long bytes = alive ? server.liveBytes() - bytesBefore : 0;
    result.faults().forEach(fault -> err.println("fault: " + fault));
    problems.forEach(line -> err.println("log: " + line));
    ObjectNode line = JsonNodeFactory.instance.objectNode().put("benchmark", "fuzz");
    line.put("frames", frames).put("seed", seed).put("connections", result.connections());
    line.put("framesPerSecond", Math.round(result.frames() / seconds));
    result.answers().forEach(line.putObject("answers")::put);
    result.closes().forEach(line.putObject("closes")::put);
    line.put("faults", result.faults().size()).put("logProblems", problems.size());
    line.put("alive", alive).put("moreFiles", files).put("moreHeapBytes", bytes);
    out.println(line);
    out.flush();
    if (!alive
        || !result.faults().isEmpty()
        || !problems.isEmpty()
        || files > MORE_FILES
        || bytes > MORE_BYTES) {
      throw new UserError("The server did not stand it: see the line above.");
    }
  }
}
