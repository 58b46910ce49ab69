package tabula.server.session;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tabula.games.Games;
import tabula.games.Side;
import tabula.server.lobby.Challenge;
import tabula.server.lobby.Lobby;
import tabula.server.lobby.Visitor;
import tabula.server.lobby.Wishes;
import tabula.server.match.Match;
import tabula.server.match.MatchView;
import tabula.server.match.Refusal;
import tabula.server.match.Seat;

/** A session in the lobby: what its client says there, and what it hears. */
final class Desk implements Visitor {

  private static final ObjectMapper JSON = new ObjectMapper();

  private final Session session;
  private final Lobby lobby;

  /** Of a client without an account; the session's own id is its secret. */
  private final String guestId = "guest:" + Tokens.newMatchId();

  /** The tokens of seats that are not taken yet, by match. */
  private final Map<String, String> reserved = new HashMap<>();

  private @Nullable Seat seat;

  Desk(Session session, Lobby lobby) {
    this.session = session;
    this.lobby = lobby;
  }

  @Override
  public String id() {
    return Optional.ofNullable(seat).flatMap(Seat::player).orElse(guestId);
  }

  /** Whoever the client is from now on. */
  private Seat speakAs(Seat known) {
    Seat before = seat;
    if (before != null && !known.player().equals(before.player())) {
      lobby.leave(this);
    }
    seat = known;
    return known;
  }

  /** A match that began without the lobby counts as one that is played, too. */
  void plays(MatchView match, Side side) {
    Optional<String> player =
        Optional.ofNullable(match.seats().get(Match.name(side))).flatMap(Seat::player);
    lobby.plays(player.orElse(guestId), match);
  }

  void hear(ClientFrame.Availability frame, Seat known) {
    Optional<String> unknown = unknownGame(frame.wishes().games());
    if (unknown.isPresent()) {
      session.refuse(frame.id(), null, Refusal.UNKNOWN_GAME, unknown.get(), null);
    } else {
      session.accepted(frame.id(), null);
      lobby.wish(this, speakAs(known), frame.wishes());
    }
  }

  void hear(ClientFrame.Challenge frame, Seat known) {
    Optional<String> unknown = unknownGame(List.of(frame.terms().game()));
    if (unknown.isPresent()) {
      session.refuse(frame.id(), null, Refusal.UNKNOWN_GAME, unknown.get(), null);
    } else {
      answer(
          frame.id(),
          null,
          lobby.challenge(this, speakAs(known), frame.terms(), frame.side(), frame.to()));
    }
  }

  void hear(ClientFrame.AcceptChallenge frame, Seat known) {
    lobby
        .accept(this, speakAs(known), frame.matchId())
        .onSuccess(answer -> answer(frame.id(), frame.matchId(), answer))
        .onFailure(
            failure ->
                session.refuse(
                    frame.id(),
                    frame.matchId(),
                    Refusal.UNAVAILABLE,
                    "The server is busy. Try again.",
                    1000L));
  }

  void hear(ClientFrame.DeclineChallenge frame) {
    answer(frame.id(), frame.matchId(), lobby.decline(this, frame.matchId(), frame.reason()));
  }

  private static Optional<String> unknownGame(List<String> games) {
    return games.stream()
        .filter(game -> Games.find(game).isEmpty())
        .findFirst()
        .map("There is no game '%s'."::formatted);
  }

  private void answer(@Nullable String frameId, @Nullable String matchId, Lobby.Answer answer) {
    switch (answer) {
      case Lobby.Answer.Done done -> session.accepted(frameId, matchId);
      case Lobby.Answer.Challenged(Challenge challenge) -> tell(frameId, challenge);
      case Lobby.Answer.Refused(Refusal refusal, String message) ->
          session.refuse(frameId, matchId, refusal, message, null);
    }
  }

  private void tell(@Nullable String frameId, Challenge challenge) {
    ObjectNode data = JSON.createObjectNode();
    data.set("from", JSON.valueToTree(challenge.from()));
    if (challenge.to() != null) {
      data.put("to", challenge.to());
    }
    data.put("game", challenge.terms().game());
    if (challenge.terms().timeControl() != null) {
      data.set("timeControl", JSON.valueToTree(challenge.terms().timeControl()));
    }
    if (challenge.side() != null) {
      data.put("side", Match.name(challenge.side()));
    }
    if (challenge.terms().rated() != null) {
      data.put("rated", challenge.terms().rated());
    }
    data.put("expiresAt", challenge.expiresAt());
    session.send("challenge", frameId, challenge.id(), null, data);
  }

  @Override
  public boolean isThere() {
    return session.isConnected();
  }

  @Override
  public String reserveSeat(String matchId) {
    String token = Tokens.newToken();
    reserved.put(matchId, token);
    return Tokens.hash(token);
  }

  @Override
  public void seated(String matchId, Side side) {
    String token = reserved.remove(matchId);
    if (token != null) {
      session.sit(matchId, side, token);
    }
  }

  @Override
  public void challenged(Challenge challenge) {
    tell(null, challenge);
  }

  @Override
  public void challengeEnded(Challenge challenge, End end, Wishes.@Nullable Reason reason) {
    ObjectNode data = JSON.createObjectNode();
    data.put("end", end.code());
    if (reason != null) {
      data.put("reason", reason.code());
    }
    session.send("challengeEnded", null, challenge.id(), null, data);
  }

  @Override
  public void rests(long until) {
    session.send(
        "rested",
        null,
        null,
        null,
        JSON.createObjectNode().put("reason", "timeouts").put("until", until));
  }

  /** The client does not come back. */
  void leave() {
    lobby.leave(this);
  }
}
