package tabula.agents.train;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonSerializer;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import tabula.agents.AgentSpec.SearchKind;
import tabula.agents.network.Activation;
import tabula.agents.network.DescentSpec;
import tabula.agents.network.NetworkSpec;
import tabula.agents.network.OptimizerSpec;
import tabula.agents.train.ConfigField.Group;

/**
 * Everything that a training run can be told, as one flat JSON object. What is left out has the
 * default. A field is described where it is declared, and nowhere else.
 */
public record RunConfig(
    @Setting(
            group = Group.ALGORITHM,
            initial = "alphazero",
            means =
                "How it learns: by search, by Double DQN, or by advantage actor-critic, the last"
                    + " two through RL4J.")
        Algorithm algorithm,
    @Setting(
            group = Group.NETWORK,
            initial = "residual:32x3",
            means = "The form: " + NetworkSpec.FORMS + ".")
        String network,
    @Setting(
            group = Group.NETWORK,
            initial = "relu",
            means = "What a layer does with the numbers that its weights give.")
        Activation activation,
    @Setting(group = Group.SELF_PLAY, initial = "gumbel", means = "The tree search.")
        SearchKind search,
    @Setting(
            group = Group.SELF_PLAY,
            initial = "32",
            least = 2,
            most = 100_000,
            means = "Simulations of a full search, whose moves become examples.")
        int visits,
    @Setting(
            group = Group.SELF_PLAY,
            initial = "10",
            least = 1,
            most = 100_000,
            means = "Simulations of a search that only moves the game on.")
        int fastVisits,
    @Setting(
            group = Group.SELF_PLAY,
            initial = "2",
            least = 0.1,
            most = 100,
            means = "By which factor both have grown at the end of the run, evenly over it.")
        double visitsGrowth,
    @Setting(
            group = Group.SELF_PLAY,
            initial = "0.25",
            least = 0.01,
            most = 1,
            means =
                "The share of moves that get a full search and become examples (playout-cap"
                    + " randomisation).")
        double fullShare,
    @Setting(
            group = Group.SELF_PLAY,
            initial = "0",
            least = 0,
            most = 1,
            means = "How much of the full searches' randomness the others have.")
        double fastNoise,
    @Setting(
            group = Group.SELF_PLAY,
            initial = "8",
            least = 1,
            most = 1_000,
            means = "How many moves Gumbel's root samples.")
        int consideredActions,
    @Setting(
            group = Group.SELF_PLAY,
            initial = "1",
            least = 0,
            most = 100,
            means = "Gumbel's c_scale: how much values count beside the policy.")
        double valueScale,
    @Setting(
            group = Group.SELF_PLAY,
            initial = "10",
            least = 0,
            most = 1_000,
            means =
                "Games start with 0 to this many random moves, at most a third of the longest"
                    + " game.")
        int openingPlies,
    @Setting(
            group = Group.SELF_PLAY,
            initial = "96",
            least = 1,
            most = 10_000,
            means = "How many games one thread plays at once, which share batches.")
        int gamesPerThread,
    @Setting(
            group = Group.SELF_PLAY,
            initial = "-1",
            least = -1,
            most = 0,
            means =
                "A side resigns below this value, or a lower one where that would often be wrong; -1"
                    + " for never.")
        double resignBelow,
    @Setting(
            group = Group.SELF_PLAY,
            initial = "0.1",
            least = 0.01,
            most = 1,
            means =
                "The share of the games that are played on, to see who would have resigned in vain.")
        double resignCheckedShare,
    @Setting(
            group = Group.SELF_PLAY,
            initial = "0.05",
            least = 0,
            most = 0.5,
            means = "The most of them, as a share, that may not have lost in the end.")
        double resignFalseShare,
    @Setting(
            group = Group.SELF_PLAY,
            initial = "1048576",
            least = 1,
            most = 1 << 26,
            means = "Evaluations remembered by all threads together: a power of two.")
        int cacheSize,
    @Setting(
            group = Group.EXAMPLES,
            initial = "1000000",
            least = 1_000,
            most = 100_000_000,
            means = "The most examples kept to learn from.")
        int bufferCapacity,
    @Setting(
            group = Group.EXAMPLES,
            initial = "50000",
            least = 100,
            most = 100_000_000,
            means = "How many examples the window holds before it grows slower than the data.")
        double windowScale,
    @Setting(
            group = Group.EXAMPLES,
            initial = "0.5",
            least = 0,
            most = 1,
            means =
                "The share of the game's result in the value's target; the rest is the search's"
                    + " value.")
        double resultShare,
    @Setting(
            group = Group.EXAMPLES,
            initial = "4",
            least = 0.01,
            most = 1_000,
            means = "How often an example is learnt from, on average.")
        double reuse,
    @Setting(
            group = Group.EXAMPLES,
            initial = "10000",
            least = 1,
            most = 100_000_000,
            means = "How many examples must be there before the first step.")
        int firstExamples,
    @Setting(
            group = Group.DESCENT,
            initial = "adamw",
            means = "How the weights descend the gradient.")
        OptimizerKind optimizer,
    @Setting(
            group = Group.DESCENT,
            initial = "0.9",
            least = 0,
            most = 0.9999,
            means = "How much of the last step sgd keeps for the next.")
        double momentum,
    @Setting(
            group = Group.DESCENT,
            initial = "256",
            least = 1,
            most = 16_384,
            means = "Examples a step.")
        int batch,
    @Setting(
            group = Group.DESCENT,
            initial = "0.002",
            least = 1e-7,
            most = 10,
            means = "The learning rate at its highest.")
        double learningRate,
    @Setting(
            group = Group.DESCENT,
            initial = "cosine",
            means = "How the rate falls over the run: not at all, in steps, or as a cosine.")
        Schedule schedule,
    @Setting(
            group = Group.DESCENT,
            initial = "200",
            least = 0,
            most = 1_000_000,
            means = "Steps over which the rate climbs from 0.")
        int warmUpSteps,
    @Setting(
            group = Group.DESCENT,
            initial = "0.05",
            least = 0,
            most = 1,
            means = "The share of the rate that is left at the end of the run.")
        double finalRateShare,
    @Setting(
            group = Group.DESCENT,
            initial = "3",
            least = 1,
            most = 100,
            means = "How many equal drops take the rate there where the schedule is step.")
        int rateDrops,
    @Setting(
            group = Group.DESCENT,
            initial = "0",
            least = 0,
            most = 1e6,
            means = "Gradients longer than this are shortened to it; 0 for none.")
        double clipNorm,
    @Setting(
            group = Group.DESCENT,
            initial = "1",
            least = 0,
            most = 100,
            means = "The factor of the policy's cross-entropy in the error.")
        double policyWeight,
    @Setting(
            group = Group.DESCENT,
            initial = "1",
            least = 0,
            most = 100,
            means = "The factor of the value's squared error in the error.")
        double valueWeight,
    @Setting(
            group = Group.DESCENT,
            initial = "0.998",
            least = 0,
            most = 0.999999,
            means = "How much of the weights' average, which plays, stays at each step.")
        double averaging,
    @Setting(
            group = Group.DESCENT,
            initial = "1",
            least = 1,
            most = 256,
            means = "How many threads a step takes, beside those of self-play.")
        int learnerThreads,
    @Setting(
            group = Group.GENERALISATION,
            initial = "0.0001",
            least = 0,
            most = 1,
            means = "The decoupled decay of adamw; the L2 factor of adam and sgd.")
        double weightDecay,
    @Setting(
            group = Group.GENERALISATION,
            initial = "0",
            least = 0,
            most = 0.9,
            means = "The share of what both heads read that is left out at each step of learning.")
        double dropout,
    @Setting(
            group = Group.GENERALISATION,
            initial = "0",
            least = 0,
            most = 1,
            means =
                "The share of a step's examples that are seen as they deceive the network most"
                    + " (adversarial training).")
        double adversarialShare,
    @Setting(
            group = Group.GENERALISATION,
            initial = "0.1",
            least = 0.001,
            most = 1,
            means = "By how much each number that the network sees of them is changed at most.")
        double adversarialEpsilon,
    @Setting(
            group = Group.GENERALISATION,
            initial = "true",
            means = "Whether an example is seen through a random one of the game's symmetries.")
        boolean symmetries,
    @Setting(
            group = Group.GENERALISATION,
            initial = "0.05",
            before = "0",
            least = 0,
            most = 0.5,
            means =
                "The share of the games that is never learnt from, to see how well what is learnt"
                    + " holds.")
        double heldOutShare,
    @Setting(
            group = Group.GENERALISATION,
            initial = "0",
            least = 0,
            most = 1_000_000,
            means =
                "The run ends by itself after so many examinations in a row without a lower error on"
                    + " held-out games (early stopping); 0 for never.")
        int patience,
    @Setting(
            group = Group.MEASURING,
            initial = "15",
            least = 1,
            most = 86_400,
            means = "How often the error on games learnt from and held out is measured.")
        int examineSeconds,
    @Setting(
            group = Group.MEASURING,
            initial = "10",
            least = 1,
            most = 86_400,
            means = "How often self-play gets new weights.")
        int publishSeconds,
    @Setting(
            group = Group.MEASURING,
            initial = "60",
            least = 1,
            most = 86_400,
            means = "How often a candidate is measured, and meets the best.")
        int gateSeconds,
    @Setting(
            group = Group.MEASURING,
            initial = "64",
            least = 2,
            most = 10_000,
            means =
                "How many games they play: an even number. Fewer against the tree search where that is slow, so that they last no longer than the time between gates.")
        int gateGames,
    @Setting(
            group = Group.MEASURING,
            initial = "32",
            least = 0,
            most = 100_000,
            means = "Simulations a move in those games.")
        int gateVisits,
    @Setting(
            group = Group.MEASURING,
            initial = "0.55",
            least = 0,
            most = 1,
            means = "The share of the points that promotes.")
        double gateScore,
    @Setting(
            group = Group.REINFORCEMENT,
            initial = "0.99",
            least = 0,
            most = 1,
            means = "What a result is worth one move earlier.")
        double discount,
    @Setting(
            group = Group.REINFORCEMENT,
            initial = "10000",
            least = 1,
            most = 1_000_000_000,
            means = "dqn: over so many moves the share of random ones falls from 1.")
        int explorationMoves,
    @Setting(
            group = Group.REINFORCEMENT,
            initial = "0.1",
            least = 0,
            most = 1,
            means = "dqn: to this.")
        double explorationShare,
    @Setting(
            group = Group.REINFORCEMENT,
            initial = "500",
            least = 1,
            most = 1_000_000,
            means = "dqn: after so many steps the target network gets the weights.")
        int targetSteps,
    @Setting(
            group = Group.REINFORCEMENT,
            initial = "0.01",
            least = 0,
            most = 10,
            means = "a2c: what a nat of the policy's entropy is worth.")
        double entropyWeight,
    @Setting(
            group = Group.REINFORCEMENT,
            initial = "10",
            least = 2,
            most = 1_000,
            means = "How many past selves are kept as opponents; the first always is.")
        int poolSize,
    @Setting(
            group = Group.REINFORCEMENT,
            initial = "1000",
            least = 1,
            most = 1_000_000_000,
            means = "After so many steps another past self joins them.")
        int poolSteps) {

  /** What updates the weights. */
  public enum Algorithm {
    ALPHAZERO,
    DQN,
    A2C
  }

  /** How the weights descend the gradient. */
  public enum OptimizerKind {
    ADAMW,
    ADAM,
    SGD
  }

  private static final ObjectMapper JSON =
      JsonMapper.builder()
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(MapperFeature.ACCEPT_CASE_INSENSITIVE_ENUMS)
          .addModule(new SimpleModule().addSerializer(Enum.class, new LowerCase()))
          .build();

  public static final RunConfig DEFAULT = read(initial());

  @SuppressWarnings("rawtypes")
  private static final class LowerCase extends JsonSerializer<Enum> {
    @Override
    public void serialize(Enum value, JsonGenerator out, SerializerProvider provider)
        throws IOException {
      out.writeString(value.name().toLowerCase(Locale.ROOT));
    }
  }

  /**
   * Reads a configuration; what it leaves out has the default.
   *
   * @throws IllegalArgumentException if the text is none; the message names each field that is
   *     wrong and what it takes
   */
  public static RunConfig parse(String json) {
    return DEFAULT.with(object(json));
  }

  /**
   * This configuration with other values in some fields.
   *
   * @throws InvalidConfigException if it is none; the message names each field that is wrong and
   *     what it takes
   */
  public RunConfig with(ObjectNode changes) {
    return checked(toJson(), changes);
  }

  /**
   * The configuration that a run was started with. Fields that did not exist then have the values
   * that say what it did.
   *
   * @throws InvalidConfigException if it is none
   */
  public static RunConfig ofRun(ObjectNode kept) {
    ObjectNode before = JsonNodeFactory.instance.objectNode();
    ConfigField.ALL.forEach(field -> before.set(field.name(), field.before()));
    ObjectNode then = kept.deepCopy();
    // Until then the decay of what was called adam was decoupled.
    if (!kept.has("schedule") && kept.path("optimizer").asText().equals("adam")) {
      then.put("optimizer", "adamw");
    }
    return checked(before, then);
  }

  /**
   * Reads a JSON object, whatever its fields.
   *
   * @throws IllegalArgumentException if the text is none
   */
  public static ObjectNode object(String json) {
    try {
      if (JSON.readTree(json) instanceof ObjectNode fields) {
        return fields;
      }
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(
          "The configuration is not JSON: " + e.getOriginalMessage(), e);
    }
    throw new IllegalArgumentException("The configuration must be a JSON object.");
  }

  private static ObjectNode initial() {
    ObjectNode initial = JsonNodeFactory.instance.objectNode();
    ConfigField.ALL.forEach(field -> initial.set(field.name(), field.initial()));
    return initial;
  }

  private static RunConfig checked(ObjectNode base, ObjectNode changes) {
    List<ConfigProblem> problems = ConfigProblem.ofFields(changes);
    if (problems.isEmpty()) {
      base.setAll(changes);
      RunConfig config = read(base);
      problems = ConfigProblem.ofPairs(config);
      if (problems.isEmpty()) {
        return config;
      }
    }
    throw new InvalidConfigException(problems);
  }

  private static RunConfig read(ObjectNode fields) {
    try {
      return JSON.treeToValue(fields, RunConfig.class);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("A field let through what the record does not take.", e);
    }
  }

  public ObjectNode toJson() {
    return JSON.valueToTree(this);
  }

  private OptimizerSpec optimizerSpec() {
    return switch (optimizer) {
      case ADAMW -> new OptimizerSpec.AdamW(weightDecay);
      case ADAM -> new OptimizerSpec.Adam(weightDecay);
      case SGD -> new OptimizerSpec.Sgd(momentum, weightDecay);
    };
  }

  private DescentSpec descent() {
    return new DescentSpec(
        optimizerSpec(),
        clipNorm,
        policyWeight,
        valueWeight,
        dropout,
        new DescentSpec.Adversarial(adversarialShare, adversarialEpsilon));
  }

  public NetworkSpec networkSpec() {
    return NetworkSpec.parse(network).with(activation);
  }

  public SelfPlayConfig selfPlay() {
    return new SelfPlayConfig(
        search,
        visits,
        fastVisits,
        visitsGrowth,
        fullShare,
        fastNoise,
        consideredActions,
        valueScale,
        openingPlies,
        gamesPerThread,
        new ResignConfig(resignBelow, resignCheckedShare, resignFalseShare));
  }

  public ReplayConfig replay() {
    return new ReplayConfig(bufferCapacity, windowScale, resultShare, symmetries);
  }

  public LearnerConfig learner() {
    return new LearnerConfig(
        descent(),
        batch,
        learningRate,
        warmUpSteps,
        schedule,
        finalRateShare,
        rateDrops,
        reuse,
        firstExamples,
        averaging,
        learnerThreads);
  }

  /** How rewards are learnt from; empty where a search shows what would have been better. */
  public Optional<ReinforcementConfig> reinforcement() {
    return switch (algorithm) {
      case ALPHAZERO -> Optional.empty();
      case DQN -> Optional.of(reinforcement(ReinforcementConfig.Algorithm.DQN));
      case A2C -> Optional.of(reinforcement(ReinforcementConfig.Algorithm.A2C));
    };
  }

  private ReinforcementConfig reinforcement(ReinforcementConfig.Algorithm update) {
    return new ReinforcementConfig(
        update,
        optimizerSpec(),
        averaging,
        batch,
        firstExamples,
        bufferCapacity,
        discount,
        explorationMoves,
        explorationShare,
        targetSteps,
        entropyWeight,
        openingPlies,
        poolSize,
        poolSteps);
  }
}
