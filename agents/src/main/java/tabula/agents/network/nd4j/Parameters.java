package tabula.agents.network.nd4j;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.nd4j.linalg.api.ndarray.INDArray;
import tabula.agents.network.NetworkCost;
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
   * One array of weights.
   *
   * @param uses how many multiplications of each weight the evaluation of a position takes
   * @param deviation the standard deviation of its initial values; 0 starts at zero
   */
  record Parameter(String name, long[] shape, int offset, int uses, double deviation) {
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
    PlanesShape shape = spec.view(game).shape();
    double gain = spec.activation().gain();
    switch (spec) {
      case NetworkSpec.Residual(int filters, int blocks, var activation) -> {
        convolution("stem", 3, shape, shape.channels(), filters, gain);
        for (int block = 0; block < blocks; block++) {
          convolution("block%d.first".formatted(block), 3, shape, filters, filters, gain);
          // A branch that starts at zero: every block begins as the identity, and no normalisation
          // is needed (Fixup).
          convolution("block%d.second".formatted(block), 3, shape, filters, filters, 0);
        }
        // Both heads look at the board through a few channels that they share: a convolution for
        // each would cost as much as a tenth of the trunk.
        convolution("heads", 1, shape, filters, headChannels(filters), gain);
      }
      case NetworkSpec.Mlp(int width, int depth, var activation) -> {
        int in = shape.size();
        for (int layer = 0; layer < depth; layer++) {
          dense("layer%d".formatted(layer), in, width, gain);
          in = width;
        }
      }
      case NetworkSpec.Recurrent(int width, int positions, var activation) -> {
        int in = planesAtOnce(game, spec);
        long gates = 4L * width;
        add("lstm.kernel", positions, 1 / Math.sqrt(in), in, gates);
        add("lstm.recurrent", positions, 1 / Math.sqrt(width), width, gates);
        add("lstm.bias", 0, 0, gates);
      }
    }
    int features = features(game, spec);
    dense("policy", features, game.actionCount(), 0.1 * gain);
    dense("value.hidden", features, VALUE_UNITS, gain);
    dense("value.output", VALUE_UNITS, 1, 0.1 * gain);
  }

  /** How many numbers both heads read. */
  static int features(Game game, NetworkSpec spec) {
    return switch (spec) {
      case NetworkSpec.Residual residual ->
          game.shape().squares() * headChannels(residual.filters());
      case NetworkSpec.Mlp mlp -> mlp.width();
      case NetworkSpec.Recurrent recurrent -> recurrent.width();
    };
  }

  /**
   * How many planes' values a network reads at once: of one position.
   *
   * @param game the rules, or the network's view of them
   */
  static int planesAtOnce(Game game, NetworkSpec spec) {
    int all = spec.view(game).shape().size();
    return spec instanceof NetworkSpec.Recurrent recurrent ? all / recurrent.positions() : all;
  }

  static int headChannels(int filters) {
    return Math.max(8, filters / 4);
  }

  private void convolution(
      String name, int kernel, PlanesShape shape, int in, int out, double gain) {
    add(
        name + ".kernel",
        shape.squares(),
        gain / Math.sqrt(kernel * kernel * in),
        kernel,
        kernel,
        in,
        out);
    add(name + ".bias", 0, 0, out);
  }

  private void dense(String name, int in, int out, double gain) {
    add(name + ".kernel", 1, gain / Math.sqrt(in), in, out);
    add(name + ".bias", 0, 0, out);
  }

  private void add(String name, int uses, double deviation, long... shape) {
    Parameter parameter = new Parameter(name, shape, size, uses, deviation);
    all.add(parameter);
    size += parameter.size();
  }

  /** How many weights there are. */
  int size() {
    return size;
  }

  NetworkCost cost() {
    return new NetworkCost(
        size, all.stream().mapToLong(weights -> (long) weights.uses() * weights.size()).sum());
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
    all.stream()
        .filter(parameter -> parameter.name().equals("lstm.bias"))
        .forEach(
            bias -> {
              // A cell that forgets nothing at first learns sooner (Jozefowicz et al. 2015). The
              // gates are input, forget, cell, output.
              int gate = bias.size() / 4;
              Arrays.fill(weights, bias.offset() + gate, bias.offset() + 2 * gate, 1);
            });
    return weights;
  }
}
