package tabula.server.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tabula.games.Side;
import tabula.server.ladder.Player;
import tabula.server.ladder.Pool;
import tabula.server.ladder.RatedGame;
import tabula.server.ladder.Rating;
import tabula.server.match.Match;
import tabula.server.match.MatchEvent;
import tabula.server.match.Seat;
import tabula.server.match.TimedEvent;
import tabula.server.match.Transcript;
import tabula.server.match.TranscriptJson;

/** What finished matches do to ratings, whichever database is beneath. */
abstract class RatingContract {

  private static final String GAME = "tic-tac-toe";
  private static final Seat ANNA = new Seat.Person("Anna", "1");
  private static final Seat BOT = new Seat.Bot("B", "2");
  private static final Seat AGENT = new Seat.ServerAgent("mcts:77", "Tree search");
  private static final List<Seat> PLAYERS = List.of(ANNA, BOT, AGENT);

  @SuppressWarnings("NullAway.Init") // opened before each test
  private MatchStore store;

  @SuppressWarnings("NullAway.Init")
  private DatabaseConfig config;

  @TempDir Path folder = Path.of("");

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

  private static Match begin(MatchStore store, String id, Seat first, Seat second, boolean rated) {
    MatchEvent.Created created =
        new MatchEvent.Created(GAME, first, second, "", "", 10, null, rated);
    Match match = Match.begin(id, created);
    store.append(match, new TimedEvent(10, created)).join();
    return match;
  }

  private static CompletableFuture<Void> resign(MatchStore store, Match match, Side side, long at) {
    MatchEvent event = new MatchEvent.Resigned(side);
    return store.append(match.apply(event, at), new TimedEvent(at, event));
  }

  private Rating rating(String player) {
    return store.ratings().of(player, GAME, Pool.UNTIMED);
  }

  @Test
  void end_ofARatedMatch_ratesBoth_andTheyAreThereAfterARestart() throws StoreException {
    resign(store, begin(store, "m", ANNA, AGENT, true), Side.SECOND, 1000).join();
    RatedGame.Rated expected =
        new RatedGame(
                "m",
                GAME,
                Pool.UNTIMED,
                Player.of(ANNA).orElseThrow(),
                Player.of(AGENT).orElseThrow(),
                1,
                1000)
            .rate(Rating.UNKNOWN, Rating.UNKNOWN);
    assertTrue(expected.first().rating() > 1600 && expected.second().rating() < 1400);
    for (int i = 0; i < 2; i++) {
      assertEquals(expected.first(), rating("account:1"));
      assertEquals(expected.second(), rating("agent:mcts:77"));
      assertEquals(
          List.of("Anna", "Tree search"),
          store.ratings().ladder(GAME, Pool.UNTIMED).stream()
              .map(entry -> entry.player().name())
              .toList());
      StoredRatings.Played played = store.ratings().played("agent:mcts:77").getFirst();
      assertEquals("m", played.matchId());
      assertEquals(0, played.score());
      assertEquals("Anna", played.opponent().name());
      assertEquals(expected.second().rating(), played.rating());
      store.close();
      store = MatchStore.open(config);
    }
  }

  @Test
  void end_ofAMatchThatDoesNotCount_ratesNobody() throws StoreException {
    resign(store, begin(store, "casual", ANNA, AGENT, false), Side.FIRST, 1000).join();
    resign(store, begin(store, "guest", new Seat.Person("G"), AGENT, true), Side.FIRST, 1).join();
    resign(store, begin(store, "self", AGENT, AGENT, true), Side.FIRST, 1000).join();
    begin(store, "goes-on", ANNA, AGENT, true);
    assertEquals(List.of(), store.ratings().ladder(GAME, Pool.UNTIMED));
    assertEquals(Rating.UNKNOWN, rating("account:1"));
  }

  @Test
  void end_thatIsStoredTwice_countsOnce() {
    Match match = begin(store, "m", ANNA, AGENT, true);
    resign(store, match, Side.SECOND, 1000).join();
    Rating once = rating("account:1");
    assertTrue(resign(store, match, Side.SECOND, 1001).handle((done, e) -> e != null).join());
    assertEquals(once, rating("account:1"));
    assertEquals(1, once.games());
  }

  /** Many at once, with a clock that is set back now and then. */
  private void playMany(int matches) {
    SplittableRandom random = new SplittableRandom(5);
    List<CompletableFuture<Void>> ends = new ArrayList<>();
    List<Match> open = new ArrayList<>();
    for (int i = 0; i < matches; i++) {
      int first = random.nextInt(3);
      Seat second = PLAYERS.get((first + 1 + random.nextInt(2)) % 3);
      open.add(begin(store, "m" + i, PLAYERS.get(first), second, random.nextInt(5) > 0));
    }
    while (!open.isEmpty()) {
      Match match = open.remove(random.nextInt(open.size()));
      Side loser = random.nextInt(3) > 0 ? Side.SECOND : Side.FIRST;
      ends.add(resign(store, match, loser, 86_400_000L * random.nextInt(5)));
    }
    ends.forEach(CompletableFuture::join);
  }

  @Test
  void rebuild_findsWhatIsThere_andMendsWhatIsNot() throws StoreException {
    playMany(200);
    List<StoredRatings.Entry> before = store.ratings().ladder(GAME, Pool.UNTIMED);
    assertEquals(3, before.size());
    store.close();
    Rebuild.Report same = Rebuild.run(config);
    assertEquals(List.of(), same.differences());
    assertEquals(200, same.matches());
    assertEquals(3, same.ratings());
    assertTrue(same.rated() > 100 && same.rated() < 200);
    store = MatchStore.open(config);
    assertEquals(before, store.ratings().ladder(GAME, Pool.UNTIMED));
    for (String damage :
        List.of(
            "update rating set rating = 2999 where player = 'account:1'",
            "update match set ended_at = null where id = 'm3'",
            "update rated_game set first_score = 0.25 where match_number = (select"
                + " min(match_number) from rated_game)")) {
      store.writer().write(transaction -> transaction.now(damage).executeUpdate()).join();
    }
    store.close();
    Rebuild.Report mended = Rebuild.run(config);
    assertEquals(6, mended.differences().size(), () -> String.join("\n", mended.differences()));
    store = MatchStore.open(config);
    assertEquals(before, store.ratings().ladder(GAME, Pool.UNTIMED));
    assertEquals(200, store.list(true, true, 1000).size());
  }

  @Test
  void importedMatches_giveTheSameRatings() throws Exception {
    playMany(60);
    List<StoredRatings.Entry> before = store.ratings().ladder(GAME, Pool.UNTIMED);
    List<Transcript> exported = new ArrayList<>();
    store.forEach(
        transcript ->
            exported.add(
                ((Transcript.Reading.Valid)
                        TranscriptJson.read(TranscriptJson.write(transcript, true)))
                    .transcript()));
    store.close();
    config = empty(2);
    Iterator<Transcript> rest = exported.iterator();
    MatchImport.run(
        config,
        List.of(
            new MatchImport.Source() {
              @Override
              public @Nullable Transcript next() {
                return rest.hasNext() ? rest.next() : null;
              }

              @Override
              public void alreadyThere(String id) {
                throw new IllegalStateException(id);
              }
            }));
    store = MatchStore.open(config);
    assertEquals(before, store.ratings().ladder(GAME, Pool.UNTIMED));
    assertEquals(before.getFirst().rating(), rating(before.getFirst().player().id()));
  }
}
