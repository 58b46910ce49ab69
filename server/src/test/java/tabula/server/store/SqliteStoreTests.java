package tabula.server.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;
import org.sqlite.SQLiteDataSource;
import tabula.server.match.Match;
import tabula.server.match.MatchEvent;
import tabula.server.match.TimedEvent;

class SqliteStoreTests extends StoreContract {

  @Override
  DatabaseConfig empty(int number) {
    return new DatabaseConfig(folder.resolve("data" + number), null);
  }

  private String jdbc() {
    return "jdbc:sqlite:" + config.data().resolve("tabula.db");
  }

  private void onTheWritersConnection(String sql) {
    store
        .writer()
        .write(
            transaction -> {
              PreparedStatement statement = transaction.now(sql);
              if (statement.execute()) {
                statement.getResultSet().close();
              }
            })
        .join();
  }

  /** What the store answers to one more event. */
  private String failure(Match match) {
    CompletionException failed =
        assertThrows(
            CompletionException.class,
            () ->
                store
                    .append(
                        match.apply(move(match.ply(), "b2"), 5),
                        new TimedEvent(1, move(match.ply(), "b2")))
                    .join());
    return String.valueOf(failed.getMessage());
  }

  private Match playOneMore(Match match) {
    MatchEvent event = move(match.ply(), "b2");
    Match after = match.apply(event, 5);
    store.append(after, new TimedEvent(1, event)).join();
    return after;
  }

  @Test
  void firstVersionsDatabase_isCarriedForward() throws SQLException, StoreException, IOException {
    store.close();
    Files.delete(config.data().resolve("tabula.db"));
    SQLiteDataSource source = new SQLiteDataSource();
    source.setUrl(jdbc());
    Database.migrations("sqlite").dataSource(source).target("1").load().migrate();
    try (Connection connection = source.getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(
          """
          insert into match values ('z-older', 'tic-tac-toe', 10, 1), ('a-newer', 'connect-four', 20, 0)
          """);
      statement.execute(
          """
          insert into match_event values
            ('a-newer', 1, 20, '{"type":"created","game":"connect-four","first":{"kind":"person","name":"A"},"second":{"kind":"open"},"firstTokenHash":"h","secondTokenHash":"","at":20}'),
            ('a-newer', 2, 21, '{"type":"movePlayed","ply":0,"move":"4"}'),
            ('z-older', 1, 10, '{"type":"created","game":"tic-tac-toe","first":{"kind":"person","name":"A"},"second":{"kind":"bot","name":"B"},"firstTokenHash":"h","secondTokenHash":"i","at":10}'),
            ('z-older', 2, 15, '{"type":"resigned","side":"FIRST"}')
          """);
    }
    store = MatchStore.open(config);
    assertEquals(List.of("z-older"), store.list(true, true, 9).stream().map(Match::id).toList());
    Match newer = store.load("a-newer").orElseThrow();
    assertEquals(List.of("4"), newer.moves());
    assertEquals(15, store.transcript("z-older").orElseThrow().events().getLast().at());
    playOneMoreOf(newer);
  }

  private void playOneMoreOf(Match connectFour) throws StoreException {
    MatchEvent event = move(connectFour.ply(), "7");
    store.append(connectFour.apply(event, 30), new TimedEvent(30, event)).join();
    assertEquals(List.of("4", "7"), store.load(connectFour.id()).orElseThrow().moves());
  }

  @Test
  void lockedDatabase_refusesWritesInASentence_serves_andRecovers()
      throws SQLException, StoreException {
    Match match = play(store, "m", created("tic-tac-toe", 1));
    try (Connection other = DriverManager.getConnection(jdbc());
        Statement statement = other.createStatement()) {
      statement.execute("begin immediate");
      assertTrue(failure(match).contains("Another program has locked"));
      assertEquals(match, store.load("m").orElseThrow());
    }
    assertEquals(playOneMore(match), store.load("m").orElseThrow());
  }

  @Test
  void fullDisk_refusesWritesInASentence_serves_andRecovers() throws StoreException {
    Match match = play(store, "m", created("tic-tac-toe", 1));
    onTheWritersConnection("pragma max_page_count = 1");
    String sentence = "";
    for (int i = 0; i < 1000 && sentence.isEmpty(); i++) {
      try {
        play(store, "filler" + i, created("tic-tac-toe", 1));
      } catch (CompletionException e) {
        sentence = String.valueOf(e.getMessage());
      }
    }
    assertTrue(sentence.contains("is full. Make room."), sentence);
    assertEquals(match, store.load("m").orElseThrow());
    onTheWritersConnection("pragma max_page_count = 1000000");
    assertEquals(playOneMore(match), store.load("m").orElseThrow());
  }

  @Test
  void readOnlyDatabase_refusesWritesInASentence_serves_andRecovers() throws StoreException {
    Match match = play(store, "m", created("tic-tac-toe", 1));
    onTheWritersConnection("pragma query_only = true");
    assertTrue(failure(match).contains("cannot be written. Check the rights"));
    assertEquals(match, store.load("m").orElseThrow());
    onTheWritersConnection("pragma query_only = false");
    assertEquals(playOneMore(match), store.load("m").orElseThrow());
  }

  @Test
  void damagedDatabase_isRefusedInASentence() throws IOException {
    store.close();
    Path file = config.data().resolve("tabula.db");
    for (String content : List.of("This is no database, and long enough to be read as one.", "")) {
      byte[] bytes = Files.readAllBytes(file);
      if (content.isEmpty()) {
        // The header is whole, and what follows is not.
        Arrays.fill(bytes, 200, bytes.length, (byte) 0x5a);
      } else {
        bytes = content.repeat(100).getBytes(StandardCharsets.UTF_8);
      }
      Path copy = folder.resolve("copy" + content.length());
      Files.createDirectories(copy);
      Files.write(copy.resolve("tabula.db"), bytes);
      StoreException refused =
          assertThrows(
              StoreException.class, () -> MatchStore.open(new DatabaseConfig(copy, null)).close());
      assertTrue(String.valueOf(refused.getMessage()).contains("is damaged"), refused::toString);
    }
  }

  @Test
  void matchThatCannotBeRead_doesNotKeepTheOthersFromIt() throws SQLException, StoreException {
    Match match = play(store, "good", created("tic-tac-toe", 1));
    play(store, "bad", created("tic-tac-toe", 1));
    onTheWritersConnection(
        "update match_event set event = '{' where match_number ="
            + " (select number from match where id = 'bad')");
    assertEquals(List.of(match), store.list(false, true, 10));
    StoreException refused = assertThrows(StoreException.class, () -> store.load("bad"));
    assertTrue(String.valueOf(refused.getMessage()).contains("Match bad cannot be read"));
  }

  @Test
  void secondServer_byAnotherWayToTheSameFile_isRefused() throws IOException {
    Path other = folder.resolve("other");
    Files.createDirectories(other);
    Files.createSymbolicLink(other.resolve("tabula.db"), config.data().resolve("tabula.db"));
    StoreException refused =
        assertThrows(
            StoreException.class, () -> MatchStore.open(new DatabaseConfig(other, null)).close());
    assertTrue(String.valueOf(refused.getMessage()).startsWith("Another Tabula server"));
  }
}
