package tabula.server.command;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tabula.games.record.Note;
import tabula.games.record.ReadGame;
import tabula.games.record.RecordException;
import tabula.games.record.Records;
import tabula.server.match.RecordedMatch;
import tabula.server.match.Transcript;
import tabula.server.store.MatchImport;
import tabula.server.store.StoreException;

/** Games as other programs write them: those that ended by the rules here are matches. */
final class RecordFile implements MatchImport.Source {

  private static final int MOST_BYTES = 64 << 20;

  private final String name;
  private final Iterator<ReadGame> games;
  private final PrintWriter log;
  private int line;

  private RecordFile(String name, Iterator<ReadGame> games, PrintWriter log) {
    this.name = name;
    this.games = games;
    this.log = log;
  }

  /**
   * Reads a file whole.
   *
   * @param log hears which games are no matches to keep
   * @throws StoreException if a game in it is wrong
   */
  static RecordFile read(String name, InputStream in, PrintWriter log)
      throws IOException, StoreException {
    byte[] bytes = in.readNBytes(MOST_BYTES + 1);
    if (bytes.length > MOST_BYTES) {
      throw wrong(name, "It has more than %d bytes: split it.".formatted(MOST_BYTES));
    }
    try {
      return new RecordFile(name, Records.read(text(bytes), Integer.MAX_VALUE).iterator(), log);
    } catch (RecordException e) {
      throw wrong(name, String.valueOf(e.getMessage()));
    }
  }

  /** UTF-8 or, as older files are, Latin 1. */
  private static String text(byte[] bytes) {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      return new String(bytes, StandardCharsets.ISO_8859_1);
    }
  }

  @Override
  public @Nullable Transcript next() {
    while (games.hasNext()) {
      ReadGame read = games.next();
      line = read.line();
      Transcript transcript = RecordedMatch.of(read.game());
      if (!read.notes().isEmpty()) {
        leaveOut(read.notes().stream().map(Note::sentence).collect(Collectors.joining(" ")));
      } else if (!transcript.match().isOver()) {
        leaveOut("It has no result.");
      } else {
        return transcript;
      }
    }
    return null;
  }

  private void leaveOut(String reason) {
    log.printf("%s: Line %d: This game is left out. %s%n", name, line, reason);
  }

  /** A game's id is its content: the same one again is nothing new. */
  @Override
  public void alreadyThere(String id) {
    leaveOut("It is there already, as match %s.".formatted(id));
  }

  private static StoreException wrong(String name, String reason) {
    return new StoreException("%s: %s Nothing was imported.".formatted(name, reason), null);
  }
}
