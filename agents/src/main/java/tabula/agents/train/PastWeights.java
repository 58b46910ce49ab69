package tabula.agents.train;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The past selves that a run plays against, on disk.
 *
 * @param selves the weights of each, the oldest first; none before a run's first state
 */
public record PastWeights(List<float[]> selves) {

  private static final String KIND = "past selves";

  /** Writes the file whole or not at all. */
  public void write(Path file) throws IOException {
    int weights = selves.isEmpty() ? 0 : selves.getFirst().length;
    ByteBuffer bytes = ByteBuffer.allocate(4 + Float.BYTES * weights * selves.size());
    bytes.putInt(selves.size());
    selves.forEach(
        self -> {
          bytes.asFloatBuffer().put(self);
          bytes.position(bytes.position() + Float.BYTES * self.length);
        });
    StateFile.write(file, KIND, bytes.array());
  }

  /**
   * Reads what {@link #write} wrote; where there is no file there are none.
   *
   * @param weightCount how many weights the run's network has
   * @throws UnusableRunException if the file is damaged, or of another network
   */
  public static PastWeights read(Path file, int weightCount) throws IOException {
    List<float[]> selves = new ArrayList<>();
    if (Files.exists(file)) {
      ByteBuffer bytes = ByteBuffer.wrap(StateFile.read(file, KIND));
      int count = bytes.remaining() < 4 ? -1 : bytes.getInt();
      if (bytes.remaining() != (long) Float.BYTES * count * weightCount) {
        throw new UnusableRunException(file, "it belongs to another network than run.json's.");
      }
      for (int i = 0; i < count; i++) {
        float[] self = new float[weightCount];
        bytes.slice(bytes.position(), Float.BYTES * weightCount).asFloatBuffer().get(self);
        bytes.position(bytes.position() + Float.BYTES * weightCount);
        selves.add(self);
      }
    }
    return new PastWeights(selves);
  }
}
