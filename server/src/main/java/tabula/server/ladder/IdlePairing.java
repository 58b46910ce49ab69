package tabula.server.ladder;

import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/** Who should play while nobody else does: the game that teaches most about the ladder. */
public final class IdlePairing {

  /**
   * Somebody who could play.
   *
   * @param held whether the rating is an anchor's
   */
  public record Candidate(Player player, Rating rating, boolean held) {}

  /** The two to play, the one who moves first before the other. */
  public record Pair(Candidate first, Candidate second) {

    /** How little is known of the one of them of whom less is known. */
    public double deviation() {
      return Math.max(uncertainty(first), uncertainty(second));
    }
  }

  /** Where everybody's strength is known as well as this, there is nothing left to find out. */
  private static final double CERTAIN = 45;

  private IdlePairing() {}

  /**
   * The least certain of all, against whoever's game tells most: someone near, whose own strength
   * is known. Empty when everybody is certain.
   */
  public static Optional<Pair> choose(List<Candidate> candidates, RandomGenerator random) {
    Optional<Candidate> least =
        candidates.stream()
            .filter(candidate -> !candidate.held())
            .filter(candidate -> candidate.rating().deviation() > CERTAIN)
            .max(
                (one, other) ->
                    Double.compare(one.rating().deviation(), other.rating().deviation()));
    return least.flatMap(
        player ->
            candidates.stream()
                .filter(candidate -> !candidate.player().id().equals(player.player().id()))
                .max(
                    (one, other) ->
                        Double.compare(
                            Glicko2.information(player.rating(), one.rating()),
                            Glicko2.information(player.rating(), other.rating())))
                .map(
                    opponent ->
                        random.nextBoolean()
                            ? new Pair(player, opponent)
                            : new Pair(opponent, player)));
  }

  private static double uncertainty(Candidate candidate) {
    return candidate.held() ? 0 : candidate.rating().deviation();
  }
}
