package tabula.server.match;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import tabula.games.Outcome;
import tabula.games.Side;
import tabula.server.match.Command.Verdict;
import tabula.server.match.Offers.Action;
import tabula.server.match.Offers.Kind;

/** Draws, takebacks and calling off: who may ask, who may answer, and until when. */
class OfferTests {

  private static Match match(Seat second, String... moves) {
    Match match =
        Match.begin(
            "m",
            new MatchEvent.Created("tic-tac-toe", new Seat.Person("A"), second, "a", "b", 1000));
    for (String move : moves) {
      match = match.apply(new MatchEvent.MovePlayed(match.ply(), move, null), 2000);
    }
    return match;
  }

  private static Match people(String... moves) {
    return match(new Seat.Person("B"), moves);
  }

  private static Verdict judge(
      Match match, Side side, Kind kind, Action action, @Nullable Integer ply) {
    return Referee.judge(match, new Command.Bargain("m", side, kind, action, ply), 3000);
  }

  /** The match after a request that changes it. */
  private static Match after(Match match, Side side, Kind kind, Action action) {
    Verdict.Allowed allowed =
        assertInstanceOf(Verdict.Allowed.class, judge(match, side, kind, action, null));
    assertEquals(1, allowed.events().size(), "it changes something");
    return match.apply(allowed.events().getFirst(), 3000);
  }

  private static Match play(Match match, String move) {
    return match.apply(new MatchEvent.MovePlayed(match.ply(), move, null), 3000);
  }

  private static void assertNothingNew(Verdict verdict) {
    assertEquals(List.of(), assertInstanceOf(Verdict.Allowed.class, verdict).events());
  }

  private static void assertRefused(Refusal refusal, Verdict verdict) {
    assertEquals(refusal, assertInstanceOf(Verdict.Denied.class, verdict).refusal());
  }

  private static @Nullable OffersView shown(Match match) {
    return match.view(3000).offers();
  }

  @Test
  void draw_offeredAndAccepted_endsTheMatch() {
    Match offered = after(people("a1", "b2"), Side.FIRST, Kind.DRAW, Action.OFFER);
    assertEquals(new OffersView("first", null), shown(offered));
    assertNothingNew(judge(offered, Side.FIRST, Kind.DRAW, Action.OFFER, null));
    assertRefused(Refusal.NO_OFFER, judge(offered, Side.FIRST, Kind.DRAW, Action.ACCEPT, null));
    Match over = after(offered, Side.SECOND, Kind.DRAW, Action.ACCEPT);
    assertEquals(Outcome.DRAW, over.outcome());
    assertTrue(over.isOver());
    assertEquals("agreement", over.view(3000).reason());
    assertNull(shown(over));
    assertNothingNew(judge(over, Side.SECOND, Kind.DRAW, Action.ACCEPT, null));
    assertRefused(Refusal.MATCH_OVER, judge(over, Side.SECOND, Kind.DRAW, Action.DECLINE, null));
  }

  @Test
  void draw_offeredByBoth_isAgreed() {
    Match offered = after(people(), Side.FIRST, Kind.DRAW, Action.OFFER);
    assertTrue(after(offered, Side.SECOND, Kind.DRAW, Action.OFFER).isOver());
  }

  @Test
  void drawOffer_standsUntilTheOtherSideMoves() {
    Match offered = play(after(people(), Side.FIRST, Kind.DRAW, Action.OFFER), "a1");
    assertEquals(new OffersView("first", null), shown(offered), "the own move leaves it");
    Match lapsed = play(offered, "b2");
    assertNull(shown(lapsed));
    assertRefused(Refusal.NO_OFFER, judge(lapsed, Side.SECOND, Kind.DRAW, Action.ACCEPT, null));
  }

  @Test
  void drawOffer_thatWasDeclined_comesAgainAfterAMove() {
    Match declined =
        after(
            after(people("a1"), Side.FIRST, Kind.DRAW, Action.OFFER),
            Side.SECOND,
            Kind.DRAW,
            Action.DECLINE);
    assertNull(shown(declined));
    assertNothingNew(judge(declined, Side.SECOND, Kind.DRAW, Action.DECLINE, null));
    assertRefused(
        Refusal.OFFER_NOT_ALLOWED, judge(declined, Side.FIRST, Kind.DRAW, Action.OFFER, null));
    Match answered = play(declined, "b2");
    assertRefused(
        Refusal.OFFER_NOT_ALLOWED, judge(answered, Side.FIRST, Kind.DRAW, Action.OFFER, null));
    after(play(answered, "c3"), Side.FIRST, Kind.DRAW, Action.OFFER);
  }

  @Test
  void draw_isNotOffered_toAnAgent_orAnEmptySeat() {
    for (Seat seat : List.of(new Seat.ServerAgent("random", "Random"), new Seat.Open())) {
      assertRefused(
          Refusal.OFFER_NOT_ALLOWED, judge(match(seat), Side.FIRST, Kind.DRAW, Action.OFFER, null));
    }
    after(match(new Seat.Bot("B")), Side.FIRST, Kind.DRAW, Action.OFFER);
  }

  @Test
  void takeback_betweenPeople_needsConsent() {
    Match asked = after(people("a1", "b2", "c3"), Side.SECOND, Kind.TAKEBACK, Action.OFFER);
    assertEquals(new OffersView(null, "second"), shown(asked));
    assertEquals(3, asked.ply());
    Match back = after(asked, Side.FIRST, Kind.TAKEBACK, Action.ACCEPT);
    assertEquals(List.of("a1"), back.moves());
    assertNull(shown(back));
    assertNothingNew(judge(back, Side.FIRST, Kind.TAKEBACK, Action.ACCEPT, null));
    assertRefused(
        Refusal.NO_OFFER, judge(play(back, "b3"), Side.FIRST, Kind.TAKEBACK, Action.ACCEPT, null));
  }

  @Test
  void takeback_lapsesWithAnyMove_andIsDeclined() {
    Match asked = after(people("a1", "b2"), Side.FIRST, Kind.TAKEBACK, Action.OFFER);
    assertNull(shown(play(asked, "c3")));
    Match declined = after(asked, Side.SECOND, Kind.TAKEBACK, Action.DECLINE);
    assertRefused(
        Refusal.TAKEBACK_NOT_ALLOWED,
        judge(declined, Side.FIRST, Kind.TAKEBACK, Action.OFFER, null));
  }

  @Test
  void takeback_ofTheSamePlyTwice_takesBackOnce() {
    Match match = match(new Seat.ServerAgent("random", "Random"), "a1", "b2", "c3", "a3");
    Verdict.Allowed allowed =
        assertInstanceOf(
            Verdict.Allowed.class, judge(match, Side.FIRST, Kind.TAKEBACK, Action.OFFER, 4));
    Match back = match.apply(allowed.events().getFirst(), 3000);
    assertEquals(2, back.ply());
    assertNothingNew(judge(back, Side.FIRST, Kind.TAKEBACK, Action.OFFER, 4));
    assertRefused(Refusal.STALE_PLY, judge(back, Side.FIRST, Kind.TAKEBACK, Action.OFFER, 1));
  }

  @Test
  void takeback_fromABot_orBeforeAMove_isRefused() {
    assertRefused(
        Refusal.TAKEBACK_NOT_ALLOWED,
        judge(match(new Seat.Bot("B"), "a1"), Side.FIRST, Kind.TAKEBACK, Action.OFFER, null));
    assertRefused(
        Refusal.TAKEBACK_NOT_ALLOWED,
        judge(people("a1"), Side.SECOND, Kind.TAKEBACK, Action.OFFER, null));
  }

  @Test
  void abort_beforeBothHaveMoved_endsTheMatchWithoutALoser() {
    Match begun = people("a1");
    Verdict.Allowed allowed =
        assertInstanceOf(
            Verdict.Allowed.class, Referee.judge(begun, new Command.Abort("m", Side.SECOND), 3000));
    Match over = begun.apply(allowed.events().getFirst(), 3000);
    assertTrue(over.isAborted());
    assertEquals("aborted", over.view(3000).outcome());
    assertEquals("aborted", over.view(3000).reason());
    assertNothingNew(Referee.judge(over, new Command.Abort("m", Side.SECOND), 3000));
    assertRefused(
        Refusal.ABORT_NOT_ALLOWED,
        Referee.judge(people("a1", "b2"), new Command.Abort("m", Side.FIRST), 3000));
  }

  @Test
  void resignation_again_isTheSameAnswer() {
    Match over = people("a1").apply(new MatchEvent.Resigned(Side.FIRST), 3000);
    assertNothingNew(Referee.judge(over, new Command.Resign("m", Side.FIRST), 3000));
    assertRefused(
        Refusal.MATCH_OVER, Referee.judge(over, new Command.Resign("m", Side.SECOND), 3000));
  }

  @Test
  void transcript_withConsentThatNobodyAskedFor_isNotBelieved() {
    TimedEvent created =
        new TimedEvent(
            1000,
            new MatchEvent.Created(
                "tic-tac-toe", new Seat.Person("A"), new Seat.Person("B"), "a", "b", 1000));
    for (MatchEvent wrong :
        List.of(new MatchEvent.DrawAgreed(), new MatchEvent.OfferDeclined(Side.FIRST, Kind.DRAW))) {
      assertInstanceOf(
          Transcript.Reading.Invalid.class,
          Transcript.check("m", List.of(created, new TimedEvent(2000, wrong))),
          wrong::toString);
    }
    assertInstanceOf(
        Transcript.Reading.Valid.class,
        Transcript.check(
            "m",
            List.of(
                created,
                new TimedEvent(2000, new MatchEvent.Offered(Side.FIRST, Kind.DRAW)),
                new TimedEvent(3000, new MatchEvent.DrawAgreed()))));
  }
}
