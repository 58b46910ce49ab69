package tabula.server.match;

import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tabula.games.Outcome;
import tabula.games.Side;
import tabula.games.record.MoveText;
import tabula.games.record.RecordedGame;
import tabula.games.record.RecordedGame.Way;
import tabula.server.account.Secrets;

/** A game that was played elsewhere, as a match between two people without accounts. */
public final class RecordedMatch {

  private static final int ID_LETTERS = 24;

  /** As long as the protocol lets names be. */
  private static final int LONGEST_NAME = 40;

  /** A player whom nobody knows, as records have it. */
  private static final String UNKNOWN = "?";

  private RecordedMatch() {}

  /**
   * The events that lead to what a record says. The same game has the same id, wherever and however
   * it was written; its events have the time at which its day begins, or 0 where nobody knows it.
   */
  public static Transcript of(RecordedGame game) {
    List<String> moves = game.moves(MoveText.PLAIN);
    LocalDate date = game.date();
    long at = date == null ? 0 : date.atStartOfDay(ZoneOffset.UTC).toInstant().toEpochMilli();
    List<MatchEvent> events = new ArrayList<>();
    events.add(
        new MatchEvent.Created(
            game.game().id(), seat(game.first()), seat(game.second()), "", "", at));
    for (int ply = 0; ply < moves.size(); ply++) {
      events.add(new MatchEvent.MovePlayed(ply, moves.get(ply), null));
    }
    events.addAll(end(game));
    String id = id(game, moves);
    return switch (Transcript.check(
        id, events.stream().map(event -> new TimedEvent(at, event)).toList())) {
      case Transcript.Reading.Valid(Transcript transcript) -> transcript;
      case Transcript.Reading.Invalid(String reason) -> throw new IllegalStateException(reason);
    };
  }

  private static Seat seat(String name) {
    return new Seat.Person(kept(name));
  }

  /** A name as far as it is kept: whole characters alone. */
  private static String kept(String name) {
    if (name.isEmpty()) {
      return UNKNOWN;
    } else if (name.length() <= LONGEST_NAME) {
      return name;
    }
    boolean cutsOne = Character.isHighSurrogate(name.charAt(LONGEST_NAME - 1));
    return name.substring(0, cutsOne ? LONGEST_NAME - 1 : LONGEST_NAME);
  }

  private static List<MatchEvent> end(RecordedGame game) {
    Outcome outcome = game.result().outcome();
    Way way = game.result().way();
    if (way == Way.RULES) {
      return List.of();
    }
    if (outcome == Outcome.DRAW) {
      // Who offered it, no record says: whoever moved last could.
      Side offering = game.played().position().sideToMove().opponent();
      return List.of(
          new MatchEvent.Offered(offering, Offers.Kind.DRAW), new MatchEvent.DrawAgreed());
    }
    Side loser = outcome == Outcome.FIRST_WINS ? Side.SECOND : Side.FIRST;
    return List.of(
        way == Way.TIME ? new MatchEvent.FlagFell(loser) : new MatchEvent.Resigned(loser));
  }

  private static String id(RecordedGame game, List<String> moves) {
    @Nullable LocalDate date = game.date();
    String content =
        String.join(
            "\n",
            game.game().id(),
            String.join(" ", moves),
            kept(game.first()),
            kept(game.second()),
            String.valueOf(date),
            game.result().toString());
    return Secrets.hash(content).substring(0, ID_LETTERS);
  }
}
