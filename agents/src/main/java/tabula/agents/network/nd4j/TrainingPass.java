package tabula.agents.network.nd4j;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;
import tabula.agents.network.Activation;
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
  private final Activation function;
  private final PlanesShape shape;
  private final int batch;
  private final INDArray scratch;

  /** [B * features]: what each number that the heads read is multiplied with; null keeps all. */
  private @Nullable INDArray keptFeatures;

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

  /** What a layer gives and the loss's gradient with respect to it, of one shape. */
  private record Flow(INDArray value, INDArray gradient) {
    Flow flat() {
      long rows = value.size(0);
      long columns = value.length() / rows;
      return new Flow(value.reshape('c', rows, columns), gradient.reshape('c', rows, columns));
    }
  }

  /**
   * A pass over one batch size.
   *
   * @param dropout the share of what the heads read that is left out: see {@link #leaveOut}
   */
  TrainingPass(
      Game game,
      NetworkSpec spec,
      Parameters parameters,
      INDArray weights,
      INDArray gradients,
      double dropout,
      int batch) {
    this.parameters = parameters;
    this.weights = weights;
    this.gradients = gradients;
    this.function = spec.activation();
    this.shape = game.shape();
    this.batch = batch;
    int planesSize = spec.view(game).shape().size();
    scratch = Tensors.allocate((long) batch * widest(game, spec));
    planes = Tensors.allocate((long) batch * planesSize);
    planeGradients = Tensors.allocate((long) batch * planesSize);
    logits = Tensors.allocate((long) batch * game.actionCount());
    logitGradients = Tensors.allocate((long) batch * game.actionCount());
    values = Tensors.allocate(batch);
    valueGradients = Tensors.allocate(batch);
    Flow features =
        switch (spec) {
          case NetworkSpec.Residual residual -> residual(residual);
          case NetworkSpec.Mlp mlp -> layers(mlp);
          case NetworkSpec.Recurrent recurrent -> memory(game, recurrent);
        };
    if (dropout > 0) {
      features = leavingOut(features);
    }
    heads(game, features);
  }

  /** The most numbers that an activation function is applied to at once, for a position. */
  private static int widest(Game game, NetworkSpec spec) {
    int units =
        switch (spec) {
          case NetworkSpec.Residual residual ->
              game.shape().squares()
                  * Math.max(residual.filters(), Parameters.headChannels(residual.filters()));
          case NetworkSpec.Mlp mlp -> mlp.width();
          case NetworkSpec.Recurrent recurrent -> 0;
        };
    return Math.max(units, Parameters.VALUE_UNITS);
  }

  private Flow input(long... form) {
    return new Flow(Tensors.view(planes, 0, form), Tensors.view(planeGradients, 0, form));
  }

  private Flow residual(NetworkSpec.Residual spec) {
    Flow trunk = spatial(spec.filters());
    Flow input = input(batch, shape.height(), shape.width(), shape.channels());
    backward.add(convolution("stem", input, trunk, true));
    for (int block = 0; block < spec.blocks(); block++) {
      trunk = residualBlock(block, trunk, spec.filters());
    }
    Flow channels = spatial(Parameters.headChannels(spec.filters()));
    backward.add(convolution("heads", trunk, channels, true));
    return channels.flat();
  }

  private Flow residualBlock(int block, Flow input, int filters) {
    Flow inner = spatial(filters);
    Flow output = spatial(filters);
    Runnable first = convolution("block%d.first".formatted(block), input, inner, true);
    Runnable second = convolution("block%d.second".formatted(block), inner, output, false);
    forward.add(Operations.add(output.value, input.value));
    activate(output);
    backward.add(Operations.add(input.gradient, output.gradient));
    backward.add(first);
    backward.add(second);
    backward.add(activationBackward(output));
    return output;
  }

  private Flow layers(NetworkSpec.Mlp spec) {
    Flow flow = input(batch, shape.size());
    for (int layer = 0; layer < spec.depth(); layer++) {
      Flow output = flow(batch, spec.width());
      backward.add(dense("layer%d".formatted(layer), flow, output));
      activate(output);
      backward.add(activationBackward(output));
      flow = output;
    }
    return flow;
  }

  private Flow memory(Game game, NetworkSpec.Recurrent spec) {
    Flow input = input(batch, spec.positions(), Parameters.planesAtOnce(game, spec));
    Flow output = flow(batch, spec.width());
    INDArray kernel = weight("lstm.kernel", weights);
    INDArray recurrent = weight("lstm.recurrent", weights);
    INDArray bias = weight("lstm.bias", weights);
    outputs.put("lstm", output.value);
    forward.add(Operations.lstm(input.value, kernel, recurrent, bias, output.value));
    backward.add(
        Operations.lstmBackward(
            input.value,
            kernel,
            recurrent,
            bias,
            output.gradient,
            input.gradient,
            weight("lstm.kernel", gradients),
            weight("lstm.recurrent", gradients),
            weight("lstm.bias", gradients)));
    return output;
  }

  private Flow leavingOut(Flow features) {
    INDArray kept = Tensors.allocate(features.value.length());
    keptFeatures = kept;
    INDArray mask = Tensors.view(kept, 0, features.value.shape());
    Flow left = flow(features.value.shape());
    forward.add(Operations.multiply(features.value, mask, left.value));
    backward.add(Operations.multiply(left.gradient, mask, features.gradient));
    return left;
  }

  private void heads(Game game, Flow features) {
    // Two heads, two gradients: backward adds them up.
    Flow policyInput = new Flow(features.value, flow(features.value.shape()).gradient);
    backward.add(Operations.add(features.gradient, policyInput.gradient));

    Flow valueUnits = flow(batch, Parameters.VALUE_UNITS);
    backward.add(dense("value.hidden", features, valueUnits));
    activate(valueUnits);
    backward.add(activationBackward(valueUnits));
    Flow value =
        new Flow(Tensors.view(values, 0, batch, 1), Tensors.view(valueGradients, 0, batch, 1));
    backward.add(dense("value.output", valueUnits, value));

    Flow policy =
        new Flow(
            Tensors.view(logits, 0, batch, game.actionCount()),
            Tensors.view(logitGradients, 0, batch, game.actionCount()));
    backward.add(dense("policy", policyInput, policy));
  }

  private Flow spatial(int channels) {
    return flow(batch, shape.height(), shape.width(), channels);
  }

  private static Flow flow(long... shape) {
    long size = 1;
    for (long extent : shape) {
      size *= extent;
    }
    return new Flow(
        Tensors.view(Tensors.allocate(size), 0, shape),
        Tensors.view(Tensors.allocate(size), 0, shape));
  }

  /** Adds the layer's forward operations, and returns its backward ones. */
  private Runnable convolution(String name, Flow input, Flow output, boolean activated) {
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
    if (!activated) {
      return back;
    }
    activate(output);
    Runnable mask = activationBackward(output);
    return () -> {
      mask.run();
      back.run();
    };
  }

  /** Adds the layer's forward operation, and returns its backward one. */
  private Runnable dense(String name, Flow input, Flow output) {
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

  private void activate(Flow flow) {
    forward.add(Operations.activation(function, flow.value));
    if (function == Activation.RELU) {
      rectified.add(flow.value);
    }
  }

  private Runnable activationBackward(Flow flow) {
    return Operations.activationBackward(
        function, flow.value, flow.gradient, Tensors.view(scratch, 0, flow.value.shape()));
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

  /** Leaves each number that the heads read out with a probability, and enlarges the others. */
  void leaveOut(double probability, RandomGenerator random) {
    if (keptFeatures != null) {
      float[] kept = new float[(int) keptFeatures.length()];
      for (int i = 0; i < kept.length; i++) {
        kept[i] = random.nextDouble() < probability ? 0 : (float) (1 / (1 - probability));
      }
      Tensors.write(kept, kept.length, keptFeatures);
    }
  }

  /**
   * Moves each number of the planes by {@code epsilon} to where the error grew in the last backward
   * pass, and within [0, 1]: the fast gradient sign method (Goodfellow et al. 2015).
   */
  void deceive(double epsilon) {
    float[] seen = new float[(int) planes.length()];
    float[] gradient = new float[seen.length];
    Tensors.read(planes, seen, 0, seen.length);
    Tensors.read(planeGradients, gradient, 0, seen.length);
    for (int i = 0; i < seen.length; i++) {
      seen[i] = (float) Math.clamp(seen[i] + epsilon * Math.signum(gradient[i]), 0, 1);
    }
    Tensors.write(seen, seen.length, planes);
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
