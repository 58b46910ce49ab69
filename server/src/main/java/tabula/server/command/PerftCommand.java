package tabula.server.command;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tabula.games.Game;
import tabula.games.Perft;
import tabula.games.Position;
import tabula.games.record.PositionNotation;
import tabula.server.UserError;

/** Counts the sequences of moves of a length. */
@Command(
    name = "perft",
    mixinStandardHelpOptions = true,
    description =
        "Counts the sequences of exactly DEPTH moves from the start of a game: the test of its rules.",
    footer = {
      "",
      "Games that end earlier do not count.",
      "Example: tabula perft connect-four 9   prints 39394572"
    })
public final class PerftCommand implements Callable<Integer> {

  @Parameters(index = "0", paramLabel = "GAME", description = "Such as connect-four.")
  private String gameId = "";

  @Parameters(index = "1", paramLabel = "DEPTH", description = "How many moves.")
  private int depth;

  @Option(
      names = "--divide",
      description = "First a line for each first move: the move and its count.")
  private boolean divide;

  @Option(
      names = "--position",
      paramLabel = "FEN",
      description = "Counts from there: for chess and checkers.")
  private @Nullable String fen;

  @Option(names = "--json", description = "Print one line of JSON.")
  private boolean json;

  @Spec private CommandSpec command = CommandSpec.create();

  @Override
  public Integer call() {
    PrintWriter out = command.commandLine().getOut();
    Game game = Arguments.game(gameId);
    Arguments.check(
        depth >= 0 && depth <= 100, "DEPTH must be from 0 to 100, not %d.".formatted(depth));
    Position start = fen == null ? game.initialPosition() : position(game, fen);
    if (json) {
      out.println(
          JsonNodeFactory.instance
              .objectNode()
              .put("game", game.id())
              .put("depth", depth)
              .put("count", Perft.count(start, depth)));
      return 0;
    }
    if (divide && depth > 0) {
      for (int action : start.legalActions()) {
        out.printf(
            "%s %d%n", game.formatMove(start, action), Perft.count(start.play(action), depth - 1));
      }
    }
    out.println(Perft.count(start, depth));
    return 0;
  }

  private static Position position(Game game, String fen) {
    PositionNotation notation =
        game.positionNotation()
            .orElseThrow(
                () -> new UserError("Positions of %s cannot be written.".formatted(game.title())));
    try {
      return notation.read().apply(fen);
    } catch (IllegalArgumentException e) {
      throw new UserError(String.valueOf(e.getMessage()), e);
    }
  }
}
