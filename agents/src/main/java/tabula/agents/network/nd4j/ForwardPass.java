package tabula.agents.network.nd4j;

import java.util.ArrayList;
import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;
import tabula.agents.network.Activation;
import tabula.agents.network.NetworkSpec;
import tabula.games.Game;
import tabula.games.PlanesShape;

/**
 * A network's forward pass over one batch size. A residual trunk needs three activations of the
 * batch, used in turn, which keeps a batch of 128 in a core's second-level cache.
 */
final class ForwardPass {

  /** The memory that passes of all batch sizes share: sized for the largest. */
  static final class Memory {
    final INDArray planes;
    final INDArray[] trunk;
    final INDArray features;
    final INDArray valueUnits;
    final INDArray logits;
    final INDArray values;

    Memory(Game game, NetworkSpec spec, int maxBatch) {
      planes = Tensors.allocate((long) maxBatch * spec.view(game).shape().size());
      trunk =
          switch (spec) {
            case NetworkSpec.Residual residual ->
                allocate(3, (long) maxBatch * game.shape().squares() * residual.filters());
            case NetworkSpec.Mlp mlp -> allocate(2, (long) maxBatch * mlp.width());
            case NetworkSpec.Recurrent recurrent -> new INDArray[0];
          };
      features = Tensors.allocate((long) maxBatch * Parameters.features(game, spec));
      valueUnits = Tensors.allocate((long) maxBatch * Parameters.VALUE_UNITS);
      logits = Tensors.allocate((long) maxBatch * game.actionCount());
      values = Tensors.allocate(maxBatch);
    }

    private static INDArray[] allocate(int count, long size) {
      INDArray[] arrays = new INDArray[count];
      for (int i = 0; i < count; i++) {
        arrays[i] = Tensors.allocate(size);
      }
      return arrays;
    }
  }

  private final List<Runnable> operations = new ArrayList<>();
  private final Parameters parameters;
  private final INDArray weights;
  private final Memory memory;
  private final int batch;

  ForwardPass(
      Game game,
      NetworkSpec spec,
      Parameters parameters,
      INDArray weights,
      Memory memory,
      int batch) {
    this.parameters = parameters;
    this.weights = weights;
    this.memory = memory;
    this.batch = batch;
    INDArray features = Tensors.view(memory.features, 0, batch, Parameters.features(game, spec));
    switch (spec) {
      case NetworkSpec.Residual residual -> residual(game.shape(), residual);
      case NetworkSpec.Mlp mlp -> layers(game.shape().size(), mlp, features);
      case NetworkSpec.Recurrent recurrent ->
          operations.add(
              Operations.lstm(
                  Tensors.view(
                      memory.planes,
                      0,
                      batch,
                      recurrent.positions(),
                      Parameters.planesAtOnce(game, recurrent)),
                  weight("lstm.kernel"),
                  weight("lstm.recurrent"),
                  weight("lstm.bias"),
                  features));
    }
    dense("policy", features, Tensors.view(memory.logits, 0, batch, game.actionCount()));
    INDArray valueUnits = Tensors.view(memory.valueUnits, 0, batch, Parameters.VALUE_UNITS);
    dense("value.hidden", features, valueUnits);
    operations.add(Operations.activation(spec.activation(), valueUnits));
    dense("value.output", valueUnits, Tensors.view(memory.values, 0, batch, 1));
  }

  private void residual(PlanesShape shape, NetworkSpec.Residual spec) {
    Activation activation = spec.activation();
    INDArray planes = spatial(memory.planes, batch, shape, shape.channels());
    INDArray[] trunk = new INDArray[3];
    for (int i = 0; i < trunk.length; i++) {
      trunk[i] = spatial(memory.trunk[i], batch, shape, spec.filters());
    }
    INDArray input = trunk[0];
    INDArray inner = trunk[1];
    INDArray output = trunk[2];
    convolution("stem", planes, input);
    operations.add(Operations.activation(activation, input));
    for (int block = 0; block < spec.blocks(); block++) {
      convolution("block%d.first".formatted(block), input, inner);
      operations.add(Operations.activation(activation, inner));
      convolution("block%d.second".formatted(block), inner, output);
      operations.add(Operations.add(output, input));
      operations.add(Operations.activation(activation, output));
      // What was touched last is written next: it is still in the cache.
      INDArray coldest = inner;
      inner = input;
      input = output;
      output = coldest;
    }
    INDArray channels =
        spatial(memory.features, batch, shape, Parameters.headChannels(spec.filters()));
    convolution("heads", input, channels);
    operations.add(Operations.activation(activation, channels));
  }

  private void layers(int planes, NetworkSpec.Mlp spec, INDArray features) {
    INDArray input = Tensors.view(memory.planes, 0, batch, planes);
    for (int layer = 0; layer < spec.depth(); layer++) {
      INDArray output =
          layer == spec.depth() - 1
              ? features
              : Tensors.view(memory.trunk[layer % 2], 0, batch, spec.width());
      dense("layer%d".formatted(layer), input, output);
      operations.add(Operations.activation(spec.activation(), output));
      input = output;
    }
  }

  private static INDArray spatial(INDArray memory, int batch, PlanesShape shape, int channels) {
    return Tensors.view(memory, 0, batch, shape.height(), shape.width(), channels);
  }

  private void convolution(String name, INDArray input, INDArray output) {
    operations.add(
        Operations.convolution(input, weight(name + ".kernel"), weight(name + ".bias"), output));
  }

  private void dense(String name, INDArray input, INDArray output) {
    operations.add(
        Operations.dense(input, weight(name + ".kernel"), weight(name + ".bias"), output));
  }

  private INDArray weight(String name) {
    return parameters.get(name).viewOf(weights);
  }

  /** From the memory's planes to its logits and its values before tanh. */
  void run() {
    for (Runnable operation : operations) {
      operation.run();
    }
  }
}
