package tabula.server.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static tabula.server.command.Ran.run;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tabula.server.ServerConfig;
import tabula.server.TabulaServer;
import tabula.server.session.TestClient;

/** The commands that copy what the server keeps. */
class StoreCommandTests {

  private static final String WON =
      """
      {"id":"m1","events":[
       {"type":"created","game":"tic-tac-toe","first":{"kind":"person","name":"A"},"second":{"kind":"bot","name":"B"},"at":1},
       {"type":"movePlayed","ply":0,"move":"a1","at":2},{"type":"movePlayed","ply":1,"move":"a2","at":3},
       {"type":"movePlayed","ply":2,"move":"b1","at":4},{"type":"movePlayed","ply":3,"move":"b2","at":5},
       {"type":"movePlayed","ply":4,"move":"c1","at":6}]}
      """
          .replace("\n", "");

  @TempDir private Path folder = Path.of("");

  private Ran importLines(String lines, String data) throws IOException {
    Path file = folder.resolve("lines");
    Files.writeString(file, lines);
    return run("import", file.toString(), "--data", folder.resolve(data).toString());
  }

  private Ran export(String data) {
    return run("export", "--data", folder.resolve(data).toString());
  }

  @Test
  void import_takesWhatExportWrote() throws IOException {
    assertEquals(new Ran(0, "", "Imported 1 matches.\n"), importLines(WON, "one"));
    Ran exported = export("one");
    JsonNode line = new ObjectMapper().readTree(exported.out());
    assertEquals("first", line.path("outcome").asText());
    assertEquals("line", line.path("reason").asText());
    assertEquals(5, line.path("moves").size());
    assertEquals(6, line.path("events").get(5).path("at").asInt());
    assertFalse(exported.out().contains("okenHash"), exported::out);
    assertEquals(0, importLines(exported.out(), "two").code());
    assertEquals(exported, export("two"));
  }

  @Test
  void export_inAFormat_writesFinishedMatchesOfItsGames() throws IOException {
    String chess =
        """
        {"id":"c1","events":[{"type":"created","game":"chess","first":{"kind":"bot","name":"B"},\
        "second":{"kind":"bot","name":"C"},"at":1},\
        {"type":"movePlayed","ply":0,"move":"e2e4","at":2},\
        {"type":"resigned","side":"SECOND","at":3}]}
        """;
    assertEquals(0, importLines(WON + "\n" + chess, "data").code());
    String data = folder.resolve("data").toString();
    String pgn = run("export", "--format", "pgn", "--data", data).out();
    assertTrue(pgn.contains("[Date \"1970.01.01\"]\n[Round \"?\"]\n[White \"B\"]"), pgn);
    assertTrue(pgn.endsWith("[Result \"1-0\"]\n\n1. e4 1-0\n\n"), pgn);
    assertEquals("", run("export", "--format", "sgf", "--data", data).out());
    Ran wrong = run("export", "--format", "doc", "--data", data);
    assertTrue(wrong.err().contains("--format is one of ggf, pdn, pgn, sgf, txt"), wrong::err);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "\"a2\",\"at\":3 | \"a1\",\"at\":3 | Event 3: move 2 (a1) is not legal there.",
        "\"a2\",\"at\":3 | \"z9\",\"at\":3 | Event 3: 'z9' is not a move of Tic-tac-toe.",
        "\"ply\":3 | \"ply\":2 | Event 5: move b2 says ply 2 and stands at ply 3.",
        "\"id\":\"m1\" | \"id\":\"../m1\" | id is 1 to 100 letters",
        "tic-tac-toe | shogi | There is no game 'shogi'.",
        "{\"type\":\"created\" | {\"type\":\"dance\" | This is no match",
        "\"at\":4 | \"at\":\"4\" | Event 4 lacks a field",
        "{\"kind\":\"bot\",\"name\":\"B\"} | null | Event 1 lacks a field",
        "\"at\":6} | \"at\":6},{\"type\":\"resigned\",\"side\":\"FIRST\",\"at\":7} | Event 7: the"
            + " match is over."
      })
  void import_ofAWrongLine_saysWhichAndWhy_andTakesNothing(
      String part, String instead, String message) throws IOException {
    String wrong = WON.replace(part, instead);
    Ran result = importLines(WON.replace("m1", "m0") + "\n" + wrong, "data");
    assertEquals(1, result.code());
    assertTrue(result.err().startsWith("tabula: Line 2: " + message), result::err);
    assertEquals("", export("data").out());
  }

  @Test
  void import_ofAMatchThatIsThere_isRefused() throws IOException {
    Ran result = importLines(WON + "\n" + WON, "data");
    assertTrue(result.err().contains("Line 2: Match m1 is there already."), result::err);
  }

  @Test
  void backupAndExport_work_whileTheServerServes_andImportIsRefused()
      throws IOException, InterruptedException {
    Path data = folder.resolve("data");
    try (TabulaServer server =
        TabulaServer.start(new ServerConfig("127.0.0.1", 0, data, Map.of()))) {
      TestClient.post(
          server.address() + "/api/v1/matches",
          "{\"game\": \"tic-tac-toe\", \"first\": {\"kind\": \"person\"}, \"second\": {\"kind\":"
              + " \"open\"}}");
      Path copy = folder.resolve("copy/tabula.db");
      Files.createDirectories(folder.resolve("copy"));
      assertEquals(0, run("backup", copy.toString(), "--data", data.toString()).code());
      assertEquals(export("data"), export("copy"));
      assertEquals(1, export("copy").out().lines().count());
      Ran again = run("backup", copy.toString(), "--data", data.toString());
      assertTrue(again.err().contains("already. Name another."), again::err);
      Ran refused = importLines(WON, "data");
      assertEquals(1, refused.code());
      assertTrue(refused.err().contains("Another Tabula server has"), refused::err);
    }
  }

  @Test
  void commands_withoutADatabase_sayWhere() {
    for (String command : List.of("export", "backup copy")) {
      Ran result = run((command + " --data " + folder.resolve("none")).split(" ", -1));
      assertEquals(1, result.code());
      assertTrue(result.err().startsWith("tabula: There is no "), result::err);
    }
    Ran wrong = run("export", "--database", "mysql://somewhere/name");
    assertTrue(wrong.err().contains("--database is such as postgresql://"), wrong::err);
  }
}
