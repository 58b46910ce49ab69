package tabula.server.training;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import tabula.agents.files.AtomicFile;
import tabula.agents.train.SelfPlay;
import tabula.agents.train.Trajectory;
import tabula.games.Game;
import tabula.games.GameRecord;
import tabula.games.Position;
import tabula.server.match.Diagram;

/** Shows a few of the games that self-play plays, once a second while somebody looks on. */
final class LiveGames {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int GAMES = 4;
  private static final double LEAST_SHOWN = 0.005;
  private static final long SHOWN_NANOS = Duration.ofSeconds(15).toNanos();

  private final Path file;
  private final Every second = new Every(Duration.ofSeconds(1));
  private volatile long until = System.nanoTime();

  LiveGames(Path file) {
    this.file = file;
  }

  /** Somebody looks on, for the next while. */
  void show() {
    until = System.nanoTime() + SHOWN_NANOS;
  }

  /** Writes the games, if it is time. For the one thread that plays them. */
  void tell(SelfPlay selfPlay) throws IOException {
    if (System.nanoTime() - until > 0 || !second.isDue()) {
      return;
    }
    ObjectNode shown = JSON.createObjectNode();
    ArrayNode games = shown.putArray("games");
    for (Trajectory game : selfPlay.unfinished(GAMES)) {
      if (game.examples() > 0) {
        games.add(lastSearched(game));
      }
    }
    AtomicFile.write(file, shown.toString().getBytes(StandardCharsets.UTF_8));
  }

  /** A game as it stood when the last full search in it was done, and what that search thought. */
  private static ObjectNode lastSearched(Trajectory trajectory) {
    Game game = trajectory.game();
    int example = trajectory.examples() - 1;
    GameRecord until = trajectory.after(trajectory.exampleMoves()[example]);
    Position position = until.position();
    ObjectNode json = JSON.createObjectNode();
    ArrayNode moves = json.putArray("moves");
    until.moves().forEach(moves::add);
    ArrayNode board = json.putArray("board");
    Diagram.rows(position).forEach(board::add);
    json.put("toMove", position.sideToMove().name().toLowerCase(Locale.ROOT));
    json.put("value", rounded(trajectory.values()[example]));
    ArrayNode policy = json.putArray("policy");
    int from = example * game.actionCount();
    float[] probabilities =
        Arrays.copyOfRange(trajectory.policies(), from, from + game.actionCount());
    for (int action : position.legalActions()) {
      if (probabilities[action] >= LEAST_SHOWN) {
        policy
            .addObject()
            .put("move", game.formatMove(position, action))
            .put("probability", rounded(probabilities[action]));
      }
    }
    return json;
  }

  private static double rounded(double value) {
    return Math.round(value * 1e3) / 1e3;
  }
}
