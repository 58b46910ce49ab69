package tabula.server.command;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import tabula.server.Main;
import tabula.server.UserError;

/** Measures how long commands take in processes of their own, their start included. */
@Command(
    name = "start",
    mixinStandardHelpOptions = true,
    description =
        "Seconds from the start of a server to a ready health check, and of perft connect-four 9.")
final class StartBenchmark implements Callable<Integer> {

  private static final String READY = "Tabula is ready at ";

  @Option(
      names = "--runs",
      paramLabel = "N",
      defaultValue = "3",
      description = "How often each is started (default: ${DEFAULT-VALUE}).")
  private int runs;

  @Spec private CommandSpec command = CommandSpec.create();

  @Override
  public Integer call() throws IOException, InterruptedException {
    Arguments.check(runs >= 1 && runs <= 100, "--runs must be from 1 to 100.");
    ObjectNode result = JsonNodeFactory.instance.objectNode().put("benchmark", "start");
    List<Double> ready = new ArrayList<>();
    List<Double> perft = new ArrayList<>();
    for (int run = 0; run < runs; run++) {
      ready.add(secondsToReady());
      perft.add(secondsOfPerft());
    }
    result.put("readySeconds", median(ready)).put("perftSeconds", median(perft));
    PrintWriter out = command.commandLine().getOut();
    out.println(result);
    out.flush();
    return 0;
  }

  private static double median(List<Double> seconds) {
    return seconds.stream().sorted().toList().get(seconds.size() / 2);
  }

  private static Process start(List<String> arguments) throws IOException {
    List<String> line = new ArrayList<>();
    line.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    line.addAll(
        List.of(
            "--enable-native-access=ALL-UNNAMED",
            "--sun-misc-unsafe-memory-access=allow",
            "-cp",
            System.getProperty("java.class.path"),
            Main.class.getName()));
    line.addAll(arguments);
    return new ProcessBuilder(line).redirectError(ProcessBuilder.Redirect.DISCARD).start();
  }

  private static double secondsToReady() throws IOException, InterruptedException {
    try (TemporaryFolder data = TemporaryFolder.create()) {
      return secondsToReady(data.path());
    }
  }

  private static double secondsToReady(Path data) throws IOException, InterruptedException {
    long began = System.nanoTime();
    Process server = start(List.of("serve", "--port", "0", "--data", data.toString()));
    try (BufferedReader out =
            new BufferedReader(
                new InputStreamReader(server.getInputStream(), StandardCharsets.UTF_8));
        HttpClient client = HttpClient.newHttpClient()) {
      String line = out.readLine();
      if (line == null || !line.startsWith(READY)) {
        throw new UserError("The server did not start: it said '%s'.".formatted(line));
      }
      URI health = URI.create(line.substring(READY.length()).strip() + "/health");
      var answer =
          client.send(
              HttpRequest.newBuilder(health).build(), HttpResponse.BodyHandlers.discarding());
      Arguments.check(answer.statusCode() == 200, "The server is not ready.");
      return (System.nanoTime() - began) / 1e9;
    } finally {
      server.destroy();
      server.waitFor();
    }
  }

  private static double secondsOfPerft() throws IOException, InterruptedException {
    long began = System.nanoTime();
    Process perft = start(List.of("perft", "connect-four", "9"));
    perft.getInputStream().readAllBytes();
    Arguments.check(perft.waitFor() == 0, "perft failed.");
    return (System.nanoTime() - began) / 1e9;
  }
}
