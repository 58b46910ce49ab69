package tabula.agents.network.nd4j;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.nd4j.linalg.api.ndarray.INDArray;
import tabula.agents.network.NetworkSpec;
import tabula.agents.network.Norms;
import tabula.games.Game;
import tabula.games.PlanesShape;

/**
 * The layout of a network's weights in one flat vector, so that the optimiser, the average of
 * weights and the file each need one pass over one array. Convolution kernels are [height, width,
 * in, out], dense ones [in, out].
 */
final class Parameters {

  static final int VALUE_UNITS = 64;

  /**
   * One array of weights. {@code deviation}: the standard deviation of its initial values; 0 starts
   * at zero.
   */
  record Parameter(String name, long[] shape, int offset, double deviation) {
    int size() {
      int size = 1;
      for (long extent : shape) {
        size *= (int) extent;
      }
      return size;
    }

    /** Such as {@code block1.first} of {@code block1.first.kernel}. */
    String layer() {
      return name.substring(0, name.lastIndexOf('.'));
    }

    INDArray viewOf(INDArray flat) {
      return Tensors.view(flat, offset, shape);
    }
  }

  private final List<Parameter> all = new ArrayList<>();
  private int size;

  Parameters(Game game, NetworkSpec spec) {
    PlanesShape shape = game.shape();
    int filters = spec.filters();
    convolution("stem", 3, shape.channels(), filters, 1);
    for (int block = 0; block < spec.blocks(); block++) {
      convolution("block%d.first".formatted(block), 3, filters, filters, 1);
      // A branch that starts at zero: every block begins as the identity, and no normalisation is
      // needed (Fixup).
      convolution("block%d.second".formatted(block), 3, filters, filters, 0);
    }
    // Both heads look at the board through a few channels that they share: a convolution for each
    // would cost as much as a tenth of the trunk.
    int channels = headChannels(spec);
    convolution("heads", 1, filters, channels, 1);
    dense("policy", shape.squares() * channels, game.actionCount(), 0.1);
    dense("value.hidden", shape.squares() * channels, VALUE_UNITS, 1);
    dense("value.output", VALUE_UNITS, 1, 0.1);
  }

  static int headChannels(NetworkSpec spec) {
    return Math.max(8, spec.filters() / 4);
  }

  /** {@code gain} 1 keeps the variance of ReLU activations (He et al. 2015). */
  private void convolution(String name, int kernel, int in, int out, double gain) {
    add(name + ".kernel", gain * Math.sqrt(2.0 / (kernel * kernel * in)), kernel, kernel, in, out);
    add(name + ".bias", 0, out);
  }

  private void dense(String name, int in, int out, double gain) {
    add(name + ".kernel", gain * Math.sqrt(2.0 / in), in, out);
    add(name + ".bias", 0, out);
  }

  private void add(String name, double deviation, long... shape) {
    Parameter parameter = new Parameter(name, shape, size, deviation);
    all.add(parameter);
    size += parameter.size();
  }

  /** How many weights there are. */
  int size() {
    return size;
  }

  List<Parameter> all() {
    return all;
  }

  Parameter get(String name) {
    return all.stream()
        .filter(parameter -> parameter.name().equals(name))
        .findFirst()
        .orElseThrow();
  }

  /** A part of the flat vector. */
  record Range(int start, int end) {
    INDArray of(INDArray flat) {
      return Tensors.view(flat, start, end - start);
    }
  }

  /** Where each layer's weights stand, kernel and bias together, from the input on. */
  Map<String, Range> layers() {
    Map<String, Range> layers = new LinkedHashMap<>();
    for (Parameter parameter : all) {
      int end = parameter.offset() + parameter.size();
      layers.merge(
          parameter.layer(),
          new Range(parameter.offset(), end),
          (kernel, bias) -> new Range(kernel.start, bias.end));
    }
    return layers;
  }

  /** The norms of a gradient and of the weights, by layer. */
  Map<String, Norms> norms(INDArray gradients, INDArray weights) {
    Map<String, Norms> byLayer = new LinkedHashMap<>();
    layers()
        .forEach(
            (layer, range) ->
                byLayer.put(layer, Tensors.norms(range.of(gradients), range.of(weights))));
    return byLayer;
  }

  /** New weights for a network that has learnt nothing. */
  float[] initialise(RandomGenerator random) {
    float[] weights = new float[size];
    for (Parameter parameter : all) {
      if (parameter.deviation() > 0) {
        for (int i = 0; i < parameter.size(); i++) {
          weights[parameter.offset() + i] = (float) (random.nextGaussian() * parameter.deviation());
        }
      }
    }
    return weights;
  }
}
