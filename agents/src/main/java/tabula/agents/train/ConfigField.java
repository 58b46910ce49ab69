package tabula.agents.train;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.DoubleNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.lang.reflect.RecordComponent;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;

/**
 * A field of a run's configuration, as {@link RunConfig} describes it.
 *
 * @param kind what values it takes
 * @param initial its default
 * @param before what runs did that were started before there was this field
 * @param means a line that says what it does
 */
public record ConfigField(
    String name, Group group, Kind kind, JsonNode initial, JsonNode before, String means) {

  /** Fields that belong together, in the order in which they are shown. */
  public enum Group {
    ALGORITHM("algorithm", "Algorithm"),
    NETWORK("network", "Network"),
    SELF_PLAY("selfPlay", "Self-play"),
    EXAMPLES("examples", "Examples"),
    DESCENT("descent", "Error and descent"),
    GENERALISATION("generalisation", "Generalisation"),
    MEASURING("measuring", "Measuring"),
    REINFORCEMENT("reinforcement", "Reinforcement learning (dqn and a2c)");

    private final String id;
    private final String title;

    Group(String id, String title) {
      this.id = id;
      this.title = title;
    }

    /** Its name in schemas and on the page. */
    public String id() {
      return id;
    }

    /** Its name for people. */
    public String title() {
      return title;
    }
  }

  /** The values that a field takes. */
  public sealed interface Kind {

    record Whole(long least, long most) implements Kind {}

    record Real(double least, double most) implements Kind {}

    record Choice(List<String> choices) implements Kind {}

    record Switch() implements Kind {}

    /** A text that whoever uses it checks. */
    record Text() implements Kind {}
  }

  /** All fields, in the order of {@link RunConfig}. */
  public static final List<ConfigField> ALL =
      Arrays.stream(RunConfig.class.getRecordComponents()).map(ConfigField::of).toList();

  public static Optional<ConfigField> find(String name) {
    return ALL.stream().filter(field -> field.name.equals(name)).findFirst();
  }

  private static ConfigField of(RecordComponent component) {
    Setting setting = Objects.requireNonNull(component.getAnnotation(Setting.class));
    Class<?> type = component.getType();
    Kind kind;
    if (type == int.class) {
      kind = new Kind.Whole((long) setting.least(), (long) setting.most());
    } else if (type == double.class) {
      kind = new Kind.Real(setting.least(), setting.most());
    } else if (type == boolean.class) {
      kind = new Kind.Switch();
    } else if (type.isEnum()) {
      kind =
          new Kind.Choice(
              Arrays.stream(type.getEnumConstants())
                  .map(choice -> choice.toString().toLowerCase(Locale.ROOT))
                  .toList());
    } else {
      kind = new Kind.Text();
    }
    String before = setting.before().isEmpty() ? setting.initial() : setting.before();
    return new ConfigField(
        component.getName(),
        setting.group(),
        kind,
        json(kind, setting.initial()),
        json(kind, before),
        setting.means());
  }

  private static JsonNode json(Kind kind, String text) {
    return switch (kind) {
      case Kind.Whole whole -> IntNode.valueOf(Integer.parseInt(text));
      case Kind.Real real -> DoubleNode.valueOf(Double.parseDouble(text));
      case Kind.Switch onOrOff -> BooleanNode.valueOf(Boolean.parseBoolean(text));
      case Kind.Choice choice -> TextNode.valueOf(text);
      case Kind.Text any -> TextNode.valueOf(text);
    };
  }

  boolean allows(JsonNode value) {
    return switch (kind) {
      case Kind.Whole(long least, long most) ->
          value.isNumber()
              && value.canConvertToExactIntegral()
              && value.canConvertToLong()
              && value.asLong() >= least
              && value.asLong() <= most;
      case Kind.Real(double least, double most) ->
          value.isNumber() && value.asDouble() >= least && value.asDouble() <= most;
      case Kind.Choice(List<String> choices) ->
          value.isTextual() && choices.contains(value.asText());
      case Kind.Switch onOrOff -> value.isBoolean();
      case Kind.Text any -> value.isTextual();
    };
  }

  /** The values that are allowed, such as "a whole number from 2 to 100000". */
  public String allowed() {
    return switch (kind) {
      case Kind.Whole(long least, long most) ->
          "a whole number from %d to %d".formatted(least, most);
      case Kind.Real(double least, double most) ->
          "a number from %s to %s".formatted(plain(least), plain(most));
      case Kind.Choice(List<String> choices) ->
          String.join(", ", choices.subList(0, choices.size() - 1)) + " or " + choices.getLast();
      case Kind.Switch onOrOff -> "true or false";
      case Kind.Text any -> "a text";
    };
  }

  /** A number as people write it: 1 for 1.0, 0.0000001 for 1.0E-7. */
  static String plain(double number) {
    return new BigDecimal(Double.toString(number)).stripTrailingZeros().toPlainString();
  }
}
