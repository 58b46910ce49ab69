package tabula.server.match;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import tabula.games.Position;
import tabula.games.Side;
import tabula.server.match.Command.Verdict;

/** Decides on commands: pure, and the only place that knows what a match allows. */
public final class Referee {

  /** A move may be as late as its way is long, but no later than this. */
  public static final long MOST_LAG_MILLIS = 300;

  private Referee() {}

  /**
   * What the clocks make happen before a command is judged that comes now: a move in time may have
   * been on its way for a while.
   */
  public static Optional<MatchEvent> timeUp(Match match, Command command, long now) {
    OptionalLong deadline = match.deadline();
    if (deadline.isEmpty()) {
      return Optional.empty();
    }
    Side side = match.position().sideToMove();
    long credit =
        command instanceof Command.Play play && play.side() == side
            ? credit(play)
            : MOST_LAG_MILLIS;
    if (now <= deadline.getAsLong() + credit) {
      return Optional.empty();
    }
    return Optional.of(match.isFree() ? new MatchEvent.Expired() : new MatchEvent.FlagFell(side));
  }

  private static long credit(Command.Play play) {
    return Math.clamp(play.lagMillis(), 0, MOST_LAG_MILLIS);
  }

  /** What a command that comes now would make happen. */
  public static Verdict judge(Match match, Command command, long now) {
    return switch (command) {
      case Command.Create create ->
          denied(Refusal.MALFORMED, "Match %s is there already.".formatted(create.matchId()));
      case Command.TakeSeat take -> takeSeat(match, take);
      case Command.ResumeSeat resume -> resumeSeat(match, resume);
      case Command.Play play -> play(match, play, now);
      case Command.Resign(String id, Side side) -> resign(match, side);
      case Command.Abort(String id, Side side) -> OfferRules.abort(match, side);
      case Command.Bargain bargain -> OfferRules.judge(match, bargain);
      case Command.KeepTime keep -> new Verdict.Allowed(List.of(), null);
      case Command.Look look -> new Verdict.Allowed(List.of(), null);
    };
  }

  private static Verdict denied(Refusal refusal, String message) {
    return new Verdict.Denied(refusal, message);
  }

  private static Verdict resign(Match match, Side side) {
    Termination termination = match.termination();
    if (termination != null
        && termination.reason() == Termination.Reason.RESIGNATION
        && termination.loser() == side) {
      return new Verdict.Allowed(List.of(), side);
    }
    return match.isOver()
        ? over(match)
        : new Verdict.Allowed(List.of(new MatchEvent.Resigned(side)), side);
  }

  static Verdict over(Match match) {
    return denied(Refusal.MATCH_OVER, "The match is over after %d moves.".formatted(match.ply()));
  }

  private static Verdict takeSeat(Match match, Command.TakeSeat take) {
    if (match.isOver()) {
      return over(match);
    }
    // Whoever lost the token of a seat gets another, by the account that sits there.
    return seat(match, take, Seat.Open.class::isInstance)
        .or(
            () ->
                seat(
                    match,
                    take,
                    seat ->
                        seat.player().isPresent() && seat.player().equals(take.seat().player())))
        .<Verdict>map(
            side ->
                new Verdict.Allowed(
                    List.of(new MatchEvent.SeatTaken(side, take.seat(), take.tokenHash())), side))
        .orElseGet(() -> denied(Refusal.SEAT_TAKEN, "That seat is taken."));
  }

  /** The first side that may be taken, of those that are asked for. */
  private static Optional<Side> seat(
      Match match, Command.TakeSeat take, Predicate<Seat> mayBeTaken) {
    return Arrays.stream(Side.values())
        .filter(side -> take.side() == null || take.side() == side)
        .filter(side -> mayBeTaken.test(match.seat(side)))
        .findFirst();
  }

  private static Verdict resumeSeat(Match match, Command.ResumeSeat resume) {
    for (Side side : Side.values()) {
      String hash = match.tokenHash(side);
      if (!hash.isEmpty()
          && MessageDigest.isEqual(
              hash.getBytes(StandardCharsets.US_ASCII),
              resume.tokenHash().getBytes(StandardCharsets.US_ASCII))) {
        return new Verdict.Allowed(List.of(), side);
      }
    }
    return denied(Refusal.NOT_YOUR_SEAT, "This token gives no seat in this match.");
  }

  private static Verdict play(Match match, Command.Play play, long now) {
    if (play.ply() >= 0 && play.ply() < match.ply() && sideAt(match, play.ply()) == play.side()) {
      // The same move again is an answer that was lost on its way: it gets the same answer.
      return match.moves().get(play.ply()).equals(play.move())
          ? new Verdict.Allowed(List.of(), play.side())
          : denied(
              Refusal.STALE_PLY,
              "After %d moves %s was played; the match is at ply %d."
                  .formatted(play.ply(), match.moves().get(play.ply()), match.ply()));
    }
    if (match.isOver()) {
      return over(match);
    }
    if (play.ply() != match.ply()) {
      return denied(
          Refusal.STALE_PLY, "The match is at ply %d, not %d.".formatted(match.ply(), play.ply()));
    }
    Position position = match.position();
    if (match.hasOpenSeat()) {
      return denied(Refusal.NOT_YOUR_TURN, "The other seat is still open.");
    }
    if (position.sideToMove() != play.side()) {
      return denied(
          Refusal.NOT_YOUR_TURN,
          "The %s player is to move.".formatted(Match.name(position.sideToMove())));
    }
    int action = match.game().parseMove(position, play.move());
    if (action < 0) {
      return denied(
          Refusal.NOT_A_MOVE,
          "'%s' is not a move of %s; such as %s is."
              .formatted(
                  abbreviated(play.move()),
                  match.game().title(),
                  match.game().formatMove(position, position.legalActions()[0])));
    }
    if (!position.isLegal(action)) {
      return denied(Refusal.ILLEGAL_MOVE, match.game().whyIllegal(position, action));
    }
    return new Verdict.Allowed(
        List.of(new MatchEvent.MovePlayed(play.ply(), play.move(), clock(match, play, now))),
        play.side());
  }

  /** What the mover has left after the move. The way of the move is not charged. */
  private static @Nullable Long clock(Match match, Command.Play play, long now) {
    Clocks clocks = match.clocks();
    if (clocks == null) {
      return null;
    }
    long before = clocks.left(play.side());
    if (match.isFree()) {
      return before;
    }
    long charged = Math.max(0, clocks.thought(now) - credit(play));
    return clocks.control().afterMove(Math.max(0, before - charged));
  }

  private static String abbreviated(String text) {
    return text.length() <= 20 ? text : text.substring(0, 20) + "…";
  }

  private static Side sideAt(Match match, int ply) {
    return match.positions().get(ply).sideToMove();
  }
}
