package tabula.agents.train;

import java.io.IOException;
import java.nio.file.Path;

/** Thrown for a file that is no use to a run; the message says why, for people. */
public final class UnusableRunException extends IOException {

  private static final long serialVersionUID = 1;

  /**
   * A file that is no use.
   *
   * @param reason such as "its checksum is wrong."
   */
  public UnusableRunException(Path file, String reason) {
    super("%s cannot be used: %s".formatted(file, reason));
  }
}
