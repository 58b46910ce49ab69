package tabula.agents.engine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Engines that are shell scripts, and misbehave as they are told. */
final class ScriptedEngine {

  private ScriptedEngine() {}

  /**
   * An engine that speaks GTP, and acknowledges everything.
   *
   * @param genmove what it does, in the shell's words, when it is asked for a move
   */
  static String gtp(Path folder, String genmove) throws IOException {
    return script(
        folder,
        """
        while read -r command rest; do
          case $command in
            genmove) %s ;;
            quit) exit 0 ;;
            *) printf '= \\n\\n' ;;
          esac
        done
        """
            .formatted(genmove));
  }

  /** An engine that speaks UCI. */
  static String uci(Path folder, String go) throws IOException {
    return script(
        folder,
        """
        while read -r command rest; do
          case $command in
            uci) echo 'id name Script'; echo uciok ;;
            isready) echo readyok ;;
            go) %s ;;
            quit) exit 0 ;;
          esac
        done
        """
            .formatted(go));
  }

  private static String script(Path folder, String text) throws IOException {
    Path file = Files.createTempFile(folder, "engine", ".sh");
    Files.writeString(file, text);
    return "sh \"%s\"".formatted(file);
  }
}
