package tabula.agents.solve;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import tabula.games.Position;
import tabula.games.connectfour.ConnectFour;
import tabula.games.connectfour.ConnectFourPosition;

/**
 * The exact values of all positions after a fixed number of moves, up to the mirror: what a solver
 * needs to answer from the first moves on at once. Positions where the side to move wins in one are
 * left out.
 *
 * <p>The file, compressed: the ply, the number of positions, their keys in ascending order as
 * differences, their values.
 */
final class ConnectFourBook {

  static final int MISSING = Integer.MIN_VALUE;

  private static final String RESOURCE = "connect-four.book";

  private final int ply;
  private final long[] keys;
  private final byte[] values;

  private ConnectFourBook(int ply, long[] keys, byte[] values) {
    this.ply = ply;
    this.keys = keys;
    this.values = values;
  }

  /** A book that knows nothing. */
  static ConnectFourBook empty() {
    return new ConnectFourBook(-1, new long[0], new byte[0]);
  }

  private static final class Shipped {
    static final ConnectFourBook BOOK = read();

    private static ConnectFourBook read() {
      try (InputStream file = ConnectFourBook.class.getResourceAsStream(RESOURCE)) {
        if (file == null) {
          throw new IllegalStateException("The opening book is missing from the build.");
        }
        DataInputStream in =
            new DataInputStream(new BufferedInputStream(new GZIPInputStream(file)));
        int ply = in.readInt();
        long[] keys = new long[in.readInt()];
        long key = 0;
        for (int i = 0; i < keys.length; i++) {
          key += in.readLong();
          keys[i] = key;
        }
        byte[] values = new byte[keys.length];
        in.readFully(values);
        return new ConnectFourBook(ply, keys, values);
      } catch (IOException e) {
        throw new UncheckedIOException("The opening book cannot be read.", e);
      }
    }
  }

  static ConnectFourBook shipped() {
    return Shipped.BOOK;
  }

  /** After how many moves the book's positions stand; -1 for an empty book. */
  int ply() {
    return ply;
  }

  /** 1, 0 or -1 for the side to move, or {@link #MISSING}. */
  int value(long own, long occupied) {
    int index = Arrays.binarySearch(keys, canonicalKey(new ConnectFourPosition(own, occupied)));
    return index < 0 ? MISSING : values[index];
  }

  private static long canonicalKey(ConnectFourPosition position) {
    ConnectFourPosition mirrored = (ConnectFourPosition) position.transform(1);
    return Math.min(position.own() + position.occupied(), mirrored.own() + mirrored.occupied());
  }

  /**
   * Makes the book: {@code ConnectFourBook FILE PLY}. It takes about a quarter of an hour for ply
   * 8; the file goes to this package's resources.
   */
  public static void main(String[] arguments) throws IOException {
    Path file = Path.of(arguments[0]);
    int ply = Integer.parseInt(arguments[1]);
    ConnectFourSolver solver = new ConnectFourSolver(empty(), 67_108_859);
    Set<Long> seen = new HashSet<>();
    ConnectFourPosition[] positions =
        positionsAt(ply).stream()
            .filter(position -> !winsInOne(position))
            .filter(position -> seen.add(canonicalKey(position)))
            .sorted((a, b) -> Long.compare(canonicalKey(a), canonicalKey(b)))
            .toArray(ConnectFourPosition[]::new);
    long[] keys = new long[positions.length];
    byte[] values = new byte[positions.length];
    long start = System.nanoTime();
    for (int i = 0; i < positions.length; i++) {
      keys[i] = canonicalKey(positions[i]);
      values[i] = (byte) solver.value(positions[i]);
      if (i % 20 == 19) {
        System.err.printf(
            "%d of %d, %.0f s%n", i + 1, positions.length, (System.nanoTime() - start) / 1e9);
      }
    }
    try (DataOutputStream out =
        new DataOutputStream(
            new BufferedOutputStream(new GZIPOutputStream(Files.newOutputStream(file))))) {
      out.writeInt(ply);
      out.writeInt(keys.length);
      long before = 0;
      for (long key : keys) {
        out.writeLong(key - before);
        before = key;
      }
      out.write(values);
    }
  }

  private static Set<ConnectFourPosition> positionsAt(int ply) {
    Set<ConnectFourPosition> positions =
        Set.of((ConnectFourPosition) ConnectFour.GAME.initialPosition());
    for (int i = 0; i < ply; i++) {
      Set<ConnectFourPosition> next = new HashSet<>();
      for (ConnectFourPosition position : positions) {
        for (int action : position.legalActions()) {
          ConnectFourPosition after = position.play(action);
          if (!after.isOver()) {
            next.add(after);
          }
        }
      }
      positions = next;
    }
    return positions;
  }

  private static boolean winsInOne(Position position) {
    for (int action : position.legalActions()) {
      if (position.play(action).isOver()) {
        return true;
      }
    }
    return false;
  }
}
