package tabula.server.match;

import java.util.List;
import org.jspecify.annotations.Nullable;
import tabula.games.Games;
import tabula.games.Position;
import tabula.games.Side;

/**
 * A match as all that happened in it.
 *
 * @param match as it stands after the events
 */
public record Transcript(String id, List<TimedEvent> events, Match match) {

  /** What events that claim to be a match's turn out to be. */
  public sealed interface Reading {
    record Valid(Transcript transcript) implements Reading {}

    /**
     * @param reason a sentence for people
     */
    record Invalid(String reason) implements Reading {}
  }

  /** Replays events by the rules. */
  public static Reading check(String id, List<TimedEvent> events) {
    if (events.isEmpty() || !(events.getFirst().event() instanceof MatchEvent.Created created)) {
      return new Reading.Invalid("The first event is not the match's beginning.");
    }
    if (Games.find(created.game()).isEmpty()) {
      return new Reading.Invalid("There is no game '%s'.".formatted(created.game()));
    }
    if (created.timeControl() != null && !created.timeControl().isSound()) {
      return new Reading.Invalid("There is no time control %s.".formatted(created.timeControl()));
    }
    Match match = Match.begin(id, created);
    for (TimedEvent timed : events.subList(1, events.size())) {
      @Nullable String problem = problem(match, timed.event());
      if (problem != null) {
        return new Reading.Invalid("Event %d: %s".formatted(match.events() + 1, problem));
      }
      match = match.apply(timed.event(), timed.at());
    }
    return new Reading.Valid(new Transcript(id, List.copyOf(events), match));
  }

  /** Why an event cannot come next; null if it can. */
  private static @Nullable String problem(Match match, MatchEvent event) {
    return switch (event) {
      case MatchEvent.Created created -> "a match begins once.";
      case MatchEvent.SeatTaken taken ->
          match.seat(taken.side()) instanceof Seat.Open ? null : "that seat is taken.";
      case MatchEvent.MovePlayed(int ply, String move, Long clockMillis) ->
          match.clocks() != null && (clockMillis == null || clockMillis < 0)
              ? "a move in a match with clocks says what its player has left."
              : problem(match, ply, move);
      case MatchEvent.TakenBack(int ply) ->
          ply >= 0 && ply < match.ply() && !match.isOver()
              ? null
              : "after %d moves none can be taken back to ply %d.".formatted(match.ply(), ply);
      case MatchEvent.Resigned resigned -> match.isOver() ? "the match is over." : null;
      case MatchEvent.Offered offered -> match.isOver() ? "the match is over." : null;
      case MatchEvent.OfferDeclined declined ->
          isOpen(match, declined.side().opponent(), declined.offer())
              ? null
              : "nothing was on offer.";
      case MatchEvent.DrawAgreed agreed ->
          isOpen(match, Side.FIRST, Offers.Kind.DRAW)
                  || isOpen(match, Side.SECOND, Offers.Kind.DRAW)
              ? null
              : "no draw was on offer.";
      case MatchEvent.Aborted aborted ->
          match.isOver() || !match.isFree() ? "it was too late to call it off." : null;
      case MatchEvent.FlagFell(Side side) ->
          flagCanFall(match, side)
              ? null
              : "no time of the %s player's was running.".formatted(Match.name(side));
      case MatchEvent.Expired expired ->
          match.isTimed() && match.isFree() ? null : "no first move was waited for.";
      case MatchEvent.TimeHeld(long millis) ->
          match.isTimed() && millis >= 0 ? null : "no time was running.";
    };
  }

  /**
   * Without clocks a match may be one that was played elsewhere, by clocks that nobody recorded.
   */
  private static boolean flagCanFall(Match match, Side side) {
    return match.clocks() == null
        ? !match.isOver()
        : match.isTimed() && !match.isFree() && side == match.position().sideToMove();
  }

  private static boolean isOpen(Match match, Side by, Offers.Kind kind) {
    Offers.Offer offer = match.offers().of(kind);
    return !match.isOver() && offer != null && offer.is(Offers.Status.OPEN, by);
  }

  private static @Nullable String problem(Match match, int ply, String move) {
    Position position = match.position();
    int action = match.game().parseMove(position, move);
    if (match.isOver()) {
      return "move %s comes after the end.".formatted(move);
    } else if (ply != match.ply()) {
      return "move %s says ply %d and stands at ply %d.".formatted(move, ply, match.ply());
    } else if (action < 0) {
      return "'%s' is not a move of %s.".formatted(move, match.game().title());
    } else {
      return position.isLegal(action)
          ? null
          : "move %d (%s) is not legal there.".formatted(ply + 1, move);
    }
  }
}
