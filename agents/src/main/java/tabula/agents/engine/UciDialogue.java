package tabula.agents.engine;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tabula.games.Game;
import tabula.games.Position;
import tabula.games.chess.Chess;
import tabula.games.chess.ChessPosition;
import tabula.games.chess.Fen;

/** Asks a chess engine by the Universal Chess Interface. */
final class UciDialogue implements EngineAgent.Dialogue {

  /** The options of a command: milliseconds, nodes or plies for a move, and how well it plays. */
  static final Set<String> OPTIONS = Set.of("movetime", "nodes", "depth", "skill");

  private static final Duration SETTING_UP = Duration.ofSeconds(20);

  /** Beyond the time that a move takes. */
  private static final int PATIENCE_MS = 60_000;

  private static final Pattern SCORE = Pattern.compile("\\bscore (cp|mate) (-?\\d+)");

  /** So many hundredths of a pawn make a win three times as likely as a loss. */
  private static final double CENTIPAWNS = 180;

  private final EngineCommand command;

  UciDialogue(EngineCommand command, Game game) {
    if (!(game instanceof Chess)) {
      throw new IllegalArgumentException(
          "Engines that speak UCI play chess here, not %s.".formatted(game.title()));
    }
    this.command = command;
  }

  @Override
  public void greet(EngineProcess engine) {
    engine.ask("uci", "uciok"::equals, SETTING_UP);
    if (command.options().containsKey("skill")) {
      engine.tell("setoption name Skill Level value " + command.option("skill", 0));
    }
    engine.tell("ucinewgame");
    engine.ask("isready", "readyok"::equals, SETTING_UP);
  }

  @Override
  public EngineAgent.Answer ask(EngineProcess engine, Position position) {
    engine.tell("position fen " + Fen.format((ChessPosition) position));
    Duration patience = Duration.ofMillis(command.option("movetime", 0) + PATIENCE_MS);
    List<String> lines = engine.ask(go(), line -> line.startsWith("bestmove"), patience);
    String[] best = lines.getLast().split(" +", -1);
    if (best.length < 2) {
      throw engine.failed("said 'bestmove' without a move");
    }
    float value = 0;
    boolean mates = false;
    for (String line : lines) {
      Matcher score = SCORE.matcher(line);
      if (line.startsWith("info") && score.find()) {
        double number = Double.parseDouble(score.group(2));
        mates = score.group(1).equals("mate");
        value = (float) (mates ? Math.signum(number) : Math.tanh(number / CENTIPAWNS / 2));
      }
    }
    return new EngineAgent.Answer(best[1], value, mates);
  }

  private String go() {
    StringBuilder go = new StringBuilder("go");
    for (String limit : List.of("movetime", "nodes", "depth")) {
      if (command.options().containsKey(limit)) {
        go.append(' ').append(limit).append(' ').append(command.option(limit, 0));
      }
    }
    return go.length() > 2 ? go.toString() : "go movetime 100";
  }
}
