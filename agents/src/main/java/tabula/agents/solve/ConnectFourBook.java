package tabula.agents.solve;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import tabula.agents.files.AtomicFile;
import tabula.games.connectfour.Bitboard;
import tabula.games.connectfour.ConnectFour;
import tabula.games.connectfour.ConnectFourPosition;

/**
 * Who wins in all positions after a fixed number of moves, up to the mirror: what the solver needs
 * to answer from the first move on at once. Positions where the side to move wins in one are left
 * out: nobody asks for them.
 *
 * <p>The file, compressed: the ply, the number of positions, their keys in ascending order as
 * differences, their values.
 */
public final class ConnectFourBook {

  private static final String RESOURCE = "connect-four.book";

  /** 512 MB of table for each thread: most of the work comes back in other positions. */
  private static final int MAKING_TABLE_BITS = 26;

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

  /** The book that comes with the program. */
  static ConnectFourBook shipped() {
    return Shipped.BOOK;
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

  /** Writes the book as {@link #shipped} reads it. */
  public void write(Path file) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DataOutputStream out = new DataOutputStream(new GZIPOutputStream(bytes))) {
      out.writeInt(ply);
      out.writeInt(keys.length);
      long before = 0;
      for (long key : keys) {
        out.writeLong(key - before);
        before = key;
      }
      out.write(values);
    }
    AtomicFile.write(file, bytes.toByteArray());
  }

  /** After how many moves the book's positions stand; -1 for an empty book. */
  int ply() {
    return ply;
  }

  /** How many positions it holds. */
  public int size() {
    return keys.length;
  }

  /**
   * 1, 0 or -1 for the side to move.
   *
   * @throws IllegalArgumentException if the position is not in the book
   */
  int value(long own, long occupied) {
    int index = Arrays.binarySearch(keys, key(own, occupied));
    if (index < 0) {
      throw new IllegalArgumentException("The book has no such position.");
    }
    return values[index];
  }

  /** The same for a position and its mirror image. */
  private static long key(long own, long occupied) {
    return Math.min(own + occupied, Bitboard.mirror(own) + Bitboard.mirror(occupied));
  }

  private static long key(ConnectFourPosition position) {
    return key(position.own(), position.occupied());
  }

  /** How many positions a book of that ply holds. */
  public static int sizeAt(int ply) {
    return positionsAt(ply).size();
  }

  /**
   * Solves all positions after {@code ply} moves. Ply 6 takes about 40 minutes of a core.
   *
   * @param solved hears how many are solved, from any thread
   */
  public static ConnectFourBook make(int ply, int threads, IntConsumer solved)
      throws InterruptedException {
    SortedMap<Long, ConnectFourPosition> positions = positionsAt(ply);
    List<ConnectFourPosition> inOrder = List.copyOf(positions.values());
    byte[] values = new byte[inOrder.size()];
    AtomicInteger next = new AtomicInteger();
    AtomicInteger done = new AtomicInteger();
    Runnable work =
        () -> {
          ConnectFourSolver solver = new ConnectFourSolver(empty(), MAKING_TABLE_BITS);
          // In the order of their keys, neighbours are alike and share much of their trees.
          for (int i = next.getAndIncrement(); i < values.length; i = next.getAndIncrement()) {
            values[i] = (byte) solver.value(inOrder.get(i));
            solved.accept(done.incrementAndGet());
          }
        };
    Thread[] workers = new Thread[threads];
    for (int i = 0; i < threads; i++) {
      workers[i] = Thread.ofPlatform().name("book-" + i).start(work);
    }
    for (Thread worker : workers) {
      worker.join();
    }
    long[] keys = positions.keySet().stream().mapToLong(Long::longValue).toArray();
    return new ConnectFourBook(ply, keys, values);
  }

  /** The positions after so many moves that are not over nor won in one, one of a mirror pair. */
  private static SortedMap<Long, ConnectFourPosition> positionsAt(int ply) {
    SortedMap<Long, ConnectFourPosition> positions = new TreeMap<>();
    positions.put(0L, (ConnectFourPosition) ConnectFour.GAME.initialPosition());
    for (int i = 0; i < ply; i++) {
      SortedMap<Long, ConnectFourPosition> next = new TreeMap<>();
      for (ConnectFourPosition position : positions.values()) {
        for (int action : position.legalActions()) {
          ConnectFourPosition after = position.play(action);
          if (!after.isOver()) {
            next.put(key(after), after);
          }
        }
      }
      positions = next;
    }
    positions.values().removeIf(ConnectFourBook::winsInOne);
    return positions;
  }

  private static boolean winsInOne(ConnectFourPosition position) {
    return (Bitboard.winningSquares(position.own(), position.occupied())
            & Bitboard.playable(position.occupied()))
        != 0;
  }
}
