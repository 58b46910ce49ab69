package tabula.server.protocol;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.Error;
import com.networknt.schema.path.NodePath;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Says what a validator found, in one sentence for the author of the message. */
final class Problem {

  private Problem() {}

  /** The first of the errors in words; nothing if there are none. */
  static Optional<String> of(List<Error> errors, JsonNode message) {
    return errors.isEmpty() ? Optional.empty() : Optional.of(sentence(errors, 0));
  }

  /**
   * Where the schema offers alternatives, only the errors of the one that was meant count: the one
   * whose kind was given.
   *
   * @param from the part of the errors' evaluation paths that is dealt with
   */
  private static String sentence(List<Error> errors, int from) {
    Error first = errors.getFirst();
    int choice = indexOf(first.getEvaluationPath(), "oneOf", from);
    if (choice < 0) {
      return sentence(first);
    }
    Map<Integer, List<Error>> alternatives = new TreeMap<>();
    for (Error error : errors) {
      NodePath path = error.getEvaluationPath();
      if (indexOf(path, "oneOf", from) == choice && path.getNameCount() > choice + 1) {
        alternatives
            .computeIfAbsent(Integer.valueOf(path.getName(choice + 1)), index -> new ArrayList<>())
            .add(error);
      }
    }
    // An alternative that does not even look alike says less than one of which only a field is
    // wrong.
    List<List<Error>> meant =
        alternatives.values().stream()
            .filter(list -> list.stream().noneMatch(Problem::rulesOut))
            .sorted(Comparator.comparingInt(List::size))
            .toList();
    if (!meant.isEmpty()) {
      return sentence(meant.getFirst(), choice + 1);
    }
    List<Error> all = alternatives.values().stream().flatMap(List::stream).toList();
    Set<String> constants =
        all.stream()
            .filter(error -> error.getKeyword().equals("const"))
            .map(error -> value(error))
            .collect(Collectors.toCollection(LinkedHashSet::new));
    Optional<Error> constant =
        all.stream().filter(error -> error.getKeyword().equals("const")).findFirst();
    if (constant.isPresent()) {
      return "%s must be %s."
          .formatted(field(constant.get().getInstanceLocation()), either(constants));
    }
    Set<String> missing =
        all.stream()
            .filter(error -> error.getKeyword().equals("required") && rulesOut(error))
            .map(Problem::missing)
            .collect(Collectors.toCollection(LinkedHashSet::new));
    return missing.isEmpty() ? sentence(first) : either(missing) + " is missing.";
  }

  private static boolean rulesOut(Error error) {
    return switch (error.getKeyword()) {
      case "const" -> true;
      case "required" ->
          "kind".equals(error.getProperty()) || "seatToken".equals(error.getProperty());
      default -> false;
    };
  }

  private static String sentence(Error error) {
    String field = field(error.getInstanceLocation());
    return switch (error.getKeyword()) {
      case "required" -> missing(error) + " is missing.";
      case "type" -> "%s must be %s.".formatted(field, typeInWords(argument(error)));
      case "enum" -> "%s must be one of %s.".formatted(field, argument(error));
      case "const" -> "%s must be %s.".formatted(field, value(error));
      case "maxLength" -> "%s has more than %s characters.".formatted(field, argument(error));
      case "minLength" -> "%s is empty.".formatted(field);
      case "pattern" -> "%s has characters that may not be there.".formatted(field);
      case "minimum" -> "%s must be at least %s.".formatted(field, argument(error));
      case "maximum" -> "%s must be at most %s.".formatted(field, argument(error));
      case "maxItems" -> "%s has more than %s items.".formatted(field, argument(error));
      default -> "%s is not right: %s.".formatted(field, error.getMessage());
    };
  }

  private static String missing(Error error) {
    return field(error.getInstanceLocation().append(String.valueOf(error.getProperty())));
  }

  private static String typeInWords(String type) {
    return switch (type) {
      case "string" -> "a text";
      case "integer" -> "a whole number";
      case "object" -> "an object";
      case "array" -> "a list";
      case "boolean" -> "true or false";
      default -> "a " + type;
    };
  }

  /** What the schema wants: the keyword's value. */
  private static String value(Error error) {
    @Nullable JsonNode schema = error.getSchemaNode();
    return schema == null ? "something else" : schema.asText();
  }

  private static String argument(Error error) {
    @Nullable JsonNode schema = error.getSchemaNode();
    if (schema == null) {
      return "";
    }
    if (schema.isArray()) {
      List<String> values = new ArrayList<>();
      schema.forEach(value -> values.add(value.asText()));
      return String.join(", ", values);
    }
    return schema.asText();
  }

  private static String either(Set<String> values) {
    return String.join(" or ", values);
  }

  private static int indexOf(NodePath path, String element, int from) {
    for (int i = from; i < path.getNameCount(); i++) {
      if (path.getElement(i).equals(element)) {
        return i;
      }
    }
    return -1;
  }

  /** Such as {@code data.kind}; a list's element is {@code moves[2]}. */
  private static String field(NodePath path) {
    if (path.getNameCount() == 0) {
      return "It";
    }
    StringBuilder field = new StringBuilder();
    for (int i = 0; i < path.getNameCount(); i++) {
      Object element = path.getElement(i);
      if (element instanceof Integer index) {
        field.append('[').append(index).append(']');
      } else {
        field.append(i == 0 ? "" : ".").append(element);
      }
    }
    return field.toString();
  }
}
