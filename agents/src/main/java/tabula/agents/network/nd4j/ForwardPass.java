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
    final INDArray policyChannels;
    final INDArray valueChannels;
    final INDArray valueUnits;
    final INDArray logits;
    final INDArray values;

    Memory(Game game, NetworkSpec spec, int maxBatch) {
      long squares = (long) maxBatch * game.shape().squares();
      planes = Tensors.allocate((long) maxBatch * game.shape().size());
      for (int i = 0; i < trunk.length; i++) {
        trunk[i] = Tensors.allocate(squares * spec.filters());
      }
      policyChannels = Tensors.allocate(squares * Parameters.POLICY_CHANNELS);
      valueChannels = Tensors.allocate(squares * Parameters.VALUE_CHANNELS);
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
    int input = 0;
    convolution("stem", planes, trunk[input]);
    operations.add(Operations.relu(trunk[input]));
    for (int block = 0; block < spec.blocks(); block++) {
      INDArray inner = trunk[1];
      int output = 2 - input;
      convolution("block%d.first".formatted(block), trunk[input], inner);
      operations.add(Operations.relu(inner));
      convolution("block%d.second".formatted(block), inner, trunk[output]);
      operations.add(Operations.add(trunk[output], trunk[input]));
      operations.add(Operations.relu(trunk[output]));
      input = output;
    }
    INDArray policyChannels =
        spatial(memory.policyChannels, batch, shape, Parameters.POLICY_CHANNELS);
    convolution("policy.convolution", trunk[input], policyChannels);
    operations.add(Operations.relu(policyChannels));
    dense(
        "policy.dense",
        flat(policyChannels),
        Tensors.view(memory.logits, 0, batch, game.actionCount()));

    INDArray valueChannels = spatial(memory.valueChannels, batch, shape, Parameters.VALUE_CHANNELS);
    INDArray valueUnits = Tensors.view(memory.valueUnits, 0, batch, Parameters.VALUE_UNITS);
    convolution("value.convolution", trunk[input], valueChannels);
    operations.add(Operations.relu(valueChannels));
    dense("value.hidden", flat(valueChannels), valueUnits);
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
