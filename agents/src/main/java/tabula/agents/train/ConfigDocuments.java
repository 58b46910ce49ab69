package tabula.agents.train;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/** The configuration's fields for those who write one: as a JSON Schema, and as tables to read. */
public final class ConfigDocuments {

  private ConfigDocuments() {}

  /**
   * A JSON Schema (2020-12) of a configuration, with what a form needs: {@code default}, and the
   * field's group as {@code x-group}. The groups' order is that of the fields.
   */
  public static ObjectNode schema() {
    ObjectNode root = JsonNodeFactory.instance.objectNode();
    root.put("$schema", "https://json-schema.org/draft/2020-12/schema");
    root.put("$ref", "#/$defs/runConfig");
    ObjectNode config = root.putObject("$defs").putObject("runConfig");
    config.put(
        "description",
        "What a training run can be told. What is left out has the preset's value, or the default.");
    config.put("type", "object");
    config.put("additionalProperties", false);
    ObjectNode properties = config.putObject("properties");
    for (ConfigField field : ConfigField.ALL) {
      ObjectNode property = properties.putObject(field.name());
      property.put("description", field.means());
      switch (field.kind()) {
        case ConfigField.Kind.Whole(long least, long most) ->
            property.put("type", "integer").put("minimum", least).put("maximum", most);
        case ConfigField.Kind.Real(double least, double most) ->
            property.put("type", "number").put("minimum", least).put("maximum", most);
        case ConfigField.Kind.Switch onOrOff -> property.put("type", "boolean");
        case ConfigField.Kind.Choice(List<String> choices) -> {
          ArrayNode allowed = property.put("type", "string").putArray("enum");
          choices.forEach(allowed::add);
        }
        case ConfigField.Kind.Text any -> property.put("type", "string").put("maxLength", 100);
      }
      property.set("default", field.initial());
      property.put("x-group", field.group().id());
    }
    return root;
  }

  /** All fields and presets in Markdown, as {@code docs/guides/training.md} has them. */
  public static String tables() {
    StringBuilder text = new StringBuilder("| preset | minutes | is for | changes |\n");
    text.append("| --- | --- | --- | --- |\n");
    for (Preset preset : Preset.ALL) {
      List<String> changes =
          preset.changes().properties().stream()
              .map(change -> "`%s` %s".formatted(change.getKey(), change.getValue().asText()))
              .toList();
      text.append(
          "| `%s` | %s | %s | %s |\n"
              .formatted(
                  preset.name(),
                  ConfigField.plain(preset.minutes()),
                  preset.means(),
                  changes.isEmpty() ? "nothing" : String.join(", ", changes)));
    }
    for (ConfigField.Group group : ConfigField.Group.values()) {
      text.append("\n### %s\n\n".formatted(group.title()));
      text.append("| field | takes | default | |\n| --- | --- | --- | --- |\n");
      for (ConfigField field : ConfigField.ALL) {
        if (field.group() == group) {
          text.append(
              "| `%s` | %s | %s | %s |\n"
                  .formatted(field.name(), field.allowed(), initial(field), field.means()));
        }
      }
    }
    return text.toString();
  }

  private static String initial(ConfigField field) {
    return field.initial().isDouble()
        ? ConfigField.plain(field.initial().asDouble())
        : field.initial().asText();
  }
}
