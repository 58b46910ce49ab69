package tabula.server.match;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import tabula.games.Board;
import tabula.games.Game;
import tabula.games.Games;
import tabula.server.protocol.Contract;
import tabula.server.protocol.Contract.Part;

/** Matches of every game, without a server around them. */
class EveryGameTests {

  private static final ObjectMapper JSON = new ObjectMapper();

  static Stream<Game> games() {
    return Games.all().stream();
  }

  private static Match begin(Game game) {
    return Match.begin(
        "m",
        new MatchEvent.Created(
            game.id(), new Seat.Person("A"), new Seat.Person("B"), "one", "two", 1));
  }

  private static Command.Verdict play(Match match, String move) {
    return Referee.judge(
        match, new Command.Play("m", match.position().sideToMove(), match.ply(), move, 0), 1);
  }

  @ParameterizedTest
  @MethodSource("games")
  void randomMatch_isShownAsTheContractSays_toItsEnd(Game game) {
    SplittableRandom random = new SplittableRandom(1);
    Match match = begin(game);
    while (true) {
      MatchView view = match.view(1);
      JsonNode json = JSON.valueToTree(view);
      assertEquals(Optional.empty(), Contract.get().problem(Part.THINGS, "match", json));
      assertEquals(game.board().height(), view.board().size());
      for (String row : view.board()) {
        assertEquals(game.board().width(), row.length());
      }
      if (view.isOver()) {
        assertTrue(view.legalMoves().isEmpty());
        break;
      }
      List<String> legal = view.legalMoves();
      Command.Verdict verdict = play(match, legal.get(random.nextInt(legal.size())));
      for (MatchEvent event : assertInstanceOf(Command.Verdict.Allowed.class, verdict).events()) {
        match = match.apply(event, 1);
      }
    }
  }

  @Test
  void kindsOfBoards_areThoseOfTheContract() {
    JsonNode kinds =
        Contract.get().document(Part.THINGS).at("/$defs/game/properties/board/properties/kind");
    assertEquals(
        Stream.of(Board.Kind.values()).map(kind -> kind.name().toLowerCase(Locale.ROOT)).toList(),
        StreamSupport.stream(kinds.path("enum").spliterator(), false)
            .map(JsonNode::asText)
            .toList());
  }

  @ParameterizedTest
  @CsvSource({
    "othello, a1, A disc on a1 turns none over.",
    "othello, pass, Nobody may pass who can place a disc.",
    "hex-7, swap, 'Only the second player may swap, in answer to the first stone.'",
    "breakthrough-6, a1a2, a1a2 is not a legal move here."
  })
  void illegalMove_isRefusedWithTheReason(String game, String move, String reason) {
    assertEquals(
        new Command.Verdict.Denied(Refusal.ILLEGAL_MOVE, reason),
        play(begin(Games.get(game)), move));
  }
}
