package tabula.agents.engine;

/**
 * An engine that did not do what it was asked to: a sentence for people, that names its command.
 */
public final class EngineException extends RuntimeException {

  private static final long serialVersionUID = 1;

  EngineException(String message) {
    super(message);
  }
}
