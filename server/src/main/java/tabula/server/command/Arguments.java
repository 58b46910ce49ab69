package tabula.server.command;

import static java.util.stream.Collectors.toCollection;

import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import tabula.agents.Agent;
import tabula.agents.AgentSpec;
import tabula.agents.Agents;
import tabula.agents.CheckpointSource;
import tabula.games.Game;
import tabula.games.Games;
import tabula.games.record.RecordFormat;
import tabula.games.record.Records;
import tabula.server.UserError;
import tabula.server.store.ShippedCheckpoints;

/** Reads what several commands take. */
final class Arguments {

  private Arguments() {}

  static Game game(String id) {
    return orUserError(() -> Games.get(id));
  }

  /** A checkpoint's name is {@code shipped}, or the path of a file. */
  static Agent agent(String spec, Game game) {
    CheckpointSource checkpoints =
        (wanted, name) -> name.equals("shipped") ? ShippedCheckpoints.file(wanted) : Path.of(name);
    return orUserError(() -> new Agents(checkpoints).create(AgentSpec.parse(spec), game));
  }

  /** How many threads: as many as asked for, or one a core. */
  static int threads(@Nullable Integer wanted) {
    int threads = wanted == null ? Runtime.getRuntime().availableProcessors() : wanted;
    check(threads >= 1 && threads <= 256, "--threads must be from 1 to 256.");
    return threads;
  }

  /** A record format's name, or null. */
  static void checkRecordFormat(@Nullable String name) {
    Set<String> names =
        Records.formats().map(RecordFormat::name).collect(toCollection(TreeSet::new));
    check(
        name == null || names.contains(name),
        "--format is one of %s, not '%s'.".formatted(String.join(", ", names), name));
  }

  static void check(boolean right, String message) {
    if (!right) {
      throw new UserError(message);
    }
  }

  private static <T> T orUserError(Supplier<T> reading) {
    try {
      return reading.get();
    } catch (IllegalArgumentException e) {
      throw new UserError(String.valueOf(e.getMessage()), e);
    }
  }
}
