package tabula.agents.insight;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntFunction;
import tabula.agents.network.Checkpoint;
import tabula.agents.network.LayerShape;
import tabula.agents.network.NetworkSpec;
import tabula.agents.network.nd4j.LayeredNetwork;
import tabula.games.Game;
import tabula.games.Position;

/**
 * A network whose inside can be looked at, for any number of positions at once. Planes are [B, H,
 * W, C] and need not be those of a position. Used by one thread at a time.
 */
public final class OpenNetwork {

  private final Game game;
  private final LayeredNetwork network;
  private final List<LayerShape> layers;

  public OpenNetwork(Game game, LayeredNetwork network) {
    this.game = game;
    this.network = network;
    this.layers = network.layers();
  }

  public static OpenNetwork of(Checkpoint checkpoint) {
    return of(checkpoint.game(), checkpoint.spec(), checkpoint.weights());
  }

  /**
   * Opens a network.
   *
   * @throws IllegalArgumentException if it is of a form that cannot be: see {@link
   *     LayeredNetwork#opens}
   */
  public static OpenNetwork of(Game game, NetworkSpec spec, float[] weights) {
    return new OpenNetwork(game, new LayeredNetwork(game, spec, weights));
  }

  /**
   * Numbers and their gradients.
   *
   * @param scores [B]
   * @param planes [B, H, W, C]: each score's gradient with respect to its planes
   */
  public record Gradients(double[] scores, float[] planes) {}

  /**
   * What the network says of positions.
   *
   * @param logits [B, actionCount]
   * @param values [B], in [-1, 1] for the side to move
   */
  public record Judgements(float[] logits, float[] values) {}

  public Game game() {
    return game;
  }

  public List<LayerShape> layers() {
    return layers;
  }

  public LayerShape layer(String name) {
    return Objective.layer(name, layers);
  }

  /** The planes of positions, one after the other. */
  public float[] planes(List<? extends Position> positions) {
    int size = game.shape().size();
    float[] planes = new float[positions.size() * size];
    for (int i = 0; i < positions.size(); i++) {
      positions.get(i).writePlanes(planes, i * size);
    }
    return planes;
  }

  public float[] planes(Position position) {
    return planes(List.of(position));
  }

  /** The kernel of a channel of the first layer. */
  public LayeredNetwork.Kernel kernel(int channel) {
    return network.kernel(channel);
  }

  private interface Part {
    void ran(int start, int count);
  }

  private void forward(float[] planes, Part part) {
    int size = game.shape().size();
    int total = planes.length / size;
    for (int start = 0; start < total; start += LayeredNetwork.MAX_BATCH) {
      int count = Math.min(LayeredNetwork.MAX_BATCH, total - start);
      network.forward(Arrays.copyOfRange(planes, start * size, (start + count) * size), count);
      part.ran(start, count);
    }
  }

  public Judgements judge(float[] planes) {
    int total = planes.length / game.shape().size();
    float[] logits = new float[total * game.actionCount()];
    float[] values = new float[total];
    forward(
        planes,
        (start, count) -> {
          System.arraycopy(
              network.activations(LayeredNetwork.POLICY),
              0,
              logits,
              start * game.actionCount(),
              count * game.actionCount());
          System.arraycopy(network.activations(LayeredNetwork.VALUE), 0, values, start, count);
        });
    return new Judgements(logits, values);
  }

  /** What a layer gives: [B, height, width, channels]. */
  public float[] activations(float[] planes, String layer) {
    LayerShape shape = layer(layer);
    float[] all = new float[planes.length / game.shape().size() * shape.size()];
    forward(
        planes,
        (start, count) ->
            System.arraycopy(
                network.activations(layer), 0, all, start * shape.size(), count * shape.size()));
    return all;
  }

  /** What every layer gives for one position, in the order of {@link #layers}. */
  public List<float[]> activations(Position position) {
    network.forward(planes(position), 1);
    List<float[]> all = new ArrayList<>();
    for (LayerShape layer : layers) {
      all.add(network.activations(layer.name()));
    }
    return all;
  }

  /** An objective's number for each: [B]. */
  public double[] scores(float[] planes, Objective objective) {
    return scores(planes, each -> objective);
  }

  /** The same with the gradients. */
  public Gradients gradients(float[] planes, Objective objective) {
    return gradients(planes, each -> objective);
  }

  /**
   * The numbers of objectives that differ from row to row: [B].
   *
   * @param objectives a row's, all of one layer
   */
  double[] scores(float[] planes, IntFunction<? extends Objective> objectives) {
    LayerShape shape = layer(objectives.apply(0).layer());
    float[] activations = activations(planes, shape.name());
    double[] scores = new double[activations.length / shape.size()];
    Arrays.setAll(scores, i -> objectives.apply(i).score(activations, i * shape.size(), shape));
    return scores;
  }

  /** The same with the gradients. */
  Gradients gradients(float[] planes, IntFunction<? extends Objective> objectives) {
    LayerShape shape = layer(objectives.apply(0).layer());
    double[] scores = new double[planes.length / game.shape().size()];
    float[] gradients = new float[planes.length];
    forward(
        planes,
        (start, count) -> {
          float[] activations = network.activations(shape.name());
          float[] seed = new float[activations.length];
          for (int i = 0; i < count; i++) {
            Objective objective = objectives.apply(start + i);
            scores[start + i] = objective.score(activations, i * shape.size(), shape);
            objective.writeGradient(activations, i * shape.size(), shape, seed);
          }
          float[] part = network.gradient(shape.name(), seed);
          System.arraycopy(part, 0, gradients, start * game.shape().size(), part.length);
        });
    return new Gradients(scores, gradients);
  }
}
