package tabula.agents.network.nd4j;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;
import tabula.agents.network.Activation;
import tabula.agents.network.LayerShape;
import tabula.agents.network.NetworkSpec;
import tabula.games.Game;
import tabula.games.PlanesShape;

/**
 * A network that is looked into: what each of its layers gives, and the gradient of any of that
 * with respect to the planes. The weights stay as they are, so backward needs only what goes to the
 * input: a convolution with the kernels turned around. Used by one thread at a time.
 */
public final class LayeredNetwork {

  /** The most positions that one call takes. */
  public static final int MAX_BATCH = 32;

  /** The layer of the moves' logits, and that of the value in [-1, 1] for the side to move. */
  public static final String POLICY = "policy";

  public static final String VALUE = "value";

  private static final int[] PASS_SIZES = {1, 8, MAX_BATCH};

  private final Game game;
  private final NetworkSpec.Residual spec;
  private final Parameters parameters;
  private final float[] weights;
  private final List<LayerShape> layers = new ArrayList<>();
  private final Map<Integer, Pass> passes = new HashMap<>();

  /** The pass that ran last. */
  private Pass last;

  private int count;

  /**
   * Opens a network.
   *
   * @param weights as a checkpoint has them
   * @throws IllegalArgumentException if it is not a residual network with ReLU
   */
  public LayeredNetwork(Game game, NetworkSpec spec, float[] weights) {
    this.game = game;
    if (!opens(spec) || !(spec instanceof NetworkSpec.Residual residual)) {
      throw new IllegalArgumentException(
          "Only residual networks with ReLU can be opened, not %s.".formatted(spec));
    }
    this.spec = residual;
    this.parameters = new Parameters(game, spec);
    this.weights = weights;
    this.last = pass(1);
    last.stages.forEach(stage -> layers.add(stage.shape));
  }

  /** Whether networks of this form can be looked into. */
  public static boolean opens(NetworkSpec spec) {
    return spec instanceof NetworkSpec.Residual && spec.activation() == Activation.RELU;
  }

  /** A network that has learnt nothing yet. */
  public static LayeredNetwork untrained(Game game, NetworkSpec spec, RandomGenerator random) {
    return new LayeredNetwork(game, spec, new Parameters(game, spec).initialise(random));
  }

  /**
   * What a channel of the first layer multiplies the planes around a square with, and what it adds.
   *
   * @param weights [3, 3, planes], row by row from the top
   */
  public record Kernel(float[] weights, float bias) {}

  /** The kernel of a channel of the first layer. */
  public Kernel kernel(int channel) {
    Parameters.Parameter kernel = parameters.get("stem.kernel");
    float[] own = new float[kernel.size() / spec.filters()];
    for (int i = 0; i < own.length; i++) {
      own[i] = weights[kernel.offset() + i * spec.filters() + channel];
    }
    return new Kernel(own, weights[parameters.get("stem.bias").offset() + channel]);
  }

  /** All layers, in the order in which a position goes through them. */
  public List<LayerShape> layers() {
    return List.copyOf(layers);
  }

  /**
   * Runs the network.
   *
   * @param planes [count, H, W, C], any numbers
   * @param positions at most {@link #MAX_BATCH}
   */
  public void forward(float[] planes, int positions) {
    count = positions;
    last = pass(positions);
    Tensors.write(planes, positions * game.shape().size(), last.planes);
    last.stages.forEach(stage -> stage.forward.forEach(Runnable::run));
  }

  private Pass pass(int positions) {
    int size = Arrays.stream(PASS_SIZES).filter(each -> each >= positions).findFirst().orElse(0);
    if (size == 0) {
      throw new IllegalArgumentException(
          "%d positions at once: at most %d.".formatted(positions, MAX_BATCH));
    }
    return passes.computeIfAbsent(size, Pass::new);
  }

  /** What a layer gave in the last {@link #forward}: [count, height, width, channels]. */
  public float[] activations(String layer) {
    Stage stage = last.stages.get(index(layer));
    float[] activations = new float[count * stage.shape.size()];
    Tensors.read(stage.flatValue, activations, 0, activations.length);
    if (layer.equals(VALUE)) {
      for (int i = 0; i < count; i++) {
        activations[i] = (float) Math.tanh(activations[i]);
      }
    }
    return activations;
  }

  /**
   * Goes back from a layer of the last {@link #forward} to its planes.
   *
   * @param layerGradient [count, height, width, channels]: the gradient of what is asked about with
   *     respect to what the layer gave
   * @return [count, H, W, C]: its gradient with respect to the planes
   */
  public float[] gradient(String layer, float[] layerGradient) {
    int index = index(layer);
    float[] seed = layerGradient.clone();
    if (layer.equals(VALUE)) {
      float[] values = activations(VALUE);
      for (int i = 0; i < count; i++) {
        seed[i] *= 1 - values[i] * values[i];
      }
    }
    last.planesGradient.assign(0);
    last.stages.forEach(stage -> stage.flatGradient.assign(0));
    Tensors.write(seed, seed.length, last.stages.get(index).flatGradient);
    for (int i = index; i >= 0; i--) {
      last.stages.get(i).backward.forEach(Runnable::run);
    }
    float[] gradient = new float[count * game.shape().size()];
    Tensors.read(last.planesGradient, gradient, 0, gradient.length);
    return gradient;
  }

  private int index(String layer) {
    for (int i = 0; i < layers.size(); i++) {
      if (layers.get(i).name().equals(layer)) {
        return i;
      }
    }
    throw new IllegalArgumentException(
        "There is no layer '%s'. Layers: %s."
            .formatted(layer, String.join(", ", layers.stream().map(LayerShape::name).toList())));
  }

  /** What a layer gives and its gradient, as the operations see them. */
  private record Flow(INDArray value, INDArray gradient) {
    Flow flat() {
      long rows = value.size(0);
      long columns = value.length() / rows;
      return new Flow(value.reshape('c', rows, columns), gradient.reshape('c', rows, columns));
    }
  }

  private record Stage(
      LayerShape shape,
      INDArray flatValue,
      INDArray flatGradient,
      List<Runnable> forward,
      List<Runnable> backward) {}

  /**
   * The operations over one batch size. Every gradient is added to, for layers that go two ways.
   */
  private final class Pass {

    final List<Stage> stages = new ArrayList<>();
    final INDArray planes;
    final INDArray planesGradient;
    private final int batch;
    private final INDArray scratch;

    Pass(int batch) {
      this.batch = batch;
      PlanesShape shape = game.shape();
      int squares = shape.squares();
      int widest =
          Math.max(
              Math.max(squares * Math.max(shape.channels(), spec.filters()), game.actionCount()),
              Math.max(squares * Parameters.headChannels(spec.filters()), Parameters.VALUE_UNITS));
      scratch = Tensors.allocate((long) batch * widest);
      planes = Tensors.allocate((long) batch * shape.size());
      planesGradient = Tensors.allocate((long) batch * shape.size());
      Flow input =
          new Flow(spatial(planes, shape.channels()), spatial(planesGradient, shape.channels()));
      Flow trunk = convolution("stem", "stem", input, null);
      for (int block = 0; block < spec.blocks(); block++) {
        String name = "block%d".formatted(block);
        Flow inner = convolution(name + ".first", name + ".first", trunk, null);
        trunk = convolution(name, name + ".second", inner, trunk);
      }
      Flow heads = convolution("heads", "heads", trunk, null).flat();
      dense(POLICY, heads, false);
      Flow units = dense("value.hidden", heads, true);
      dense("value.output", units, false);
    }

    private INDArray spatial(INDArray flat, int channels) {
      return Tensors.view(flat, 0, batch, game.shape().height(), game.shape().width(), channels);
    }

    private Flow convolution(String layer, String name, Flow input, @Nullable Flow shortcut) {
      Parameters.Parameter kernel = parameters.get(name + ".kernel");
      int channels = (int) kernel.shape()[3];
      LayerShape shape =
          new LayerShape(layer, game.shape().height(), game.shape().width(), channels);
      Stage stage = stage(shape);
      Flow output =
          new Flow(spatial(stage.flatValue, channels), spatial(stage.flatGradient, channels));
      stage.forward.add(
          Operations.convolution(
              input.value, array(kernel), array(parameters.get(name + ".bias")), output.value));
      if (shortcut != null) {
        stage.forward.add(Operations.add(output.value, shortcut.value));
      }
      stage.forward.add(Operations.relu(output.value));
      stage.backward.add(
          Operations.reluBackward(
              output.value, output.gradient, Tensors.view(scratch, 0, output.value.shape())));
      if (shortcut != null) {
        stage.backward.add(Operations.add(shortcut.gradient, output.gradient));
      }
      int inputs = (int) kernel.shape()[2];
      INDArray toInput = spatial(scratch, inputs);
      stage.backward.add(
          Operations.convolution(
              output.gradient, turned(kernel), Tensors.allocate(inputs), toInput));
      stage.backward.add(Operations.add(input.gradient, toInput));
      return output;
    }

    private Flow dense(String name, Flow input, boolean relu) {
      Parameters.Parameter kernel = parameters.get(name + ".kernel");
      int units = (int) kernel.shape()[1];
      String layer = name.equals("value.output") ? VALUE : name;
      Stage stage = stage(new LayerShape(layer, 1, 1, units));
      INDArray value = Tensors.view(stage.flatValue, 0, batch, units);
      INDArray gradient = Tensors.view(stage.flatGradient, 0, batch, units);
      stage.forward.add(
          Operations.dense(
              input.value, array(kernel), array(parameters.get(name + ".bias")), value));
      if (relu) {
        stage.forward.add(Operations.relu(value));
        stage.backward.add(
            Operations.reluBackward(value, gradient, Tensors.view(scratch, 0, batch, units)));
      }
      int inputs = (int) kernel.shape()[0];
      INDArray toInput = Tensors.view(scratch, 0, batch, inputs);
      stage.backward.add(
          Operations.dense(gradient, turned(kernel), Tensors.allocate(inputs), toInput));
      stage.backward.add(Operations.add(input.gradient, toInput));
      return new Flow(value, gradient);
    }

    private Stage stage(LayerShape shape) {
      Stage stage =
          new Stage(
              shape,
              Tensors.allocate((long) batch * shape.size()),
              Tensors.allocate((long) batch * shape.size()),
              new ArrayList<>(),
              new ArrayList<>());
      stages.add(stage);
      return stage;
    }
  }

  private INDArray array(Parameters.Parameter parameter) {
    float[] values =
        Arrays.copyOfRange(weights, parameter.offset(), parameter.offset() + parameter.size());
    return array(values, parameter.shape());
  }

  private static INDArray array(float[] values, long... shape) {
    INDArray flat = Tensors.allocate(values.length);
    Tensors.write(values, values.length, flat);
    return Tensors.view(flat, 0, shape);
  }

  /**
   * The kernel that carries gradients back: ends and beginnings change places, and so do the
   * squares around the middle. From [.., in, out] to [.., out, in].
   */
  private INDArray turned(Parameters.Parameter kernel) {
    long[] shape = kernel.shape();
    int out = (int) shape[shape.length - 1];
    int in = (int) shape[shape.length - 2];
    int places = kernel.size() / (in * out);
    float[] turned = new float[kernel.size()];
    for (int place = 0; place < places; place++) {
      int from = kernel.offset() + place * in * out;
      int to = (places - 1 - place) * in * out;
      for (int i = 0; i < in; i++) {
        for (int o = 0; o < out; o++) {
          turned[to + o * in + i] = weights[from + i * out + o];
        }
      }
    }
    long[] turnedShape = shape.clone();
    turnedShape[shape.length - 1] = in;
    turnedShape[shape.length - 2] = out;
    return array(turned, turnedShape);
  }
}
