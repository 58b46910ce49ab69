package tabula.server.match;

import java.util.List;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import tabula.games.Side;
import tabula.server.match.Command.Verdict;
import tabula.server.match.Offers.Offer;
import tabula.server.match.Offers.Status;

/**
 * Decides on what needs the other side's consent, and on aborting. The same request again gets the
 * same answer.
 */
final class OfferRules {

  private OfferRules() {}

  static Verdict judge(Match match, Command.Bargain bargain) {
    Side side = bargain.side();
    return switch (bargain.kind()) {
      case DRAW -> {
        if (match.endedBy(Termination.Reason.AGREEMENT)
            && bargain.action() != Offers.Action.DECLINE) {
          yield nothingNew(side);
        }
        yield match.isOver() ? Referee.over(match) : draw(match, bargain.action(), side);
      }
      case TAKEBACK ->
          match.isOver() ? Referee.over(match) : takeback(match, bargain, bargain.ply());
    };
  }

  static Verdict abort(Match match, Side side) {
    if (match.endedBy(Termination.Reason.ABORTED)) {
      return nothingNew(side);
    } else if (match.isOver()) {
      return Referee.over(match);
    }
    return match.isFree()
        ? allowed(new MatchEvent.Aborted(side), side)
        : denied(Refusal.ABORT_NOT_ALLOWED, "Both have moved: resign, or offer a draw.");
  }

  private static Verdict draw(Match match, Offers.Action action, Side side) {
    Offer offer = match.offers().draw();
    boolean offered = offer != null && offer.is(Status.OPEN, side.opponent());
    return switch (action) {
      case OFFER -> {
        if (offered) {
          yield allowed(new MatchEvent.DrawAgreed(), side);
        } else if (match.hasOpenSeat()) {
          yield denied(Refusal.OFFER_NOT_ALLOWED, "The other seat is still open.");
        } else if (match.seat(side.opponent()) instanceof Seat.ServerAgent) {
          yield denied(Refusal.OFFER_NOT_ALLOWED, "The server's agents play on.");
        }
        yield offer(Offers.Kind.DRAW, offer, side, Refusal.OFFER_NOT_ALLOWED);
      }
      case ACCEPT ->
          offered ? allowed(new MatchEvent.DrawAgreed(), side) : noOffer(Offers.Kind.DRAW);
      case DECLINE -> decline(Offers.Kind.DRAW, offer, side);
    };
  }

  private static Verdict takeback(Match match, Command.Bargain bargain, @Nullable Integer ply) {
    Side side = bargain.side();
    Offer offer = match.offers().takeback();
    return switch (bargain.action()) {
      case OFFER -> {
        if (ply != null && ply > match.ply()) {
          // Taken back already: the answer was lost on its way.
          yield nothingNew(side);
        } else if (ply != null && ply < match.ply()) {
          yield denied(
              Refusal.STALE_PLY, "The match is at ply %d, not %d.".formatted(match.ply(), ply));
        }
        if (match.rated()) {
          yield denied(Refusal.TAKEBACK_NOT_ALLOWED, "No move of a rated match is taken back.");
        }
        OptionalInt before = beforeLastMove(match, side);
        if (before.isEmpty()) {
          yield denied(Refusal.TAKEBACK_NOT_ALLOWED, "You have not moved yet.");
        }
        yield switch (match.seat(side.opponent())) {
          case Seat.ServerAgent agent -> allowed(new MatchEvent.TakenBack(before.getAsInt()), side);
          case Seat.Person person ->
              offer(Offers.Kind.TAKEBACK, offer, side, Refusal.TAKEBACK_NOT_ALLOWED);
          case Seat.Bot bot -> denied(Refusal.TAKEBACK_NOT_ALLOWED, "Bots take nothing back.");
          case Seat.Open open ->
              denied(Refusal.TAKEBACK_NOT_ALLOWED, "The other seat is still open.");
        };
      }
      case ACCEPT -> {
        if (offer != null && offer.is(Status.ACCEPTED, side.opponent())) {
          yield nothingNew(side);
        } else if (offer == null || !offer.is(Status.OPEN, side.opponent())) {
          yield noOffer(Offers.Kind.TAKEBACK);
        }
        OptionalInt before = beforeLastMove(match, side.opponent());
        yield before.isEmpty()
            ? noOffer(Offers.Kind.TAKEBACK)
            : allowed(new MatchEvent.TakenBack(before.getAsInt()), side);
      }
      case DECLINE -> decline(Offers.Kind.TAKEBACK, offer, side);
    };
  }

  private static Verdict offer(
      Offers.Kind kind, @Nullable Offer offer, Side side, Refusal otherwise) {
    if (offer != null && offer.is(Status.OPEN, side)) {
      return nothingNew(side);
    } else if (offer != null && offer.is(Status.DECLINED, side)) {
      return denied(otherwise, "That was declined. Make a move before you ask again.");
    } else if (offer != null && offer.is(Status.OPEN, side.opponent())) {
      return denied(otherwise, "Answer the other side's offer first.");
    }
    return allowed(new MatchEvent.Offered(side, kind), side);
  }

  private static Verdict decline(Offers.Kind kind, @Nullable Offer offer, Side side) {
    if (offer != null && offer.is(Status.DECLINED, side.opponent())) {
      return nothingNew(side);
    }
    return offer != null && offer.is(Status.OPEN, side.opponent())
        ? allowed(new MatchEvent.OfferDeclined(side, kind), side)
        : noOffer(kind);
  }

  /** The ply before a side's own last move. */
  private static OptionalInt beforeLastMove(Match match, Side side) {
    for (int ply = match.ply() - 1; ply >= 0; ply--) {
      if (match.positions().get(ply).sideToMove() == side) {
        return OptionalInt.of(ply);
      }
    }
    return OptionalInt.empty();
  }

  private static Verdict nothingNew(Side side) {
    return new Verdict.Allowed(List.of(), side);
  }

  private static Verdict allowed(MatchEvent event, Side side) {
    return new Verdict.Allowed(List.of(event), side);
  }

  private static Verdict denied(Refusal refusal, String message) {
    return new Verdict.Denied(refusal, message);
  }

  private static Verdict noOffer(Offers.Kind kind) {
    return denied(
        Refusal.NO_OFFER,
        switch (kind) {
          case DRAW -> "The other side offers no draw.";
          case TAKEBACK -> "The other side asks for no move back.";
        });
  }
}
