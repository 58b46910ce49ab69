package tabula.server.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import tabula.agents.files.AtomicFile;
import tabula.games.Game;

/**
 * Every checkpoint that ever played here, kept so that it can be played again. Its id is the
 * beginning of its content's SHA-256: a name from outside is looked up, and never becomes a path.
 */
public final class CheckpointLibrary {

  private static final int ID_LENGTH = 12;
  private static final String VISITOR = "visitor";
  private static final Pattern FILE =
      Pattern.compile("([a-z0-9-]+)\\.([0-9a-f]{12})(\\.visitor)?\\.tabula");

  private final Path folder;

  /** By game, then by id. */
  private final Map<String, Map<String, Path>> files = new ConcurrentHashMap<>();

  /**
   * Opens the library of a data folder.
   *
   * @throws StoreException if the folder cannot be used
   */
  public static CheckpointLibrary open(Path data) throws StoreException {
    CheckpointLibrary library = new CheckpointLibrary(data.resolve("checkpoints"));
    try {
      Files.createDirectories(library.folder);
      try (Stream<Path> all = Files.list(library.folder)) {
        all.forEach(library::find);
      }
      return library;
    } catch (IOException e) {
      throw unusable(library.folder, e);
    }
  }

  private CheckpointLibrary(Path folder) {
    this.folder = folder;
  }

  private static StoreException unusable(Path folder, IOException e) {
    return new StoreException(
        "The folder %s cannot be used: %s. Name another by --data."
            .formatted(folder, e.getMessage()),
        e);
  }

  private void find(Path file) {
    Matcher name = FILE.matcher(String.valueOf(file.getFileName()));
    if (name.matches()) {
      put(name.group(1), name.group(2), file);
    }
  }

  private void put(String game, String id, Path file) {
    files.computeIfAbsent(game, key -> new ConcurrentHashMap<>()).put(id, file);
  }

  /**
   * Keeps a copy of a checkpoint, as one that is on the ladder.
   *
   * @return its id
   * @throws StoreException if it cannot be read, or the copy not be written
   */
  public String keep(Game game, Path checkpoint) throws StoreException {
    return keep(game, checkpoint, true);
  }

  /**
   * Keeps a copy of a checkpoint.
   *
   * @param onLadder whether it joins the ladder; one that is on it stays there
   * @return its id
   * @throws StoreException if it cannot be read, or the copy not be written
   */
  public synchronized String keep(Game game, Path checkpoint, boolean onLadder)
      throws StoreException {
    try {
      byte[] content = Files.readAllBytes(checkpoint);
      String id = id(content);
      Optional<Path> before = find(game, id);
      Path file =
          folder.resolve("%s.%s%s.tabula".formatted(game.id(), id, onLadder ? "" : "." + VISITOR));
      if (before.isEmpty()) {
        AtomicFile.write(file, content);
        put(game.id(), id, file);
      } else if (onLadder && isVisitor(before.get())) {
        // Linked first: whoever opens it at this moment finds it.
        Files.createLink(file, before.get());
        put(game.id(), id, file);
        Files.delete(before.get());
      }
      return id;
    } catch (IOException e) {
      throw unusable(folder, e);
    }
  }

  /** The id that a checkpoint's file would have here. */
  public static String idOf(Path checkpoint) throws IOException {
    return id(Files.readAllBytes(checkpoint));
  }

  private static String id(byte[] content) {
    try {
      byte[] hash = MessageDigest.getInstance("SHA-256").digest(content);
      return HexFormat.of().formatHex(hash).substring(0, ID_LENGTH);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The file of a checkpoint that was kept. */
  public Optional<Path> find(Game game, String id) {
    return Optional.ofNullable(files.getOrDefault(game.id(), Map.of()).get(id));
  }

  /** Whether a file is of a checkpoint that plays, but is not on the ladder. */
  private static boolean isVisitor(Path file) {
    return file.toString().endsWith("." + VISITOR + ".tabula");
  }

  /** The ids of a game's checkpoints that are on the ladder, in a stable order. */
  public List<String> ids(Game game) {
    List<String> ids = new ArrayList<>();
    new TreeMap<>(files.getOrDefault(game.id(), Map.of()))
        .forEach(
            (id, file) -> {
              if (!isVisitor(file)) {
                ids.add(id);
              }
            });
    return ids;
  }
}
