package tabula.agents.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringReader;
import java.io.StringWriter;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import tabula.agents.Agent;
import tabula.agents.AgentSpec;
import tabula.agents.Agents;
import tabula.agents.CheckpointSource;
import tabula.games.Game;
import tabula.games.Games;
import tabula.games.chess.Chess;
import tabula.games.go.Go;

class FrontEndTests {

  private static Agent random(Game game) {
    return new Agents(CheckpointSource.FILES).create(AgentSpec.parse("random"), game);
  }

  private static List<String> gtp(Game game, String... commands) throws IOException {
    StringWriter out = new StringWriter();
    new GtpFrontEnd(game, random(game), new SplittableRandom(1))
        .run(
            new BufferedReader(new StringReader(String.join("\n", commands))),
            new PrintWriter(out));
    return List.of(out.toString().split("\n\n"));
  }

  @Test
  void gtp_answersByTheProtocol() throws IOException {
    assertEquals(
        List.of("=1 2", "= Tabula random", "= true", "= false", "? unknown command", "=7"),
        gtp(
            Go.NINE,
            "1 protocol_version",
            "name # who?",
            "known_command genmove",
            "known_command x",
            "x",
            "",
            "7 quit",
            "name"));
  }

  @Test
  void gtp_playsAndCounts_andKnowsColours() throws IOException {
    List<String> answers =
        gtp(
            Go.NINE,
            "boardsize 9",
            "boardsize 19",
            "komi 7",
            "komi 6.5",
            "play B E5",
            "play B J1",
            "play W E5",
            "play W I1",
            "play pink A1",
            "final_score",
            "undo",
            "genmove w",
            "clear_board",
            "undo",
            "play B pass",
            "genmove white");
    assertEquals("=", answers.get(0));
    assertEquals("? unacceptable size", answers.get(1));
    assertEquals("=", answers.get(2));
    assertEquals("? komi is 7", answers.get(3));
    assertEquals("=", answers.get(4));
    assertEquals("=", answers.get(5));
    assertEquals("? illegal move", answers.get(6));
    assertEquals("? illegal move", answers.get(7));
    assertEquals("? syntax error", answers.get(8));
    assertEquals("= B+74", answers.get(9));
    assertTrue(answers.get(11).matches("= ([A-HJ][1-9]|pass)"), answers.get(11));
    assertEquals("? cannot undo", answers.get(13));
    assertTrue(answers.get(15).startsWith("= "), answers.get(15));
  }

  @Test
  void gtp_playsOtherGamesOfPoints_andNoneOfOtherMoves() throws IOException {
    Game hex = Games.get("hex-7");
    assertEquals(
        List.of("=", "=", "? it is the other side's turn"),
        gtp(hex, "play B A3", "play W swap", "play W A1"));
    assertThrows(
        IllegalArgumentException.class,
        () -> new GtpFrontEnd(Chess.GAME, random(Chess.GAME), new SplittableRandom(1)));
  }

  @Test
  void uci_answersByTheProtocol() throws IOException {
    StringWriter out = new StringWriter();
    new UciFrontEnd(random(Chess.GAME), new SplittableRandom(1), new PrintWriter(out))
        .run(
            new BufferedReader(
                new StringReader(
                    """
                    uci
                    setoption name Hash value 1
                    isready
                    ucinewgame
                    position startpos moves e2e4 e7e5 g1f3
                    go movetime 10
                    position startpos moves e2e5
                    position fen 7k/5Q2/6K1/8/8/8/8/8 b - - 0 1
                    go
                    quit
                    """)));
    List<String> lines = out.toString().lines().toList();
    assertEquals("id name Tabula random", lines.getFirst());
    assertTrue(lines.contains("uciok") && lines.contains("readyok"), lines::toString);
    assertTrue(lines.contains("info string e2e5 is not legal there."), lines::toString);
    assertTrue(
        lines.stream().anyMatch(line -> line.matches("bestmove [a-h][1-8][a-h][1-8]")),
        lines::toString);
    assertEquals("bestmove (none)", lines.getLast());
  }
}
