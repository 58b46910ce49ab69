package tabula.agents.network.nd4j;

import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.impl.transforms.floating.Sqrt;
import org.nd4j.linalg.factory.Nd4j;
import tabula.agents.network.OptimizerSpec;

/**
 * Moves weights down the gradient, which stays as it is, keeping two flat arrays of state of the
 * weights' size.
 */
final class Optimizer {

  private final OptimizerSpec spec;
  private final INDArray weights;
  private final INDArray gradients;
  private final INDArray first;
  private final INDArray second;
  private final INDArray update;

  Optimizer(OptimizerSpec spec, INDArray weights, INDArray gradients) {
    this.spec = spec;
    this.weights = weights;
    this.gradients = gradients;
    first = Tensors.allocate(weights.length());
    second = Tensors.allocate(weights.length());
    update = Tensors.allocate(weights.length());
  }

  /** Adam's two moments; for SGD the velocity, and an array that stays zero. */
  INDArray[] state() {
    return new INDArray[] {first, second};
  }

  /**
   * @param step the number of steps before this one
   */
  void step(double learningRate, int step) {
    switch (spec) {
      case OptimizerSpec.Sgd(double momentum, double l2) -> {
        first.muli(momentum);
        axpy(l2, weights, first);
        axpy(1, gradients, first);
        axpy(-learningRate, first, weights);
      }
      case OptimizerSpec.Adam(double beta1, double beta2, double epsilon, double l2) -> {
        weights.muli(l2, update);
        update.addi(gradients);
        adam(update, beta1, beta2, epsilon, learningRate, step);
      }
      case OptimizerSpec.AdamW(double beta1, double beta2, double epsilon, double weightDecay) -> {
        weights.muli(1 - learningRate * weightDecay);
        adam(gradients, beta1, beta2, epsilon, learningRate, step);
      }
    }
  }

  /**
   * @param slope the gradient; may be {@link #update}
   */
  private void adam(
      INDArray slope, double beta1, double beta2, double epsilon, double learningRate, int step) {
    first.muli(beta1);
    axpy(1 - beta1, slope, first);
    slope.muli(slope, update);
    second.muli(beta2);
    axpy(1 - beta2, update, second);
    Nd4j.getExecutioner().exec(new Sqrt(second, update));
    update.addi(epsilon);
    first.divi(update, update);
    double rate =
        learningRate * Math.sqrt(1 - Math.pow(beta2, step + 1)) / (1 - Math.pow(beta1, step + 1));
    axpy(-rate, update, weights);
  }

  /** {@code y += a x}. */
  static void axpy(double a, INDArray x, INDArray y) {
    Nd4j.getBlasWrapper().level1().axpy(y.length(), a, x, y);
  }
}
