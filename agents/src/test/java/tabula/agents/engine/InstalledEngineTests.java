package tabula.agents.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import tabula.agents.Agent;
import tabula.agents.AgentSpec;
import tabula.agents.Agents;
import tabula.agents.CheckpointSource;
import tabula.games.Game;
import tabula.games.Outcome;
import tabula.games.Position;
import tabula.games.chess.Chess;
import tabula.games.chess.ChessPosition;
import tabula.games.chess.Fen;
import tabula.games.go.Go;

/**
 * Rules and games with engines of others, where they are installed. {@code -Dtabula.engineGames=N}
 * compares legal moves along so many random games instead of a few.
 */
class InstalledEngineTests {

  private static final int GAMES = Integer.getInteger("tabula.engineGames", 2);

  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private static final Pattern DIVIDED = Pattern.compile("([a-h][1-8][a-h][1-8][nbrq]?): 1");

  private static Path program(String name) {
    String path = System.getenv("PATH") + File.pathSeparator + "/usr/games";
    for (String folder : path.split(File.pathSeparator, -1)) {
      if (Files.isExecutable(Path.of(folder, name))) {
        return Path.of(folder, name);
      }
    }
    assumeTrue(false, name + " is not installed");
    return Path.of(name);
  }

  private static Agent agent(String spec, Game game) {
    return new Agents(CheckpointSource.FILES).create(AgentSpec.parse(spec), game);
  }

  private static Position play(Game game, Agent first, Agent second) {
    SplittableRandom random = new SplittableRandom(5);
    Position position = game.initialPosition();
    for (int ply = 0; !position.isOver(); ply++) {
      Agent mover = ply % 2 == 0 ? first : second;
      position = position.play(mover.decide(position, random).action());
    }
    return position;
  }

  @Test
  void gnuGo_findsTheSameMovesLegal_alongRandomGames() {
    SplittableRandom random = new SplittableRandom(21);
    try (EngineProcess engine =
        EngineProcess.start(
            program("gnugo") + " --mode gtp --positional-superko --forbid-suicide --level 1")) {
      for (int i = 0; i < GAMES; i++) {
        Go game = i % 2 == 0 ? Go.SEVEN : Go.NINE;
        GtpDialogue.ask(engine, "boardsize " + game.board().width(), PATIENCE);
        GtpDialogue.ask(engine, "clear_board", PATIENCE);
        Position position = game.initialPosition();
        while (!position.isOver()) {
          String colour = position.ply() % 2 == 0 ? "black" : "white";
          Position at = position;
          TreeSet<String> ours = new TreeSet<>();
          for (int action : stonesThatStay(position)) {
            ours.add(Vertices.format(game.formatMove(position, action)));
          }
          ours.remove("pass");
          String answer = GtpDialogue.ask(engine, "all_legal " + colour, PATIENCE);
          TreeSet<String> theirs =
              Stream.of(answer.split("\\s+", -1))
                  .filter(vertex -> !vertex.isEmpty() && !vertex.equalsIgnoreCase("pass"))
                  .collect(Collectors.toCollection(TreeSet::new));
          assertEquals(theirs, ours, at::diagram);
          int[] legal = stonesThatStay(position);
          int action = legal[random.nextInt(legal.length)];
          String vertex = Vertices.format(game.formatMove(position, action));
          GtpDialogue.ask(engine, "play " + colour + " " + vertex, PATIENCE);
          position = position.play(action);
        }
      }
    }
  }

  /** The moves but suicides: of those GNU Go does not see that they repeat a board. */
  private static int[] stonesThatStay(Position position) {
    return IntStream.of(position.legalActions())
        .filter(
            action ->
                action == position.game().actionCount() - 1
                    || position.play(action).pieceAt(action) != null)
        .toArray();
  }

  @Test
  void stockfish_findsTheSameMovesLegal_alongRandomGames() {
    SplittableRandom random = new SplittableRandom(22);
    try (EngineProcess engine = EngineProcess.start(program("stockfish").toString())) {
      engine.ask("uci", "uciok"::equals, PATIENCE);
      for (int i = 0; i < GAMES; i++) {
        Position position = Chess.GAME.initialPosition();
        while (!position.isOver()) {
          ChessPosition at = (ChessPosition) position;
          TreeSet<String> ours = new TreeSet<>();
          for (int action : position.legalActions()) {
            ours.add(Chess.GAME.formatMove(position, action));
          }
          engine.tell("position fen " + Fen.format(at));
          TreeSet<String> theirs = new TreeSet<>();
          for (String line :
              engine.ask("go perft 1", text -> text.startsWith("Nodes searched"), PATIENCE)) {
            var move = DIVIDED.matcher(line);
            if (move.matches()) {
              theirs.add(move.group(1));
            }
          }
          assertEquals(theirs, ours, at::diagram);
          int[] legal = position.legalActions();
          position = position.play(legal[random.nextInt(legal.length)]);
        }
      }
    }
  }

  @Test
  void gnuGo_playsWholeGames_asBlackAndAsWhite() {
    Agent gnuGo =
        agent(
            "gtp:%s --mode gtp --level 1 --chinese-rules --capture-all-dead"
                .formatted(program("gnugo")),
            Go.SEVEN);
    Agent random = agent("random", Go.SEVEN);
    assertEquals(Outcome.FIRST_WINS, play(Go.SEVEN, gnuGo, random).outcome());
    assertEquals(Outcome.SECOND_WINS, play(Go.SEVEN, random, gnuGo).outcome());
  }

  @Test
  void stockfish_playsWholeGames_asWhiteAndAsBlack() {
    Agent stockfish = agent("uci:%s?nodes=2000".formatted(program("stockfish")), Chess.GAME);
    Agent random = agent("random", Chess.GAME);
    assertEquals(Outcome.FIRST_WINS, play(Chess.GAME, stockfish, random).outcome());
    assertEquals(Outcome.SECOND_WINS, play(Chess.GAME, random, stockfish).outcome());
    assertTrue(stockfish.spec().toString().endsWith("?nodes=2000"));
  }
}
