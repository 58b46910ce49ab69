package tabula.server.command;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Shows an answer in JSON to people: boards as boards, lists of things as tables. */
final class JsonText {

  private final int width;
  private final int squares;
  private final StringBuilder text = new StringBuilder();

  private JsonText(int width, int height) {
    this.width = width;
    this.squares = width * height;
  }

  /**
   * @param width of the board whose squares lists of {@code width * height} numbers are
   */
  static String of(JsonNode answer, int width, int height) {
    JsonText shown = new JsonText(width, height);
    shown.fields(answer, "");
    return shown.text.toString();
  }

  private void fields(JsonNode node, String indent) {
    for (Map.Entry<String, JsonNode> field : node.properties()) {
      text.append(indent).append(field.getKey()).append(':');
      value(field.getValue(), indent + "  ");
    }
  }

  private void value(JsonNode node, String indent) {
    if (node.isObject()) {
      text.append('\n');
      fields(node, indent);
    } else if (isBoard(node)) {
      text.append('\n');
      board(node, indent);
    } else if (node.isArray() && isRows(node)) {
      text.append('\n');
      table(node, indent);
    } else if (node.isArray() && !node.isEmpty() && !node.get(0).isValueNode()) {
      text.append('\n');
      for (int i = 0; i < node.size(); i++) {
        text.append(indent).append("- ").append(i).append(':');
        value(node.get(i), indent + "  ");
      }
    } else {
      text.append(' ').append(brief(node)).append('\n');
    }
  }

  private boolean isBoard(JsonNode node) {
    return node.isArray() && node.size() == squares && squares > 1 && node.get(0).isNumber();
  }

  /** Whether it is a list of things that each fit a line. */
  private boolean isRows(JsonNode node) {
    for (JsonNode row : node) {
      if (!row.isObject()) {
        return false;
      }
      for (JsonNode cell : row) {
        if (isBoard(cell) || cell.isObject() || (cell.isArray() && !isPlain(cell))) {
          return false;
        }
      }
    }
    return !node.isEmpty();
  }

  private static boolean isPlain(JsonNode list) {
    for (JsonNode each : list) {
      if (!each.isValueNode()) {
        return false;
      }
    }
    return true;
  }

  /** The top row first. */
  private void board(JsonNode numbers, String indent) {
    for (int row = squares / width - 1; row >= 0; row--) {
      text.append(indent);
      for (int column = 0; column < width; column++) {
        double number = numbers.get(row * width + column).asDouble();
        text.append(String.format(Locale.ROOT, "%7.3f", number));
      }
      text.append('\n');
    }
  }

  private void table(JsonNode rows, String indent) {
    List<String> names = new ArrayList<>();
    rows.get(0).fieldNames().forEachRemaining(names::add);
    text.append(indent).append(String.join("\t", names)).append('\n');
    for (JsonNode row : rows) {
      text.append(indent)
          .append(String.join("\t", names.stream().map(name -> brief(row.path(name))).toList()))
          .append('\n');
    }
  }

  private static String brief(JsonNode node) {
    if (node.isArray()) {
      List<String> parts = new ArrayList<>();
      node.forEach(part -> parts.add(brief(part)));
      return parts.isEmpty() ? "-" : String.join(" ", parts);
    }
    return node.isNull() ? "-" : node.asText();
  }
}
