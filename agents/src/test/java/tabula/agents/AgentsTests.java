package tabula.agents;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tabula.agents.arena.Arena;
import tabula.agents.arena.MatchScore;
import tabula.agents.solve.Finisher;
import tabula.games.Game;
import tabula.games.GameRecord;
import tabula.games.Games;
import tabula.games.Outcome;
import tabula.games.Position;
import tabula.games.RandomPlay;
import tabula.games.Side;
import tabula.games.connectfour.ConnectFour;
import tabula.games.tictactoe.TicTacToe;

/** The agents that need no network, as players. */
class AgentsTests {

  private static final Game GAME = ConnectFour.GAME;

  private final Agents agents = new Agents(CheckpointSource.FILES);

  private Agent agent(String spec, Game game) {
    return agents.create(AgentSpec.parse(spec), game);
  }

  private static Position after(Game game, String moves) {
    return assertInstanceOf(GameRecord.Reading.Valid.class, GameRecord.read(game, moves))
        .record()
        .position();
  }

  private String move(String spec, Game game, String moves) {
    Position position = after(game, moves);
    int action = agent(spec, game).decide(position, new SplittableRandom(1)).action();
    return game.formatMove(position, action);
  }

  @ParameterizedTest
  @ValueSource(strings = {"mcts:500", "alphabeta:1", "alphabeta:6", "perfect"})
  void aWinInOne_isPlayed(String spec) {
    assertEquals("4", move(spec, GAME, "112233"));
    assertEquals("7", move(spec, GAME, "717273"));
    assertEquals("c1", move(spec, TicTacToe.GAME, "a1 a2 b1 b2"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"mcts:500", "alphabeta:2", "alphabeta:6", "perfect"})
  void aLossInOne_isParried(String spec) {
    assertEquals("4", move(spec, GAME, "11223"));
    assertEquals("7", move(spec, GAME, "71727"));
    assertEquals("c1", move(spec, TicTacToe.GAME, "a1 b2 b1"));
  }

  @Test
  void anEndThatIsKnown_isPlayed_whoeverThinksElsewhere() {
    Game gomoku = Games.get("gomoku-9");
    Agent agent = new FinishingAgent(new RandomAgent(), Finisher.of(gomoku).orElseThrow());
    Position start = gomoku.initialPosition();
    Position openThree = after(gomoku, "c5 a1 d5 a9 e5 i1");
    Decision decision = agent.decide(openThree, new SplittableRandom(1));
    assertTrue(decision.proven());
    assertEquals(1, decision.value());
    assertEquals(1, decision.policy()[decision.action()]);
    assertEquals(
        List.of(false, true, false),
        agent.decideAll(List.of(start, openThree, start), new SplittableRandom(1)).stream()
            .map(Decision::proven)
            .toList());
  }

  /** Three in a row, open on both sides. */
  @ParameterizedTest
  @ValueSource(strings = {"mcts:1000", "alphabeta:3", "alphabeta:8", "perfect"})
  void aWinInThree_isPlayed(String spec) {
    String move = move(spec, GAME, "3344");
    assertTrue(move.equals("2") || move.equals("5"), () -> "It played " + move);
  }

  @Test
  void alphaBeta_prefersTheSoonerWin_andTheLaterLoss() {
    // Column 5 wins in three as well, but 4 wins at once.
    assertEquals("4", move("alphabeta:8", GAME, "112233"));
    // All moves lose but one holds out: an open three cannot be parried, a win in one can.
    Decision lost =
        agent("alphabeta:4", GAME).decide(after(GAME, "33445"), new SplittableRandom(1));
    assertEquals(-1, lost.value());
    assertTrue(lost.proven());
    assertTrue(lost.action() == 1 || lost.action() == 5, "It parries one of the two.");
  }

  @Test
  void alphaBeta_withoutAWinInSight_saysNothing_andPlaysAnything() {
    Decision decision =
        agent("alphabeta:4", GAME).decide(GAME.initialPosition(), new SplittableRandom(1));
    assertEquals(0, decision.value());
    assertEquals(false, decision.proven());
    assertEquals(1f / 7, decision.policy()[0], 1e-6);
  }

  @ParameterizedTest
  @CsvSource({
    "random, connect-four",
    "mcts:200, connect-four",
    "alphabeta:4, connect-four",
    "perfect, connect-four",
    "random, tic-tac-toe",
    "mcts:200, tic-tac-toe",
    "alphabeta:4, tic-tac-toe",
    "perfect, tic-tac-toe"
  })
  void decisions_keepTheirPromises_andTheSameSeedGivesTheSame(String spec, String gameId) {
    Game game = Games.get(gameId);
    Agent one = agent(spec, game);
    Agent other = agent(spec, game);
    assertEquals(spec, one.spec().toString());
    SplittableRandom random = new SplittableRandom(2);
    for (int i = 0; i < 20; i++) {
      Position position = RandomPlay.position(game, i % 2 + game.maxPlies() * (i + 8) / 40, random);
      Decision decision = one.decide(position, new SplittableRandom(i));
      Decision again = other.decide(position, new SplittableRandom(i));
      assertEquals(decision.action(), again.action());
      assertEquals(decision.value(), again.value());
      assertArrayEquals(decision.policy(), again.policy());
      assertArrayEquals(decision.visits(), again.visits());

      assertTrue(position.isLegal(decision.action()));
      assertTrue(decision.value() >= -1 && decision.value() <= 1);
      assertTrue(!decision.proven() || Math.abs(decision.value()) % 1 == 0);
      assertEquals(game.actionCount(), decision.policy().length);
      assertEquals(game.actionCount(), decision.visits().length);
      double sum = 0;
      for (int action = 0; action < game.actionCount(); action++) {
        float probability = decision.policy()[action];
        assertTrue(position.isLegal(action) ? probability >= 0 : probability == 0);
        assertTrue(position.isLegal(action) || decision.visits()[action] == 0);
        sum += probability;
      }
      assertEquals(1, sum, 1e-5);
      assertTrue(decision.policy()[decision.action()] > 0);
    }
  }

  @Test
  void rollouts_areAsManyAsAskedFor_andTheirSharesThePolicy() {
    Decision decision =
        agent("mcts:300", GAME).decide(GAME.initialPosition(), new SplittableRandom(3));
    assertEquals(300, IntStream.of(decision.visits()).sum());
    for (int action = 0; action < GAME.actionCount(); action++) {
      assertEquals(decision.visits()[action] / 300f, decision.policy()[action], 1e-6);
      assertTrue(decision.visits()[action] <= decision.visits()[decision.action()]);
    }
  }

  @Test
  void rollouts_valueIsForTheSideToMove() {
    Agent agent = agent("mcts:2000", GAME);
    SplittableRandom random = new SplittableRandom(4);
    assertTrue(agent.decide(after(GAME, "112233"), random).value() > 0.8);
    assertTrue(agent.decide(after(GAME, "33445"), random).value() < -0.5);
  }

  @Test
  void mcts_beatsRandom() throws InterruptedException {
    assertTrue(points("mcts:1000", "random", GAME, 10) >= 9);
  }

  @Test
  void alphaBeta_beatsRandom() throws InterruptedException {
    assertTrue(points("alphabeta:5", "random", GAME, 10) >= 9);
  }

  @Test
  void perfect_neverLosesAtTicTacToe() throws InterruptedException {
    MatchScore score = match("perfect", "mcts:50", TicTacToe.GAME, 20);
    assertEquals(0, score.losses());
    assertTrue(score.wins() > 0, "A mistake is punished.");
  }

  private double points(String player, String opponent, Game game, int games)
      throws InterruptedException {
    return match(player, opponent, game, games).points();
  }

  private MatchScore match(String player, String opponent, Game game, int games)
      throws InterruptedException {
    return Arena.play(
        game,
        () -> agent(player, game),
        () -> agent(opponent, game),
        new Arena.Config(games, 0, 5, 2),
        score -> {});
  }

  /** The first player wins Connect Four, and does not let go of it. */
  @Test
  void perfect_winsConnectFourAsFirst() {
    Agent perfect = agent("perfect", GAME);
    Agent opponent = agent("mcts:200", GAME);
    for (int seed = 0; seed < 3; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      Position position = GAME.initialPosition();
      while (!position.isOver()) {
        boolean first = position.sideToMove() == Side.FIRST;
        Decision decision = (first ? perfect : opponent).decide(position, random);
        assertTrue(!first || (decision.value() == 1 && decision.proven()), position::diagram);
        position = position.play(decision.action());
      }
      assertEquals(Outcome.FIRST_WINS, position.outcome());
    }
  }

  @Test
  void perfect_onTheEmptyBoard_playsTheCentre() {
    Decision decision =
        agent("perfect", GAME).decide(GAME.initialPosition(), new SplittableRandom(1));
    assertEquals(3, decision.action());
    assertEquals(1, decision.value());
    assertTrue(decision.proven());
    assertArrayEquals(new float[] {0, 0, 0, 1, 0, 0, 0}, decision.policy());
  }

  @Test
  void create_ofAMissingCheckpoint_saysSo() {
    IllegalArgumentException thrown =
        assertThrows(IllegalArgumentException.class, () -> agent("net:/no/such/file", GAME));
    assertTrue(String.valueOf(thrown.getMessage()).contains("there is no such file"));
  }
}
