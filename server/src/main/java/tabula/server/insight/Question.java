package tabula.server.insight;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import tabula.agents.insight.Attribution;
import tabula.agents.insight.Objective;
import tabula.agents.insight.OpenNetwork;
import tabula.agents.insight.PlaneAttack;
import tabula.agents.network.LayerShape;
import tabula.games.GameRecord;
import tabula.server.match.Refusal;

/**
 * What is asked of a network.
 *
 * @param record how the position came about
 * @param objective which number of the network is meant
 * @param objectiveText the same as it was written
 * @param layer whose channels are shown
 * @param seed of all that is left to chance
 */
public record Question(
    View view,
    GameRecord record,
    Objective objective,
    String objectiveText,
    LayerShape layer,
    Attribution.Method method,
    PlaneAttack.Goal goal,
    long seed) {

  /** The names of what a question may have beside its view. */
  public static final List<String> OPTIONS =
      List.of("moves", "objective", "layer", "method", "goal", "seed");

  /** A question that cannot be answered; the message says why, for people. */
  public static final class WrongQuestionException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final Refusal refusal;

    WrongQuestionException(Refusal refusal, String message) {
      super(message);
      this.refusal = refusal;
    }

    WrongQuestionException(String message) {
      this(Refusal.MALFORMED, message);
    }

    /** What it is refused as. */
    public Refusal refusal() {
      return refusal;
    }
  }

  private static final long MOST_SEED = 1L << 53;

  /**
   * Reads a question.
   *
   * @param options by their names; what is left out has its usual value
   * @throws WrongQuestionException if one is wrong
   */
  public static Question read(OpenNetwork network, View view, Map<String, String> options) {
    GameRecord record =
        switch (GameRecord.read(network.game(), options.getOrDefault("moves", "-"))) {
          case GameRecord.Reading.Valid(GameRecord valid) -> valid;
          case GameRecord.Reading.Invalid(String reason) ->
              throw new WrongQuestionException(reason);
        };
    if (record.position().isOver()) {
      throw new WrongQuestionException(Refusal.MATCH_OVER, "The game is over after these moves.");
    }
    String first = network.layers().getFirst().name();
    String objective =
        options.getOrDefault(
            "objective", view == View.NEURON ? "channel:%s/0".formatted(first) : "value");
    String layer = options.getOrDefault("layer", first);
    try {
      return new Question(
          view,
          record,
          Objective.parse(objective, network.layers(), record.position()),
          objective,
          network.layer(layer),
          choice("method", Attribution.Method.class, options.getOrDefault("method", "integrated")),
          choice("goal", PlaneAttack.Goal.class, options.getOrDefault("goal", "move")),
          seed(options.getOrDefault("seed", "1")));
    } catch (IllegalArgumentException e) {
      throw new WrongQuestionException(String.valueOf(e.getMessage()));
    }
  }

  private static <E extends Enum<E>> E choice(String name, Class<E> type, String text) {
    List<String> ids = Arrays.stream(type.getEnumConstants()).map(Question::id).toList();
    int index = ids.indexOf(text);
    if (index < 0) {
      throw new IllegalArgumentException(
          "%s is one of %s, not '%s'.".formatted(name, String.join(", ", ids), text));
    }
    return type.getEnumConstants()[index];
  }

  /** As addresses write it. */
  static String id(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }

  private static long seed(String text) {
    try {
      long seed = Long.parseLong(text);
      if (seed >= 0 && seed <= MOST_SEED) {
        return seed;
      }
    } catch (NumberFormatException e) {
      // Said below, like a number out of range.
    }
    throw new IllegalArgumentException(
        "seed is a whole number from 0 to %d, not '%s'.".formatted(MOST_SEED, text));
  }
}
