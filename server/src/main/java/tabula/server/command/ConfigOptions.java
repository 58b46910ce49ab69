package tabula.server.command;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import tabula.agents.train.Preset;
import tabula.agents.train.RunConfig;
import tabula.server.UserError;

/** What a training is told: a preset, and what differs from it. */
final class ConfigOptions {

  @Option(
      names = "--preset",
      paramLabel = "NAME",
      description = "quick, strong, tiny, dqn or a2c (default: that of the algorithm).")
  private @Nullable String presetName;

  @Option(
      names = "--config",
      paramLabel = "FILE",
      description = "A JSON file, or JSON itself; what it leaves out has the preset's value.")
  private @Nullable String configFile;

  /**
   * What was chosen.
   *
   * @param preset the one that was named, or else that of the algorithm
   */
  record Choice(Preset preset, RunConfig config) {}

  Choice choice() throws IOException {
    ObjectNode changes = changes();
    try {
      Preset preset =
          presetName == null
              ? Preset.of(
                  RunConfig.DEFAULT.with(changes.deepCopy().retain("algorithm")).algorithm())
              : Preset.get(presetName);
      return new Choice(preset, preset.config().with(changes));
    } catch (IllegalArgumentException e) {
      throw wrongConfig(e);
    }
  }

  /** The fields of --config. */
  private ObjectNode changes() throws IOException {
    if (configFile == null) {
      return RunConfig.object("{}");
    }
    try {
      if (configFile.startsWith("{")) {
        return RunConfig.object(configFile);
      }
      Path file = Path.of(configFile);
      if (!Files.isRegularFile(file)) {
        throw new UserError("There is no file %s.".formatted(file));
      }
      return RunConfig.object(Files.readString(file));
    } catch (IllegalArgumentException e) {
      throw wrongConfig(e);
    }
  }

  private UserError wrongConfig(IllegalArgumentException e) {
    String message = String.valueOf(e.getMessage());
    return new UserError(
        configFile == null || configFile.startsWith("{")
            ? message
            : "%s: %s".formatted(configFile, message),
        e);
  }
}
