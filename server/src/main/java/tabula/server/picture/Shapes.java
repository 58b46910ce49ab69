package tabula.server.picture;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Outlines of pieces around the middle of a square: read from the page's own file. */
final class Shapes {

  /**
   * @param line what is drawn on it, if anything
   */
  record Man(String outline, @Nullable String line) {}

  private static final String FILE = "/picture/pieces.json";

  /** By its capital letter. */
  static final Map<Character, Man> MEN = new HashMap<>();

  static final String RUNNER;
  static final String CROWN;

  static {
    try (@Nullable InputStream file = Shapes.class.getResourceAsStream(FILE)) {
      if (file == null) {
        throw new IllegalStateException(FILE + " is missing.");
      }
      JsonNode shapes = new ObjectMapper().readTree(file);
      for (Map.Entry<String, JsonNode> man : shapes.path("men").properties()) {
        MEN.put(
            man.getKey().charAt(0),
            new Man(
                man.getValue().path("outline").asText(), man.getValue().path("line").textValue()));
      }
      RUNNER = shapes.path("runner").asText();
      CROWN = shapes.path("crown").asText();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Shapes() {}
}
