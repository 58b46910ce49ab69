package tabula.agents.train;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import tabula.games.Game;

/** The games that one thread of self-play is in the middle of, on disk. */
public record SelfPlayState(List<Unfinished> games) {

  /**
   * A game that goes on.
   *
   * @param random the state of its random stream when the search of its next move began
   * @param soFar its moves and examples
   */
  public record Unfinished(long random, Trajectory soFar) {}

  public static final SelfPlayState NONE = new SelfPlayState(List.of());

  /** Writes the file whole or not at all. */
  public void write(Path file) throws IOException {
    Path temporary = file.resolveSibling(file.getFileName() + ".part");
    try (DataOutputStream out =
        new DataOutputStream(new BufferedOutputStream(Files.newOutputStream(temporary)))) {
      out.writeInt(games.size());
      for (Unfinished game : games) {
        byte[] record = TrajectoryLog.encode(game.soFar());
        out.writeLong(game.random());
        out.writeInt(record.length);
        out.write(record);
      }
    }
    Files.move(
        temporary, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  /** Reads what {@link #write} wrote; none if there is no file. */
  public static SelfPlayState read(Path file, Game game) throws IOException {
    if (!Files.exists(file)) {
      return NONE;
    }
    try (DataInputStream in =
        new DataInputStream(new BufferedInputStream(Files.newInputStream(file)))) {
      int count = in.readInt();
      List<Unfinished> games = new ArrayList<>();
      for (int i = 0; i < count; i++) {
        long random = in.readLong();
        byte[] record = in.readNBytes(in.readInt());
        games.add(new Unfinished(random, TrajectoryLog.decode(game, record)));
      }
      return new SelfPlayState(games);
    }
  }
}
