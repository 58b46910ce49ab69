package tabula.server.run;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.jspecify.annotations.Nullable;
import tabula.agents.train.ConfigDocuments;
import tabula.agents.train.Preset;
import tabula.agents.train.RunConfig;

/** What a run's configuration is made from. */
public final class RunConfigs {

  private static final String USUAL_PRESET = "quick";

  private RunConfigs() {}

  private static Preset preset(@Nullable String name) {
    return Preset.get(name == null ? USUAL_PRESET : name);
  }

  /**
   * How long a run with a preset trains, unless somebody says otherwise.
   *
   * @throws IllegalArgumentException if there is none of that name
   */
  public static double minutes(@Nullable String preset) {
    return preset(preset).minutes();
  }

  /** What a run can be told, for those who make a form of it. */
  public static ObjectNode document(RunLimits limits) {
    ObjectNode document = JsonNodeFactory.instance.objectNode();
    document.set("schema", ConfigDocuments.schema());
    ArrayNode presets = document.putArray("presets");
    for (Preset preset : Preset.ALL) {
      presets
          .addObject()
          .put("name", preset.name())
          .put("minutes", preset.minutes())
          .put("means", preset.means())
          .set("config", preset.config().toJson());
    }
    return document.put("minutes", limits.minutes());
  }

  /**
   * A configuration: the preset's, or that of the run that is forked, with what differs from it.
   *
   * @param forked null for a run that begins from nothing
   * @throws IllegalArgumentException if it is wrong; the message names the fields and what they
   *     take
   */
  public static RunConfig of(
      @Nullable ObjectNode forked, @Nullable String preset, ObjectNode differences) {
    RunConfig base =
        forked == null || preset != null ? preset(preset).config() : RunConfig.ofRun(forked);
    return base.with(differences);
  }
}
