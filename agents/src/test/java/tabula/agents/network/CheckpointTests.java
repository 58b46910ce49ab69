package tabula.agents.network;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tabula.agents.AgentSpec;
import tabula.agents.Agents;
import tabula.agents.CheckpointSource;
import tabula.agents.network.Checkpoint.UnusableCheckpointException;
import tabula.agents.network.nd4j.NetworkTrainer;
import tabula.games.connectfour.ConnectFour;
import tabula.games.tictactoe.TicTacToe;

class CheckpointTests {

  @TempDir private Path folder = Path.of("");

  private static Checkpoint checkpoint() {
    NetworkSpec spec = NetworkSpec.residual(8, 1);
    return new Checkpoint(
        ConnectFour.GAME,
        spec,
        NetworkTrainer.initialWeights(ConnectFour.GAME, spec, new SplittableRandom(2)),
        42,
        Optional.of("abcdef"),
        7,
        JsonNodeFactory.instance.objectNode().put("visits", 32),
        JsonNodeFactory.instance.objectNode().put("score", 0.5));
  }

  @Test
  void read_givesBackWhatWasWritten() throws IOException {
    Path file = folder.resolve("a/b.tabula");
    Checkpoint written = checkpoint();
    written.write(file);
    Checkpoint read = Checkpoint.read(file);
    assertArrayEquals(written.weights(), read.weights());
    assertEquals(written.id(), read.id());
    assertEquals(written.spec(), read.spec());
    assertEquals(written.parent(), read.parent());
    assertEquals(42, read.step());
    assertEquals(7, read.seed());
    assertEquals(32, read.config().path("visits").asInt());
    assertEquals(0.5, read.metrics().path("score").asDouble());
    assertFalse(Files.exists(folder.resolve("a/b.tabula.part")));
  }

  private String reason(byte[] content) throws IOException {
    Path file = folder.resolve("wrong.tabula");
    Files.write(file, content);
    return String.valueOf(
        assertThrows(UnusableCheckpointException.class, () -> Checkpoint.read(file)).getMessage());
  }

  @Test
  void read_ofAnotherFile_saysWhatIsWrong() throws IOException {
    Path file = folder.resolve("good.tabula");
    checkpoint().write(file);
    byte[] good = Files.readAllBytes(file);

    assertTrue(reason(new byte[0]).contains("another kind of file"));
    assertTrue(
        reason("a text, and no checkpoint".getBytes(StandardCharsets.UTF_8))
            .contains("another kind of file"));
    assertTrue(reason(Arrays.copyOf(good, 20)).contains("cut short"));
    assertTrue(reason(Arrays.copyOf(good, good.length - 1)).contains("checksum"));
    byte[] flipped = good.clone();
    flipped[good.length / 2] ^= 1;
    assertTrue(reason(flipped).contains("checksum"));
    byte[] newer = good.clone();
    newer[7] = 9;
    assertTrue(reason(newer).contains("version is 9"));
    assertThrows(UnusableCheckpointException.class, () -> Checkpoint.read(folder));
    assertThrows(UnusableCheckpointException.class, () -> Checkpoint.read(folder.resolve("none")));
  }

  /** A file without an end was once read for ever. */
  @Test
  void read_ofADevice_isRefused() {
    Path device = Path.of("/dev/zero");
    assumeTrue(Files.exists(device));
    assertThrows(UnusableCheckpointException.class, () -> Checkpoint.read(device));
  }

  @Test
  void create_ofAnAgentForAnotherGame_isRefused() throws IOException {
    Path file = folder.resolve("four.tabula");
    checkpoint().write(file);
    var failure =
        assertThrows(
            IllegalArgumentException.class,
            () ->
                new Agents(CheckpointSource.FILES)
                    .create(AgentSpec.parse("net:" + file), TicTacToe.GAME));
    assertTrue(
        String.valueOf(failure.getMessage()).contains("plays connect-four, not tic-tac-toe"));
  }

  @Test
  void parse_ofANetwork_roundTripsOrSaysWhatWouldBeRight() {
    assertEquals(NetworkSpec.residual(32, 3), NetworkSpec.parse("residual:32x3"));
    assertEquals("residual:64x5", NetworkSpec.residual(64, 5).toString());
    for (String form :
        List.of("residual:8x1,tanh", "mlp:128x2", "mlp:128x2,leaky", "recurrent:64x12,tanh")) {
      assertEquals(form, NetworkSpec.parse(form).toString());
    }
    assertEquals("recurrent:64x8", NetworkSpec.parse("recurrent:64").toString());
    for (String wrong :
        new String[] {
          "",
          "mlp:64",
          "mlp:64x2,swish",
          "recurrent:64x65",
          "32x3",
          "residual:32",
          "residual:1x1",
          "residual:9999x1",
          "mlp:3x3"
        }) {
      assertThrows(IllegalArgumentException.class, () -> NetworkSpec.parse(wrong), wrong);
    }
  }
}
