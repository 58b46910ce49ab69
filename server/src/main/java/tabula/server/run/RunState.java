package tabula.server.run;

import java.util.Locale;
import java.util.Optional;

/** Where a run stands, and what leads from where to where. */
public enum RunState {
  /** Waits for its turn. */
  QUEUED,
  /** A process trains; after a stop of the server another one goes on. */
  RUNNING,
  /** The process saves its state, and ends. */
  PAUSING,
  PAUSED,
  /** The process saves its state, measures its last network, and ends. */
  STOPPING,
  /** Its time is over, or its owner stopped it. */
  FINISHED,
  /** Its process ended by itself; what was saved before can be gone on with. */
  FAILED;

  /** What an owner may ask for. */
  public enum Order {
    PAUSE,
    RESUME,
    STOP,
    DELETE;

    /** As addresses and messages say it. */
    public String code() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** How a process of a run ended. */
  public enum End {
    /** Its time was over. */
    TIME_OVER,
    /** Somebody asked it to, before its time. */
    STOPPED_EARLY,
    /** Anything else. */
    CRASHED
  }

  /** As messages and files say it. */
  public String code() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Whether a process is at work for it, or is to be. */
  public boolean hasProcess() {
    return this == RUNNING || this == PAUSING || this == STOPPING;
  }

  /** Whether it takes one of its owner's places: it will train, or trains. */
  public boolean isUnderWay() {
    return this == QUEUED || hasProcess();
  }

  /** The state after an order, if it can be followed now; a deleted run keeps its last state. */
  public Optional<RunState> after(Order order) {
    return Optional.ofNullable(
        switch (order) {
          case PAUSE ->
              switch (this) {
                case QUEUED -> PAUSED;
                case RUNNING -> PAUSING;
                case PAUSING, PAUSED, STOPPING, FINISHED, FAILED -> null;
              };
          case RESUME ->
              switch (this) {
                case PAUSED, FINISHED, FAILED -> QUEUED;
                case QUEUED, RUNNING, PAUSING, STOPPING -> null;
              };
          case STOP ->
              switch (this) {
                case QUEUED, PAUSED, FAILED -> FINISHED;
                case RUNNING, PAUSING -> STOPPING;
                case STOPPING, FINISHED -> null;
              };
          case DELETE -> isUnderWay() ? null : this;
        });
  }

  /**
   * The state after its process has ended.
   *
   * @throws IllegalStateException if it has none
   */
  public RunState after(End end) {
    if (!hasProcess()) {
      throw new IllegalStateException("A run that is %s has no process.".formatted(code()));
    }
    return switch (end) {
      case TIME_OVER -> FINISHED;
      case CRASHED -> FAILED;
      case STOPPED_EARLY ->
          switch (this) {
            case PAUSING -> PAUSED;
            case STOPPING -> FINISHED;
            // Nobody of ours asked: it goes on as soon as it can.
            case RUNNING -> QUEUED;
            case QUEUED, PAUSED, FINISHED, FAILED -> throw new IllegalStateException(code());
          };
    };
  }
}
