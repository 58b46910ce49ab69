package tabula.agents.train;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
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

  private static final String KIND = "self-play state";

  /** Writes the file whole or not at all. */
  public void write(Path file) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    DataOutputStream out = new DataOutputStream(bytes);
    out.writeInt(games.size());
    for (Unfinished game : games) {
      byte[] record = TrajectoryLog.encode(game.soFar());
      out.writeLong(game.random());
      out.writeInt(record.length);
      out.write(record);
    }
    StateFile.write(file, KIND, bytes.toByteArray());
  }

  /**
   * Reads what {@link #write} wrote; none if there is no file.
   *
   * @throws UnusableRunException if the file is damaged, or of another game
   */
  public static SelfPlayState read(Path file, Game game) throws IOException {
    if (!Files.exists(file)) {
      return NONE;
    }
    DataInputStream in = new DataInputStream(new ByteArrayInputStream(StateFile.read(file, KIND)));
    try {
      int count = in.readInt();
      List<Unfinished> games = new ArrayList<>();
      for (int i = 0; i < count; i++) {
        long random = in.readLong();
        byte[] record = in.readNBytes(in.readInt());
        games.add(new Unfinished(random, TrajectoryLog.decode(game, record)));
      }
      return new SelfPlayState(games);
    } catch (EOFException | IllegalArgumentException e) {
      throw new UnusableRunException(file, "it holds no games of %s.".formatted(game.title()));
    }
  }
}
