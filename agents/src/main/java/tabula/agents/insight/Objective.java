package tabula.agents.insight;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tabula.agents.network.LayerShape;
import tabula.agents.network.nd4j.LayeredNetwork;
import tabula.games.Position;

/**
 * A number that a network computes of a position, whose gradient is asked for. Written {@code
 * value}, {@code move:d4}, {@code channel:block1/17} or {@code layer:block1}; with a {@code -} in
 * front its negative.
 */
public interface Objective {

  /** The layer that it is read off. */
  String layer();

  /**
   * The number.
   *
   * @param activations what the layer gave; this position's begin at {@code offset}
   */
  double score(float[] activations, int offset, LayerShape shape);

  /** Writes the number's gradient with respect to the layer, from {@code offset} on. */
  void writeGradient(float[] activations, int offset, LayerShape shape, float[] gradient);

  /** The value, in [-1, 1] for the side to move. */
  record Value() implements Objective {
    @Override
    public String layer() {
      return LayeredNetwork.VALUE;
    }

    @Override
    public double score(float[] activations, int offset, LayerShape shape) {
      return activations[offset];
    }

    @Override
    public void writeGradient(float[] activations, int offset, LayerShape shape, float[] gradient) {
      gradient[offset] = 1;
    }
  }

  /** The logit of a move: its logarithmic weight in the policy, before the softmax. */
  record Logit(int action) implements Objective {
    @Override
    public String layer() {
      return LayeredNetwork.POLICY;
    }

    @Override
    public double score(float[] activations, int offset, LayerShape shape) {
      return activations[offset + action];
    }

    @Override
    public void writeGradient(float[] activations, int offset, LayerShape shape, float[] gradient) {
      gradient[offset + action] = 1;
    }
  }

  /**
   * By how much the best of some moves has a higher logit than the best of others.
   *
   * @param some never empty
   */
  record Margin(int[] some, int[] others) implements Objective {
    @Override
    public String layer() {
      return LayeredNetwork.POLICY;
    }

    @Override
    public double score(float[] activations, int offset, LayerShape shape) {
      return others.length == 0
          ? Double.POSITIVE_INFINITY
          : activations[offset + best(activations, offset, some)]
              - activations[offset + best(activations, offset, others)];
    }

    @Override
    public void writeGradient(float[] activations, int offset, LayerShape shape, float[] gradient) {
      if (others.length > 0) {
        gradient[offset + best(activations, offset, some)] = 1;
        gradient[offset + best(activations, offset, others)] = -1;
      }
    }

    /** The action with the highest logit. */
    static int best(float[] logits, int offset, int[] actions) {
      int best = actions[0];
      for (int action : actions) {
        if (logits[offset + action] > logits[offset + best]) {
          best = action;
        }
      }
      return best;
    }
  }

  /** The mean of a channel over the board. */
  record Channel(String layer, int channel) implements Objective {
    @Override
    public double score(float[] activations, int offset, LayerShape shape) {
      double sum = 0;
      for (int i = channel; i < shape.size(); i += shape.channels()) {
        sum += activations[offset + i];
      }
      return sum / (shape.height() * shape.width());
    }

    @Override
    public void writeGradient(float[] activations, int offset, LayerShape shape, float[] gradient) {
      for (int i = channel; i < shape.size(); i += shape.channels()) {
        gradient[offset + i] = 1f / (shape.height() * shape.width());
      }
    }
  }

  /** The mean square of all that a layer gives: how excited it is as a whole (DeepDream's). */
  record WholeLayer(String layer) implements Objective {
    @Override
    public double score(float[] activations, int offset, LayerShape shape) {
      double sum = 0;
      for (int i = 0; i < shape.size(); i++) {
        sum += activations[offset + i] * activations[offset + i];
      }
      return sum / shape.size();
    }

    @Override
    public void writeGradient(float[] activations, int offset, LayerShape shape, float[] gradient) {
      for (int i = 0; i < shape.size(); i++) {
        gradient[offset + i] = 2 * activations[offset + i] / shape.size();
      }
    }
  }

  /** The opposite of another one. */
  record Negative(Objective of) implements Objective {
    @Override
    public String layer() {
      return of.layer();
    }

    @Override
    public double score(float[] activations, int offset, LayerShape shape) {
      return -of.score(activations, offset, shape);
    }

    @Override
    public void writeGradient(float[] activations, int offset, LayerShape shape, float[] gradient) {
      of.writeGradient(activations, offset, shape, gradient);
      for (int i = offset; i < offset + shape.size(); i++) {
        gradient[i] = -gradient[i];
      }
    }
  }

  Pattern FORM =
      Pattern.compile(
          "(?<value>value)|move:(?<move>\\w{1,12})"
              + "|channel:(?<of>[\\w.]+)/(?<channel>\\d{1,5})|layer:(?<layer>[\\w.]+)");

  /** What {@link #parse} reads, for messages. */
  String FORMS = "value, move:MOVE, channel:LAYER/N, layer:LAYER, each also with - in front";

  /**
   * Reads the written form.
   *
   * @param layers those of the network that is asked
   * @param position the one whose moves are meant
   * @throws IllegalArgumentException if it is none, or there is no such layer, channel or move; the
   *     message says what would be right
   */
  static Objective parse(String text, List<LayerShape> layers, Position position) {
    return text.startsWith("-")
        ? new Negative(parsePositive(text.substring(1), layers, position))
        : parsePositive(text, layers, position);
  }

  private static Objective parsePositive(String text, List<LayerShape> layers, Position position) {
    Matcher form = FORM.matcher(text);
    if (!form.matches()) {
      throw new IllegalArgumentException(
          "There is no objective '%s'. Objectives: %s.".formatted(text, FORMS));
    }
    if (form.group("value") != null) {
      return new Value();
    }
    if (form.group("move") != null) {
      int action = position.game().parseMove(position, form.group("move"));
      if (!position.isLegal(action)) {
        throw new IllegalArgumentException(
            "The objective asks about the move %s, which is not legal here."
                .formatted(form.group("move")));
      }
      return new Logit(action);
    }
    if (form.group("channel") == null) {
      return new WholeLayer(layer(form.group("layer"), layers).name());
    }
    int channel = Integer.parseInt(form.group("channel"));
    LayerShape shape = layer(form.group("of"), layers);
    if (channel >= shape.channels()) {
      throw new IllegalArgumentException(
          "Layer %s has channels 0 to %d, not %d."
              .formatted(shape.name(), shape.channels() - 1, channel));
    }
    return new Channel(shape.name(), channel);
  }

  /**
   * The layer of that name.
   *
   * @throws IllegalArgumentException if there is none; the message lists those that there are
   */
  static LayerShape layer(String name, List<LayerShape> layers) {
    return layers.stream()
        .filter(layer -> layer.name().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "There is no layer '%s'. Layers: %s."
                        .formatted(
                            name,
                            String.join(", ", layers.stream().map(LayerShape::name).toList()))));
  }
}
