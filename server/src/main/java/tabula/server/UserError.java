package tabula.server;

/**
 * Something that the person at the command line can mend: the message says what was wrong and what
 * would be right.
 */
public final class UserError extends RuntimeException {

  private static final long serialVersionUID = 1;

  public UserError(String message) {
    super(message);
  }

  public UserError(String message, Throwable cause) {
    super(message, cause);
  }
}
