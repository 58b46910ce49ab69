package tabula.agents.train;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import tabula.agents.network.Activation;
import tabula.agents.network.NetworkSpec;

/**
 * What is wrong with a configuration.
 *
 * @param field the field's name
 * @param message a sentence for people that names the field and what is allowed
 */
public record ConfigProblem(String field, String message) {

  /** What is wrong with single fields: names that are none, and values that are not allowed. */
  static List<ConfigProblem> ofFields(ObjectNode given) {
    List<ConfigProblem> problems = new ArrayList<>();
    given
        .properties()
        .forEach(
            entry -> {
              String name = entry.getKey();
              ConfigField field = ConfigField.find(name).orElse(null);
              if (field == null) {
                problems.add(
                    new ConfigProblem(
                        name,
                        "There is no field '%s': did you mean '%s'?"
                            .formatted(name, nearest(name))));
              } else if (!field.allows(entry.getValue())) {
                problems.add(
                    new ConfigProblem(
                        name,
                        "Field '%s' must be %s, not %s."
                            .formatted(name, field.allowed(), entry.getValue())));
              }
            });
    return problems;
  }

  private static String nearest(String name) {
    return ConfigField.ALL.stream()
        .map(ConfigField::name)
        .min(Comparator.comparingInt(other -> distance(name, other)))
        .orElseThrow();
  }

  /** How many letters must be changed, put in or left out (Levenshtein), whatever their case. */
  private static int distance(String one, String other) {
    String from = one.substring(0, Math.min(one.length(), 64));
    int[] row = new int[other.length() + 1];
    for (int j = 0; j <= other.length(); j++) {
      row[j] = j;
    }
    for (int i = 1; i <= from.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= other.length(); j++) {
        boolean same =
            Character.toLowerCase(from.charAt(i - 1)) == Character.toLowerCase(other.charAt(j - 1));
        int changed = diagonal + (same ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(changed, Math.min(row[j], row[j - 1]) + 1);
      }
    }
    return row[other.length()];
  }

  /** What is wrong with fields that are right one by one. */
  static List<ConfigProblem> ofPairs(RunConfig config) {
    List<ConfigProblem> problems = new ArrayList<>();
    try {
      NetworkSpec network = NetworkSpec.parse(config.network());
      if (network.activation() != Activation.RELU) {
        problems.add(
            new ConfigProblem(
                "network",
                "Field 'network' (%s) must leave the activation to the field 'activation'."
                    .formatted(network)));
      }
    } catch (IllegalArgumentException e) {
      problems.add(new ConfigProblem("network", "Field 'network': " + e.getMessage()));
    }
    if (config.policyWeight() == 0 && config.valueWeight() == 0) {
      problems.add(
          new ConfigProblem(
              "policyWeight",
              "Field 'policyWeight' and field 'valueWeight' must not both be 0: nothing would be"
                  + " learnt."));
    }
    if (config.patience() > 0 && config.heldOutShare() == 0) {
      problems.add(
          new ConfigProblem(
              "patience",
              "Field 'patience' (%d) needs games that are held out: field 'heldOutShare' must be more than 0."
                  .formatted(config.patience())));
    }
    atMost(problems, "fastVisits", config.fastVisits(), "visits", config.visits());
    atMost(problems, "batch", config.batch(), "firstExamples", config.firstExamples());
    atMost(
        problems,
        "firstExamples",
        config.firstExamples(),
        "bufferCapacity",
        config.bufferCapacity());
    if (Integer.bitCount(config.cacheSize()) != 1) {
      problems.add(
          new ConfigProblem(
              "cacheSize",
              "Field 'cacheSize' must be a power of two, not %d.".formatted(config.cacheSize())));
    }
    if (config.gateGames() % 2 != 0) {
      problems.add(
          new ConfigProblem(
              "gateGames",
              "Field 'gateGames' must be even, not %d.".formatted(config.gateGames())));
    }
    return problems;
  }

  private static void atMost(
      List<ConfigProblem> problems, String lesser, int small, String greater, int great) {
    if (small > great) {
      problems.add(
          new ConfigProblem(
              lesser,
              "Field '%s' (%d) must not be more than field '%s' (%d)."
                  .formatted(lesser, small, greater, great)));
    }
  }
}
