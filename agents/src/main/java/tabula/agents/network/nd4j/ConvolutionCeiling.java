package tabula.agents.network.nd4j;

import java.util.ArrayList;
import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;
import tabula.agents.network.NetworkSpec;
import tabula.games.Game;

/**
 * The bare convolutions of a network's trunk, and nothing else: what its evaluator is measured
 * against.
 */
public final class ConvolutionCeiling {

  private final List<Runnable> operations = new ArrayList<>();

  public ConvolutionCeiling(Game game, NetworkSpec.Residual spec, int batch) {
    int height = game.shape().height();
    int width = game.shape().width();
    int filters = spec.filters();
    INDArray planes = spatial(batch, height, width, game.shape().channels());
    INDArray even = spatial(batch, height, width, filters);
    INDArray odd = spatial(batch, height, width, filters);
    INDArray bias = Tensors.allocate(filters);
    operations.add(
        Operations.convolution(planes, kernel(game.shape().channels(), filters), bias, even));
    for (int block = 0; block < spec.blocks(); block++) {
      operations.add(Operations.convolution(even, kernel(filters, filters), bias, odd));
      operations.add(Operations.convolution(odd, kernel(filters, filters), bias, even));
    }
  }

  private static INDArray spatial(int batch, int height, int width, int channels) {
    return Tensors.view(
        Tensors.allocate((long) batch * height * width * channels),
        0,
        batch,
        height,
        width,
        channels);
  }

  private static INDArray kernel(int in, int out) {
    return Tensors.view(Tensors.allocate(9L * in * out), 0, 3, 3, in, out);
  }

  /** One batch through all of them. */
  public void run() {
    operations.forEach(Runnable::run);
  }
}
