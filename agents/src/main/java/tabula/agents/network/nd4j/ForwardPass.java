package tabula.agents.network.nd4j;

import java.util.ArrayList;
import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;
import tabula.agents.network.NetworkSpec;
import tabula.games.Game;
import tabula.games.PlanesShape;

/**
 * A network's forward pass over one batch size. The trunk needs three activations of the batch,
 * used in turn, which keeps a batch of 128 in a core's second-level cache.
 */
final class ForwardPass {

  /** The memory that passes of all batch sizes share: sized for the largest. */
  static final class Memory {
    final INDArray planes;
    final INDArray[] trunk = new INDArray[3];
    final INDArray headChannels;
    final INDArray valueUnits;
    final INDArray logits;
    final INDArray values;

    Memory(Game game, NetworkSpec spec, int maxBatch) {
      long squares = (long) maxBatch * game.shape().squares();
      planes = Tensors.allocate((long) maxBatch * game.shape().size());
      for (int i = 0; i < trunk.length; i++) {
        trunk[i] = Tensors.allocate(squares * spec.filters());
      }
      headChannels = Tensors.allocate(squares * Parameters.headChannels(spec));
      valueUnits = Tensors.allocate((long) maxBatch * Parameters.VALUE_UNITS);
      logits = Tensors.allocate((long) maxBatch * game.actionCount());
      values = Tensors.allocate(maxBatch);
    }
  }

  private final List<Runnable> operations = new ArrayList<>();
  private final Parameters parameters;
  private final INDArray weights;

  ForwardPass(
      Game game,
      NetworkSpec spec,
      Parameters parameters,
      INDArray weights,
      Memory memory,
      int batch) {
    this.parameters = parameters;
    this.weights = weights;
    PlanesShape shape = game.shape();
    INDArray planes = spatial(memory.planes, batch, shape, shape.channels());
    INDArray[] trunk = new INDArray[3];
    for (int i = 0; i < trunk.length; i++) {
      trunk[i] = spatial(memory.trunk[i], batch, shape, spec.filters());
    }
    INDArray input = trunk[0];
    INDArray inner = trunk[1];
    INDArray output = trunk[2];
    convolution("stem", planes, input);
    operations.add(Operations.relu(input));
    for (int block = 0; block < spec.blocks(); block++) {
      convolution("block%d.first".formatted(block), input, inner);
      operations.add(Operations.relu(inner));
      convolution("block%d.second".formatted(block), inner, output);
      operations.add(Operations.add(output, input));
      operations.add(Operations.relu(output));
      // What was touched last is written next: it is still in the cache.
      INDArray coldest = inner;
      inner = input;
      input = output;
      output = coldest;
    }
    INDArray channels = spatial(memory.headChannels, batch, shape, Parameters.headChannels(spec));
    convolution("heads", input, channels);
    operations.add(Operations.relu(channels));
    dense("policy", flat(channels), Tensors.view(memory.logits, 0, batch, game.actionCount()));
    INDArray valueUnits = Tensors.view(memory.valueUnits, 0, batch, Parameters.VALUE_UNITS);
    dense("value.hidden", flat(channels), valueUnits);
    operations.add(Operations.relu(valueUnits));
    dense("value.output", valueUnits, Tensors.view(memory.values, 0, batch, 1));
  }

  private static INDArray spatial(INDArray memory, int batch, PlanesShape shape, int channels) {
    return Tensors.view(memory, 0, batch, shape.height(), shape.width(), channels);
  }

  private static INDArray flat(INDArray spatial) {
    return spatial.reshape('c', spatial.size(0), spatial.length() / spatial.size(0));
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
