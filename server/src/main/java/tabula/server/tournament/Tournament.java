package tabula.server.tournament;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import tabula.server.match.Seat;
import tabula.server.tournament.TournamentEvent.Created;
import tabula.server.tournament.TournamentEvent.Ended;
import tabula.server.tournament.TournamentEvent.Finished;
import tabula.server.tournament.TournamentEvent.Game;
import tabula.server.tournament.TournamentEvent.Paired;

/**
 * A tournament at one moment: immutable, and a pure function of its events.
 *
 * @param results by match, the first player's score of the games that are over
 */
public record Tournament(
    String id,
    Created created,
    List<Paired> rounds,
    Map<String, Double> results,
    boolean over,
    int events) {

  /**
   * How a player stands.
   *
   * @param player the number in the list of players
   * @param points 1 for a win and for a bye of a Swiss, a half for a draw
   * @param tieBreak Sonneborn and Berger's: the points of whom one beat, and half of whom one drew
   */
  public record Standing(
      int player, double points, double tieBreak, int wins, int draws, int losses) {}

  private static final double MILLIS_A_MINUTE = 60_000;

  /** The tournament that an event begins. */
  public static Tournament begin(String id, Created created) {
    return new Tournament(id, created, List.of(), Map.of(), false, 1);
  }

  /** The tournament after one more event. */
  public Tournament apply(TournamentEvent event) {
    return switch (event) {
      case Created again -> throw new IllegalStateException("A tournament begins once: " + again);
      case Paired paired -> {
        List<Paired> more = new ArrayList<>(rounds);
        more.add(paired);
        yield new Tournament(
            id, created, Collections.unmodifiableList(more), results, over, events + 1);
      }
      case Finished(String matchId, double score) -> {
        Map<String, Double> more = new LinkedHashMap<>(results);
        more.put(matchId, score);
        yield new Tournament(
            id, created, rounds, Collections.unmodifiableMap(more), over, events + 1);
      }
      case Ended ended -> new Tournament(id, created, rounds, results, true, events + 1);
    };
  }

  public List<Seat> players() {
    return created.players();
  }

  /** All games so far, in order. */
  public List<Game> games() {
    return rounds.stream().flatMap(round -> round.games().stream()).toList();
  }

  /** The games that go on. */
  public List<Game> unfinished() {
    return games().stream().filter(game -> !results.containsKey(game.matchId())).toList();
  }

  /**
   * What happens next, if it is time: games begin, or it ends.
   *
   * @param newMatchId makes the ids of the matches
   */
  public Optional<TournamentEvent> next(long now, Supplier<String> newMatchId) {
    if (over) {
      return Optional.empty();
    }
    return switch (created.format()) {
      case ROUND_ROBIN ->
          nextRound(
              () ->
                  Optional.of(
                      paired(RoundRobin.round(players().size(), rounds.size()), newMatchId, true)));
      case SWISS ->
          nextRound(
              () ->
                  Swiss.pair(points(), pairings(), byes())
                      .map(found -> paired(found.pairings(), newMatchId, found.bye().isPresent())));
      case ARENA -> nextOfArena(now, newMatchId);
    };
  }

  private Optional<TournamentEvent> nextRound(Supplier<Optional<Paired>> pairing) {
    if (!unfinished().isEmpty()) {
      return Optional.empty();
    }
    Optional<Paired> next = rounds.size() < created.rounds() ? pairing.get() : Optional.empty();
    return Optional.of(next.<TournamentEvent>map(paired -> paired).orElseGet(Ended::new));
  }

  private Optional<TournamentEvent> nextOfArena(long now, Supplier<String> newMatchId) {
    List<Game> going = unfinished();
    if (now - created.at() >= created.minutes() * MILLIS_A_MINUTE) {
      return going.isEmpty() ? Optional.of(new Ended()) : Optional.empty();
    }
    List<Integer> free =
        numbers()
            .filter(player -> going.stream().noneMatch(game -> game.pairing().has(player)))
            .boxed()
            .toList();
    List<Pairing> pairings = Arena.pair(free, points(), pairings(), !going.isEmpty());
    return pairings.isEmpty() ? Optional.empty() : Optional.of(paired(pairings, newMatchId, false));
  }

  private Paired paired(List<Pairing> pairings, Supplier<String> newMatchId, boolean byes) {
    List<Game> games = new ArrayList<>();
    for (Pairing pairing : pairings) {
      games.add(new Game(newMatchId.get(), pairing.first(), pairing.second()));
    }
    @Nullable Integer bye = null;
    if (byes) {
      bye =
          numbers()
              .filter(player -> pairings.stream().noneMatch(pairing -> pairing.has(player)))
              .boxed()
              .findFirst()
              .orElse(null);
    }
    return new Paired(List.copyOf(games), bye);
  }

  private IntStream numbers() {
    return IntStream.range(0, players().size());
  }

  private List<Pairing> pairings() {
    return games().stream().map(Game::pairing).toList();
  }

  private List<Integer> byes() {
    return rounds.stream().map(Paired::bye).filter(Objects::nonNull).toList();
  }

  private double[] points() {
    double[] points = new double[players().size()];
    for (Game game : games()) {
      @Nullable Double score = results.get(game.matchId());
      if (score != null) {
        points[game.first()] += score;
        points[game.second()] += 1 - score;
      }
    }
    if (created.format() == Format.SWISS) {
      byes().forEach(player -> points[player]++);
    }
    return points;
  }

  /** How all stand, the best first. */
  public List<Standing> standings() {
    double[] points = points();
    double[] tieBreak = new double[points.length];
    int[][] counts = new int[points.length][3];
    for (Game game : games()) {
      @Nullable Double score = results.get(game.matchId());
      if (score != null) {
        tieBreak[game.first()] += score * points[game.second()];
        tieBreak[game.second()] += (1 - score) * points[game.first()];
        counts[game.first()][score == 1 ? 0 : score == 0 ? 2 : 1]++;
        counts[game.second()][score == 0 ? 0 : score == 1 ? 2 : 1]++;
      }
    }
    return numbers()
        .mapToObj(
            player ->
                new Standing(
                    player,
                    points[player],
                    tieBreak[player],
                    counts[player][0],
                    counts[player][1],
                    counts[player][2]))
        .sorted(
            Comparator.comparingDouble(Standing::points)
                .thenComparingDouble(Standing::tieBreak)
                .reversed()
                .thenComparingInt(Standing::player))
        .toList();
  }
}
