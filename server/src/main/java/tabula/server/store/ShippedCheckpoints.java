package tabula.server.store;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import tabula.games.Game;

/** The checkpoints that come with the program, as files. */
public final class ShippedCheckpoints {

  private static final Map<String, Path> FILES = new ConcurrentHashMap<>();

  private ShippedCheckpoints() {}

  private static String resource(Game game) {
    return "/checkpoints/" + game.id() + ".tabula";
  }

  public static boolean exists(Game game) {
    return ShippedCheckpoints.class.getResource(resource(game)) != null;
  }

  /**
   * The checkpoint of a game, copied to a temporary file once.
   *
   * @throws IllegalArgumentException if none comes with the program
   */
  public static Path file(Game game) {
    if (!exists(game)) {
      throw new IllegalArgumentException(
          "No checkpoint of %s comes with Tabula.".formatted(game.title()));
    }
    return FILES.computeIfAbsent(game.id(), id -> copy(game));
  }

  private static Path copy(Game game) {
    try (InputStream content = ShippedCheckpoints.class.getResourceAsStream(resource(game))) {
      if (content == null) {
        throw new IllegalStateException("The checkpoint of %s is gone.".formatted(game.id()));
      }
      Path file = Files.createTempFile(game.id() + "-", ".tabula");
      file.toFile().deleteOnExit();
      Files.copy(content, file, StandardCopyOption.REPLACE_EXISTING);
      return file;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
