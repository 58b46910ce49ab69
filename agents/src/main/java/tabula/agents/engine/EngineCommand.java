package tabula.agents.engine;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What starts an engine, and how it is asked: {@code gnugo --mode gtp}, {@code
 * stockfish?nodes=1000}.
 *
 * @param line a program and its arguments
 * @param options numbers by name, in the order in which they were given
 */
public record EngineCommand(String line, Map<String, Integer> options) {

  private static final Pattern OPTIONS =
      Pattern.compile("\\?([a-z]+=[^&\\s]*(?:&[a-z]+=[^&\\s]*)*)$");

  private static final int MOST = 1_000_000_000;

  public EngineCommand {
    options = Collections.unmodifiableMap(new LinkedHashMap<>(options));
  }

  /**
   * Reads a command.
   *
   * @param known the options that it may have
   * @throws IllegalArgumentException if it is none; the message says why, as the rest of a sentence
   */
  public static EngineCommand parse(String text, Set<String> known) {
    Matcher matcher = OPTIONS.matcher(text);
    boolean with = matcher.find();
    String line = (with ? text.substring(0, matcher.start()) : text).strip();
    if (EngineProcess.words(line).isEmpty()) {
      throw new IllegalArgumentException("it needs a command, such as gnugo --mode gtp");
    }
    Map<String, Integer> options = new LinkedHashMap<>();
    for (String option : with ? matcher.group(1).split("&", -1) : new String[0]) {
      String name = option.substring(0, option.indexOf('='));
      String value = option.substring(name.length() + 1);
      if (!known.contains(name)) {
        throw new IllegalArgumentException(
            "there is no option '%s'; options are %s"
                .formatted(name, String.join(", ", new TreeSet<>(known))));
      }
      options.put(name, number(name, value));
    }
    return new EngineCommand(line, options);
  }

  private static int number(String name, String value) {
    try {
      int number = Integer.parseInt(value);
      if (number >= 0 && number <= MOST) {
        return number;
      }
    } catch (NumberFormatException e) {
      // Said below, like a number out of range.
    }
    throw new IllegalArgumentException(
        "%s must be a number from 0 to %d, not '%s'".formatted(name, MOST, value));
  }

  int option(String name, int otherwise) {
    return Objects.requireNonNull(options.getOrDefault(name, otherwise));
  }

  @Override
  public String toString() {
    StringBuilder text = new StringBuilder(line);
    options.forEach(
        (name, value) ->
            text.append(text.length() == line.length() ? '?' : '&')
                .append(name)
                .append('=')
                .append(value));
    return text.toString();
  }
}
