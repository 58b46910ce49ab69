package tabula.server.ladder;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Agents whose ratings are held, so that a rating means the same from run to run: {@code random} is
 * 500 by definition, and the others were measured against it by {@code tabula bench anchors}.
 */
public final class Anchors {

  /** What random moves are rated, by definition: beginners then stand near 1500. */
  public static final int RANDOM = 500;

  /** Those that every game has, {@code random} first. */
  public static final List<String> SEARCHES =
      List.of("random", "mcts:100", "mcts:1000", "mcts:10000");

  /** Where a solver knows the game. */
  public static final String PERFECT = "perfect";

  private static final String RESOURCE = "/ladder/anchors.json";

  /** By game, then by player. */
  private static final Map<String, Map<String, Rating>> HELD = read();

  private Anchors() {}

  /** The rating that is held for a player; empty for all others. */
  public static Optional<Rating> of(String game, String player) {
    return Optional.ofNullable(of(game).get(player));
  }

  /** The held ratings of a game's anchors, by player. */
  public static Map<String, Rating> of(String game) {
    return HELD.getOrDefault(game, Map.of());
  }

  /** What is known of a player before the first game. */
  public static Rating before(String game, String player) {
    return of(game, player).orElse(Rating.UNKNOWN);
  }

  private static Map<String, Map<String, Rating>> read() {
    try (InputStream in = Anchors.class.getResourceAsStream(RESOURCE)) {
      if (in == null) {
        throw new IllegalStateException("The program lacks " + RESOURCE);
      }
      Map<String, Map<String, Rating>> all = new HashMap<>();
      for (JsonNode measured : new ObjectMapper().readTree(in)) {
        Map<String, Rating> held = new HashMap<>();
        for (JsonNode anchor : measured.path("anchors")) {
          held.put(
              Player.AGENT + anchor.path("agent").asText(),
              new Rating(
                  anchor.path("rating").asDouble(),
                  anchor.path("deviation").asDouble(),
                  Rating.UNKNOWN.volatility(),
                  0,
                  0));
        }
        all.put(measured.path("game").asText(), Map.copyOf(held));
      }
      return Map.copyOf(all);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
