package tabula.server.store;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assumptions;

/**
 * A PostgreSQL of the tests' own, in a temporary folder on a free port, as an ordinary user: it
 * refuses to run as root. Where none is installed the test is left out; {@code scripts/test}
 * installs it where it may.
 */
final class TestPostgres implements AutoCloseable {

  private static final long PATIENCE_NANOS = 60_000_000_000L;

  private final Path programs;
  private final Path folder;
  private final List<String> user;
  private final int port;
  private final Thread atExit = new Thread(this::stop);
  private int databases;

  static TestPostgres start() throws IOException, InterruptedException {
    Optional<Path> programs = programs();
    Assumptions.assumeTrue(programs.isPresent(), "no PostgreSQL is installed");
    TestPostgres postgres = new TestPostgres(programs.orElseThrow());
    postgres.run("initdb", "--auth=trust", "--username=tabula", "--encoding=UTF8", "--no-sync");
    postgres.begin();
    return postgres;
  }

  private static Optional<Path> programs() throws IOException {
    List<Path> found = new ArrayList<>();
    Path debian = Path.of("/usr/lib/postgresql");
    if (Files.isDirectory(debian)) {
      try (Stream<Path> versions = Files.list(debian)) {
        versions.map(version -> version.resolve("bin")).forEach(found::add);
      }
    }
    @Nullable String path = System.getenv("PATH");
    for (String part : (path == null ? "" : path).split(":", -1)) {
      found.add(Path.of(part));
    }
    return found.stream().filter(bin -> Files.isExecutable(bin.resolve("initdb"))).findFirst();
  }

  private TestPostgres(Path programs) throws IOException {
    this.programs = programs;
    this.folder = Files.createTempDirectory("tabula-postgres-");
    if (System.getProperty("user.name").equals("root")) {
      String name = exists("postgres") ? "postgres" : "nobody";
      Files.setOwner(
          folder,
          folder.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName(name));
      this.user = List.of("setpriv", "--reuid=" + name, "--clear-groups", "--");
    } else {
      this.user = List.of();
    }
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      this.port = free.getLocalPort();
    }
  }

  private boolean exists(String name) {
    try {
      folder.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName(name);
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  private void run(String program, String... arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(user);
    command.add(programs.resolve(program).toString());
    command.add("--pgdata=" + folder.resolve("data"));
    command.addAll(List.of(arguments));
    Path output = Files.createTempFile("tabula-postgres-", ".log");
    try {
      Process process =
          new ProcessBuilder(command)
              .directory(Path.of("/").toFile())
              .redirectErrorStream(true)
              .redirectOutput(output.toFile())
              .start();
      if (!process.waitFor(60, TimeUnit.SECONDS) || process.exitValue() != 0) {
        process.destroyForcibly();
        throw new IOException(program + " failed: " + Files.readString(output));
      }
    } finally {
      Files.delete(output);
    }
  }

  /** Starts it, and waits until it answers. */
  void begin() throws IOException, InterruptedException {
    Runtime.getRuntime().addShutdownHook(atExit);
    run(
        "pg_ctl",
        "--wait",
        "--log=" + folder.resolve("log"),
        "--options=-p %d -h 127.0.0.1 -k %s".formatted(port, folder),
        "start");
  }

  /** Ends it as a power cut would: nothing is finished, every connection breaks. */
  void crash() throws IOException, InterruptedException {
    Runtime.getRuntime().removeShutdownHook(atExit);
    run("pg_ctl", "--mode=immediate", "--wait", "stop");
  }

  /** The address of a new, empty database. */
  DatabaseConfig newDatabase() throws SQLException {
    String name = "test" + ++databases;
    long until = System.nanoTime() + PATIENCE_NANOS;
    while (true) {
      try (Connection connection =
              DriverManager.getConnection(
                  "jdbc:postgresql://127.0.0.1:%d/postgres?user=tabula".formatted(port));
          Statement statement = connection.createStatement()) {
        statement.execute("create database " + name);
        return new DatabaseConfig(
            Path.of("target"), "postgresql://tabula@127.0.0.1:%d/%s".formatted(port, name));
      } catch (SQLException e) {
        if (System.nanoTime() > until) {
          throw e;
        }
      }
    }
  }

  private void stop() {
    try {
      run("pg_ctl", "--mode=immediate", "--wait", "stop");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() throws IOException {
    Runtime.getRuntime().removeShutdownHook(atExit);
    stop();
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
