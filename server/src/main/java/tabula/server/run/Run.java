package tabula.server.run;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A training run that somebody owns, as it is kept.
 *
 * @param config all of the training's configuration
 * @param preset what the configuration was made from, for people
 * @param minutes how long it is to train in all
 * @param threads of self-play
 * @param queuedAt when it joined the queue, in milliseconds since 1970: first come, first served
 * @param problem why it failed, in a sentence
 * @param onLadder the checkpoints that were promoted to the ladder
 * @param process the process that trains, or did so last
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Run(
    String id,
    String name,
    String game,
    Owner owner,
    ObjectNode config,
    @Nullable String preset,
    double minutes,
    int threads,
    long seed,
    @Nullable Origin from,
    RunState state,
    long createdAt,
    long queuedAt,
    @Nullable String problem,
    List<String> onLadder,
    @Nullable Trainer process) {

  /**
   * Whose run it is.
   *
   * @param id an account's, or a guest's: nobody else is told a guest's
   * @param name of the account; null for a guest
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Owner(String id, @Nullable String name) {
    @JsonIgnore
    public boolean isGuest() {
      return name == null;
    }
  }

  /** The checkpoint that a run began with. */
  public record Origin(String run, String checkpoint) {}

  /**
   * A process, so that another one that has its number now is not taken for it.
   *
   * @param startedAt milliseconds since 1970, as the system tells it
   */
  public record Trainer(long pid, long startedAt) {}

  /** Who wants something of a run. */
  public record Asker(@Nullable String id, @Nullable String name, boolean administers) {
    /** Whether the run is this one's to change. */
    public boolean mayChange(Run run) {
      return administers || run.owner().id().equals(id);
    }
  }

  /** The run in another state, with no problem but the one given. */
  public Run in(RunState next, @Nullable String why) {
    return new Run(
        id, name, game, owner, config, preset, minutes, threads, seed, from, next, createdAt,
        queuedAt, why, onLadder, process);
  }

  /** The run at the end of the queue. */
  public Run queued(double newMinutes, long now) {
    return new Run(
        id,
        name,
        game,
        owner,
        config,
        preset,
        newMinutes,
        threads,
        seed,
        from,
        RunState.QUEUED,
        createdAt,
        now,
        null,
        onLadder,
        process);
  }

  /** The run, trained by a process. */
  public Run runningIn(Trainer trainer) {
    return new Run(
        id,
        name,
        game,
        owner,
        config,
        preset,
        minutes,
        threads,
        seed,
        from,
        RunState.RUNNING,
        createdAt,
        queuedAt,
        null,
        onLadder,
        trainer);
  }

  /** The run with one more checkpoint on the ladder. */
  public Run promoted(String checkpoint) {
    List<String> all = new ArrayList<>(onLadder);
    if (!all.contains(checkpoint)) {
      all.add(checkpoint);
    }
    return new Run(
        id,
        name,
        game,
        owner,
        config,
        preset,
        minutes,
        threads,
        seed,
        from,
        state,
        createdAt,
        queuedAt,
        problem,
        List.copyOf(all),
        process);
  }
}
