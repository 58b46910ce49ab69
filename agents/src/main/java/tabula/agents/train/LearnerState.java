package tabula.agents.train;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
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

  /** Writes the file whole or not at all. */
  public void write(Path file) throws IOException {
    Path temporary = file.resolveSibling(file.getFileName() + ".part");
    try (DataOutputStream out =
        new DataOutputStream(new BufferedOutputStream(Files.newOutputStream(temporary), 1 << 16))) {
      out.writeInt(trainer.step());
      out.writeLong(used);
      out.writeLong(random);
      out.writeDouble(seconds);
      out.writeInt(trainer.weights().length);
      for (float[] numbers :
          new float[][] {
            trainer.weights(), trainer.averaged(), trainer.first(), trainer.second()
          }) {
        for (float number : numbers) {
          out.writeFloat(number);
        }
      }
    }
    Files.move(
        temporary, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  public static LearnerState read(Path file) throws IOException {
    try (DataInputStream in =
        new DataInputStream(new BufferedInputStream(Files.newInputStream(file), 1 << 16))) {
      int step = in.readInt();
      long used = in.readLong();
      long random = in.readLong();
      double seconds = in.readDouble();
      int size = in.readInt();
      float[][] arrays = new float[4][size];
      for (float[] numbers : arrays) {
        for (int i = 0; i < size; i++) {
          numbers[i] = in.readFloat();
        }
      }
      return new LearnerState(
          new NetworkTrainer.State(step, arrays[0], arrays[1], arrays[2], arrays[3]),
          used,
          random,
          seconds);
    }
  }
}
