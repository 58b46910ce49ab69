package tabula.server.training;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.util.List;
import tabula.agents.train.Trajectory;
import tabula.agents.train.TrajectoryLog;
import tabula.games.Game;
import tabula.server.match.MatchView;

/** The games that a run had finished at some moment of it, from the log of its games. */
public final class FinishedGames {

  private static final ObjectMapper JSON = new ObjectMapper();

  private FinishedGames() {}

  /**
   * The last games before a moment. Blocks; whatever the log's length, few games are in memory.
   *
   * @param seconds of the run's time
   * @param most how many games are wanted
   * @return how many were finished by then, and the last of them, the very last first
   */
  public static ObjectNode read(RunFiles files, Game game, double seconds, int most)
      throws IOException {
    long finished = finished(files, seconds);
    long before = Math.max(0, finished - most);
    ObjectNode answer = JSON.createObjectNode().put("finished", finished);
    ArrayNode list = answer.putArray("games");
    List<Trajectory> games =
        Files.exists(files.games())
            ? TrajectoryLog.read(files.games(), game, before, finished - before)
            : List.of();
    for (int i = games.size() - 1; i >= 0; i--) {
      list.add(json(games.get(i)).put("number", before + i + 1));
    }
    return answer;
  }

  /** How many games the run had finished, by the last line of progress before the moment. */
  private static long finished(RunFiles files, double seconds) throws IOException {
    long games = 0;
    try (BufferedReader lines = Files.newBufferedReader(files.metrics())) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        JsonNode json = JSON.readTree(line);
        if (json.path("seconds").asDouble() > RunFiles.rounded(seconds)) {
          break;
        }
        if (json.path("kind").asText().equals("progress")) {
          games = json.path("games").asLong(games);
        }
      }
    } catch (NoSuchFileException e) {
      // Nothing is measured yet.
    } catch (JsonProcessingException e) {
      // The last line is being written.
    }
    return games;
  }

  private static ObjectNode json(Trajectory trajectory) {
    ObjectNode json = JSON.createObjectNode();
    ArrayNode moves = json.putArray("moves");
    trajectory.after(trajectory.moves()).moves().forEach(moves::add);
    ArrayNode values = json.putArray("values");
    int example = 0;
    for (int ply = 0; ply < trajectory.moves(); ply++) {
      if (example < trajectory.examples() && trajectory.exampleMoves()[example] == ply) {
        values.add(MetricsLines.round(trajectory.values()[example++]));
      } else {
        values.addNull();
      }
    }
    return json.put("outcome", MatchView.code(trajectory.outcome()));
  }
}
