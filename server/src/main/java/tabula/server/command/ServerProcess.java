package tabula.server.command;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import tabula.server.UserError;

/** A server in a process of its own, whose memory and files can be looked at. */
final class ServerProcess implements AutoCloseable {

  private static final String READY = "Tabula is ready at ";
  private static final Pattern HEAP_USED = Pattern.compile("total \\d+K, used (\\d+)K");

  private final Process process;
  private final String address;

  /**
   * Starts a server like this program, and waits until it is ready.
   *
   * @param before the command line up to java, such as {@code taskset}; empty for none
   * @param jvm go to java
   * @param serve go to {@code serve}
   * @param log where it says what happens
   */
  ServerProcess(
      List<String> before, List<String> jvm, List<String> serve, ProcessBuilder.Redirect log)
      throws IOException {
    List<String> line = new ArrayList<>(before);
    line.add(java("java"));
    line.addAll(
        List.of("--enable-native-access=ALL-UNNAMED", "--sun-misc-unsafe-memory-access=allow"));
    line.addAll(jvm);
    line.addAll(List.of("-cp", System.getProperty("java.class.path"), "tabula.server.Main"));
    line.addAll(List.of("serve", "--port", "0"));
    line.addAll(serve);
    process = new ProcessBuilder(line).redirectError(log).start();
    address = readAddress();
  }

  private static String java(String program) {
    return Path.of(System.getProperty("java.home"), "bin", program).toString();
  }

  private String readAddress() throws IOException {
    BufferedReader out =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    // A flight recorder speaks first.
    for (String line = out.readLine(); line != null; line = out.readLine()) {
      if (line.startsWith(READY)) {
        return line.substring(READY.length());
      }
    }
    throw new UserError("The server did not start: what it said stands above.");
  }

  String address() {
    return address;
  }

  ProcessHandle handle() {
    return process.toHandle();
  }

  boolean isAlive() {
    return process.isAlive();
  }

  /** Bytes that are live on the heap. */
  long liveBytes() throws IOException, InterruptedException {
    jcmd("GC.run");
    jcmd("GC.run");
    long live = 0;
    Matcher used = HEAP_USED.matcher(jcmd("GC.heap_info"));
    while (used.find()) {
      live += Long.parseLong(used.group(1)) * 1024;
    }
    return live;
  }

  /** Bytes in memory. */
  long residentBytes() throws IOException {
    for (String line : Files.readAllLines(Path.of("/proc", pid(), "status"))) {
      if (line.startsWith("VmRSS:")) {
        return Long.parseLong(line.replaceAll("[^0-9]", "")) * 1024;
      }
    }
    throw new IOException("Process %s has no VmRSS.".formatted(pid()));
  }

  /** Open files, sockets among them. */
  long openFiles() throws IOException {
    try (Stream<Path> files = Files.list(Path.of("/proc", pid(), "fd"))) {
      return files.count();
    }
  }

  private String pid() {
    return String.valueOf(process.pid());
  }

  private String jcmd(String what) throws IOException, InterruptedException {
    Process jcmd = new ProcessBuilder(java("jcmd"), pid(), what).redirectErrorStream(true).start();
    String answer = new String(jcmd.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    jcmd.waitFor();
    return answer;
  }

  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(20, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
