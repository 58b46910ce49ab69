package tabula.server.match;

import com.fasterxml.jackson.annotation.JsonProperty;
import org.jspecify.annotations.Nullable;
import tabula.games.Side;

/**
 * What the sides of a match have offered each other, and what became of it.
 *
 * @param draw the newest offer of a draw that still matters
 * @param takeback the newest offer to take a move back that still matters
 */
public record Offers(@Nullable Offer draw, @Nullable Offer takeback) {

  static final Offers NONE = new Offers(null, null);

  /** What may be offered. */
  public enum Kind {
    @JsonProperty("draw")
    DRAW,
    @JsonProperty("takeback")
    TAKEBACK
  }

  /** What a side does about it. */
  public enum Action {
    OFFER,
    ACCEPT,
    DECLINE
  }

  enum Status {
    OPEN,
    DECLINED,
    ACCEPTED
  }

  record Offer(Side by, Status status) {
    boolean is(Status wanted, Side bySide) {
      return status == wanted && by == bySide;
    }
  }

  @Nullable Offer of(Kind kind) {
    return switch (kind) {
      case DRAW -> draw;
      case TAKEBACK -> takeback;
    };
  }

  Offers with(Kind kind, Offer offer) {
    return switch (kind) {
      case DRAW -> new Offers(offer, takeback);
      case TAKEBACK -> new Offers(draw, offer);
    };
  }

  /**
   * After a move. A draw stays on offer until the other side moves; a takeback would take back
   * something else now. Who was declined may ask again after a move of their own.
   */
  Offers afterMove(Side mover) {
    boolean drawStays =
        isOf(draw, Status.OPEN, mover) || isOf(draw, Status.DECLINED, mover.opponent());
    boolean takebackStays = isOf(takeback, Status.DECLINED, mover.opponent());
    return drawStays || takebackStays
        ? new Offers(drawStays ? draw : null, takebackStays ? takeback : null)
        : NONE;
  }

  private static boolean isOf(@Nullable Offer offer, Status status, Side by) {
    return offer != null && offer.is(status, by);
  }
}
