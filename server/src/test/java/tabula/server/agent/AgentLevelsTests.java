package tabula.server.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
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

class AgentLevelsTests {

  private static final Game GAME = ConnectFour.GAME;

  private final AgentLevels shipped = new AgentLevels(Map.of());

  @TempDir private Path folder = Path.of("");

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
  void of_aGameWithoutACheckpoint_offersNoNetwork() {
    assertEquals(
        List.of("random", "mcts:50", "mcts:1000", "mcts:10000"),
        shipped.of(Hex.ELEVEN).stream().map(AgentLevels.Level::agent).toList());
  }

  @Test
  void create_takesTheGivenCheckpointInPlaceOfTheShippedOne() throws IOException {
    NetworkSpec tiny = new NetworkSpec(4, 0);
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
    AgentLevels own = new AgentLevels(Map.of(GAME.id(), file));
    assertEquals(
        new AgentLevels.Training("own.tabula", 1234, 7.5),
        own.find(GAME, "net:latest").orElseThrow().checkpoint());
    Agent agent = own.create(GAME, "net:latest?visits=0");
    Agent usual = shipped.create(GAME, "net:latest?visits=0");
    var random = new SplittableRandom(1);
    float said = agent.decide(GAME.initialPosition(), random).value();
    assertTrue(said != usual.decide(GAME.initialPosition(), random).value());
  }
}
