package tabula.agents.train;

import java.util.List;
import java.util.stream.Collectors;

/** Thrown for a configuration that no run can have; the message says all that is wrong with it. */
public final class InvalidConfigException extends IllegalArgumentException {

  private static final long serialVersionUID = 1;

  private final transient List<ConfigProblem> problems;

  InvalidConfigException(List<ConfigProblem> problems) {
    super(problems.stream().map(ConfigProblem::message).collect(Collectors.joining(" ")));
    this.problems = problems;
  }

  /** Field by field. */
  public List<ConfigProblem> problems() {
    return problems;
  }
}
