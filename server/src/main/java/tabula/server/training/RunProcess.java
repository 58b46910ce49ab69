package tabula.server.training;

import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import tabula.server.run.Run;
import tabula.server.run.RunState;

/**
 * A process that trains for a run: the very {@code train} command, at the lowest priority. It hears
 * by its standard input what it is to do, and pauses when that ends, so that it does not outlive
 * the server for long, however the server ends.
 */
final class RunProcess {

  private static final String LOG = "train.log";
  private static final int MOST_LOG_BYTES = 4096;

  private final Process process;
  private final OutputStream input;
  private final RunFiles files;

  /**
   * Starts or goes on with a run, in its folder.
   *
   * @param level how far it stands back, from 0 to 19
   */
  RunProcess(Run run, RunFiles files, int level) throws IOException {
    this.files = files;
    this.process =
        new ProcessBuilder(line(run, files, level))
            .redirectErrorStream(true)
            .redirectOutput(files.folder().resolve(LOG).toFile())
            .start();
    this.input = process.getOutputStream();
  }

  /** All of it is ours: the configuration, which is not, is in a file. */
  private static List<String> line(Run run, RunFiles files, int level) {
    List<String> line = new ArrayList<>();
    nice().ifPresent(nice -> line.addAll(List.of(nice.toString(), "-n", String.valueOf(level))));
    line.addAll(
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "--enable-native-access=ALL-UNNAMED",
            "--sun-misc-unsafe-memory-access=allow",
            "-XX:+UseParallelGC",
            "-cp",
            System.getProperty("java.class.path"),
            "tabula.server.Main",
            "train",
            run.game(),
            "--supervised",
            "--minutes",
            String.valueOf(run.minutes()),
            "--threads",
            String.valueOf(run.threads()),
            "--out",
            files.folder().toString()));
    if (files.exists()) {
      line.add("--resume");
    } else {
      line.addAll(
          List.of("--seed", String.valueOf(run.seed()), "--config", files.given().toString()));
    }
    return line;
  }

  private static Optional<Path> nice() {
    return List.of(Optional.ofNullable(System.getenv("PATH")).orElse("").split(File.pathSeparator))
        .stream()
        .filter(folder -> !folder.isEmpty())
        .map(folder -> Path.of(folder, "nice"))
        .filter(Files::isExecutable)
        .findFirst();
  }

  Run.Trainer trainer() {
    return new Run.Trainer(
        process.pid(), process.info().startInstant().map(Instant::toEpochMilli).orElse(0L));
  }

  /** Says a word to it; one that has ended does not hear it. */
  void say(String word) {
    try {
      input.write((word + "\n").getBytes(StandardCharsets.UTF_8));
      input.flush();
    } catch (IOException e) {
      // Its end is told by onEnd.
    }
  }

  /** Nothing more will be said: it pauses. */
  void leave() {
    try {
      input.close();
    } catch (IOException e) {
      // As above.
    }
  }

  CompletableFuture<RunState.End> onEnd() {
    return process
        .onExit()
        .thenApply(
            ended ->
                switch (ended.exitValue()) {
                  case 0 -> RunState.End.TIME_OVER;
                  case RunFiles.EXIT_STOPPED_EARLY -> RunState.End.STOPPED_EARLY;
                  default -> RunState.End.CRASHED;
                });
  }

  /** What it said at last, or else how it ended. */
  String lastWords() {
    try {
      byte[] log = Files.readAllBytes(files.folder().resolve(LOG));
      int from = Math.max(0, log.length - MOST_LOG_BYTES);
      List<String> lines =
          new String(log, from, log.length - from, StandardCharsets.UTF_8)
              .lines()
              .filter(line -> !line.isBlank())
              .toList();
      return lines.stream()
          .filter(line -> line.startsWith("tabula: "))
          .map(line -> line.substring("tabula: ".length()))
          .reduce((first, last) -> last)
          .orElseGet(
              () ->
                  "The training ended with exit code %d%s"
                      .formatted(
                          process.exitValue(),
                          lines.isEmpty() ? "." : ": " + lines.getLast().strip()));
    } catch (IOException e) {
      return "The training ended with exit code %d.".formatted(process.exitValue());
    }
  }

  /**
   * The process that trained for a run before this server started, if it is still there. Another
   * one that has its number by now is none.
   */
  static Optional<ProcessHandle> find(Run.Trainer trainer) {
    return ProcessHandle.of(trainer.pid())
        .filter(
            handle ->
                handle
                    .info()
                    .startInstant()
                    .map(at -> at.toEpochMilli() == trainer.startedAt())
                    .orElse(false));
  }
}
