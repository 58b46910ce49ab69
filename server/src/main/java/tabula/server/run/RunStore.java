package tabula.server.run;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tabula.agents.files.AtomicFile;

/**
 * The runs as files: each has a folder of its own, which {@code train} writes, and beside its files
 * the run itself as {@code owned.json}. A folder's name is the run's id, and made here.
 */
public final class RunStore {

  private static final Logger LOG = LoggerFactory.getLogger(RunStore.class);
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String FILE = "owned.json";

  /** Nothing in it that looks like another: ids are read aloud and typed. */
  private static final String LETTERS = "abcdefghjkmnpqrstuvwxyz23456789";

  private static final int ID_LENGTH = 10;

  private final Path folder;
  private final SecureRandom random = new SecureRandom();

  /** The runs of a data folder. */
  public RunStore(Path data) {
    this.folder = data.toAbsolutePath().resolve("runs");
  }

  /** An id that no run has. */
  public String newId() {
    String id;
    do {
      StringBuilder letters = new StringBuilder();
      for (int i = 0; i < ID_LENGTH; i++) {
        letters.append(LETTERS.charAt(random.nextInt(LETTERS.length())));
      }
      id = letters.toString();
    } while (Files.exists(folder(id)));
    return id;
  }

  /** The folder of a run that is kept. */
  public Path folder(String id) {
    return folder.resolve(id);
  }

  /** All that are kept, the oldest first. Blocks. */
  public List<Run> all() throws IOException {
    List<Run> runs = new ArrayList<>();
    if (!Files.isDirectory(folder)) {
      return runs;
    }
    try (Stream<Path> folders = Files.list(folder)) {
      for (Path each : folders.toList()) {
        Path file = each.resolve(FILE);
        if (Files.exists(file)) {
          read(file, runs);
        }
      }
    }
    runs.sort(Comparator.comparingLong(Run::createdAt));
    return runs;
  }

  /** One that cannot be read must not keep the others from going on. */
  private static void read(Path file, List<Run> runs) throws IOException {
    try {
      runs.add(JSON.readValue(Files.readString(file), Run.class));
    } catch (JsonProcessingException e) {
      LOG.error("{} is left alone: {}", file, e.getOriginalMessage());
    }
  }

  /** Keeps a run as it is now; it is on the disk when this returns. Blocks. */
  public void keep(Run run) throws IOException {
    AtomicFile.write(
        folder(run.id()).resolve(FILE),
        JSON.writerWithDefaultPrettyPrinter()
            .writeValueAsString(run)
            .getBytes(StandardCharsets.UTF_8));
  }

  /** Deletes a run with all its files; the record goes first, so that no half of a run is shown. */
  public void delete(String id) throws IOException {
    Path gone = folder(id);
    Files.deleteIfExists(gone.resolve(FILE));
    try (Stream<Path> files = Files.walk(gone)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }

  /** How many bytes may still be written beside the runs. */
  public long freeBytes() throws IOException {
    Files.createDirectories(folder);
    return Files.getFileStore(folder).getUsableSpace();
  }
}
