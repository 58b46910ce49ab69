package tabula.agents;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tabula.games.GameRecord;
import tabula.games.GameRecord.Reading;
import tabula.games.Position;
import tabula.games.connectfour.ConnectFour;
import tabula.games.tictactoe.TicTacToe;

class AgentsTests {

  private final Agents agents = new Agents(CheckpointSource.FILES);

  private static Position after(String moves) {
    return assertInstanceOf(Reading.Valid.class, GameRecord.read(ConnectFour.GAME, moves))
        .record()
        .position();
  }

  private Decision decide(String spec, Position position) {
    return agents
        .create(AgentSpec.parse(spec), position.game())
        .decide(position, new SplittableRandom(5));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "random",
        "perfect",
        "mcts:1000",
        "alphabeta:8",
        "net:latest?visits=200",
        "net:a/b?visits=0&search=puct"
      })
  void parse_ofACanonicalSpec_roundTrips(String text) {
    assertEquals(text, AgentSpec.parse(text).toString());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "nobody",
        "random:3",
        "mcts",
        "mcts:0",
        "mcts:many",
        "mcts:99999999999",
        "alphabeta:-1",
        "alphabeta:65",
        "net:",
        "net:x?visits=-1",
        "net:x?search=dfs",
        "net:x?speed=9",
        "net:x?"
      })
  void parse_ofNonsense_saysWhatWouldBeRight(String text) {
    var failure = assertThrows(IllegalArgumentException.class, () -> AgentSpec.parse(text));
    assertTrue(String.valueOf(failure.getMessage()).contains("mcts:SIMULATIONS"));
  }

  @ParameterizedTest
  @CsvSource({
    // A win in one, a loss in one to be prevented, and one more of each.
    "112233, 4",
    "11223, 4",
    "121212, 1",
    "12121, 1"
  })
  void decide_findsTheOnlyMove(String moves, String expected) {
    Position position = after(moves);
    for (String spec : new String[] {"mcts:2000", "alphabeta:4", "perfect"}) {
      assertEquals(
          expected, position.game().formatMove(position, decide(spec, position).action()), spec);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"random", "mcts:200", "alphabeta:4"})
  void decide_withTheSameSeed_decidesTheSame(String spec) {
    Decision one = decide(spec, after("4455"));
    Decision other = decide(spec, after("4455"));
    assertEquals(one.action(), other.action());
    assertArrayEquals(one.policy(), other.policy());
  }

  @Test
  void perfect_onTheEmptyBoard_takesTheCentre() {
    Decision decision = decide("perfect", ConnectFour.GAME.initialPosition());
    assertEquals(3, decision.action());
    assertEquals(1, decision.value());
  }

  @Test
  void perfect_inTicTacToe_neverLoses() {
    Agent perfect = agents.create(new AgentSpec.Perfect(), TicTacToe.GAME);
    Agent random = agents.create(new AgentSpec.RandomMoves(), TicTacToe.GAME);
    SplittableRandom dice = new SplittableRandom(1);
    for (int game = 0; game < 200; game++) {
      Position position = TicTacToe.GAME.initialPosition();
      boolean perfectMoves = game % 2 == 0;
      var side = perfectMoves ? position.sideToMove() : position.sideToMove().opponent();
      while (!position.isOver()) {
        position = position.play((perfectMoves ? perfect : random).decide(position, dice).action());
        perfectMoves = !perfectMoves;
      }
      assertTrue(position.outcome().valueFor(side) >= 0);
    }
  }

  @Test
  void create_ofAMissingCheckpoint_saysSo() {
    var failure =
        assertThrows(
            IllegalArgumentException.class,
            () -> agents.create(AgentSpec.parse("net:/no/such/file"), ConnectFour.GAME));
    assertTrue(String.valueOf(failure.getMessage()).contains("there is no such file"));
  }
}
