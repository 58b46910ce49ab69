package tabula.server.ladder;

import java.util.List;
import java.util.Optional;
import tabula.games.Side;
import tabula.server.match.Match;

/**
 * What a finished match says about its players' strength.
 *
 * @param pool the matches it is rated together with
 * @param firstScore 1, 0.5 or 0
 * @param endedAt in milliseconds since 1970: games count in this order
 */
public record RatedGame(
    String matchId,
    String game,
    String pool,
    Player first,
    Player second,
    double firstScore,
    long endedAt) {

  /** Both ratings after a game. */
  public record Rated(Rating first, Rating second) {}

  /** However much somebody plays: who becomes better must not be stuck. */
  private static final double NARROWEST = 30;

  /** The game that a match is; empty if it is not over, was aborted, or does not count. */
  public static Optional<RatedGame> of(Match match, long endedAt) {
    if (!match.rated() || !match.isOver() || match.isAborted()) {
      return Optional.empty();
    }
    Optional<Player> first = Player.of(match.first());
    Optional<Player> second = Player.of(match.second());
    if (first.isEmpty() || second.isEmpty() || first.get().id().equals(second.get().id())) {
      return Optional.empty();
    }
    return Optional.of(
        new RatedGame(
            match.id(),
            match.game().id(),
            Pool.of(match.timeControl()),
            first.get(),
            second.get(),
            (1 + match.outcome().valueFor(Side.FIRST)) / 2.0,
            endedAt));
  }

  /** This game as the later one that it must be to count after all that were rated before. */
  public RatedGame endedAt(long time) {
    return new RatedGame(matchId, game, pool, first, second, firstScore, time);
  }

  /** What the players are rated after it. */
  public Rated rate(Rating ratedFirst, Rating ratedSecond) {
    return new Rated(
        rate(first, ratedFirst, second, ratedSecond, firstScore),
        rate(second, ratedSecond, first, ratedFirst, 1 - firstScore));
  }

  private Rating rate(
      Player player, Rating rated, Player opponent, Rating opponentRated, double score) {
    Optional<Rating> anchored = Anchors.of(game, player.id());
    if (anchored.isPresent()) {
      Rating held = anchored.get();
      return new Rating(
          held.rating(), held.deviation(), held.volatility(), rated.games() + 1, endedAt);
    }
    Rating after =
        Glicko2.after(
            rated,
            List.of(new Glicko2.Played(opponentRated.asOf(opponent.id(), endedAt), score)),
            rated.periodsUntil(player.id(), endedAt),
            endedAt);
    return new Rating(
        after.rating(),
        Math.max(NARROWEST, after.deviation()),
        after.volatility(),
        after.games(),
        after.at());
  }
}
