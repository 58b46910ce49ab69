package tabula.server.match;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import tabula.games.Outcome;
import tabula.games.Side;
import tabula.server.match.Command.Verdict;

/** What time does to a match, by a clock that the test sets. */
class ClockTests {

  private static final long START = 1_000_000;
  private static final TimeControl BANK = new TimeControl.Bank(60_000, 2_000);

  private static Match match(TimeControl control) {
    return Match.begin(
        "m",
        new MatchEvent.Created(
            "tic-tac-toe", new Seat.Bot("A"), new Seat.Bot("B"), "a", "b", START, control));
  }

  private static Command.Play move(Match match, String move, long lag) {
    return new Command.Play("m", match.position().sideToMove(), match.ply(), move, lag);
  }

  private static Match play(Match match, String move, long now, long lag) {
    Verdict verdict = Referee.judge(match, move(match, move, lag), now);
    return match.apply(assertInstanceOf(Verdict.Allowed.class, verdict).events().getFirst(), now);
  }

  private static Match play(Match match, String move, long now) {
    return play(match, move, now, 0);
  }

  /** A match in which both have moved, the second of them at {@code START + 10_000}. */
  private static Match begun(TimeControl control) {
    return play(play(match(control), "a1", START + 5_000), "a2", START + 10_000);
  }

  private static ClocksView clocks(Match match, long now) {
    @Nullable ClocksView clocks = match.view(now).clocks();
    assertNotNull(clocks);
    return clocks;
  }

  private static Optional<MatchEvent> timeUp(Match match, long now) {
    return Referee.timeUp(match, new Command.KeepTime("m"), now);
  }

  @Test
  void firstMoves_costNoTime() {
    ClocksView clocks = clocks(begun(BANK), START + 10_000);
    assertEquals(60_000, clocks.first());
    assertEquals(60_000, clocks.second());
    assertEquals("first", clocks.running());
  }

  @Test
  void firstMove_thatDoesNotCome_abortsTheMatch_andNobodyLoses() {
    Match match = play(match(BANK), "a1", START + 5_000);
    assertEquals(
        20_000L, clocks(match, START + 15_000).firstMoveMs(), "counted from the move before");
    assertEquals(Optional.empty(), timeUp(match, START + 35_000));
    long late = START + 35_000 + Referee.MOST_LAG_MILLIS + 1;
    Match over = match.apply(timeUp(match, late).orElseThrow(), late);
    assertTrue(over.isOver());
    assertTrue(over.isAborted());
    assertEquals(Outcome.ONGOING, over.outcome());
    assertEquals("aborted", over.view(late).outcome());
    assertEquals("firstMoveExpired", over.view(late).reason());
  }

  @Test
  void firstMove_isNotWaitedForLongerThanTenTimesTheBank() {
    assertEquals(5_000, new TimeControl.Bank(500, 0).firstMoveMillis());
    assertEquals(30_000, new TimeControl.PerMove(60_000).firstMoveMillis());
    assertEquals(2 * 86_400_000L, new TimeControl.Correspondence(2).firstMoveMillis());
  }

  @Test
  void bank_losesTheThoughtAndGetsTheIncrement() {
    Match match = play(begun(BANK), "b1", START + 17_000);
    ClocksView clocks = clocks(match, START + 18_000);
    assertEquals(60_000 - 7_000 + 2_000, clocks.first());
    assertEquals(59_000, clocks.second(), "it runs");
    assertEquals("second", clocks.running());
    assertEquals(START + 18_000, clocks.at());
  }

  @Test
  void perMove_beginsAnewWithEachMove() {
    Match match = play(begun(new TimeControl.PerMove(10_000)), "b1", START + 19_000);
    assertEquals(10_000, clocks(match, START + 19_000).first());
    assertEquals(START + 29_000, match.deadline().orElseThrow());
  }

  @Test
  void correspondence_countsDays() {
    Match match = begun(new TimeControl.Correspondence(3));
    assertEquals(START + 10_000 + 3 * 86_400_000L, match.deadline().orElseThrow());
  }

  @Test
  void flag_falls_andTheOtherWins() {
    Match match = begun(BANK);
    long late = START + 70_000 + Referee.MOST_LAG_MILLIS + 1;
    assertEquals(Optional.empty(), timeUp(match, late - 1));
    assertEquals(Optional.of(new MatchEvent.FlagFell(Side.FIRST)), timeUp(match, late));
    Match over = match.apply(new MatchEvent.FlagFell(Side.FIRST), late);
    assertEquals("second", over.view(late).outcome());
    assertEquals("time", over.view(late).reason());
    assertEquals(0, clocks(over, late).first());
  }

  @Test
  void move_isLate_byMoreThanItsWay_only() {
    Match match = begun(BANK);
    long late = START + 70_000 + 100;
    assertEquals(
        Optional.of(new MatchEvent.FlagFell(Side.FIRST)),
        Referee.timeUp(match, move(match, "b1", 0), late));
    assertEquals(Optional.empty(), Referee.timeUp(match, move(match, "b1", 100), late));
    assertEquals(2_000, clocks(play(match, "b1", late, 100), late).first());
  }

  @Test
  void lag_isCreditedUpToALimit() {
    Match match = begun(BANK);
    ClocksView slow = clocks(play(match, "b1", START + 20_000, 60_000), START + 20_000);
    assertEquals(60_000 - 10_000 + Referee.MOST_LAG_MILLIS + 2_000, slow.first());
    ClocksView quick = clocks(play(match, "b1", START + 10_050, 60_000), START + 10_050);
    assertEquals(62_000, quick.first(), "no more than was thought");
  }

  @Test
  void timeThatIsHeld_costsNobodyAnything() {
    Match match = begun(BANK).apply(new MatchEvent.TimeHeld(25_000), START + 30_000);
    assertEquals(60_000, clocks(match, START + 30_000).first(), "part of it is still to come");
    assertEquals(START + 35_000, clocks(match, START + 30_000).at());
    assertEquals(59_000, clocks(match, START + 36_000).first());
    assertEquals(START + 95_000, match.deadline().orElseThrow());
  }

  @Test
  void clocks_doNotRun_whileASeatIsOpen_orTheMatchIsOver() {
    Match open =
        Match.begin(
            "m",
            new MatchEvent.Created(
                "tic-tac-toe", new Seat.Bot("A"), new Seat.Open(), "a", "", START, BANK));
    assertFalse(open.isTimed());
    Match taken =
        open.apply(new MatchEvent.SeatTaken(Side.SECOND, new Seat.Bot("B"), "b"), START + 90_000);
    assertEquals(START + 120_000, taken.deadline().orElseThrow());
    Match over = begun(BANK).apply(new MatchEvent.Resigned(Side.SECOND), START + 20_000);
    assertTrue(over.deadline().isEmpty());
    assertEquals(50_000, clocks(over, START + 90_000).first(), "as it stopped");
  }

  @Test
  void takeback_chargesWhatWasThought() {
    Match match = play(begun(BANK), "b1", START + 17_000);
    Match back = match.apply(new MatchEvent.TakenBack(2), START + 20_000);
    ClocksView clocks = clocks(back, START + 21_000);
    assertEquals(54_000, clocks.first());
    assertEquals(57_000, clocks.second());
    assertEquals("first", clocks.running());
  }

  @Test
  void transcript_withClocksThatCannotBe_isNotBelieved() {
    MatchEvent.Created created =
        new MatchEvent.Created(
            "tic-tac-toe", new Seat.Bot("A"), new Seat.Bot("B"), "a", "b", START, BANK);
    for (MatchEvent wrong :
        List.of(
            new MatchEvent.MovePlayed(0, "a1", null),
            new MatchEvent.MovePlayed(0, "a1", -1L),
            new MatchEvent.FlagFell(Side.FIRST),
            new MatchEvent.TimeHeld(-1))) {
      assertInstanceOf(
          Transcript.Reading.Invalid.class,
          Transcript.check(
              "m", List.of(new TimedEvent(START, created), new TimedEvent(START, wrong))),
          wrong::toString);
    }
    MatchEvent.Created endless =
        new MatchEvent.Created(
            "tic-tac-toe",
            new Seat.Bot("A"),
            new Seat.Bot("B"),
            "a",
            "b",
            START,
            new TimeControl.Bank(-5, 0));
    assertInstanceOf(
        Transcript.Reading.Invalid.class,
        Transcript.check("m", List.of(new TimedEvent(START, endless))));
  }
}
