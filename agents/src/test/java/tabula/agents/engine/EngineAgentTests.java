package tabula.agents.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tabula.agents.Agent;
import tabula.agents.AgentSpec;
import tabula.agents.Agents;
import tabula.agents.CheckpointSource;
import tabula.agents.Decision;
import tabula.games.Game;
import tabula.games.Games;
import tabula.games.Position;
import tabula.games.chess.Chess;
import tabula.games.chess.Fen;
import tabula.games.go.Go;

class EngineAgentTests {

  @TempDir Path folder;

  private static Agent agent(String spec, Game game) {
    return new Agents(CheckpointSource.FILES).create(AgentSpec.parse(spec), game);
  }

  private static Decision decide(Agent agent, Position position) {
    return agent.decide(position, new SplittableRandom(1));
  }

  private String fails(Agent agent, Position position) {
    return String.valueOf(
        assertThrows(EngineException.class, () -> decide(agent, position)).getMessage());
  }

  @Test
  void goEngine_thatAnswers_isPlayed_andItsVertexIsRead() throws IOException {
    String command = ScriptedEngine.gtp(folder, "printf '= J9\\n\\n'");
    Agent agent = agent("gtp:" + command, Go.NINE);
    assertEquals("gtp:" + command, agent.spec().toString());
    Decision decision = decide(agent, Go.NINE.initialPosition());
    assertEquals(80, decision.action());
    assertEquals(1, decision.policy()[80]);
  }

  @Test
  void engine_thatGivesUp_passes() throws IOException {
    String command = ScriptedEngine.gtp(folder, "printf '= resign\\n\\n'");
    assertEquals(81, decide(agent("gtp:" + command, Go.NINE), Go.NINE.initialPosition()).action());
  }

  @Test
  void engine_thatCrashesOnce_isStartedAgain() throws IOException {
    Path once = folder.resolve("once");
    String genmove =
        "if [ -e '%s' ]; then printf '= A1\\n\\n'; else touch '%s'; exit 3; fi"
            .formatted(once, once);
    Agent agent = agent("gtp:" + ScriptedEngine.gtp(folder, genmove), Go.SEVEN);
    assertEquals(0, decide(agent, Go.SEVEN.initialPosition()).action());
    assertTrue(Files.exists(once));
  }

  @Test
  void engine_thatAlwaysCrashes_failsWithItsStatus() throws IOException {
    String command = ScriptedEngine.gtp(folder, "exit 3");
    assertEquals(
        "The engine '%s' did not answer 'genmove black': it ended with status 3."
            .formatted(command),
        fails(agent("gtp:" + command, Go.SEVEN), Go.SEVEN.initialPosition()));
  }

  @Test
  void engine_thatHangs_isEndedAfterItsTime() throws IOException {
    String command = ScriptedEngine.gtp(folder, "sleep 600");
    assertEquals(
        "The engine '%s' did not answer 'genmove black' within 1.0 s.".formatted(command),
        fails(agent("gtp:" + command + "?seconds=1", Go.SEVEN), Go.SEVEN.initialPosition()));
  }

  @Test
  void engine_thatCheats_isRefused() throws IOException {
    Position taken = Go.SEVEN.initialPosition().play(0);
    String command = ScriptedEngine.gtp(folder, "printf '= A1\\n\\n'");
    String message = fails(agent("gtp:" + command, Go.SEVEN), taken);
    assertTrue(message.contains("played 'a1', which is not legal in"), message);
    String nonsense = ScriptedEngine.gtp(folder, "printf '= I5\\n\\n'");
    assertTrue(fails(agent("gtp:" + nonsense, Go.SEVEN), taken).contains("not legal"));
    String complains = ScriptedEngine.gtp(folder, "printf '? not now\\n\\n'");
    assertTrue(
        fails(agent("gtp:" + complains, Go.SEVEN), taken)
            .endsWith("answered 'not now' to 'genmove white'."));
  }

  @Test
  void engine_thatNeverStopsTalking_isCutOff() throws IOException {
    String lines = ScriptedEngine.gtp(folder, "yes");
    assertTrue(
        fails(agent("gtp:" + lines, Go.SEVEN), Go.SEVEN.initialPosition())
            .contains("'genmove black'"));
    String line = ScriptedEngine.gtp(folder, "yes | tr -d '\\n'");
    assertTrue(
        fails(agent("gtp:" + line, Go.SEVEN), Go.SEVEN.initialPosition())
            .endsWith("did not answer 'genmove black': it said too much."));
  }

  @Test
  void engine_thatIsNotThere_isNamed() {
    String message = fails(agent("gtp:/no/such/engine", Go.SEVEN), Go.SEVEN.initialPosition());
    assertTrue(message.startsWith("The engine '/no/such/engine' cannot be started: "), message);
  }

  @Test
  void chessEngine_isPlayed_andItsScoreIsTheValue() throws IOException {
    String command =
        ScriptedEngine.uci(
            folder, "echo 'info depth 3 score cp 180 pv e2e4'; echo 'bestmove e2e4 ponder e7e5'");
    Agent agent = agent("uci:" + command, Chess.GAME);
    Decision decision = decide(agent, Chess.GAME.initialPosition());
    assertEquals("e2e4", Chess.GAME.formatMove(Chess.GAME.initialPosition(), decision.action()));
    assertEquals(0.462f, decision.value(), 0.001f);
    assertFalse(decision.proven());
    String mates = ScriptedEngine.uci(folder, "echo 'info score mate -1'; echo 'bestmove h8h7'");
    Decision lost =
        decide(agent("uci:" + mates, Chess.GAME), Fen.parse("7k/8/5K2/8/8/8/8/6R1 b - - 0 1"));
    assertEquals(-1, lost.value());
    assertTrue(lost.proven());
  }

  @Test
  void specs_ofEngines_areReadBack_andWrongOnesSayWhy() {
    for (String spec :
        new String[] {
          "gtp:gnugo --mode gtp", "uci:stockfish?nodes=10&skill=3", "gtp:a?seconds=5"
        }) {
      assertEquals(spec, AgentSpec.parse(spec).toString());
    }
    for (String[] wrong :
        new String[][] {
          {"gtp:", "it needs a command"},
          {"uci:stockfish?nods=10", "there is no option 'nods'; options are depth, movetime"},
          {"uci:stockfish?nodes=x", "nodes must be a number from 0 to 1000000000, not 'x'"}
        }) {
      String message =
          String.valueOf(
              assertThrows(IllegalArgumentException.class, () -> AgentSpec.parse(wrong[0]))
                  .getMessage());
      assertTrue(message.contains(wrong[1]), message);
    }
    assertThrows(IllegalArgumentException.class, () -> agent("gtp:x", Games.get("connect-four")));
    assertThrows(IllegalArgumentException.class, () -> agent("uci:x", Go.NINE));
  }
}
