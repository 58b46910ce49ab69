package tabula.server.store;

import org.jspecify.annotations.Nullable;

/** What is kept cannot be read or written; the message says why, for people. */
public final class StoreException extends Exception {

  private static final long serialVersionUID = 1;

  public StoreException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
