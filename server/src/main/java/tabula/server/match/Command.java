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
      boolean rated)
      implements Command {}

  /** Takes an open seat: {@code side}, or whichever is open. */
  record TakeSeat(String matchId, @Nullable Side side, Seat seat, String tokenHash)
      implements Command {}

  /** Asks which side a token gives the right to. */
  record ResumeSeat(String matchId, String tokenHash) implements Command {}

  /** Plays a move after {@code ply} moves, for a side that the asker holds. */
  record Play(String matchId, Side side, int ply, String move) implements Command {}

  record Resign(String matchId, Side side) implements Command {}

  record TakeBack(String matchId, Side side) implements Command {}

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
