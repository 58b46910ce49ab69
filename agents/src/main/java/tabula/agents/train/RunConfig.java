package tabula.agents.train;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.List;
import tabula.agents.AgentSpec.SearchKind;
import tabula.agents.network.NetworkSpec;
import tabula.agents.network.OptimizerSpec;

/**
 * Everything that a training run can be told, as one flat JSON object. What a file leaves out has
 * the default.
 *
 * @param network such as {@code residual:32x3}
 * @param search {@code gumbel} or {@code puct}
 * @param visits simulations of a full search
 * @param fastVisits simulations of a search that only moves the game on
 * @param visitsGrowth by which factor both have grown at the end of the run, evenly over it
 * @param fullShare the share of moves that get a full search and become examples
 * @param fastNoise how much of the full searches' randomness the others have, in [0, 1]
 * @param consideredActions how many moves Gumbel's root samples
 * @param valueScale Gumbel's c_scale
 * @param openingPlies games start with 0 to this many random moves, at most a third of the longest
 *     game
 * @param gamesPerThread how many games one thread plays at once
 * @param cacheSize evaluations remembered by all threads together: a power of two
 * @param bufferCapacity the most examples kept
 * @param windowScale how many examples the window holds before it grows slower than the data
 * @param resultShare the share of the game's result in the value's target
 * @param optimizer {@code adam} or {@code sgd}
 * @param batch examples a step
 * @param learningRate its highest value
 * @param weightDecay Adam's decoupled decay, or SGD's L2 factor
 * @param warmUpSteps steps over which the rate climbs from 0
 * @param finalRateShare the share of the rate that is left at the end
 * @param reuse how often an example is used on average
 * @param firstExamples how many examples must be there before the first step
 * @param averaging how much of the weights' average stays at each step
 * @param learnerThreads how many threads a step takes, beside those of self-play
 * @param publishSeconds how often the evaluators get new weights
 * @param gateSeconds how often a candidate meets the best
 * @param gateGames how many games they play: an even number
 * @param gateVisits simulations a move in those games
 * @param gateScore the share of the points that promotes
 */
public record RunConfig(
    String network,
    String search,
    int visits,
    int fastVisits,
    double visitsGrowth,
    double fullShare,
    double fastNoise,
    int consideredActions,
    double valueScale,
    int openingPlies,
    int gamesPerThread,
    int cacheSize,
    int bufferCapacity,
    double windowScale,
    double resultShare,
    String optimizer,
    int batch,
    double learningRate,
    double weightDecay,
    int warmUpSteps,
    double finalRateShare,
    double reuse,
    int firstExamples,
    double averaging,
    int learnerThreads,
    int publishSeconds,
    int gateSeconds,
    int gateGames,
    int gateVisits,
    double gateScore) {

  public static final RunConfig DEFAULT =
      new RunConfig(
          "residual:32x3",
          "gumbel",
          32,
          10,
          2,
          0.25,
          0,
          8,
          1,
          10,
          96,
          1 << 20,
          1_000_000,
          50_000,
          0.5,
          "adam",
          512,
          2e-3,
          1e-4,
          200,
          0.05,
          4,
          10_000,
          0.998,
          1,
          10,
          60,
          64,
          32,
          0.55);

  private static final ObjectMapper JSON =
      JsonMapper.builder()
          .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  /**
   * Reads a configuration.
   *
   * @throws IllegalArgumentException if the text is none; the message names the field and what it
   *     takes
   */
  public static RunConfig parse(String json) {
    JsonNode given;
    try {
      given = JSON.readTree(json);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(
          "The configuration is not JSON: " + e.getOriginalMessage(), e);
    }
    if (!(given instanceof ObjectNode fields)) {
      throw new IllegalArgumentException("The configuration must be a JSON object.");
    }
    ObjectNode all = DEFAULT.toJson();
    fields
        .fieldNames()
        .forEachRemaining(
            name -> {
              if (!all.has(name)) {
                throw new IllegalArgumentException(
                    "There is no field '%s'. Fields: %s."
                        .formatted(name, String.join(", ", fieldNames())));
              }
            });
    all.setAll(fields);
    RunConfig config;
    try {
      config = JSON.treeToValue(all, RunConfig.class);
    } catch (JsonMappingException e) {
      throw new IllegalArgumentException(
          "Field '%s': %s"
              .formatted(
                  e.getPath().isEmpty() ? "" : e.getPath().getFirst().getFieldName(),
                  e.getOriginalMessage()),
          e);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(
          "The configuration cannot be read: " + e.getOriginalMessage(), e);
    }
    config.check();
    return config;
  }

  private static List<String> fieldNames() {
    return Arrays.stream(RunConfig.class.getRecordComponents())
        .map(RecordComponent::getName)
        .toList();
  }

  public ObjectNode toJson() {
    return JSON.valueToTree(this);
  }

  private void check() {
    NetworkSpec.parse(network);
    searchKind();
    optimizerSpec();
    within("visits", visits, 2, 100_000);
    within("fastVisits", fastVisits, 1, 100_000);
    ordered("fastVisits", fastVisits, "visits", visits);
    within("visitsGrowth", visitsGrowth, 0.1, 100);
    within("fullShare", fullShare, 0.01, 1);
    within("fastNoise", fastNoise, 0, 1);
    within("consideredActions", consideredActions, 1, 1_000);
    within("valueScale", valueScale, 0, 100);
    within("openingPlies", openingPlies, 0, 1_000);
    within("gamesPerThread", gamesPerThread, 1, 10_000);
    within("cacheSize", cacheSize, 1, 1 << 26);
    if (Integer.bitCount(cacheSize) != 1) {
      throw new IllegalArgumentException(
          "Field 'cacheSize' must be a power of two, not %d.".formatted(cacheSize));
    }
    within("bufferCapacity", bufferCapacity, 1_000, 100_000_000);
    within("windowScale", windowScale, 100, 100_000_000);
    within("resultShare", resultShare, 0, 1);
    within("batch", batch, 1, 16_384);
    within("learningRate", learningRate, 1e-7, 10);
    within("weightDecay", weightDecay, 0, 1);
    within("warmUpSteps", warmUpSteps, 0, 1_000_000);
    within("finalRateShare", finalRateShare, 0, 1);
    within("reuse", reuse, 0.01, 1_000);
    within("firstExamples", firstExamples, 1, bufferCapacity);
    ordered("batch", batch, "firstExamples", firstExamples);
    within("averaging", averaging, 0, 0.999999);
    within("learnerThreads", learnerThreads, 1, 256);
    within("publishSeconds", publishSeconds, 1, 86_400);
    within("gateSeconds", gateSeconds, 1, 86_400);
    within("gateGames", gateGames, 2, 10_000);
    if (gateGames % 2 != 0) {
      throw new IllegalArgumentException(
          "Field 'gateGames' must be even, not %d.".formatted(gateGames));
    }
    within("gateVisits", gateVisits, 0, 100_000);
    within("gateScore", gateScore, 0, 1);
  }

  private static void ordered(String lesser, int small, String greater, int great) {
    if (small > great) {
      throw new IllegalArgumentException(
          "Field '%s' (%d) must not be more than field '%s' (%d)."
              .formatted(lesser, small, greater, great));
    }
  }

  private static void within(String field, double value, double least, double most) {
    if (!(value >= least && value <= most)) {
      throw new IllegalArgumentException(
          "Field '%s' must be from %s to %s, not %s."
              .formatted(field, plain(least), plain(most), plain(value)));
    }
  }

  private static String plain(double number) {
    return number == Math.rint(number) && Math.abs(number) < 1e15
        ? Long.toString((long) number)
        : Double.toString(number);
  }

  private SearchKind searchKind() {
    return switch (search) {
      case "gumbel" -> SearchKind.GUMBEL;
      case "puct" -> SearchKind.PUCT;
      default ->
          throw new IllegalArgumentException(
              "Field 'search' must be gumbel or puct, not '%s'.".formatted(search));
    };
  }

  private OptimizerSpec optimizerSpec() {
    return switch (optimizer) {
      case "adam" -> new OptimizerSpec.Adam(0.9, 0.999, 1e-8, weightDecay);
      case "sgd" -> new OptimizerSpec.Sgd(0.9, weightDecay);
      default ->
          throw new IllegalArgumentException(
              "Field 'optimizer' must be adam or sgd, not '%s'.".formatted(optimizer));
    };
  }

  public NetworkSpec networkSpec() {
    return NetworkSpec.parse(network);
  }

  public SelfPlayConfig selfPlay() {
    return new SelfPlayConfig(
        searchKind(),
        visits,
        fastVisits,
        visitsGrowth,
        fullShare,
        fastNoise,
        consideredActions,
        valueScale,
        openingPlies,
        gamesPerThread);
  }

  public ReplayConfig replay() {
    return new ReplayConfig(bufferCapacity, windowScale, resultShare);
  }

  public LearnerConfig learner() {
    return new LearnerConfig(
        optimizerSpec(),
        batch,
        learningRate,
        warmUpSteps,
        finalRateShare,
        reuse,
        firstExamples,
        averaging,
        learnerThreads);
  }
}
