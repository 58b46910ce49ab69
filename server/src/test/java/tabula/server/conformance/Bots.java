package tabula.server.conformance;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;

/** The starter bots, and how they are run here. */
public final class Bots {

  /** From the folder of this module. */
  static final Path FOLDER = Path.of("..", "scripts", "bots");

  private Bots() {}

  /** The command lines of those whose language is installed, by its name. */
  public static Map<String, List<String>> available() {
    Map<String, List<String>> bots = new TreeMap<>();
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    bots.put("java", List.of(java, FOLDER.resolve("java/Bot.java").toString()));
    if (runs("node", "--experimental-websocket", "-e", "WebSocket")) {
      bots.put(
          "javascript",
          List.of(
              "node",
              "--experimental-websocket",
              FOLDER.resolve("javascript/tabula-bot.mjs").toString()));
    }
    if (runs("python3", "--version")) {
      bots.put("python", List.of("python3", FOLDER.resolve("python/tabula_bot.py").toString()));
    }
    return bots;
  }

  static void assumePython() {
    Assumptions.assumeTrue(runs("python3", "--version"), "There is no python3 here.");
  }

  private static boolean runs(String... line) {
    try {
      Process process =
          new ProcessBuilder(line)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
      return process.waitFor(60, TimeUnit.SECONDS) && process.exitValue() == 0;
    } catch (IOException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
