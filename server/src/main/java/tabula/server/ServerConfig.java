package tabula.server;

import java.nio.file.Path;
import java.util.Map;

/**
 * How a server is run.
 *
 * @param port 0 takes any free one
 * @param data the folder of everything that it keeps
 * @param checkpoints by a game's id, what plays it in place of the shipped checkpoint
 */
public record ServerConfig(
    String host, int port, Path data, Map<String, Path> checkpoints, SessionLimits limits) {

  public static final String VERSION = "0.1.0";

  /** A server with the usual limits. */
  public ServerConfig(String host, int port, Path data, Map<String, Path> checkpoints) {
    this(host, port, data, checkpoints, SessionLimits.USUAL);
  }
}
