package tabula.server.match;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import tabula.games.Game;
import tabula.games.GameRecord;
import tabula.games.Games;
import tabula.games.Outcome;
import tabula.games.Position;
import tabula.games.Side;
import tabula.games.record.RecordedGame;

/**
 * A match at one moment: immutable, and a pure function of its events and their times.
 *
 * @param createdAt milliseconds since 1970; 0 where nobody knows
 * @param events how many there were
 */
public record Match(
    String id,
    Game game,
    Holders holders,
    Course course,
    long createdAt,
    boolean rated,
    int events) {

  /**
   * Who plays it.
   *
   * @param firstTokenHash of the token that gives the right to the seat; empty where there is none
   */
  record Holders(Seat first, Seat second, String firstTokenHash, String secondTokenHash) {

    Seat seat(Side side) {
      return side == Side.FIRST ? first : second;
    }

    Holders with(Side side, Seat seat, String tokenHash) {
      return side == Side.FIRST
          ? new Holders(seat, second, tokenHash, secondTokenHash)
          : new Holders(first, seat, firstTokenHash, tokenHash);
    }
  }

  /**
   * How it went so far.
   *
   * @param positions after 0, 1, 2 … moves
   * @param moves in their written form
   * @param clocks null where nobody counts the time
   * @param offers what the sides have offered each other
   * @param termination how it ended, if not by the rules of the game
   */
  record Course(
      List<Position> positions,
      List<String> moves,
      @Nullable Clocks clocks,
      Offers offers,
      @Nullable Termination termination) {

    Course with(Offers newOffers) {
      return new Course(positions, moves, clocks, newOffers, termination);
    }

    Course with(@Nullable Clocks newClocks) {
      return new Course(positions, moves, newClocks, offers, termination);
    }

    Course ended(Termination.Reason reason, @Nullable Side loser, @Nullable Clocks stopped) {
      return new Course(positions, moves, stopped, offers, new Termination(reason, loser));
    }
  }

  /** The match that an event begins. */
  public static Match begin(String id, MatchEvent.Created created) {
    Game game = Games.get(created.game());
    TimeControl control = created.timeControl();
    return new Match(
        id,
        game,
        new Holders(
            created.first(), created.second(), created.firstTokenHash(), created.secondTokenHash()),
        new Course(
            List.of(game.initialPosition()),
            List.of(),
            control == null ? null : Clocks.begin(control, created.at()),
            Offers.NONE,
            null),
        created.at(),
        created.rated(),
        1);
  }

  /** The match after one more event. */
  public Match apply(MatchEvent event, long at) {
    Clocks clocks = clocks();
    return switch (event) {
      case MatchEvent.Created created ->
          throw new IllegalStateException("A match begins once: " + created);
      case MatchEvent.SeatTaken(Side side, Seat seat, String tokenHash) ->
          after(
              holders.with(side, seat, tokenHash),
              course.with(clocks == null || !hasOpenSeat() ? clocks : clocks.from(at)));
      case MatchEvent.MovePlayed played -> after(play(played, at));
      case MatchEvent.TakenBack(int ply) -> after(takeBack(ply, at));
      case MatchEvent.Offered(Side side, Offers.Kind kind) ->
          after(course.with(offers().with(kind, new Offers.Offer(side, Offers.Status.OPEN))));
      case MatchEvent.OfferDeclined(Side side, Offers.Kind kind) ->
          after(
              course.with(
                  offers().with(kind, new Offers.Offer(side.opponent(), Offers.Status.DECLINED))));
      case MatchEvent.DrawAgreed agreed ->
          after(course.ended(Termination.Reason.AGREEMENT, null, stopped(at)));
      case MatchEvent.Aborted aborted ->
          after(course.ended(Termination.Reason.ABORTED, null, clocks));
      case MatchEvent.Resigned(Side side) ->
          after(course.ended(Termination.Reason.RESIGNATION, side, stopped(at)));
      case MatchEvent.FlagFell(Side side) ->
          after(
              course.ended(
                  Termination.Reason.TIME, side, clocks == null ? null : clocks.with(side, 0, at)));
      case MatchEvent.Expired expired ->
          after(course.ended(Termination.Reason.FIRST_MOVE_EXPIRED, null, clocks));
      case MatchEvent.TimeHeld(long millis) ->
          after(course.with(clocks == null ? null : clocks.from(clocks.since() + millis)));
    };
  }

  private Match after(Course newCourse) {
    return after(holders, newCourse);
  }

  private Match after(Holders newHolders, Course newCourse) {
    return new Match(id, game, newHolders, newCourse, createdAt, rated, events + 1);
  }

  private Course play(MatchEvent.MovePlayed played, long at) {
    Position position = position();
    Clocks next = clocks();
    if (next != null) {
      Long left = played.clockMillis();
      next =
          next.with(
              position.sideToMove(), left == null ? next.left(position.sideToMove()) : left, at);
    }
    return new Course(
        plus(positions(), position.play(game.parseMove(position, played.move()))),
        plus(moves(), played.move()),
        next,
        offers().afterMove(position.sideToMove()),
        null);
  }

  private Course takeBack(int ply, long at) {
    Offers.Offer asked = offers().takeback();
    return new Course(
        List.copyOf(positions().subList(0, ply + 1)),
        List.copyOf(moves().subList(0, ply)),
        stopped(at),
        asked == null
            ? Offers.NONE
            : new Offers(null, new Offers.Offer(asked.by(), Offers.Status.ACCEPTED)),
        null);
  }

  /** The clocks once the side to move does not think any more. */
  private @Nullable Clocks stopped(long at) {
    Clocks running = clocks();
    if (running == null) {
      return null;
    }
    Side thinking = position().sideToMove();
    return running.with(thinking, Math.max(0, left(thinking, at)), at);
  }

  private static <T> List<T> plus(List<T> list, T last) {
    List<T> longer = new ArrayList<>(list.size() + 1);
    longer.addAll(list);
    longer.add(last);
    return Collections.unmodifiableList(longer);
  }

  public Seat first() {
    return holders.first();
  }

  public Seat second() {
    return holders.second();
  }

  public List<Position> positions() {
    return course.positions();
  }

  /** In their written form. */
  public List<String> moves() {
    return course.moves();
  }

  public @Nullable Clocks clocks() {
    return course.clocks();
  }

  Offers offers() {
    return course.offers();
  }

  @Nullable Termination termination() {
    return course.termination();
  }

  /** The moves so far and the position that they lead to. */
  public GameRecord played() {
    List<String> moves = course.moves();
    List<Position> positions = course.positions();
    int[] actions = new int[moves.size()];
    Arrays.setAll(actions, i -> game.parseMove(positions.get(i), moves.get(i)));
    return new GameRecord(actions, position());
  }

  /** The match as other programs read it. */
  public RecordedGame recorded() {
    return new RecordedGame(
        played(),
        first().written(),
        second().written(),
        createdAt == 0
            ? null
            : LocalDate.ofInstant(Instant.ofEpochMilli(createdAt), ZoneOffset.UTC),
        new RecordedGame.Result(outcome(), way()));
  }

  private RecordedGame.Way way() {
    Termination termination = termination();
    return switch (termination == null ? null : termination.reason()) {
      case null -> RecordedGame.Way.RULES;
      case RESIGNATION -> RecordedGame.Way.RESIGNATION;
      case TIME -> RecordedGame.Way.TIME;
      case AGREEMENT -> RecordedGame.Way.AGREEMENT;
      case ABORTED, FIRST_MOVE_EXPIRED -> RecordedGame.Way.RULES;
    };
  }

  public Position position() {
    return course.positions().getLast();
  }

  public int ply() {
    return course.moves().size();
  }

  public Seat seat(Side side) {
    return holders.seat(side);
  }

  String tokenHash(Side side) {
    return side == Side.FIRST ? holders.firstTokenHash() : holders.secondTokenHash();
  }

  /**
   * Who won; still ongoing for a match that was {@link #isAborted aborted}, which has no result.
   */
  public Outcome outcome() {
    Termination termination = termination();
    if (termination == null) {
      return position().outcome();
    }
    if (termination.reason() == Termination.Reason.AGREEMENT) {
      return Outcome.DRAW;
    }
    Side loser = termination.loser();
    return loser == null ? Outcome.ONGOING : Outcome.winOf(loser.opponent());
  }

  public boolean isOver() {
    return termination() != null || position().outcome().isOver();
  }

  /** Whether it ended without counting: nobody won, nobody lost, it was no draw. */
  public boolean isAborted() {
    Termination termination = termination();
    return termination != null && termination.reason().isAborted();
  }

  boolean endedBy(Termination.Reason reason) {
    Termination termination = termination();
    return termination != null && termination.reason() == reason;
  }

  /** Whether both players are the server's own. */
  public boolean isAmongAgents() {
    return first() instanceof Seat.ServerAgent && second() instanceof Seat.ServerAgent;
  }

  public boolean hasOpenSeat() {
    return first() instanceof Seat.Open || second() instanceof Seat.Open;
  }

  /** How long the players may think; null where nobody counts the time. */
  public @Nullable TimeControl timeControl() {
    Clocks clocks = clocks();
    return clocks == null ? null : clocks.control();
  }

  /** Whether somebody's time is running, or that for a first move. */
  public boolean isTimed() {
    return clocks() != null && !isOver() && !hasOpenSeat();
  }

  /** Whether the move of the side to move costs no time. */
  boolean isFree() {
    return ply() < Clocks.FREE_PLIES;
  }

  /** What a side's clock shows, in milliseconds; below 0 once its time is up. */
  long left(Side side, long now) {
    Clocks shown = clocks();
    if (shown == null) {
      return 0;
    }
    boolean runs = isTimed() && !isFree() && side == position().sideToMove();
    return shown.left(side) - (runs ? shown.thought(now) : 0);
  }

  /** When the time of the side to move is up, if it runs. */
  public OptionalLong deadline() {
    Clocks running = clocks();
    if (running == null || !isTimed()) {
      return OptionalLong.empty();
    }
    long left =
        isFree() ? running.control().firstMoveMillis() : running.left(position().sideToMove());
    return OptionalLong.of(running.since() + left);
  }

  /** The match as the protocol shows it, with the clocks as they are now. */
  public MatchView view(long now) {
    return MatchView.of(this, now);
  }

  public static String name(Side side) {
    return side == Side.FIRST ? "first" : "second";
  }
}
