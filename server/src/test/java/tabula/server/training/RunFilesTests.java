package tabula.server.training;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tabula.agents.train.RunConfig;
import tabula.agents.train.UnusableRunException;
import tabula.games.tictactoe.TicTacToe;

class RunFilesTests {

  @TempDir private Path folder = Path.of("");

  @Test
  void rewindMetrics_forgetsWhatTheStateDoesNotKnow() throws IOException {
    RunFiles files = new RunFiles(folder);
    List<String> known =
        List.of(
            "{\"kind\":\"progress\",\"seconds\":5.0}",
            "{\"kind\":\"gate\",\"seconds\":9.0,\"step\":10}",
            "{\"kind\":\"progress\",\"seconds\":10.0,\"step\":20}");
    Files.writeString(
        files.metrics(),
        String.join("\n", known)
            + "\n{\"kind\":\"progress\",\"seconds\":10.0,\"step\":21}"
            + "\n{\"kind\":\"gate\",\"seconds\":12.0,\"step\":20}"
            + "\n{\"kind\":\"progress\",\"seco");
    files.rewindMetrics(10.04, 20);
    assertEquals(known, Files.readAllLines(files.metrics()));
  }

  @Test
  void readHeader_givesBackWhatWasWritten() throws IOException {
    RunFiles files = new RunFiles(folder);
    RunFiles.Header header = new RunFiles.Header(TicTacToe.GAME, 5, RunConfig.DEFAULT);
    files.writeHeader(header);
    assertEquals(header, files.readHeader());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "'' | no JSON object",
        "'{\"format\": 2, \"ga' | no JSON object",
        "[2] | no JSON object",
        "{} | 'format' and 'seed'",
        "'{\"format\": 2, \"seed\": \"one\"}' | 'format' and 'seed'",
        "'{\"format\": 1, \"seed\": 1}' | another version",
        "'{\"format\": 2, \"seed\": 1, \"game\": \"shogi\", \"config\": {}}' | no game 'shogi'",
        "'{\"format\": 2, \"seed\": 1, \"game\": \"tic-tac-toe\"}' | needs the object 'config'",
        "'{\"format\": 2, \"seed\": 1, \"game\": \"tic-tac-toe\", \"config\": {\"batch\": 0}}' |"
            + " 'batch'"
      })
  void readHeader_thatIsDamaged_saysWhat(String text, String expected) throws IOException {
    Files.writeString(folder.resolve("run.json"), text);
    var failure = assertThrows(UnusableRunException.class, () -> new RunFiles(folder).readHeader());
    String reason = String.valueOf(failure.getMessage());
    assertTrue(reason.contains(expected) && reason.contains("run.json"), reason);
  }

  @Test
  void lock_thatIsTaken_isNotTakenAgainUntilItIsFree() throws IOException {
    try (RunLock _ = RunLock.take(folder).orElseThrow()) {
      assertTrue(RunLock.take(folder).isEmpty());
    }
    RunLock.take(folder).orElseThrow().close();
  }
}
