package tabula.server.command;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.File;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import tabula.agents.network.nd4j.Backend;

/** Looks whether this machine has what Tabula needs. */
@Command(
    name = "doctor",
    mixinStandardHelpOptions = true,
    description =
        "Looks whether this machine has what Tabula needs, and says what to do where it has not.")
public final class DoctorCommand implements Callable<Integer> {

  private enum Verdict {
    OK,
    WARN,
    FAIL
  }

  private record Sqlite(String version, String journal) {}

  private record Finding(Verdict verdict, String what, String found, String advice) {}

  @Option(
      names = "--data",
      paramLabel = "DIR",
      defaultValue = "data",
      description = "Default: ${DEFAULT-VALUE}.")
  private Path data = Path.of("data");

  @Option(names = "--json", description = "Print JSON.")
  private boolean json;

  @Spec private CommandSpec command = CommandSpec.create();

  @Override
  public Integer call() {
    List<Finding> findings = new ArrayList<>();
    findings.add(jdk());
    findings.addAll(nd4j());
    findings.add(threads());
    findings.add(memory());
    findings.add(database());
    findings.add(disk());
    findings.add(tool("Maven", "To build", List.of("mvn")));
    findings.add(tool("Node.js", "To build the page", List.of("node")));
    findings.add(
        tool(
            "Chromium",
            "To test the page",
            List.of("chromium", "chromium-browser", "google-chrome")));
    findings.add(tool("Python", "To test the starter bot", List.of("python3")));
    print(findings);
    return findings.stream().anyMatch(finding -> finding.verdict() == Verdict.FAIL) ? 1 : 0;
  }

  private static Finding jdk() {
    return new Finding(
        Verdict.OK,
        "JDK",
        "%s (%s)".formatted(Runtime.version(), System.getProperty("java.vendor")),
        "");
  }

  private static List<Finding> nd4j() {
    List<Finding> findings = new ArrayList<>();
    try {
      Backend backend = Backend.load();
      findings.add(
          new Finding(Verdict.OK, "ND4J backend", backend.name() + " " + backend.version(), ""));
      boolean fast = backend.build().contains("onednn") || !backend.isCpu();
      findings.add(
          new Finding(
              fast ? Verdict.OK : Verdict.WARN,
              "ND4J build",
              backend.build(),
              fast ? "" : "This build has no oneDNN: networks run several times slower."));
      findings.add(gpu(backend));
    } catch (RuntimeException | LinkageError e) {
      findings.add(
          new Finding(
              Verdict.FAIL,
              "ND4J backend",
              e.toString(),
              "Build again: remove server/target and run this again."));
    }
    return findings;
  }

  private static Finding gpu(Backend backend) {
    if (!backend.isCpu()) {
      return new Finding(
          backend.devices() > 0 ? Verdict.OK : Verdict.FAIL,
          "GPU",
          "CUDA, %d devices".formatted(backend.devices()),
          backend.devices() > 0 ? "" : "Build for the CPU: unset TABULA_MAVEN_ARGS.");
    }
    return find(List.of("nvidia-smi")).isEmpty()
        ? new Finding(Verdict.OK, "GPU", "none found, none used", "")
        : new Finding(
            Verdict.WARN,
            "GPU",
            "an NVIDIA GPU, not used",
            "To train on it, build with TABULA_MAVEN_ARGS=-Pcuda; it needs CUDA 11.6's libraries.");
  }

  private static Finding threads() {
    String openMp = Objects.requireNonNullElse(System.getenv("OMP_NUM_THREADS"), "not set");
    boolean one = openMp.equals("1");
    return new Finding(
        one ? Verdict.OK : Verdict.WARN,
        "threads",
        "%d cores, OMP_NUM_THREADS %s"
            .formatted(Runtime.getRuntime().availableProcessors(), openMp),
        one
            ? ""
            : "Set OMP_NUM_THREADS=1, as scripts/tabula does: several threads an operation are"
                + " slower.");
  }

  private static Finding memory() {
    long megabytes = Runtime.getRuntime().maxMemory() >> 20;
    return new Finding(
        megabytes >= 512 ? Verdict.OK : Verdict.WARN,
        "heap",
        "%,d MB at most".formatted(megabytes),
        megabytes >= 512 ? "" : "Training wants 1 GB and more: TABULA_JVM_ARGS=-Xmx2g.");
  }

  /** Opens the database as the server does, or a new one where there is none yet. */
  private Finding database() {
    Path file = data.resolve("tabula.db");
    boolean exists = Files.exists(file);
    try {
      Path opened = exists ? file : Files.createTempFile("tabula-doctor-", ".db");
      try {
        Sqlite sqlite = sqlite(opened);
        return new Finding(
            Verdict.OK,
            "database",
            exists
                ? "SQLite %s, journal %s, %s".formatted(sqlite.version(), sqlite.journal(), file)
                : "SQLite %s, no data yet".formatted(sqlite.version()),
            "");
      } finally {
        if (!exists) {
          Files.delete(opened);
        }
      }
    } catch (IOException | SQLException e) {
      return new Finding(
          Verdict.FAIL,
          "database",
          String.valueOf(e.getMessage()),
          exists
              ? "Move %s away, or name another folder by --data.".formatted(file)
              : "Check that the folder for temporary files can be written.");
    }
  }

  private static Sqlite sqlite(Path file) throws SQLException {
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
        Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery(
                "select sqlite_version(), journal_mode, quick_check"
                    + " from pragma_journal_mode, pragma_quick_check limit 1")) {
      row.next();
      if (!row.getString(3).equals("ok")) {
        throw new SQLException("damaged: " + row.getString(3));
      }
      return new Sqlite(row.getString(1), row.getString(2));
    }
  }

  private Finding disk() {
    Path folder = data.toAbsolutePath();
    while (!Files.exists(folder)) {
      folder = Objects.requireNonNull(folder.getParent());
    }
    try {
      long free = Files.getFileStore(folder).getUsableSpace() >> 20;
      return new Finding(
          free > 1024 ? Verdict.OK : free > 100 ? Verdict.WARN : Verdict.FAIL,
          "disk",
          "%,d MB free at %s".formatted(free, folder),
          free > 1024 ? "" : "Make room: a long run writes some hundred megabytes.");
    } catch (IOException e) {
      return new Finding(
          Verdict.FAIL,
          "disk",
          String.valueOf(e.getMessage()),
          "Check that the folder can be read.");
    }
  }

  private static Finding tool(String what, String use, List<String> names) {
    return find(names)
        .map(path -> new Finding(Verdict.OK, what, path.toString(), ""))
        .orElseGet(
            () ->
                new Finding(
                    Verdict.WARN,
                    what,
                    "not found",
                    "%s: install %s.".formatted(use, names.get(0))));
  }

  /** The first of these programs that is on the path. */
  private static Optional<Path> find(List<String> names) {
    String path = Objects.requireNonNullElse(System.getenv("PATH"), "");
    return names.stream()
        .flatMap(
            name ->
                Stream.of(path.split(File.pathSeparator, -1)).map(folder -> Path.of(folder, name)))
        .filter(Files::isExecutable)
        .findFirst();
  }

  private void print(List<Finding> findings) {
    PrintWriter out = command.commandLine().getOut();
    if (json) {
      ArrayNode array = JsonNodeFactory.instance.arrayNode();
      for (Finding finding : findings) {
        ObjectNode node = array.addObject();
        node.put("verdict", finding.verdict().name().toLowerCase(Locale.ROOT));
        node.put("what", finding.what());
        node.put("found", finding.found());
        node.put("advice", finding.advice());
      }
      out.println(array);
      return;
    }
    Map<Verdict, String> marks =
        Map.of(Verdict.OK, "ok  ", Verdict.WARN, "warn", Verdict.FAIL, "FAIL");
    for (Finding finding : findings) {
      out.printf("%s  %-14s %s%n", marks.get(finding.verdict()), finding.what(), finding.found());
      if (!finding.advice().isEmpty()) {
        out.printf("      %-14s → %s%n", "", finding.advice());
      }
    }
  }
}
