package tabula.server.match;

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

/**
 * A match at one moment: immutable, and a pure function of its events and their times.
 *
 * @param positions after 0, 1, 2 … moves
 * @param moves in their written form
 * @param clocks null where nobody counts the time
 * @param offers what the sides have offered each other
 * @param ending how it ended, if not by the rules of the game
 */
public record Match(
    String id,
    Game game,
    Seat first,
    Seat second,
    String firstTokenHash,
    String secondTokenHash,
    List<Position> positions,
    List<String> moves,
    @Nullable Clocks clocks,
    Offers offers,
    @Nullable Ending ending,
    long createdAt,
    boolean rated,
    int events) {

  /** The match that an event begins. */
  public static Match begin(String id, MatchEvent.Created created) {
    Game game = Games.get(created.game());
    TimeControl control = created.timeControl();
    return new Match(
        id,
        game,
        created.first(),
        created.second(),
        created.firstTokenHash(),
        created.secondTokenHash(),
        List.of(game.initialPosition()),
        List.of(),
        control == null ? null : Clocks.begin(control, created.at()),
        Offers.NONE,
        null,
        created.at(),
        created.rated(),
        1);
  }

  /** The match after one more event. */
  public Match apply(MatchEvent event, long at) {
    Match after =
        switch (event) {
          case MatchEvent.Created created ->
              throw new IllegalStateException("A match begins once: " + created);
          case MatchEvent.SeatTaken(Side side, Seat seat, String tokenHash) ->
              withSeat(side, seat, tokenHash).withClocks(clocks == null ? null : clocks.from(at));
          case MatchEvent.MovePlayed played -> play(played, at);
          case MatchEvent.TakenBack(int ply) -> takeBack(ply, at);
          case MatchEvent.Offered(Side side, Offers.Kind kind) ->
              withOffers(offers.with(kind, new Offers.Offer(side, Offers.Status.OPEN)));
          case MatchEvent.OfferDeclined(Side side, Offers.Kind kind) ->
              withOffers(
                  offers.with(kind, new Offers.Offer(side.opponent(), Offers.Status.DECLINED)));
          case MatchEvent.DrawAgreed agreed ->
              end(new Ending(Ending.Reason.AGREEMENT, null), stopped(at));
          case MatchEvent.Aborted aborted -> end(new Ending(Ending.Reason.ABORTED, null), clocks);
          case MatchEvent.Resigned(Side side) ->
              end(new Ending(Ending.Reason.RESIGNATION, side), stopped(at));
          case MatchEvent.FlagFell(Side side) ->
              end(
                  new Ending(Ending.Reason.TIME, side),
                  clocks == null ? null : clocks.with(side, 0, at));
          case MatchEvent.Expired expired ->
              end(new Ending(Ending.Reason.FIRST_MOVE_EXPIRED, null), clocks);
          case MatchEvent.TimeHeld(long millis) ->
              withClocks(clocks == null ? null : clocks.from(clocks.since() + millis));
        };
    return after.counted();
  }

  private Match play(MatchEvent.MovePlayed played, long at) {
    Position position = position();
    Clocks next = clocks;
    if (next != null) {
      Long left = played.clockMillis();
      next =
          next.with(
              position.sideToMove(), left == null ? next.left(position.sideToMove()) : left, at);
    }
    return withMoves(
            plus(positions, position.play(game.parseMove(position, played.move()))),
            plus(moves, played.move()))
        .withClocks(next)
        .withOffers(offers.afterMove(position.sideToMove()));
  }

  private Match takeBack(int ply, long at) {
    Offers.Offer asked = offers.takeback();
    return withMoves(List.copyOf(positions.subList(0, ply + 1)), List.copyOf(moves.subList(0, ply)))
        .withClocks(stopped(at))
        .withOffers(
            asked == null
                ? Offers.NONE
                : new Offers(null, new Offers.Offer(asked.by(), Offers.Status.ACCEPTED)));
  }

  /** The clocks once the side to move does not think any more. */
  private @Nullable Clocks stopped(long at) {
    Clocks running = clocks;
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

  private Match withSeat(Side side, Seat seat, String tokenHash) {
    boolean isFirst = side == Side.FIRST;
    return new Match(
        id,
        game,
        isFirst ? seat : first,
        isFirst ? second : seat,
        isFirst ? tokenHash : firstTokenHash,
        isFirst ? secondTokenHash : tokenHash,
        positions,
        moves,
        clocks,
        offers,
        ending,
        createdAt,
        rated,
        events);
  }

  private Match withMoves(List<Position> newPositions, List<String> newMoves) {
    return new Match(
        id,
        game,
        first,
        second,
        firstTokenHash,
        secondTokenHash,
        newPositions,
        newMoves,
        clocks,
        offers,
        ending,
        createdAt,
        rated,
        events);
  }

  private Match withOffers(Offers newOffers) {
    return new Match(
        id,
        game,
        first,
        second,
        firstTokenHash,
        secondTokenHash,
        positions,
        moves,
        clocks,
        newOffers,
        ending,
        createdAt,
        rated,
        events);
  }

  private Match withClocks(@Nullable Clocks newClocks) {
    return end(ending, newClocks);
  }

  private Match end(@Nullable Ending newEnding, @Nullable Clocks newClocks) {
    return new Match(
        id,
        game,
        first,
        second,
        firstTokenHash,
        secondTokenHash,
        positions,
        moves,
        newClocks,
        offers,
        newEnding,
        createdAt,
        rated,
        events);
  }

  private Match counted() {
    return new Match(
        id,
        game,
        first,
        second,
        firstTokenHash,
        secondTokenHash,
        positions,
        moves,
        clocks,
        offers,
        ending,
        createdAt,
        rated,
        events + 1);
  }

  /** The moves so far and the position that they lead to. */
  public GameRecord played() {
    int[] actions = new int[moves.size()];
    Arrays.setAll(actions, i -> game.parseMove(positions.get(i), moves.get(i)));
    return new GameRecord(actions, position());
  }

  public Position position() {
    return positions.getLast();
  }

  public int ply() {
    return moves.size();
  }

  public Seat seat(Side side) {
    return side == Side.FIRST ? first : second;
  }

  String tokenHash(Side side) {
    return side == Side.FIRST ? firstTokenHash : secondTokenHash;
  }

  /**
   * Who won; still ongoing for a match that was {@link #isAborted aborted}, which has no result.
   */
  public Outcome outcome() {
    if (ending == null) {
      return position().outcome();
    }
    if (ending.reason() == Ending.Reason.AGREEMENT) {
      return Outcome.DRAW;
    }
    Side loser = ending.loser();
    return loser == null ? Outcome.ONGOING : Outcome.winOf(loser.opponent());
  }

  public boolean isOver() {
    return ending != null || position().outcome().isOver();
  }

  /** Whether it ended without counting: nobody won, nobody lost, it was no draw. */
  public boolean isAborted() {
    return ending != null && ending.reason().isAborted();
  }

  boolean endedBy(Ending.Reason reason) {
    return ending != null && ending.reason() == reason;
  }

  public boolean hasOpenSeat() {
    return first instanceof Seat.Open || second instanceof Seat.Open;
  }

  /** How long the players may think; null where nobody counts the time. */
  public @Nullable TimeControl timeControl() {
    return clocks == null ? null : clocks.control();
  }

  /** Whether somebody's time is running, or that for a first move. */
  public boolean isTimed() {
    return clocks != null && !isOver() && !hasOpenSeat();
  }

  /** Whether the move of the side to move costs no time. */
  boolean isFree() {
    return ply() < Clocks.FREE_PLIES;
  }

  /** What a side's clock shows, in milliseconds; below 0 once its time is up. */
  long left(Side side, long now) {
    Clocks shown = clocks;
    if (shown == null) {
      return 0;
    }
    boolean runs = isTimed() && !isFree() && side == position().sideToMove();
    return shown.left(side) - (runs ? shown.thought(now) : 0);
  }

  /** When the time of the side to move is up, if it runs. */
  public OptionalLong deadline() {
    Clocks running = clocks;
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
