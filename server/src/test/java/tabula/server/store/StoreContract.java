package tabula.server.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tabula.games.Side;
import tabula.server.match.Match;
import tabula.server.match.MatchEvent;
import tabula.server.match.Seat;
import tabula.server.match.TimeControl;
import tabula.server.match.TimedEvent;
import tabula.server.match.Transcript;
import tabula.server.match.TranscriptJson;

/** What a store must do, whichever database is beneath. */
abstract class StoreContract {

  @SuppressWarnings("NullAway.Init") // opened before each test
  MatchStore store;

  @SuppressWarnings("NullAway.Init")
  DatabaseConfig config;

  @TempDir Path folder = Path.of("");

  /**
   * A database with nothing in it.
   *
   * @param number a different one for each
   */
  abstract DatabaseConfig empty(int number) throws Exception;

  @BeforeEach
  void open() throws Exception {
    config = empty(1);
    store = MatchStore.open(config);
  }

  @AfterEach
  void close() {
    store.close();
  }

  static MatchEvent.Created created(String game, long at) {
    return new MatchEvent.Created(
        game, new Seat.Person("Ä 漢 😀 \\\" '"), new Seat.Open(), "hash", "", at);
  }

  static MatchEvent move(int ply, String move) {
    return new MatchEvent.MovePlayed(ply, move, null);
  }

  /** Appends events to a match that they begin, each once the one before is stored. */
  static Match play(MatchStore store, String id, MatchEvent... events) {
    Match match = Match.begin(id, (MatchEvent.Created) events[0]);
    store.append(match, new TimedEvent(1000, events[0])).join();
    for (int i = 1; i < events.length; i++) {
      match = match.apply(events[i], 1000 + i);
      store.append(match, new TimedEvent(1000 + i, events[i])).join();
    }
    return match;
  }

  static MatchEvent[] wonByTheFirst(long at) {
    return new MatchEvent[] {
      created("tic-tac-toe", at),
      new MatchEvent.SeatTaken(Side.SECOND, new Seat.Bot("B"), "other"),
      move(0, "a1"),
      move(1, "a2"),
      move(2, "b1"),
      move(3, "b2"),
      move(4, "c1")
    };
  }

  @Test
  void lastAlive_isTheNewestMark() throws StoreException {
    assertEquals(0, store.lastAlive());
    store.markAlive(7).join();
    store.markAlive(9).join();
    assertEquals(9, store.lastAlive());
  }

  @Test
  void matchWithClocks_isTheSame_afterTheStoreWasClosed() throws StoreException {
    MatchEvent[] events = {
      new MatchEvent.Created(
          "tic-tac-toe",
          new Seat.Bot("A"),
          new Seat.Bot("B"),
          "a",
          "b",
          1000,
          new TimeControl.Bank(60_000, 2_000)),
      new MatchEvent.MovePlayed(0, "a1", 60_000L),
      new MatchEvent.MovePlayed(1, "a2", 60_000L),
      new MatchEvent.TimeHeld(5000),
      new MatchEvent.FlagFell(Side.FIRST)
    };
    Match match = play(store, "timed", events);
    store.close();
    store = MatchStore.open(config);
    assertEquals(Optional.of(match), store.load("timed"));
    assertTrue(match.isOver());
  }

  @Test
  void match_isTheSame_afterTheStoreWasClosed() throws StoreException {
    MatchEvent[] events = {
      created("connect-four", 77),
      new MatchEvent.SeatTaken(Side.SECOND, new Seat.ServerAgent("random", "Random"), ""),
      new MatchEvent.MovePlayed(0, "4", 59_000L),
      move(1, "5"),
      new MatchEvent.TakenBack(0),
      move(0, "7"),
      new MatchEvent.Resigned(Side.SECOND)
    };
    Match match = play(store, "all-kinds", events);
    store.close();
    store = MatchStore.open(config);
    assertEquals(Optional.of(match), store.load("all-kinds"));
    List<TimedEvent> stored = store.transcript("all-kinds").orElseThrow().events();
    assertEquals(List.of(events), stored.stream().map(TimedEvent::event).toList());
    assertEquals(1006, stored.getLast().at());
    assertEquals(Optional.empty(), store.load("no-such-match"));
  }

  @Test
  void live_givesThoseOfLate_andThoseThatAreNamed() throws StoreException {
    play(store, "left", created("connect-four", 1), move(0, "4"));
    play(store, "attended", created("connect-four", 2));
    long now = 5_000;
    play(store, "over", wonByTheFirst(3));
    store
        .append(
            Match.begin("new", created("connect-four", now)),
            new TimedEvent(now, created("connect-four", now)))
        .join();
    assertEquals(List.of("new"), ids(store.live(true, now - 1, List.of(), 9)));
    assertEquals(
        List.of("new", "attended"),
        ids(store.live(true, now - 1, List.of("attended", "over", "none"), 9)));
    assertEquals(List.of("new"), ids(store.live(true, now - 1, List.of("attended"), 1)));
    assertEquals(List.of("new", "attended", "left"), ids(store.live(false, 0, List.of(), 9)));
  }

  private static List<String> ids(List<Match> matches) {
    return matches.stream().map(Match::id).toList();
  }

  @Test
  void list_givesTheNewestFirst_andKnowsWhatIsOver() throws StoreException {
    for (int i = 0; i < 5; i++) {
      play(store, "open" + i, created("connect-four", i));
      play(store, "over" + i, wonByTheFirst(i));
    }
    assertEquals(
        List.of("open4", "open3"), store.list(false, true, 2).stream().map(Match::id).toList());
    assertEquals(
        List.of("over4", "over3", "over2"),
        store.list(true, true, 3).stream().map(Match::id).toList());
    assertEquals(5, store.list(false, true, 100).size());
    MatchEvent.Created amongAgents =
        new MatchEvent.Created(
            "tic-tac-toe",
            new Seat.ServerAgent("random", "Random"),
            new Seat.ServerAgent("mcts:50", "Search"),
            "",
            "",
            9);
    play(store, "agents", amongAgents);
    assertEquals("agents", store.list(false, true, 1).getFirst().id());
    assertEquals("open4", store.list(false, false, 1).getFirst().id());
    List<String> all = new ArrayList<>();
    store.forEach(transcript -> all.add(transcript.id()));
    assertEquals(11, all.size());
    assertEquals("open0", all.getFirst());
  }

  @Test
  void events_ofManyMatchesAtOnce_areAllStored() throws StoreException {
    int matches = 3000;
    List<Match> begun = new ArrayList<>();
    List<CompletableFuture<Void>> stored = new ArrayList<>();
    for (int i = 0; i < matches; i++) {
      MatchEvent.Created created = created("tic-tac-toe", i);
      Match match = Match.begin("m" + i, created);
      begun.add(match);
      stored.add(store.append(match, new TimedEvent(i, created)));
    }
    CompletableFuture.allOf(stored.toArray(CompletableFuture[]::new)).join();
    stored.clear();
    for (Match match : begun) {
      stored.add(store.append(match.apply(move(0, "b2"), 5), new TimedEvent(5, move(0, "b2"))));
    }
    CompletableFuture.allOf(stored.toArray(CompletableFuture[]::new)).join();
    List<Match> listed = store.list(false, true, Integer.MAX_VALUE);
    assertEquals(matches, listed.size());
    assertTrue(listed.stream().allMatch(match -> match.moves().equals(List.of("b2"))));
  }

  @Test
  void event_thatIsThereAlready_failsAlone() throws StoreException {
    MatchEvent.Created created = created("tic-tac-toe", 1);
    Match match = play(store, "twice", created);
    List<CompletableFuture<Void>> neighbours = new ArrayList<>();
    List<CompletableFuture<Void>> wrong = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      Match neighbour = Match.begin("neighbour" + i, created);
      neighbours.add(store.append(neighbour, new TimedEvent(1, created)));
      wrong.add(store.append(match, new TimedEvent(2, created)));
    }
    for (int i = 0; i < 20; i++) {
      neighbours.get(i).join();
      assertThrows(CompletionException.class, wrong.get(i)::join);
      assertTrue(store.load("neighbour" + i).isPresent());
    }
    assertEquals(Optional.of(match), store.load("twice"));
  }

  @Test
  void event_ofAMatchThatIsNotThere_fails() {
    Match match = Match.begin("nowhere", created("tic-tac-toe", 1)).apply(move(0, "a1"), 2);
    CompletableFuture<Void> stored = store.append(match, new TimedEvent(1, move(0, "a1")));
    assertThrows(CompletionException.class, stored::join);
  }

  @Test
  void second_server_isRefusedInASentence() throws StoreException {
    StoreException refused =
        assertThrows(StoreException.class, () -> MatchStore.open(config).close());
    assertTrue(
        String.valueOf(refused.getMessage()).startsWith("Another Tabula server"),
        refused::toString);
    play(store, "goes-on", created("tic-tac-toe", 1));
    store.close();
    store = MatchStore.open(config);
    assertTrue(store.load("goes-on").isPresent());
  }

  @Test
  void reader_readsBesideTheWriter() throws StoreException {
    play(store, "first", wonByTheFirst(1));
    try (MatchStore reader = MatchStore.openToRead(config)) {
      assertTrue(reader.load("first").orElseThrow().isOver());
      play(store, "second", created("tic-tac-toe", 1));
      Transcript second = reader.transcript("second").orElseThrow();
      assertFalse(second.match().isOver());
    }
  }

  @Test
  void backup_isWhole_whileTheStoreIsWritten() throws Exception {
    play(store, "before", wonByTheFirst(1));
    AtomicBoolean enough = new AtomicBoolean();
    Thread writer =
        Thread.ofVirtual()
            .start(
                () -> {
                  for (int i = 0; !enough.get(); i++) {
                    play(store, "during" + i, wonByTheFirst(i));
                  }
                });
    Path copy = folder.resolve("copy").resolve("tabula.db");
    Files.createDirectories(folder.resolve("copy"));
    try {
      while (store.load("during3").isEmpty()) {
        Thread.sleep(1);
      }
      Backup.make(config, copy);
    } finally {
      enough.set(true);
      writer.join();
    }
    int[] matches = {0};
    try (MatchStore copied = MatchStore.open(new DatabaseConfig(folder.resolve("copy"), null))) {
      assertEquals(store.transcript("before"), copied.transcript("before"));
      assertTrue(copied.load("during3").isPresent());
      copied.forEach(transcript -> matches[0]++);
      play(copied, "after", wonByTheFirst(1));
    }
    assertTrue(matches[0] >= 4);
    StoreException refused = assertThrows(StoreException.class, () -> Backup.make(config, copy));
    assertTrue(String.valueOf(refused.getMessage()).contains("already"), refused::toString);
  }

  @Test
  void export_isReadBack_asTheSameMatches() throws Exception {
    play(store, "won", wonByTheFirst(1));
    play(
        store,
        "goes-on",
        created("connect-four", 2),
        new MatchEvent.MovePlayed(0, "4", 59_000L),
        new MatchEvent.TakenBack(0));
    List<String> lines = export(store);
    assertEquals(2, lines.size());
    store.close();
    config = empty(2);
    assertEquals(2, MatchImport.run(config, List.of(source(lines))));
    StoreException twice =
        assertThrows(StoreException.class, () -> MatchImport.run(config, List.of(source(lines))));
    assertEquals("won is there already.", twice.getMessage());
    store = MatchStore.open(config);
    assertEquals(lines, export(store));
    assertEquals(List.of("goes-on"), store.list(false, true, 9).stream().map(Match::id).toList());
    assertEquals(List.of("won"), store.list(true, true, 9).stream().map(Match::id).toList());
  }

  private static List<String> export(MatchStore from) throws StoreException {
    List<String> lines = new ArrayList<>();
    from.forEach(transcript -> lines.add(TranscriptJson.write(transcript, true)));
    return lines;
  }

  private static MatchImport.Source source(List<String> lines) {
    Iterator<String> rest = lines.iterator();
    return new MatchImport.Source() {
      @Override
      public @Nullable Transcript next() {
        return rest.hasNext()
            ? ((Transcript.Reading.Valid) TranscriptJson.read(rest.next())).transcript()
            : null;
      }

      @Override
      public void alreadyThere(String id) throws StoreException {
        throw new StoreException(id + " is there already.", null);
      }
    };
  }
}
