package tabula.server.run;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A run as everybody may see it.
 *
 * @param run as it is kept
 * @param place in the queue, from 1; 0 if it is not in it
 * @param generation changes when lines of the metrics were taken back: a run that was killed does
 *     again what it did after its state was saved
 * @param lines how many lines of metrics there are
 * @param progress the last line of progress, if there is one
 */
public record RunView(Run run, int place, long generation, int lines, @Nullable JsonNode progress) {

  /** Things that happen to runs, for whoever watches. */
  public sealed interface Event {}

  /** It stands otherwise; a run that is gone is told once more. */
  public record Changed(RunView run, boolean deleted) implements Event {}

  /**
   * Its metrics have grown.
   *
   * @param from the number of the first of the lines, from 0
   * @param lines of JSON
   */
  public record Grew(String id, long generation, int from, List<String> lines) implements Event {}

  /**
   * Games that are being played.
   *
   * @param games in JSON
   */
  public record Live(String id, String games) implements Event {}
}
