package tabula.agents.train;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A configuration with a name.
 *
 * @param minutes how long a run with it should run
 * @param means what it is for
 * @param changes what differs from the default
 */
public record Preset(String name, double minutes, String means, ObjectNode changes) {

  public static final List<Preset> ALL =
      List.of(
          new Preset("quick", 10, "a strong player in the time of a coffee: the default", none()),
          // Decision 0007: what an hour gave with this, and why.
          new Preset(
              "strong",
              60,
              "an hour, which a larger network makes use of",
              none()
                  .put("network", "residual:48x4")
                  .put("reuse", 8)
                  .put("visitsGrowth", 4)
                  .put("averaging", 0.999)),
          new Preset(
              "tiny",
              0.5,
              "tic-tac-toe in seconds, and to try things out",
              none()
                  .put("network", "residual:16x1")
                  .put("visits", 16)
                  .put("fastVisits", 8)
                  .put("openingPlies", 3)
                  .put("gamesPerThread", 32)
                  .put("batch", 128)
                  .put("firstExamples", 500)
                  .put("warmUpSteps", 50)
                  .put("averaging", 0.99)
                  .put("publishSeconds", 1)
                  .put("examineSeconds", 2)
                  .put("gateSeconds", 5)
                  .put("gateGames", 32)
                  .put("gateVisits", 16)),
          // Decision 0025. Neither searches, so neither is measured with a search.
          new Preset(
              "dqn",
              10,
              "Double DQN through RL4J: tic-tac-toe",
              none()
                  .put("algorithm", "dqn")
                  .put("network", "residual:16x1")
                  .put("openingPlies", 3)
                  .put("bufferCapacity", 20_000)
                  .put("firstExamples", 1_000)
                  .put("batch", 32)
                  .put("learningRate", 1e-3)
                  .put("gateVisits", 0)),
          new Preset(
              "a2c",
              10,
              "advantage actor-critic through RL4J: Connect Four",
              none()
                  .put("algorithm", "a2c")
                  .put("network", "residual:16x1")
                  .put("openingPlies", 4)
                  .put("learningRate", 1e-3)
                  .put("gateVisits", 0)));

  /** The preset of an algorithm that is chosen without one. */
  public static Preset of(RunConfig.Algorithm algorithm) {
    return get(
        switch (algorithm) {
          case ALPHAZERO -> "quick";
          case DQN -> "dqn";
          case A2C -> "a2c";
        });
  }

  private static ObjectNode none() {
    return JsonNodeFactory.instance.objectNode();
  }

  /**
   * The preset of that name.
   *
   * @throws IllegalArgumentException if there is none; the message says which there are
   */
  public static Preset get(String name) {
    return ALL.stream()
        .filter(preset -> preset.name.equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "There is no preset '%s'. Presets: %s."
                        .formatted(
                            name,
                            ALL.stream().map(Preset::name).collect(Collectors.joining(", ")))));
  }

  public RunConfig config() {
    return RunConfig.DEFAULT.with(changes);
  }
}
