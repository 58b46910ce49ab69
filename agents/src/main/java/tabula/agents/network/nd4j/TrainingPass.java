package tabula.agents.network.nd4j;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.nd4j.linalg.api.ndarray.INDArray;
import tabula.agents.network.NetworkSpec;
import tabula.games.Game;
import tabula.games.PlanesShape;

/**
 * A network's forward and backward pass over a batch, with every activation and gradient kept.
 * Backward reads the gradients of the loss with respect to the logits and to the values before
 * tanh, and overwrites {@code gradients}.
 */
final class TrainingPass {

  private final List<Runnable> forward = new ArrayList<>();

  /** In the order of the layers: run from the last to the first. */
  private final List<Runnable> backward = new ArrayList<>();

  /** What each layer gives, in the order of the layers. */
  private final Map<String, INDArray> outputs = new LinkedHashMap<>();

  /** What has gone through a rectifier, [..., units]. */
  private final List<INDArray> rectified = new ArrayList<>();

  private final Parameters parameters;
  private final INDArray weights;
  private final INDArray gradients;
  private final PlanesShape shape;
  private final int batch;
  private final INDArray scratch;

  /** [B * planes]. */
  final INDArray planes;

  /** [B * actions] each. */
  final INDArray logits;

  final INDArray logitGradients;

  /** [B] each, before tanh. */
  final INDArray values;

  final INDArray valueGradients;

  /** [B * planes]: the loss's gradient with respect to the input. */
  final INDArray planeGradients;

  /** An activation and the loss's gradient with respect to it, of one shape. */
  private record Activation(INDArray value, INDArray gradient) {
    Activation flat() {
      long rows = value.size(0);
      long columns = value.length() / rows;
      return new Activation(
          value.reshape('c', rows, columns), gradient.reshape('c', rows, columns));
    }
  }

  TrainingPass(
      Game game,
      NetworkSpec spec,
      Parameters parameters,
      INDArray weights,
      INDArray gradients,
      int batch) {
    this.parameters = parameters;
    this.weights = weights;
    this.gradients = gradients;
    this.shape = game.shape();
    this.batch = batch;
    int widest = Math.max(spec.filters(), Parameters.headChannels(spec));
    scratch = Tensors.allocate((long) batch * shape.squares() * widest);
    planes = Tensors.allocate((long) batch * shape.size());
    planeGradients = Tensors.allocate((long) batch * shape.size());
    logits = Tensors.allocate((long) batch * game.actionCount());
    logitGradients = Tensors.allocate((long) batch * game.actionCount());
    values = Tensors.allocate(batch);
    valueGradients = Tensors.allocate(batch);

    Activation trunk = spatial(spec.filters());
    Activation input =
        new Activation(
            Tensors.view(planes, 0, batch, shape.height(), shape.width(), shape.channels()),
            Tensors.view(
                planeGradients, 0, batch, shape.height(), shape.width(), shape.channels()));
    backward.add(convolution("stem", input, trunk, true));
    for (int block = 0; block < spec.blocks(); block++) {
      trunk = residualBlock(block, trunk, spec.filters());
    }
    heads(game, spec, trunk);
  }

  private Activation residualBlock(int block, Activation input, int filters) {
    Activation inner = spatial(filters);
    Activation output = spatial(filters);
    Runnable first = convolution("block%d.first".formatted(block), input, inner, true);
    Runnable second = convolution("block%d.second".formatted(block), inner, output, false);
    forward.add(Operations.add(output.value, input.value));
    relu(output);
    backward.add(Operations.add(input.gradient, output.gradient));
    backward.add(first);
    backward.add(second);
    backward.add(reluBackward(output));
    return output;
  }

  private void heads(Game game, NetworkSpec spec, Activation trunk) {
    Activation channels = spatial(Parameters.headChannels(spec));
    backward.add(convolution("heads", trunk, channels, true));
    // Two heads, two gradients: backward adds them up.
    Activation policyInput =
        new Activation(channels.value, spatial(Parameters.headChannels(spec)).gradient);
    backward.add(Operations.add(channels.gradient, policyInput.gradient));

    Activation valueUnits = activation(batch, Parameters.VALUE_UNITS);
    backward.add(dense("value.hidden", channels.flat(), valueUnits));
    relu(valueUnits);
    backward.add(reluBackward(valueUnits));
    Activation value =
        new Activation(
            Tensors.view(values, 0, batch, 1), Tensors.view(valueGradients, 0, batch, 1));
    backward.add(dense("value.output", valueUnits, value));

    Activation policy =
        new Activation(
            Tensors.view(logits, 0, batch, game.actionCount()),
            Tensors.view(logitGradients, 0, batch, game.actionCount()));
    backward.add(dense("policy", policyInput.flat(), policy));
  }

  private Activation spatial(int channels) {
    return activation(batch, shape.height(), shape.width(), channels);
  }

  private static Activation activation(long... shape) {
    long size = 1;
    for (long extent : shape) {
      size *= extent;
    }
    return new Activation(
        Tensors.view(Tensors.allocate(size), 0, shape),
        Tensors.view(Tensors.allocate(size), 0, shape));
  }

  /** Adds the layer's forward operations, and returns its backward ones. */
  private Runnable convolution(String name, Activation input, Activation output, boolean relu) {
    INDArray kernel = weight(name + ".kernel", weights);
    INDArray bias = weight(name + ".bias", weights);
    forward.add(Operations.convolution(input.value, kernel, bias, output.value));
    outputs.put(name, output.value);
    Runnable back =
        Operations.convolutionBackward(
            input.value,
            kernel,
            bias,
            output.gradient,
            input.gradient,
            weight(name + ".kernel", gradients),
            weight(name + ".bias", gradients));
    if (!relu) {
      return back;
    }
    relu(output);
    Runnable mask = reluBackward(output);
    return () -> {
      mask.run();
      back.run();
    };
  }

  /** Adds the layer's forward operation, and returns its backward one. */
  private Runnable dense(String name, Activation input, Activation output) {
    INDArray kernel = weight(name + ".kernel", weights);
    outputs.put(name, output.value);
    forward.add(
        Operations.dense(input.value, kernel, weight(name + ".bias", weights), output.value));
    return Operations.denseBackward(
        input.value,
        kernel,
        output.gradient,
        input.gradient,
        weight(name + ".kernel", gradients),
        weight(name + ".bias", gradients));
  }

  private void relu(Activation activation) {
    forward.add(Operations.relu(activation.value));
    rectified.add(activation.value);
  }

  private Runnable reluBackward(Activation activation) {
    return Operations.reluBackward(
        activation.value, activation.gradient, Tensors.view(scratch, 0, activation.value.shape()));
  }

  private INDArray weight(String name, INDArray flat) {
    return parameters.get(name).viewOf(flat);
  }

  /** How many units each layer with a rectifier has: channels, where it is a convolution. */
  List<Integer> rectified() {
    return rectified.stream().map(layer -> (int) layer.size(layer.rank() - 1)).toList();
  }

  /**
   * Notes the units that the last forward pass made active.
   *
   * @param active an array for each of {@link #rectified}; those found active become true
   */
  void markActive(List<boolean[]> active) {
    for (int layer = 0; layer < rectified.size(); layer++) {
      boolean[] units = active.get(layer);
      INDArray values = rectified.get(layer);
      INDArray highest = values.reshape('c', values.length() / units.length, units.length).max(0);
      for (int unit = 0; unit < units.length; unit++) {
        units[unit] |= highest.getFloat(unit) > 0;
      }
    }
  }

  /** Where the first number that is none stands: of all weights, then of what the layers gave. */
  String firstNotFinite() {
    for (Parameters.Parameter parameter : parameters.all()) {
      if (!isFinite(parameter.viewOf(weights))) {
        return "the weights " + parameter.name();
      }
    }
    for (Map.Entry<String, INDArray> output : outputs.entrySet()) {
      if (!isFinite(output.getValue())) {
        return "what layer " + output.getKey() + " gives";
      }
    }
    return "the examples";
  }

  private static boolean isFinite(INDArray numbers) {
    return Double.isFinite(numbers.sumNumber().doubleValue());
  }

  /** From the planes to the logits and the values before tanh. */
  void forward() {
    for (Runnable operation : forward) {
      operation.run();
    }
  }

  /** From the gradients of logits and values to those of the weights and of the planes. */
  void backward() {
    for (int i = backward.size() - 1; i >= 0; i--) {
      backward.get(i).run();
    }
  }
}
