package tabula.server.match;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/**
 * What is on offer in a match: by kind, the side that offers it. See {@code
 * docs/protocol/protocol.md}.
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record OffersView(@Nullable String draw, @Nullable String takeback) {

  /** Null if nothing is. */
  static @Nullable OffersView of(Offers offers) {
    String draw = open(offers.draw());
    String takeback = open(offers.takeback());
    return draw == null && takeback == null ? null : new OffersView(draw, takeback);
  }

  private static @Nullable String open(Offers.@Nullable Offer offer) {
    return offer != null && offer.status() == Offers.Status.OPEN ? Match.name(offer.by()) : null;
  }
}
