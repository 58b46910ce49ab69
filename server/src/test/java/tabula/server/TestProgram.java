package tabula.server;

import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** Tabula as a process of its own, for tests that kill it. */
public final class TestProgram {

  /** A process that lives for seconds is done sooner by a quick compiler than by a good one. */
  private static final List<String> JVM =
      List.of(
          "--enable-native-access=ALL-UNNAMED",
          "--sun-misc-unsafe-memory-access=allow",
          "-XX:+UseSerialGC",
          "-XX:TieredStopAtLevel=1");

  private TestProgram() {}

  /** The command line that runs Tabula with these arguments. */
  public static List<String> line(String... arguments) {
    return withJars(List.of(), arguments);
  }

  /** The same, with jars behind those that the test has. */
  public static List<String> withJars(List<Path> jars, String... arguments) {
    List<String> line = new ArrayList<>();
    line.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    line.addAll(JVM);
    line.add("-cp");
    line.add(
        String.join(
            File.pathSeparator,
            Stream.concat(
                    Stream.of(System.getProperty("java.class.path")),
                    jars.stream().map(Path::toString))
                .toList()));
    line.add("tabula.server.Main");
    line.addAll(Arrays.asList(arguments));
    return line;
  }
}
