package tabula.agents.train;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.function.Consumer;
import java.util.zip.CRC32;
import tabula.games.Game;
import tabula.games.Outcome;

/**
 * The games of a run on disk, one after the other: length, checksum, game. A game that was being
 * written when the machine stopped is cut off when the log is opened again.
 */
public final class TrajectoryLog implements AutoCloseable {

  private static final int MAX_RECORD_BYTES = 1 << 24;

  private final DataOutputStream out;

  /**
   * Opens a log to add to it, after handing over what it holds.
   *
   * @param each is handed the games in the order in which they were written
   */
  public static TrajectoryLog open(Path file, Game game, Consumer<Trajectory> each)
      throws IOException {
    long whole = Files.exists(file) ? read(file, game, each) : 0;
    if (Files.exists(file) && Files.size(file) > whole) {
      try (var channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
        channel.truncate(whole);
      }
    }
    return new TrajectoryLog(
        new DataOutputStream(
            new BufferedOutputStream(
                Files.newOutputStream(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND),
                1 << 16)));
  }

  private TrajectoryLog(DataOutputStream out) {
    this.out = out;
  }

  public void append(Trajectory trajectory) throws IOException {
    byte[] record = encode(trajectory);
    out.writeInt(record.length);
    out.writeInt(checksum(record));
    out.write(record);
  }

  public void flush() throws IOException {
    out.flush();
  }

  @Override
  public void close() throws IOException {
    out.close();
  }

  /** Reads as many whole games as there are, and returns where the last of them ends. */
  private static long read(Path file, Game game, Consumer<Trajectory> each) throws IOException {
    long whole = 0;
    try (DataInputStream in =
        new DataInputStream(new BufferedInputStream(Files.newInputStream(file), 1 << 16))) {
      while (true) {
        int length = in.readInt();
        int checksum = in.readInt();
        if (length <= 0 || length > MAX_RECORD_BYTES) {
          return whole;
        }
        byte[] record = new byte[length];
        in.readFully(record);
        if (checksum(record) != checksum) {
          return whole;
        }
        each.accept(decode(game, record));
        whole += 8 + length;
      }
    } catch (EOFException e) {
      return whole;
    }
  }

  private static int checksum(byte[] record) {
    CRC32 crc = new CRC32();
    crc.update(record);
    return (int) crc.getValue();
  }

  static byte[] encode(Trajectory trajectory) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      int actionCount = trajectory.game().actionCount();
      out.writeShort(trajectory.moves());
      out.writeUTF(trajectory.outcome().name());
      for (short action : trajectory.actions()) {
        out.writeShort(action);
      }
      out.writeShort(trajectory.examples());
      for (int example = 0; example < trajectory.examples(); example++) {
        out.writeShort(trajectory.exampleMoves()[example]);
        out.writeBoolean(trajectory.proven()[example]);
        out.writeFloat(trajectory.values()[example]);
        for (int action = 0; action < actionCount; action++) {
          out.writeFloat(trajectory.policies()[example * actionCount + action]);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException("Writing to memory cannot fail.", e);
    }
    return bytes.toByteArray();
  }

  static Trajectory decode(Game game, byte[] record) throws IOException {
    DataInputStream in = new DataInputStream(new ByteArrayInputStream(record));
    int moves = in.readShort();
    Outcome outcome = Outcome.valueOf(in.readUTF());
    short[] actions = new short[moves];
    for (int move = 0; move < moves; move++) {
      actions[move] = in.readShort();
    }
    int examples = in.readShort();
    short[] exampleMoves = new short[examples];
    boolean[] proven = new boolean[examples];
    float[] values = new float[examples];
    float[] policies = new float[examples * game.actionCount()];
    for (int example = 0; example < examples; example++) {
      exampleMoves[example] = in.readShort();
      proven[example] = in.readBoolean();
      values[example] = in.readFloat();
      for (int action = 0; action < game.actionCount(); action++) {
        policies[example * game.actionCount() + action] = in.readFloat();
      }
    }
    return new Trajectory(game, actions, exampleMoves, policies, values, proven, outcome);
  }
}
