package tabula.server.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static tabula.server.command.Ran.run;
import static tabula.server.command.Ran.runWithInput;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tabula.agents.network.Checkpoint;
import tabula.games.Games;

class CommandTests {

  @TempDir private Path folder = Path.of("");

  @Test
  void perft_printsTheCountAlone() {
    assertEquals("16807", run("perft", "connect-four", "5").out().strip());
    assertTrue(run("perft", "tic-tac-toe", "2", "--divide").out().startsWith("a1 8"));
  }

  @Test
  void match_printsTheScore_alsoAsJson() throws IOException {
    Ran text = run("match", "connect-four", "mcts:200", "random", "--games", "6");
    assertEquals(0, text.code());
    assertTrue(text.out().contains("Elo difference"));
    JsonNode json =
        new ObjectMapper()
            .readTree(
                run("match", "connect-four", "mcts:200", "random", "--games", "6", "--json").out());
    assertEquals(6, json.path("games").asInt());
    assertEquals(
        6, json.path("wins").asInt() + json.path("draws").asInt() + json.path("losses").asInt());
    assertTrue(json.path("points").asDouble() >= 5);
  }

  @Test
  void analyse_answersLineByLine_andSaysWhatIsWrong() {
    Ran result =
        runWithInput(
            "112233\n-\n44444444\n9\n1212121\n\n",
            "analyse",
            "connect-four",
            "--agent",
            "mcts:500");
    List<String> lines = result.out().lines().toList();
    assertEquals(6, lines.size());
    String[] win = lines.get(0).split("\t", -1);
    assertEquals("4", win[0]);
    assertEquals(9, win.length);
    assertEquals("error\tbad_position\tMove 7 (4) is not legal there.", lines.get(2));
    assertTrue(lines.get(3).startsWith("error\tbad_position"));
    assertTrue(lines.get(4).startsWith("error\tgame_over"));
    assertEquals(lines.get(1), lines.get(5), "an empty line is the start, like -");
    assertEquals(0, result.code());
  }

  @Test
  void analyse_manyLines_keepTheirOrderOnAnyNumberOfThreads() {
    StringBuilder input = new StringBuilder();
    for (int first = 1; first <= 9; first++) {
      for (int second = 1; second <= 9; second++) {
        input.append(first).append(second).append('\n');
      }
    }
    String[] alone = {"analyse", "connect-four", "--agent", "mcts:20", "--threads", "1"};
    String[] together = {"analyse", "connect-four", "--agent", "mcts:20", "--threads", "4"};
    Ran expected = runWithInput(input.toString(), alone);
    assertEquals(81, expected.out().lines().count());
    assertEquals(expected, runWithInput(input.toString(), together));
  }

  @Test
  void analyse_strictly_exitsWith1ForAWrongLine() throws IOException {
    String[] command = {"analyse", "tic-tac-toe", "--agent", "perfect", "--json", "--strict"};
    assertEquals(0, runWithInput("-\n", command).code());
    Ran result = runWithInput("a1 a2 b1 b2\nd4\n", command);
    assertEquals(1, result.code());
    List<String> lines = result.out().lines().toList();
    JsonNode win = new ObjectMapper().readTree(lines.get(0));
    assertEquals("c1", win.path("move").asText());
    assertEquals(1, win.path("value").asDouble());
    assertEquals(9, win.path("policy").size());
    JsonNode error = new ObjectMapper().readTree(lines.get(1)).path("error");
    assertEquals("bad_position", error.path("code").asText());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "perft shogi 3 | 1 | There is no game 'shogi'. Games: connect-four",
        "perft connect-four many | 2 | Invalid value",
        "perft connect-four -1 | 1 | DEPTH must be",
        "match connect-four nobody random | 1 | there is no agent of the kind 'nobody'",
        "match connect-four net:/no/such random | 1 | there is no such file",
        "match connect-four random random --games 0 | 1 | --games must be",
        "train connect-four --minutes 0 | 1 | --minutes must be",
        "train connect-four --config /no/such | 1 | There is no file",
        "train shogi | 1 | There is no game",
        "train | 2 | Missing required parameter: 'GAME'",
        "train connect-four --preset huge | 1 | Presets: quick, strong, tiny",
        "train connect-four --resume | 1 | --resume needs --out",
        "train connect-four --out /dev/null/nope | 1 | cannot be made, or not be written in",
        "learn connect-four --games /no/such/games.log | 1 | There is no file",
        "learn connect-four --games 0 | 1 | --games must be",
        "learn connect-four --games 2 --preset dqn | 1 | alphazero alone",
        "curves /no/such/run --out x.svg | 1 | There is no run in",
        "book /no/such/folder/book.bin | 1 | cannot be written",
        "serve --checkpoint /dev/zero | 1 | no regular file",
        "dance | 2 | There is no command"
      })
  void command_thatIsWrong_saysWhat(String line, int code, String message) {
    Ran result = run(line.split(" ", -1));
    assertEquals(code, result.code());
    assertTrue(result.err().contains(message), result::err);
    assertTrue(!result.err().contains("\tat "), "a stack trace");
  }

  @ParameterizedTest
  @CsvSource({
    "evaluate,positionsPerSecond",
    "search,simulationsPerSecondPerCore",
    "selfplay,movesPerSecond",
    "train,positionsPerSecond"
  })
  void bench_endsWithALineOfJson(String part, String figure) throws IOException {
    Ran result =
        run(
            "bench",
            part,
            "--network",
            "residual:8x1",
            "--batch",
            "32",
            "--visits",
            "8",
            "--seconds",
            "0.4");
    assertEquals(0, result.code(), result::err);
    String last = result.out().lines().reduce((before, line) -> line).orElseThrow();
    assertTrue(new ObjectMapper().readTree(last).path(figure).asDouble() > 0, last);
  }

  @Test
  void benchRules_hasAFigureOfEveryGame() throws IOException {
    Ran result = run("bench", "rules", "--seconds", "0.5");
    assertEquals(0, result.code(), result::err);
    String last = result.out().lines().reduce((before, line) -> line).orElseThrow();
    JsonNode games = new ObjectMapper().readTree(last).path("games");
    assertEquals(Games.all().size(), games.size());
    for (JsonNode game : games) {
      assertTrue(game.path("playoutsPerSecondPerCore").asDouble() > 0, last);
      assertTrue(game.path("meanPlies").asDouble() > 1, last);
    }
  }

  @Test
  void doctor_findsThisMachineFit() throws IOException {
    Ran result = run("doctor", "--json", "--data", folder.toString());
    assertEquals(0, result.code(), result::out);
    for (JsonNode finding : new ObjectMapper().readTree(result.out())) {
      assertTrue(!finding.path("verdict").asText().equals("fail"), finding::toString);
    }
  }

  @Test
  void doctor_damagedDatabase_failsAndSaysWhatToDo() throws IOException {
    Files.writeString(folder.resolve("tabula.db"), "This is no database.");
    Ran result = run("doctor", "--data", folder.toString());
    assertEquals(1, result.code());
    assertTrue(result.out().contains("FAIL  database"), result::out);
    assertTrue(result.out().contains("Move " + folder.resolve("tabula.db")), result::out);
  }

  @Test
  void learn_fromAFixedSetOfGames_saysBothErrors_andStopsWhereNothingIsGained() throws IOException {
    Path out = folder.resolve("by-heart");
    Ran learnt =
        run(
            "learn",
            "tic-tac-toe",
            "--games",
            "300",
            "--agent",
            "random",
            "--steps",
            "400",
            "--examine",
            "20",
            "--config",
            "{\"network\": \"mlp:64x1\", \"batch\": 64, \"heldOutShare\": 0.4, \"patience\": 2,"
                + " \"learningRate\": 0.01, \"warmUpSteps\": 0, \"averaging\": 0.5, \"symmetries\":"
                + " false, \"schedule\": \"constant\"}",
            "--out",
            out.toString(),
            "--json");
    assertEquals(0, learnt.code(), learnt::err);
    JsonNode figures = new ObjectMapper().readTree(learnt.out());
    // Results of random games cannot be foreseen: only by heart can they be learnt.
    assertTrue(figures.path("stoppedEarly").asBoolean(), figures::toString);
    assertTrue(
        figures.path("trainingValueLoss").asDouble() < figures.path("heldOutValueLoss").asDouble());
    assertEquals(
        figures.path("bestStep").asLong(), Checkpoint.read(out.resolve("best.tabula")).step());
    assertTrue(
        Files.readString(out.resolve("metrics.jsonl")).contains("\"kind\":\"stoppedEarly\""));

    Path picture = folder.resolve("compared.svg");
    assertEquals(0, run("curves", out.toString(), "--out", picture.toString()).code());
    assertTrue(Files.readString(picture).contains(">by-heart</text>"));
  }

  @Test
  void train_learnsMeasuresStopsAndGoesOn() throws IOException {
    Path config = folder.resolve("config.json");
    Files.writeString(
        config,
        """
        {"network": "residual:8x1", "visits": 8, "fastVisits": 4, "gamesPerThread": 16, "batch": 64,
         "firstExamples": 200, "publishSeconds": 1, "gateSeconds": 2, "gateGames": 4, "gateVisits": 4}
        """);
    Path out = folder.resolve("run");
    Ran first =
        run(
            "train",
            "tic-tac-toe",
            "--minutes",
            "0.1",
            "--config",
            config.toString(),
            "--out",
            out.toString(),
            "--json");
    assertEquals(0, first.code(), first::err);
    JsonNode report = new ObjectMapper().readTree(first.out());
    assertTrue(report.path("games").asLong() > 10);
    assertTrue(report.path("steps").asLong() > 0);
    Checkpoint latest = Checkpoint.read(out.resolve("latest.tabula"));
    assertEquals("tic-tac-toe", latest.game().id());
    assertTrue(Files.readString(out.resolve("curve.svg")).contains("<svg"));
    assertTrue(Files.exists(out.resolve("best.tabula")));
    JsonNode last =
        new ObjectMapper().readTree(Files.readAllLines(out.resolve("metrics.jsonl")).getLast());
    for (String figure :
        List.of(
            "gradientNorm", "weightNorm", "trainingPolicyLoss", "gameLength", "openingEntropy")) {
      assertTrue(last.path(figure).asDouble() > 0, () -> figure + " in " + last);
    }
    assertTrue(last.path("layers").path("stem").path("weightNorm").asDouble() > 0, last::toString);

    assertEquals(
        1, run("train", "tic-tac-toe", "--out", out.toString()).code(), "a run is there already");
    Ran resumed =
        run(
            "train",
            "tic-tac-toe",
            "--minutes",
            "0.2",
            "--out",
            out.toString(),
            "--resume",
            "--json");
    assertEquals(0, resumed.code(), resumed::err);
    JsonNode second = new ObjectMapper().readTree(resumed.out());
    assertTrue(second.path("steps").asLong() > report.path("steps").asLong());
    assertTrue(second.path("games").asLong() > report.path("games").asLong());

    Ran match =
        run(
            "match",
            "tic-tac-toe",
            "net:%s?visits=8".formatted(out.resolve("latest.tabula")),
            "random",
            "--games",
            "4");
    assertEquals(0, match.code(), match::err);
  }

  @Test
  void train_thatResigns_isMeasuredUnderAttack_andStopsEarly() throws IOException {
    Path out = folder.resolve("stops");
    Ran trained =
        run(
            "train",
            "tic-tac-toe",
            "--minutes",
            "5",
            "--config",
            "{\"network\": \"residual:8x1\", \"visits\": 8, \"fastVisits\": 4, \"gamesPerThread\":"
                + " 16, \"batch\": 64, \"firstExamples\": 2000, \"publishSeconds\": 1,"
                + " \"gateGames\": 2, \"gateVisits\": 2, \"resignBelow\": -0.5,"
                + " \"resignCheckedShare\": 0.5, \"resignFalseShare\": 0.5, \"heldOutShare\": 0.3,"
                + " \"examineSeconds\": 1, \"patience\": 1, \"learningRate\": 0.05,"
                + " \"warmUpSteps\": 0}",
            "--out",
            out.toString(),
            "--json");
    assertEquals(0, trained.code(), trained::err);
    Map<String, JsonNode> last = new HashMap<>();
    for (String line : Files.readAllLines(out.resolve("metrics.jsonl"))) {
      JsonNode json = new ObjectMapper().readTree(line);
      last.put(json.path("kind").asText(), json);
    }
    JsonNode stopped = last.get("stoppedEarly");
    assertNotNull(stopped, trained::err);
    assertTrue(stopped.path("bestStep").asLong() < stopped.path("step").asLong());
    assertEquals(
        stopped.path("bestStep").asLong(), Checkpoint.read(out.resolve("latest.tabula")).step());
    JsonNode gate = last.get("gate");
    assertNotNull(gate, trained::err);
    double right = gate.path("rightUnderAttack").asDouble(-1);
    assertTrue(right >= 0 && right <= 1, gate::toString);
    JsonNode progress = last.get("progress");
    assertNotNull(progress, trained::err);
    assertTrue(progress.path("resignedShare").asDouble() > 0, progress::toString);
    assertTrue(progress.path("resignThreshold").asDouble() > -1, progress::toString);
    assertTrue(progress.path("falseResignations").asDouble() <= 0.5, progress::toString);
  }
}
