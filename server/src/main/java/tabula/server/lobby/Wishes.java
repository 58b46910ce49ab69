package tabula.server.lobby;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tabula.server.match.Seat;
import tabula.server.match.TimeControl;

/**
 * What somebody would like to play.
 *
 * @param games by their ids, the dearest first
 * @param timeControls the dearest first; empty for matches without clocks
 * @param untimed whether matches without clocks are welcome beside those with one of the time
 *     controls
 * @param opponents of which kinds
 * @param atOnce how many matches at once
 * @param paired whether the server may pair; challenges come either way
 * @param paused takes nothing new for the time being
 * @param rated whether matches count for ratings; null for either
 */
public record Wishes(
    List<String> games,
    List<TimeControl> timeControls,
    boolean untimed,
    Set<Kind> opponents,
    int atOnce,
    boolean paired,
    boolean paused,
    @Nullable Boolean rated) {

  /** What an opponent may be. */
  public enum Kind {
    PERSON,
    BOT,
    AGENT;

    /** Of which kind whoever holds a seat is; empty for an open one. */
    public static Optional<Kind> of(Seat seat) {
      return switch (seat) {
        case Seat.Person person -> Optional.of(PERSON);
        case Seat.Bot bot -> Optional.of(BOT);
        case Seat.ServerAgent agent -> Optional.of(AGENT);
        case Seat.Open open -> Optional.empty();
      };
    }
  }

  /**
   * A match that may be played.
   *
   * @param timeControl null without clocks
   * @param rated whether it counts for ratings; null for either: it does then, if it can
   */
  public record Terms(String game, @Nullable TimeControl timeControl, @Nullable Boolean rated) {

    Terms rated(boolean decided) {
      return new Terms(game, timeControl, decided);
    }
  }

  /** Why something does not fit; the codes are part of the protocol. */
  public enum Reason {
    GAME("game"),
    TIME_CONTROL("timeControl"),
    OPPONENT("opponent"),
    RATED("rated"),
    TOO_MANY("tooMany"),
    MAINTENANCE("maintenance"),
    LATER("later"),
    OTHER("other");

    private final String code;

    Reason(String code) {
      this.code = code;
    }

    public String code() {
      return code;
    }
  }

  /**
   * Why a match is not wished for; empty if it is.
   *
   * @param own whose wishes these are
   */
  public Optional<Reason> against(Terms terms, Seat opponent, Seat own) {
    if (paused) {
      return Optional.of(Reason.MAINTENANCE);
    } else if (!games.contains(terms.game())) {
      return Optional.of(Reason.GAME);
    } else if (!takes(terms.timeControl())) {
      return Optional.of(Reason.TIME_CONTROL);
    }
    if (Kind.of(opponent).filter(opponents::contains).isEmpty()) {
      return Optional.of(Reason.OPPONENT);
    }
    return counts(rated, terms.rated(), opponent, own).isEmpty()
        ? Optional.of(Reason.RATED)
        : Optional.empty();
  }

  /**
   * Whether a match counts for ratings, by what both wish: if it can, and neither minds.
   *
   * @return empty if the wishes do not agree, or it cannot count as they wish
   */
  static Optional<Boolean> counts(
      @Nullable Boolean one, @Nullable Boolean other, Seat first, Seat second) {
    boolean can =
        first.player().isPresent()
            && second.player().isPresent()
            && !first.player().equals(second.player());
    if (can && !Boolean.FALSE.equals(one) && !Boolean.FALSE.equals(other)) {
      return Optional.of(true);
    }
    return Boolean.TRUE.equals(one) || Boolean.TRUE.equals(other)
        ? Optional.empty()
        : Optional.of(false);
  }

  private boolean takes(@Nullable TimeControl control) {
    return control == null ? untimed || timeControls.isEmpty() : timeControls.contains(control);
  }

  /** What is wished for most. */
  Terms dearest() {
    return new Terms(
        games.getFirst(), timeControls.isEmpty() ? null : timeControls.getFirst(), rated);
  }

  /** The first match that both would like, by the order of this one's wishes. */
  Optional<Terms> together(Wishes other, Seat own, Seat others) {
    return counts(rated, other.rated, own, others)
        .flatMap(counts -> together(other).map(terms -> terms.rated(counts)));
  }

  private Optional<Terms> together(Wishes other) {
    for (String game : games) {
      if (!other.games.contains(game)) {
        continue;
      }
      for (TimeControl control : timeControls) {
        if (other.takes(control)) {
          return Optional.of(new Terms(game, control, null));
        }
      }
      if (takes(null) && other.takes(null)) {
        return Optional.of(new Terms(game, null, null));
      }
    }
    return Optional.empty();
  }
}
