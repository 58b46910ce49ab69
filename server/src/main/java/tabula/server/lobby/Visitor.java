package tabula.server.lobby;

import org.jspecify.annotations.Nullable;
import tabula.games.Side;
import tabula.server.lobby.Wishes.Reason;

/** Somebody in the lobby. All is called on the lobby's context. */
public interface Visitor {

  /**
   * Who it is, to others: nobody meets themselves. An account's is the same wherever it comes from.
   */
  String id();

  /** Whether somebody is there to play just now. */
  boolean isThere();

  /** Gets ready to take a seat, and says the hash of the token that will give the right to it. */
  String reserveSeat(String matchId);

  /** The match began, and the seat is theirs. */
  void seated(String matchId, Side side);

  /** Somebody challenges them. */
  void challenged(Challenge challenge);

  /** A challenge of theirs, or to them, came to nothing. */
  void challengeEnded(Challenge challenge, End end, @Nullable Reason reason);

  /** They let too many matches run out of time: until then they are not paired or challenged. */
  void rests(long until);

  /** Why a challenge came to nothing; the codes are part of the protocol. */
  enum End {
    DECLINED("declined"),
    CANCELLED("cancelled"),
    EXPIRED("expired");

    private final String code;

    End(String code) {
      this.code = code;
    }

    public String code() {
      return code;
    }
  }
}
