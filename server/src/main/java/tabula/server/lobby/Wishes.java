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
 */
public record Wishes(
    List<String> games,
    List<TimeControl> timeControls,
    boolean untimed,
    Set<Kind> opponents,
    int atOnce,
    boolean paired,
    boolean paused) {

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
   */
  public record Terms(String game, @Nullable TimeControl timeControl) {}

  /** Why something does not fit; the codes are part of the protocol. */
  public enum Reason {
    GAME("game"),
    TIME_CONTROL("timeControl"),
    OPPONENT("opponent"),
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

  /** Why a match is not wished for; empty if it is. */
  public Optional<Reason> against(Terms terms, Seat opponent) {
    if (paused) {
      return Optional.of(Reason.MAINTENANCE);
    } else if (!games.contains(terms.game())) {
      return Optional.of(Reason.GAME);
    } else if (!takes(terms.timeControl())) {
      return Optional.of(Reason.TIME_CONTROL);
    }
    return Kind.of(opponent).filter(opponents::contains).isEmpty()
        ? Optional.of(Reason.OPPONENT)
        : Optional.empty();
  }

  private boolean takes(@Nullable TimeControl control) {
    return control == null ? untimed || timeControls.isEmpty() : timeControls.contains(control);
  }

  /** What is wished for most. */
  Terms dearest() {
    return new Terms(games.getFirst(), timeControls.isEmpty() ? null : timeControls.getFirst());
  }

  /** The first match that both would like, by the order of this one's wishes. */
  Optional<Terms> together(Wishes other) {
    for (String game : games) {
      if (!other.games.contains(game)) {
        continue;
      }
      for (TimeControl control : timeControls) {
        if (other.takes(control)) {
          return Optional.of(new Terms(game, control));
        }
      }
      if (takes(null) && other.takes(null)) {
        return Optional.of(new Terms(game, null));
      }
    }
    return Optional.empty();
  }
}
