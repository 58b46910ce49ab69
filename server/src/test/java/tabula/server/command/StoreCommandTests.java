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

  private Ran importRecord(String name, String text) throws IOException {
    Path file = folder.resolve(name);
    Files.writeString(file, text);
    return run("import", file.toString(), "--data", folder.resolve("data").toString());
  }

  @Test
  void import_ofRecords_addsFinishedGamesOnce() throws IOException {
    String games =
        """
        [White "Ann"]
        [Black "Bob"]
        [Date "1999.12.31"]
        [Result "1-0"]
        [Termination "time forfeit"]

        1. e4 e5 1-0

        [White "Bob"]

        1. d4 1/2-1/2

        1. c4 *
        """;
    Ran first = importRecord("games.PGN", games);
    assertEquals(0, first.code(), first::err);
    assertTrue(first.err().endsWith("Imported 2 matches.\n"), first::err);
    assertTrue(
        first.err().contains("games.PGN: Line 13: This game is left out. It has no result."));
    Ran again = importRecord("games.PGN", games);
    assertTrue(again.err().endsWith("Imported 0 matches.\n"), again::err);
    assertTrue(
        again.err().contains("Line 1: This game is left out. It is there already, as match"));
    String data = folder.resolve("data").toString();
    String written = run("export", "--format", "pgn", "--data", data).out();
    assertTrue(written.contains("[Date \"1999.12.31\"]"), written);
    assertTrue(written.contains("[Black \"?\"]\n[Result \"1/2-1/2\"]"), written);
    assertTrue(importRecord("back.pgn", written).err().endsWith("Imported 0 matches.\n"));
    Ran lines = importLines(export("data").out(), "other");
    assertEquals("Imported 2 matches.\n", lines.err());
  }

  @Test
  void import_ofAWrongRecord_saysWhere_andTakesNothing() throws IOException {
    Ran wrong = importRecord("games.sgf", "(;GM[4]SZ[9]RE[B+R];B[ee])\n(;GM[4]SZ[9];B[zz])");
    assertEquals(1, wrong.code());
    assertTrue(
        wrong.err().contains("games.sgf: Line 2, column 14: 'zz' is no move of"), wrong::err);
    Ran komi = importRecord("go.sgf", "(;GM[1]SZ[9]KM[0.5]RE[B+R];B[ee])");
    assertTrue(komi.err().contains("left out. The komi was 0.5.\nImported 0"), komi::err);
    assertEquals("", export("data").out());
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
