package tabula.server;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import tabula.server.run.RunLimits;
import tabula.server.store.DatabaseConfig;

/**
 * How a server is run.
 *
 * @param port 0 takes any free one
 * @param database where everything is kept
 * @param checkpoints by a game's id, what plays it in place of the shipped checkpoint
 * @param trustedProxies addresses and networks whose forwarded headers are believed
 * @param idlePlay whether the server's agents play rated matches while nobody else does
 * @param tournaments whether whoever reaches the server may make tournaments
 * @param runs how much training it does for others
 */
public record ServerConfig(
    String host,
    int port,
    DatabaseConfig database,
    Map<String, Path> checkpoints,
    SessionLimits limits,
    List<String> trustedProxies,
    boolean idlePlay,
    boolean tournaments,
    RunLimits runs) {

  public static final String VERSION = "0.1.0";

  /** A server with the usual training. */
  public ServerConfig(
      String host,
      int port,
      DatabaseConfig database,
      Map<String, Path> checkpoints,
      SessionLimits limits,
      List<String> trustedProxies,
      boolean idlePlay,
      boolean tournaments) {
    this(
        host,
        port,
        database,
        checkpoints,
        limits,
        trustedProxies,
        idlePlay,
        tournaments,
        RunLimits.USUAL);
  }

  /** A server that is reached without a proxy, and does only what it is asked for. */
  public ServerConfig(
      String host,
      int port,
      DatabaseConfig database,
      Map<String, Path> checkpoints,
      SessionLimits limits) {
    this(host, port, database, checkpoints, limits, List.of(), false, false);
  }

  /** A server with the usual limits. */
  public ServerConfig(
      String host, int port, DatabaseConfig database, Map<String, Path> checkpoints) {
    this(host, port, database, checkpoints, SessionLimits.USUAL);
  }

  /** A server that keeps everything in a folder. */
  public ServerConfig(String host, int port, Path data, Map<String, Path> checkpoints) {
    this(host, port, new DatabaseConfig(data, null), checkpoints);
  }
}
