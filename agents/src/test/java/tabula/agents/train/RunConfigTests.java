package tabula.agents.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class RunConfigTests {

  private static final Path DOCS = Path.of("..", "docs");

  private static String refusal(String json) {
    var failure = assertThrows(IllegalArgumentException.class, () -> RunConfig.parse(json));
    return String.valueOf(failure.getMessage());
  }

  /** For each field a value below, a value above, and one of another type. */
  static Stream<Arguments> wrongValues() {
    return ConfigField.ALL.stream()
        .flatMap(
            field ->
                wrong(field.kind()).stream()
                    .map(value -> Arguments.of(field.name(), value, field.allowed())));
  }

  private static List<String> wrong(ConfigField.Kind kind) {
    return switch (kind) {
      case ConfigField.Kind.Whole(long least, long most) ->
          List.of(
              Long.toString(least - 1), Long.toString(most + 1), "0.5", "1e99", "\"many\"", "null");
      case ConfigField.Kind.Real(double least, double most) ->
          List.of(
              Double.toString(least - 0.1), Double.toString(most + 0.1), "1e999", "\"1\"", "null");
      case ConfigField.Kind.Choice choice -> List.of("\"none such\"", "1", "null");
      case ConfigField.Kind.Switch onOrOff -> List.of("\"true\"", "1", "null");
      case ConfigField.Kind.Text any -> List.of("7", "null", "[]");
    };
  }

  @ParameterizedTest
  @MethodSource("wrongValues")
  void field_thatIsWrong_isNamedWithWhatIsAllowed(String field, String value, String allowed) {
    String message = refusal("{\"%s\": %s}".formatted(field, value));
    assertTrue(message.startsWith("Field '%s' must be ".formatted(field)), message);
    assertTrue(message.contains(allowed), message);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "[1] | must be a JSON object",
        "{ | not JSON",
        "{} {} | not JSON",
        "{\"visit\": 3} | There is no field 'visit': did you mean 'visits'?",
        "{\"learning_rate\": 3} | did you mean 'learningRate'?",
        "{\"network\": \"huge\"} | Field 'network': Network 'huge' is not of the form residual:",
        "{\"network\": \"residual:1x1\"} | 4 to 512 filters",
        "{\"network\": \"mlp:8\"} | is not of the form residual:FILTERSxBLOCKS, mlp:WIDTHxDEPTH or",
        "{\"network\": \"mlp:64x2,tanh\"} | must leave the activation to the field 'activation'",
        "{\"activation\": \"swish\"} | Field 'activation' must be relu, leaky or tanh",
        "{\"policyWeight\": 0, \"valueWeight\": 0} | must not both be 0",
        "{\"search\": \"dfs\"} | Field 'search' must be gumbel or puct, not \"dfs\".",
        "{\"cacheSize\": 1000} | Field 'cacheSize' must be a power of two, not 1000.",
        "{\"gateGames\": 3} | Field 'gateGames' must be even, not 3.",
        "{\"visits\": 4} | Field 'fastVisits' (10) must not be more than field 'visits' (4).",
        "{\"firstExamples\": 9} | 'batch' (256) must not be more than field 'firstExamples' (9)",
        "{\"bufferCapacity\": 5000} | must not be more than field 'bufferCapacity' (5000)",
        "{\"batch\": 0, \"reuse\": 0} | Field 'reuse' must be a number from 0.01 to 1000, not 0."
      })
  void config_thatIsWrong_saysWhatWouldBeRight(String json, String expected) {
    String message = refusal(json);
    assertTrue(message.contains(expected), message);
  }

  @Test
  void problems_areToldFieldByField() {
    var failure =
        assertThrows(
            InvalidConfigException.class,
            () -> RunConfig.parse("{\"batch\": 0, \"visits\": \"x\", \"nothing\": 1}"));
    assertEquals(
        List.of("batch", "visits", "nothing"),
        failure.problems().stream().map(ConfigProblem::field).toList());
  }

  @Test
  void config_leftEmpty_isTheDefault() {
    assertEquals(RunConfig.DEFAULT, RunConfig.parse("{}"));
    assertEquals(RunConfig.DEFAULT, RunConfig.parse(RunConfig.DEFAULT.toJson().toString()));
    assertEquals(64, RunConfig.parse("{\"visits\": 64}").visits());
    assertEquals(64, RunConfig.parse("{\"visits\": 64.0}").visits());
  }

  @Test
  void presets_areConfigurationsWithOnlyWhatDiffers() {
    for (Preset preset : Preset.ALL) {
      RunConfig config = preset.config();
      preset
          .changes()
          .properties()
          .forEach(
              change ->
                  assertFalse(
                      change.getValue().equals(RunConfig.DEFAULT.toJson().get(change.getKey())),
                      () -> preset.name() + " repeats the default of " + change.getKey()));
      assertEquals(config, RunConfig.parse(config.toJson().toString()));
    }
    assertEquals(RunConfig.DEFAULT, Preset.get("quick").config());
    assertTrue(
        String.valueOf(
                assertThrows(IllegalArgumentException.class, () -> Preset.get("slow")).getMessage())
            .contains("quick, strong, tiny"));
  }

  @Test
  void runOfBefore_hasTheValuesThatItHad() {
    ObjectNode kept = JsonNodeFactory.instance.objectNode().put("batch", 512);
    RunConfig config = RunConfig.ofRun(kept);
    assertEquals(512, config.batch());
    for (ConfigField field : ConfigField.ALL) {
      if (!field.name().equals("batch")) {
        assertEquals(field.before(), config.toJson().get(field.name()), field.name());
      }
    }
    assertEquals(0, config.heldOutShare());
    // What was called adam then is called adamw now.
    kept.put("optimizer", "adam");
    assertEquals(RunConfig.OptimizerKind.ADAMW, RunConfig.ofRun(kept).optimizer());
    kept.put("schedule", "cosine");
    assertEquals(RunConfig.OptimizerKind.ADAM, RunConfig.ofRun(kept).optimizer());
  }

  @Test
  void guide_hasEveryField() throws IOException {
    String guide = Files.readString(DOCS.resolve("guides/training.md"));
    assertTrue(
        guide.contains(ConfigDocuments.tables()),
        "docs/guides/training.md must hold what scripts/tabula train --fields prints.");
  }

  @Test
  void schema_thatIsPublished_isThatOfTheFields() throws IOException {
    JsonNode published =
        new ObjectMapper().readTree(DOCS.resolve("protocol/schemas/config.json").toFile());
    assertEquals(
        parsed(ConfigDocuments.schema()),
        published,
        "docs/protocol/schemas/config.json must hold what scripts/tabula train --schema prints.");
  }

  private static JsonNode parsed(ObjectNode json) throws JsonProcessingException {
    return new ObjectMapper().readTree(json.toString());
  }
}
