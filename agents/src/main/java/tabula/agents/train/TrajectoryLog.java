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
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import tabula.games.Game;
import tabula.games.Outcome;

/**
 * The games of a run on disk, one after the other: length, checksum, game. A game that was being
 * written when the machine stopped is cut off when the log is opened again.
 */
public final class TrajectoryLog implements AutoCloseable {

  private static final int LENGTH_AND_CHECKSUM_BYTES = 8;
  private static final long ALL = Long.MAX_VALUE;

  private final FileChannel channel;
  private final DataOutputStream out;

  /**
   * Opens a log to add to it, after handing over what it holds. Whoever opens it must be the only
   * one.
   *
   * @param each is handed the games in the order in which they were written
   * @throws UnusableRunException if anything but the very last game cannot be read
   */
  public static TrajectoryLog open(Path file, Game game, Consumer<Trajectory> each)
      throws IOException {
    FileChannel channel =
        FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    try {
      channel.truncate(read(file, game, 0, ALL, each));
      channel.position(channel.size());
      return new TrajectoryLog(channel);
    } catch (IOException | RuntimeException e) {
      channel.close();
      throw e;
    }
  }

  /**
   * The games of a log that nobody is adding to, which stays as it is.
   *
   * @throws UnusableRunException if anything but the very last game cannot be read
   */
  public static List<Trajectory> read(Path file, Game game) throws IOException {
    return read(file, game, 0, ALL);
  }

  /**
   * Some games of a log, which somebody may be adding to. Those before them are passed over.
   *
   * @param before how many games stand before the first of them
   * @param most how many are wanted; there are fewer where the log ends
   * @throws UnusableRunException if one of them, unless it is the very last, cannot be read
   */
  public static List<Trajectory> read(Path file, Game game, long before, long most)
      throws IOException {
    List<Trajectory> games = new ArrayList<>();
    read(file, game, before, most, games::add);
    return games;
  }

  private TrajectoryLog(FileChannel channel) {
    this.channel = channel;
    this.out =
        new DataOutputStream(new BufferedOutputStream(Channels.newOutputStream(channel), 1 << 16));
  }

  public void append(Trajectory trajectory) throws IOException {
    byte[] record = encode(trajectory);
    out.writeInt(record.length);
    out.writeInt(StateFile.checksum(record));
    out.write(record);
  }

  /** Whoever reads the file finds all that was appended after this. */
  public void flush() throws IOException {
    out.flush();
  }

  /** All that was appended is on the disk after this. */
  public void sync() throws IOException {
    flush();
    channel.force(false);
  }

  @Override
  public void close() throws IOException {
    out.close();
  }

  /** Reads the games, and returns where the last whole one of them ends. */
  private static long read(Path file, Game game, long before, long most, Consumer<Trajectory> each)
      throws IOException {
    long size = Files.size(file);
    long start = 0;
    long passed = 0;
    try (DataInputStream in =
        new DataInputStream(new BufferedInputStream(Files.newInputStream(file), 1 << 16))) {
      while (size - start >= LENGTH_AND_CHECKSUM_BYTES && passed - before < most) {
        int length = in.readInt();
        int checksum = in.readInt();
        if (length <= 0 || length > maxRecordBytes(game)) {
          throw damaged(file, game, start, size);
        }
        long end = start + LENGTH_AND_CHECKSUM_BYTES + length;
        if (end > size) {
          return start;
        }
        if (passed++ < before) {
          in.skipNBytes(length);
          start = end;
          continue;
        }
        byte[] record = new byte[length];
        in.readFully(record);
        if (StateFile.checksum(record) != checksum) {
          if (end == size) {
            return start;
          }
          throw damaged(file, game, start, size);
        }
        try {
          each.accept(decode(game, record));
        } catch (EOFException | IllegalArgumentException e) {
          throw damaged(file, game, start, size);
        }
        start = end;
      }
    }
    return start;
  }

  /** A length beyond it is damage; one within it may be of a game that was being written. */
  private static int maxRecordBytes(Game game) {
    int counts = 2 + 2 + 2;
    int outcome = 64;
    int move = 2;
    int example = 2 + 1 + 4 + 4 * game.actionCount();
    return counts + outcome + game.maxPlies() * (move + example);
  }

  private static UnusableRunException damaged(Path file, Game game, long start, long size) {
    return new UnusableRunException(
        file,
        ("what stands at byte %,d of %,d is no game of %s. Restore a copy of the file, or cut it"
                + " off there and lose the games that follow: truncate -s %d '%s'")
            .formatted(start, size, game.title(), start, file));
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

  /**
   * Reads what {@link #encode} wrote.
   *
   * @throws EOFException or {@link IllegalArgumentException} if it is no record of this game's
   */
  static Trajectory decode(Game game, byte[] record) throws IOException {
    DataInputStream in = new DataInputStream(new ByteArrayInputStream(record));
    int moves = count(in, game.maxPlies());
    Outcome outcome = Outcome.valueOf(in.readUTF());
    short[] actions = new short[moves];
    for (int move = 0; move < moves; move++) {
      actions[move] = in.readShort();
    }
    int examples = count(in, moves);
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
    if (in.available() > 0) {
      throw new IllegalArgumentException("The record is longer than its game.");
    }
    return new Trajectory(game, actions, exampleMoves, policies, values, proven, outcome);
  }

  private static int count(DataInputStream in, int most) throws IOException {
    int count = in.readShort();
    if (count < 0 || count > most) {
      throw new IllegalArgumentException("%d is not from 0 to %d.".formatted(count, most));
    }
    return count;
  }
}
