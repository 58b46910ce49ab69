package tabula.server.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tabula.agents.Agent;
import tabula.agents.network.Checkpoint;
import tabula.agents.network.NetworkSpec;
import tabula.agents.network.nd4j.NetworkTrainer;
import tabula.games.Game;
import tabula.games.connectfour.ConnectFour;
import tabula.games.hex.Hex;
import tabula.games.tictactoe.TicTacToe;
import tabula.server.ladder.Player;
import tabula.server.store.CheckpointLibrary;
import tabula.server.store.StoreException;

class AgentLevelsTests {

  private static final Game GAME = ConnectFour.GAME;

  @TempDir private Path folder = Path.of("");

  @SuppressWarnings("NullAway.Init") // made before each test
  private AgentLevels shipped;

  @BeforeEach
  void makeLevels() throws StoreException {
    shipped = levels(Map.of());
  }

  private AgentLevels levels(Map<String, Path> checkpoints) throws StoreException {
    return new AgentLevels(checkpoints, CheckpointLibrary.open(folder));
  }

  @ParameterizedTest
  @CsvSource({
    "random, random",
    "net:latest, net:latest?visits=100",
    "net:latest?search=gumbel&visits=20, net:latest?visits=20",
    "perfect, perfect"
  })
  void find_readsAnyForm(String asked, String offered) {
    assertEquals(offered, shipped.find(GAME, asked).orElseThrow().agent());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "net:", "net:/etc/passwd", "net:../x?visits=100", "mcts:100000000", "gtp:sh"})
  void find_knowsOnlyWhatIsOnOffer(String asked) {
    assertTrue(shipped.find(GAME, asked).isEmpty());
  }

  @Test
  void of_saysHowTheNetworkCameToBe_andOfNobodyElse() {
    for (AgentLevels.Level level : shipped.of(GAME)) {
      AgentLevels.Training training = level.checkpoint();
      assertEquals(level.kind().equals("checkpoint"), training != null, level.agent());
      assertTrue(training == null || (training.file() == null && training.step() > 0));
    }
  }

  @Test
  void of_aGameWithoutACheckpoint_offersNoNetwork() throws StoreException {
    assertEquals(
        List.of("random", "mcts:50", "mcts:100", "mcts:1000", "mcts:10000"),
        shipped.of(Hex.ELEVEN).stream().map(AgentLevels.Level::agent).toList());
  }

  @Test
  void create_takesTheGivenCheckpointInPlaceOfTheShippedOne() throws Exception {
    AgentLevels own = levels(Map.of(GAME.id(), ownCheckpoint()));
    assertEquals(
        new AgentLevels.Training("own.tabula", 1234, 7.5),
        own.find(GAME, "net:latest").orElseThrow().checkpoint());
    Agent agent = own.create(GAME, "net:latest?visits=0");
    Agent usual = shipped.create(GAME, "net:latest?visits=0");
    assertTrue(said(agent) != said(usual));
  }

  private static float said(Agent agent) {
    return agent.decide(GAME.initialPosition(), new SplittableRandom(1)).value();
  }

  /** The newest today is a past one tomorrow, and plays as it did. */
  @Test
  void pastCheckpoint_isPlayedByItsId_alsoWithoutItsFile() throws Exception {
    Path file = ownCheckpoint();
    AgentLevels own = levels(Map.of(GAME.id(), file));
    AgentLevels.Level level = own.find(GAME, "net:latest?visits=100").orElseThrow();
    String agent = own.seat(GAME, level).agent();
    assertTrue(agent.matches("net:[0-9a-f]{12}\\?visits=100"), agent);
    float before = said(own.create(GAME, agent));
    Files.delete(file);
    AgentLevels later = levels(Map.of());
    assertEquals(agent, later.find(GAME, agent).orElseThrow().agent());
    assertEquals(agent, later.lasting(GAME, agent));
    assertEquals(before, said(later.create(GAME, agent)));
    assertTrue(
        later.players(GAME).stream().anyMatch(player -> player.id().equals("agent:" + agent)));
    assertTrue(later.find(GAME, agent.replace("=100", "=99")).isEmpty());
    assertTrue(later.find(GAME, agent + "&search=puct").isEmpty());
    assertTrue(later.find(TicTacToe.GAME, agent).isEmpty());
  }

  @Test
  void players_holdTheAnchors() {
    List<String> players = shipped.players(GAME).stream().map(Player::id).toList();
    for (String anchor : List.of("random", "mcts:100", "mcts:1000", "mcts:10000", "perfect")) {
      assertTrue(players.contains("agent:" + anchor), anchor);
      assertTrue(shipped.find(GAME, anchor).isPresent(), anchor);
    }
  }

  private Path ownCheckpoint() throws IOException {
    NetworkSpec tiny = NetworkSpec.residual(4, 0);
    Path file = folder.resolve("own.tabula");
    new Checkpoint(
            GAME,
            tiny,
            NetworkTrainer.initialWeights(GAME, tiny, new SplittableRandom(1)),
            1234,
            Optional.empty(),
            1,
            JsonNodeFactory.instance.objectNode(),
            JsonNodeFactory.instance.objectNode().put("minutes", 7.5))
        .write(file);
    return file;
  }
}
