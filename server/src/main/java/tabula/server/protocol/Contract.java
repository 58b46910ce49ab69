package tabula.server.protocol;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The schemas of {@code docs/protocol/schemas}, by which every message is checked. */
public final class Contract {

  /** A file of the contract. */
  public enum Part {
    THINGS("things"),
    CLIENT("client"),
    SERVER("server"),
    HTTP("http");

    private final String file;

    Part(String file) {
      this.file = file;
    }

    /** The file's name, without {@code .json}. */
    public String file() {
      return file;
    }
  }

  private static final String ADDRESS = "https://tabula.invalid/schemas/%s.json";
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Contract CONTRACT = new Contract();

  private final Map<Part, JsonNode> documents = new LinkedHashMap<>();
  private final Map<Part, Set<String>> names = new LinkedHashMap<>();
  private final SchemaRegistry registry;

  /** By address. Made when first asked for: all of them at once would keep a start waiting. */
  private final Map<String, Schema> schemas = new ConcurrentHashMap<>();

  /** The contract that this server keeps. */
  public static Contract get() {
    return CONTRACT;
  }

  private Contract() {
    Map<String, String> texts = new LinkedHashMap<>();
    for (Part part : Part.values()) {
      texts.put(ADDRESS.formatted(part.file()), text("schemas/" + part.file() + ".json"));
    }
    registry =
        SchemaRegistry.withDefaultDialect(
            SpecificationVersion.DRAFT_2020_12, builder -> builder.schemas(texts));
    for (Part part : Part.values()) {
      JsonNode document = parse(String.valueOf(texts.get(ADDRESS.formatted(part.file()))));
      documents.put(part, document);
      Set<String> defined = new LinkedHashSet<>();
      document.path("$defs").fieldNames().forEachRemaining(defined::add);
      names.put(part, defined);
    }
  }

  /** A file of {@code docs/protocol}. */
  public static String text(String file) {
    try (InputStream in = Contract.class.getResourceAsStream("/protocol/" + file)) {
      if (in == null) {
        throw new IllegalStateException("The program lacks protocol/" + file);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static JsonNode parse(String text) {
    try {
      return JSON.readTree(text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A part as it is published. */
  public JsonNode document(Part part) {
    return documents.getOrDefault(part, JSON.missingNode());
  }

  /** The names of a part's definitions: a frame's is its type. */
  public Collection<String> names(Part part) {
    return names.getOrDefault(part, Set.of());
  }

  /** The documented examples of a definition. */
  public List<JsonNode> examples(Part part, String name) {
    List<JsonNode> examples = new ArrayList<>();
    document(part).path("$defs").path(name).path("examples").forEach(examples::add);
    return examples;
  }

  /**
   * What is wrong with a message, in a sentence that names the field; empty if nothing is.
   *
   * @throws IllegalArgumentException if the part defines no such message
   */
  public Optional<String> problem(Part part, String name, JsonNode message) {
    try {
      return Problem.of(schema(part, name).validate(message), message);
    } catch (NumberFormatException e) {
      // The validator fails at numbers such as 1e9999.
      return Optional.of("A number in it is too large.");
    }
  }

  private Schema schema(Part part, String name) {
    if (!names(part).contains(name)) {
      throw new IllegalArgumentException("%s defines no %s".formatted(part, name));
    }
    return schemas.computeIfAbsent(
        ADDRESS.formatted(part.file()) + "#/$defs/" + name,
        address -> {
          Schema schema = registry.getSchema(SchemaLocation.of(address));
          schema.initializeValidators();
          return schema;
        });
  }
}
