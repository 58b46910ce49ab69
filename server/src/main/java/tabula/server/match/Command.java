package tabula.server.match;

import java.util.List;
import org.jspecify.annotations.Nullable;
import tabula.games.Side;

/** What may be asked of a match. */
public sealed interface Command {

  String matchId();

  /** Begins a match, rated or not. */
  record Create(
      String matchId,
      String game,
      Seat first,
      Seat second,
      String firstTokenHash,
      String secondTokenHash,
      @Nullable TimeControl timeControl,
      boolean rated)
      implements Command {}

  /** Takes an open seat: {@code side}, or whichever is open. */
  record TakeSeat(String matchId, @Nullable Side side, Seat seat, String tokenHash)
      implements Command {}

  /** Asks which side a token gives the right to. */
  record ResumeSeat(String matchId, String tokenHash) implements Command {}

  /**
   * Plays a move after {@code ply} moves, for a side that the asker holds.
   *
   * @param lagMillis how long the way to the asker and back takes
   */
  record Play(String matchId, Side side, int ply, String move, long lagMillis) implements Command {}

  record Resign(String matchId, Side side) implements Command {}

  /** Calls the match off. */
  record Abort(String matchId, Side side) implements Command {}

  /**
   * Offers a draw or asks for a move back, or answers the other side's offer.
   *
   * @param ply the ply at which the asker saw the match; null if that does not matter
   */
  record Bargain(
      String matchId, Side side, Offers.Kind kind, Offers.Action action, @Nullable Integer ply)
      implements Command {}

  /** Ends the match if somebody's time is up. */
  record KeepTime(String matchId) implements Command {}

  /** Asks how the match stands. */
  record Look(String matchId) implements Command {}

  /** What came of a command. */
  sealed interface Reply {}

  /**
   * It was done, and is stored.
   *
   * @param match as it stands now
   * @param side the asker's, for commands about seats
   */
  record Done(MatchView match, @Nullable Side side) implements Reply {}

  record Refused(Refusal refusal, String message) implements Reply {}

  /**
   * The rules by which a match answers: the events that a command would make, or why it is refused.
   */
  sealed interface Verdict {

    /** No events: the command asks for nothing new. */
    record Allowed(List<MatchEvent> events, @Nullable Side side) implements Verdict {}

    record Denied(Refusal refusal, String message) implements Verdict {}
  }
}
