package tabula.server.training;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/**
 * The metrics of a run column by column: by the lines' kind, for each field a list with an entry a
 * line. Nothing is thinned out, and names are not repeated.
 */
public final class MetricsColumns {

  private static final ObjectMapper JSON = new ObjectMapper();

  private MetricsColumns() {}

  /**
   * Reads the metrics. Blocks.
   *
   * @param since the number of the first line that is wanted
   * @return {@code lines}, how many there are in all, and {@code series}
   */
  public static ObjectNode read(Path metrics, int since) throws IOException {
    ObjectNode answer = JSON.createObjectNode();
    ObjectNode series = answer.putObject("series");
    Map<String, Integer> lengths = new HashMap<>();
    int number = 0;
    try (BufferedReader lines = Files.newBufferedReader(metrics)) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        JsonNode json;
        try {
          json = JSON.readTree(line);
        } catch (JsonProcessingException e) {
          // The last line is being written.
          break;
        }
        if (number >= since) {
          add(series, lengths, number, json);
        }
        number++;
      }
    } catch (NoSuchFileException e) {
      // Nothing is measured yet.
    }
    series
        .properties()
        .forEach(
            kind -> {
              int length = lengths.getOrDefault(kind.getKey(), 0);
              kind.getValue().forEach(column -> fill((ArrayNode) column, length));
            });
    answer.put("lines", number);
    return answer;
  }

  private static void add(
      ObjectNode series, Map<String, Integer> lengths, int number, JsonNode line) {
    String kind = line.path("kind").asText();
    ObjectNode columns = series.withObjectProperty(kind);
    int length = lengths.merge(kind, 1, Integer::sum) - 1;
    columns.withArrayProperty("line").add(number);
    for (Map.Entry<String, JsonNode> field : line.properties()) {
      if (!field.getKey().equals("kind")) {
        ArrayNode column = columns.withArrayProperty(field.getKey());
        fill(column, length);
        column.add(field.getValue());
      }
    }
  }

  private static void fill(ArrayNode column, int length) {
    while (column.size() < length) {
      column.addNull();
    }
  }
}
