package tabula.agents.engine;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import tabula.games.Game;
import tabula.games.Position;
import tabula.games.Side;
import tabula.games.go.Go;
import tabula.games.go.GoPosition;

/**
 * Asks a Go engine in the Go Text Protocol, version 2. A position is set up stone by stone; where a
 * stone was just taken that may not take back, that move is played last, so that the engine knows.
 */
final class GtpDialogue implements EngineAgent.Dialogue {

  /** The options of a command. */
  static final Set<String> OPTIONS = Set.of("seconds");

  private static final Duration SETTING_UP = Duration.ofSeconds(20);

  private final Go game;
  private final Duration thinkTime;

  GtpDialogue(EngineCommand command, Game game) {
    if (!(game instanceof Go go)) {
      throw new IllegalArgumentException(
          "Engines that speak GTP play Go here, not %s.".formatted(game.title()));
    }
    this.game = go;
    this.thinkTime = Duration.ofSeconds(command.option("seconds", 60));
  }

  @Override
  public void greet(EngineProcess engine) {
    ask(engine, "boardsize " + game.board().width(), SETTING_UP);
  }

  @Override
  public EngineAgent.Answer ask(EngineProcess engine, Position position) {
    ask(engine, "clear_board", SETTING_UP);
    ask(engine, "komi " + game.komi(), SETTING_UP);
    for (String stone : stones((GoPosition) position)) {
      ask(engine, "play " + stone, SETTING_UP);
    }
    String vertex = ask(engine, "genmove " + colour(position.sideToMove()), thinkTime);
    // Our rules have no resignation: who gives up passes, and the board is counted.
    String move = vertex.equalsIgnoreCase("resign") ? "pass" : Vertices.parse(vertex);
    return new EngineAgent.Answer(move, 0, false);
  }

  private static String colour(Side side) {
    return side == Side.FIRST ? "black" : "white";
  }

  /** Moves that set a position up: each with its colour. */
  private List<String> stones(GoPosition position) {
    int points = game.board().width() * game.board().height();
    Side side = position.sideToMove();
    int taken = -1;
    int taker = -1;
    for (int point = 0; point < points && taken < 0; point++) {
      taker = position.takerOfKo(point);
      taken = taker < 0 ? -1 : point;
    }
    List<String> stones = new ArrayList<>();
    for (int point = 0; point < points; point++) {
      Side piece = point == taken ? side : position.pieceAt(point);
      if (piece != null && point != taker) {
        stones.add(colour(piece) + " " + Vertices.ofSquare(game, point));
      }
    }
    if (taker >= 0) {
      stones.add(colour(side.opponent()) + " " + Vertices.ofSquare(game, taker));
    }
    return stones;
  }

  /** What a command is answered. */
  static String ask(EngineProcess engine, String command, Duration patience) {
    List<String> lines = engine.ask(command, String::isEmpty, patience);
    String answer = String.join("\n", lines).strip();
    if (!answer.startsWith("=")) {
      throw engine.failed(
          "answered '%s' to '%s'".formatted(answer.replaceFirst("^\\?\\s*", ""), command));
    }
    return answer.substring(1).strip();
  }
}
