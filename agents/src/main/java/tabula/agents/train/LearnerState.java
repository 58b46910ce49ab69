package tabula.agents.train;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import tabula.agents.network.nd4j.NetworkTrainer;

/**
 * Where a run stands, on disk: what its learner must remember to go on.
 *
 * @param trainer weights, their average and the optimiser's moments
 * @param used how many examples were used, repeats counted
 * @param random the state of the stream that chooses examples
 * @param seconds how long the run has run
 */
public record LearnerState(NetworkTrainer.State trainer, long used, long random, double seconds) {

  private static final String KIND = "learner state";
  private static final int FIXED_BYTES = 4 + 8 + 8 + 8;
  private static final int BYTES_A_WEIGHT = 4 * Float.BYTES;

  /** Writes the file whole or not at all. */
  public void write(Path file) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(FIXED_BYTES + BYTES_A_WEIGHT * trainer.weights().length);
    bytes.putInt(trainer.step()).putLong(used).putLong(random).putDouble(seconds);
    bytes
        .asFloatBuffer()
        .put(trainer.weights())
        .put(trainer.averaged())
        .put(trainer.first())
        .put(trainer.second());
    StateFile.write(file, KIND, bytes.array());
  }

  /**
   * Reads what {@link #write} wrote.
   *
   * @param weightCount how many weights the run's network has
   * @throws UnusableRunException if the file is damaged, or of another network
   */
  public static LearnerState read(Path file, int weightCount) throws IOException {
    ByteBuffer bytes = ByteBuffer.wrap(StateFile.read(file, KIND));
    if (bytes.remaining() != FIXED_BYTES + (long) BYTES_A_WEIGHT * weightCount) {
      throw new UnusableRunException(file, "it belongs to another network than run.json's.");
    }
    int step = bytes.getInt();
    long used = bytes.getLong();
    long random = bytes.getLong();
    double seconds = bytes.getDouble();
    float[][] arrays = new float[4][weightCount];
    var floats = bytes.asFloatBuffer();
    for (float[] numbers : arrays) {
      floats.get(numbers);
    }
    return new LearnerState(
        new NetworkTrainer.State(step, arrays[0], arrays[1], arrays[2], arrays[3]),
        used,
        random,
        seconds);
  }
}
