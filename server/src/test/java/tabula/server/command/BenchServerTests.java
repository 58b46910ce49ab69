package tabula.server.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;
import tabula.server.Main;

class BenchServerTests {

  private static JsonNode bench(String... options) throws IOException {
    String[] line = new String[options.length + 6];
    System.arraycopy(
        new String[] {"bench", "server", "--seconds", "1", "--warm-up", "0.5"}, 0, line, 0, 6);
    System.arraycopy(options, 0, line, 6, options.length);
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    int code =
        Main.commandLine()
            .setOut(new PrintWriter(out, true))
            .setErr(new PrintWriter(err, true))
            .execute(line);
    assertEquals(0, code, err::toString);
    return new ObjectMapper().readTree(out.toString());
  }

  @Test
  void closedLoop_countsMovesThatAreAllStored() throws IOException {
    JsonNode result = bench("--matches", "10", "--idle-sockets", "20");
    assertTrue(result.path("movesPerSecond").asDouble() > 0, result::toString);
    assertTrue(
        result.path("ackP50Millis").asDouble() <= result.path("ackP999Millis").asDouble(),
        result::toString);
    assertTrue(result.path("serverCpuSecondsPer1000Moves").asDouble() > 0, result::toString);
    assertTrue(result.has("bytesPerIdleSocket"), result::toString);
    assertTrue(
        result.path("storedMoves").asLong() >= result.path("acknowledgedMoves").asLong(),
        result::toString);
    assertEquals(0, result.path("refused").asInt(), result::toString);
  }

  @Test
  void paced_countsMovesThatAreAllStored() throws IOException {
    JsonNode result = bench("--matches", "20", "--rate", "50");
    assertTrue(result.path("movesPerSecond").asDouble() > 0, result::toString);
    assertEquals(0, result.path("refused").asInt(), result::toString);
    assertTrue(
        result.path("storedMoves").asLong() >= result.path("acknowledgedMoves").asLong(),
        result::toString);
  }
}
