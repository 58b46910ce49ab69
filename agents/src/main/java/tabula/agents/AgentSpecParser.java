package tabula.agents;

import java.util.Set;
import tabula.agents.AgentSpec.SearchKind;
import tabula.agents.engine.EngineAgent;
import tabula.agents.engine.EngineCommand;

/** Reads the text form of an {@link AgentSpec}. */
final class AgentSpecParser {

  private static final int DEFAULT_VISITS = 100;

  private AgentSpecParser() {}

  static AgentSpec parse(String text) {
    int colon = text.indexOf(':');
    String kind = colon < 0 ? text : text.substring(0, colon);
    String argument = colon < 0 ? "" : text.substring(colon + 1);
    return switch (kind) {
      case "random" -> plain(text, argument, new AgentSpec.RandomMoves());
      case "perfect" -> plain(text, argument, new AgentSpec.Perfect());
      case "mcts" ->
          new AgentSpec.Rollouts(
              number(text, "simulations", argument, 1, AgentSpec.MAX_SIMULATIONS));
      case "alphabeta" ->
          new AgentSpec.AlphaBeta(number(text, "depth", argument, 1, AgentSpec.MAX_DEPTH));
      case "net" -> net(text, argument);
      case "gtp" -> new AgentSpec.Gtp(engine(text, argument, EngineAgent.GTP_OPTIONS));
      case "uci" -> new AgentSpec.Uci(engine(text, argument, EngineAgent.UCI_OPTIONS));
      default -> throw wrong(text, "there is no agent of the kind '%s'".formatted(kind));
    };
  }

  private static AgentSpec plain(String text, String argument, AgentSpec spec) {
    if (!argument.isEmpty()) {
      throw wrong(text, "'%s' takes nothing after it".formatted(spec));
    }
    return spec;
  }

  private static EngineCommand engine(String text, String argument, Set<String> options) {
    try {
      return EngineCommand.parse(argument, options);
    } catch (IllegalArgumentException e) {
      throw wrong(text, String.valueOf(e.getMessage()));
    }
  }

  private static AgentSpec net(String text, String argument) {
    int question = argument.indexOf('?');
    String checkpoint = question < 0 ? argument : argument.substring(0, question);
    if (checkpoint.isEmpty()) {
      throw wrong(text, "'net:' needs a checkpoint, such as net:shipped?visits=100 or a file");
    }
    int visits = DEFAULT_VISITS;
    SearchKind search = SearchKind.GUMBEL;
    if (question >= 0) {
      for (String option : argument.substring(question + 1).split("&", -1)) {
        int equals = option.indexOf('=');
        String name = equals < 0 ? option : option.substring(0, equals);
        String value = equals < 0 ? "" : option.substring(equals + 1);
        switch (name) {
          case "visits" -> visits = number(text, "visits", value, 0, AgentSpec.MAX_SIMULATIONS);
          case "search" ->
              search =
                  switch (value) {
                    case "gumbel" -> SearchKind.GUMBEL;
                    case "puct" -> SearchKind.PUCT;
                    default ->
                        throw wrong(text, "search is gumbel or puct, not '%s'".formatted(value));
                  };
          default ->
              throw wrong(
                  text, "there is no option '%s'; options are visits and search".formatted(name));
        }
      }
    }
    return new AgentSpec.Net(checkpoint, visits, search);
  }

  private static int number(String text, String what, String value, int least, int most) {
    try {
      int number = Integer.parseInt(value);
      if (number >= least && number <= most) {
        return number;
      }
    } catch (NumberFormatException e) {
      // Said below, like a number out of range.
    }
    throw wrong(
        text, "%s must be a number from %d to %d, not '%s'".formatted(what, least, most, value));
  }

  private static IllegalArgumentException wrong(String text, String reason) {
    return new IllegalArgumentException(
        "Agent '%s': %s. Forms: %s.".formatted(text, reason, AgentSpec.FORMS));
  }
}
