package tabula.agents.network.nd4j;

import java.io.File;
import java.net.URL;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Which ND4J backend is at work.
 *
 * @param name such as {@code CpuBackend}
 * @param version of ND4J
 * @param build the native build that was loaded, such as {@code linux-x86_64-onednn-avx512}
 * @param isCpu whether it runs on the CPU
 * @param devices how many devices it has
 */
public record Backend(String name, String version, String build, boolean isCpu, int devices) {

  private static final Pattern JAR =
      Pattern.compile("nd4j-(?:native|cuda)[^!/]*?-((?:linux|macosx|windows)[^!/]*)\\.jar");

  /** Loads the backend, which takes a second the first time, and describes it. */
  public static Backend load() {
    String name = Nd4j.getBackend().getClass().getSimpleName();
    boolean isCpu = name.toLowerCase(Locale.ROOT).contains("cpu");
    return new Backend(
        name,
        findVersion(),
        findBuild(),
        isCpu,
        isCpu ? 1 : Nd4j.getAffinityManager().getNumberOfDevices());
  }

  private static String findVersion() {
    Matcher matcher =
        Pattern.compile("nd4j-api-([^/!]*)\\.jar")
            .matcher(place("org/nd4j/linalg/factory/Nd4j.class"));
    return matcher.find() ? matcher.group(1) : "unknown";
  }

  private static String findBuild() {
    for (String entry : System.getProperty("java.class.path", "").split(File.pathSeparator, -1)) {
      Matcher matcher = JAR.matcher(entry);
      if (matcher.find() && !entry.contains("preset")) {
        return matcher.group(1);
      }
    }
    return "unknown";
  }

  private static String place(String resource) {
    URL url = Backend.class.getClassLoader().getResource(resource);
    return url == null ? "" : url.toString();
  }
}
