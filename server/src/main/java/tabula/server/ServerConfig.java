package tabula.server;

import java.nio.file.Path;

/**
 * How a server is run.
 *
 * @param port 0 takes any free one
 * @param data the folder of everything that it keeps
 */
public record ServerConfig(String host, int port, Path data) {

  public static final String VERSION = "0.1.0";
}
