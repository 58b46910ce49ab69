package tabula.agents;

import java.nio.file.Path;
import tabula.games.Game;

/** Finds the file behind a checkpoint's name in {@link AgentSpec.Net}. */
@FunctionalInterface
public interface CheckpointSource {

  /**
   * The checkpoint's file.
   *
   * @throws IllegalArgumentException if there is no such checkpoint; the message says which there
   *     are
   */
  Path find(Game game, String name);

  /**
   * Takes every name for a path. For the command line only: a name from a socket never becomes a
   * path.
   */
  CheckpointSource FILES = (game, name) -> Path.of(name);
}
