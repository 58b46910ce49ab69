package tabula.server.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import tabula.server.match.Refusal;
import tabula.server.protocol.Contract.Part;

/** The documents agree with each other, and with what the program says. */
class ContractTests {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Contract CONTRACT = Contract.get();

  @ParameterizedTest
  @EnumSource(Part.class)
  void example_keepsItsSchema(Part part) {
    for (String name : CONTRACT.names(part)) {
      for (JsonNode example : CONTRACT.examples(part, name)) {
        assertEquals(Optional.empty(), CONTRACT.problem(part, name, example), example::toString);
      }
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = Part.class,
      names = {"CLIENT", "SERVER"})
  void everyFrame_hasItsTypeAndAnExample(Part part) {
    for (String name : CONTRACT.names(part)) {
      if (!name.equals("envelope")) {
        JsonNode schema = CONTRACT.document(part).path("$defs").path(name);
        assertEquals(name, schema.path("properties").path("type").path("const").asText());
        assertFalse(schema.path("description").asText().isBlank(), name);
        assertFalse(CONTRACT.examples(part, name).isEmpty(), name);
      }
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "watch | {} | type is missing.",
        "watch | {\"type\":\"watch\"} | matchId is missing.",
        "watch | {\"type\":\"watch\",\"matchId\":7} | matchId must be a text.",
        "watch | {\"type\":\"watch\",\"matchId\":\"\"} | matchId is empty.",
        "watch | {\"type\":\"watch\",\"matchId\":\"\\n\"} | matchId has characters that may not be"
            + " there.",
        "move | {\"type\":\"move\",\"matchId\":\"m\",\"ply\":\"0\",\"data\":{\"move\":\"4\"}} | ply"
            + " must be a whole number.",
        "move | {\"type\":\"move\",\"matchId\":\"m\",\"ply\":-1,\"data\":{\"move\":\"4\"}} | ply"
            + " must be at least 0.",
        "move | {\"type\":\"move\",\"matchId\":\"m\",\"ply\":0,\"data\":{}} | data.move is missing.",
        "join | {\"type\":\"join\",\"matchId\":\"m\",\"data\":5} | data must be an object.",
        "join | {\"type\":\"join\",\"matchId\":\"m\",\"data\":{}} | data.seatToken or data.kind is"
            + " missing.",
        "join | {\"type\":\"join\",\"matchId\":\"m\",\"data\":{\"kind\":\"cat\"}} | data.kind must"
            + " be person or bot.",
        "join | {\"type\":\"join\",\"matchId\":\"m\",\"data\":{\"kind\":\"bot\"}} | data.name is"
            + " missing.",
        "join | {\"type\":\"join\",\"matchId\":\"m\",\"data\":{\"kind\":\"bot\",\"name\":\"b\",\"side\":\"left\"}}"
            + " | data.side must be one of first, second."
      })
  void problem_namesTheField(String name, String frame, String sentence)
      throws JsonProcessingException {
    assertEquals(Optional.of(sentence), CONTRACT.problem(Part.CLIENT, name, JSON.readTree(frame)));
  }

  @Test
  void refusalCodes_areThoseOfTheProgram() {
    Set<String> documented = new TreeSet<>();
    CONTRACT
        .document(Part.THINGS)
        .at("/$defs/refusal/properties/code/enum")
        .forEach(code -> documented.add(code.asText()));
    Set<String> said = new TreeSet<>(Arrays.stream(Refusal.values()).map(Refusal::code).toList());
    assertEquals(said, documented);
    String page = Contract.text("protocol.md");
    for (String code : said) {
      assertTrue(page.contains("`" + code + "`"), () -> "protocol.md says nothing of " + code);
    }
  }

  @Test
  void page_namesEveryFrame() {
    String page = Contract.text("protocol.md");
    for (Part part : List.of(Part.CLIENT, Part.SERVER)) {
      for (String name : CONTRACT.names(part)) {
        assertTrue(
            name.equals("envelope") || page.contains("`" + name + "`"),
            () -> "protocol.md says nothing of " + name);
      }
    }
  }

  @Test
  void asyncApi_hasEveryFrame_andNothingElse() throws JsonProcessingException {
    JsonNode asyncApi = new YAMLMapper().readTree(Contract.text("asyncapi.yaml"));
    assertEquals("3.0.0", asyncApi.path("asyncapi").asText());
    for (Part part : List.of(Part.CLIENT, Part.SERVER)) {
      Set<String> frames = new TreeSet<>(CONTRACT.names(part));
      frames.remove("envelope");
      String prefix = "schemas/%s.json#/$defs/".formatted(part.file());
      Set<String> messages = new TreeSet<>();
      asyncApi
          .at("/components/messages")
          .forEach(
              message -> {
                String ref = message.at("/payload/schema/$ref").asText();
                if (ref.startsWith(prefix)) {
                  assertEquals(ref.substring(prefix.length()), message.path("name").asText());
                  messages.add(message.path("name").asText());
                }
              });
      assertEquals(frames, messages);
    }
    Set<String> ofTheChannel = new HashSet<>();
    asyncApi.at("/channels/match/messages").fieldNames().forEachRemaining(ofTheChannel::add);
    Set<String> ofTheComponents = new HashSet<>();
    asyncApi.at("/components/messages").fieldNames().forEachRemaining(ofTheComponents::add);
    assertEquals(ofTheComponents, ofTheChannel);
  }

  @Test
  void openApi_refersOnlyToWhatThereIs() throws JsonProcessingException {
    JsonNode openApi = new YAMLMapper().readTree(Contract.text("openapi.yaml"));
    assertEquals("3.1.0", openApi.path("openapi").asText());
    Set<String> used = new TreeSet<>();
    openApi
        .findValuesAsText("$ref")
        .forEach(
            ref -> {
              String name = ref.substring(ref.lastIndexOf('/') + 1);
              if (ref.startsWith("schemas/http.json#/$defs/")) {
                assertTrue(CONTRACT.names(Part.HTTP).contains(name), ref);
                used.add(name);
              }
            });
    assertEquals(new TreeSet<>(CONTRACT.names(Part.HTTP)), used);
  }
}
