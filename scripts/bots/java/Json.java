import java.util.*;
import java.util.regex.*;

/** Reads JSON, which the JDK does not: objects as maps, lists, and all else as texts, such as "12", "true" and "null". */
final class Json {
  private static final Pattern TOKEN = Pattern.compile("[\\[\\]{}]|\"(?:[^\"\\\\]++|\\\\.)*+\"|[^\\s\\[\\]{}:,\"]++");
  private static final Pattern ESCAPE = Pattern.compile("\\\\(?:u([0-9a-fA-F]{4})|(.))");
  private static final Object END = new Object();

  /** Reads an object that is right. */
  static Map<String, Object> read(String text) {
    Object value = value(TOKEN.matcher(text));
    return map(Map.of("value", value), "value");
  }

  /** What is under a name, if that is an object, or else an empty one. */
  @SuppressWarnings("unchecked")
  static Map<String, Object> map(Map<String, Object> from, String name) {
    return from.get(name) instanceof Map<?, ?> map ? (Map<String, Object>) map : new HashMap<>();
  }

  static long number(Map<String, Object> from, String name, long otherwise) {
    return from.get(name) instanceof String text && text.matches("-?\\d+") ? Long.parseLong(text) : otherwise;
  }

  static String quoted(String text) {
    return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
  }

  /** The next value: commas and colons between them tell nothing more. */
  private static Object value(Matcher tokens) {
    if (!tokens.find()) return END;
    String token = tokens.group();
    switch (token.charAt(0)) {
      case '{' -> {
        Map<String, Object> map = new HashMap<>();
        for (Object key = value(tokens); key != END; key = value(tokens)) map.put((String) key, value(tokens));
        return map;
      }
      case '[' -> {
        List<Object> list = new ArrayList<>();
        for (Object item = value(tokens); item != END; item = value(tokens)) list.add(item);
        return list;
      }
      case '}', ']' -> {
        return END;
      }
      case '"' -> {
        return ESCAPE.matcher(token.substring(1, token.length() - 1)).replaceAll(escape -> Matcher.quoteReplacement(
            escape.group(1) == null ? escape.group(2) : String.valueOf((char) Integer.parseInt(escape.group(1), 16))));
      }
      default -> {
        return token;
      }
    }
  }
}
