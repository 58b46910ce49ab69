package tabula.server.run;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tabula.server.match.Refusal;
import tabula.server.run.Run.Asker;
import tabula.server.run.RunState.Order;

/** What can be asked of whoever keeps the runs, and the answers. */
public sealed interface RunCommand {

  /** All runs, the newest first. */
  record ListAll() implements RunCommand {}

  record Look(String id) implements RunCommand {}

  /**
   * Begins a run.
   *
   * @param config what differs from the preset, or from the configuration of the run that it forks
   * @param from the checkpoint that it begins with; null for random weights
   */
  record Create(
      Asker by,
      String name,
      String game,
      @Nullable String preset,
      ObjectNode config,
      double minutes,
      long seed,
      Run.@Nullable Origin from)
      implements RunCommand {}

  /**
   * @param minutes of a resumption: how long the run is to train in all from now on
   */
  record Give(Asker by, String id, Order order, @Nullable Double minutes) implements RunCommand {}

  /**
   * Keeps a checkpoint as a player.
   *
   * @param onLadder whether it joins the ladder, which is its owner's to say
   */
  record Seat(Asker by, String id, String checkpoint, boolean onLadder) implements RunCommand {}

  /** What came of it. */
  sealed interface Reply {}

  record Runs(List<RunView> runs) implements Reply {}

  /** The run as it stands now, or stood last if it is deleted. */
  record Done(RunView run) implements Reply {}

  /**
   * @param player the id under which the checkpoint plays
   */
  record Seated(RunView run, String player) implements Reply {}

  record Refused(Refusal refusal, String message) implements Reply {}
}
