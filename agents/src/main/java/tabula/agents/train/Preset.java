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
                  .put("gateVisits", 16)));

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
