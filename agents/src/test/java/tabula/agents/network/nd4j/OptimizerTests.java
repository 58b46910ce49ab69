package tabula.agents.network.nd4j;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.impl.updaters.AdamUpdater;
import org.nd4j.linalg.factory.Nd4j;
import tabula.agents.network.OptimizerSpec;

class OptimizerTests {

  private static final int SIZE = 1000;

  private final SplittableRandom random = new SplittableRandom(11);

  private void fill(INDArray array) {
    for (int i = 0; i < SIZE; i++) {
      array.putScalar(i, random.nextGaussian());
    }
  }

  @Test
  void step_withAdam_movesAsNd4jsUpdaterDoes() {
    INDArray weights = Tensors.allocate(SIZE);
    INDArray gradients = Tensors.allocate(SIZE);
    fill(weights);
    INDArray expected = weights.dup();
    INDArray first = Nd4j.zeros(DataType.FLOAT, SIZE);
    INDArray second = Nd4j.zeros(DataType.FLOAT, SIZE);
    INDArray update = Nd4j.zeros(DataType.FLOAT, SIZE);
    Optimizer optimizer = new Optimizer(new OptimizerSpec.Adam(0), weights, gradients);
    for (int step = 0; step < 5; step++) {
      fill(gradients);
      optimizer.step(0.01, step);
      Nd4j.getExecutioner()
          .exec(
              new AdamUpdater(
                  gradients, second, first, update, second, first, 0.01, 0.9, 0.999, 1e-8, step));
      expected.subi(update);
    }
    for (int i = 0; i < SIZE; i++) {
      assertEquals(expected.getFloat(i), weights.getFloat(i), 1e-5f);
    }
  }

  /** With a gradient of zero nothing but the decay moves a weight. */
  @Test
  void decay_isDecoupledInAdamWAlone() {
    INDArray gradients = Tensors.allocate(SIZE);
    INDArray decoupled = Tensors.allocate(SIZE);
    fill(decoupled);
    INDArray before = decoupled.dup();
    INDArray coupled = decoupled.dup();
    new Optimizer(new OptimizerSpec.AdamW(0.5), decoupled, gradients).step(0.01, 0);
    new Optimizer(new OptimizerSpec.Adam(0.5), coupled, gradients).step(0.01, 0);
    for (int i = 0; i < SIZE; i++) {
      float weight = before.getFloat(i);
      assertEquals(weight * (1 - 0.01 * 0.5), decoupled.getFloat(i), 1e-6);
      // The moments make a first step of the rate's length of any gradient.
      assertEquals(weight - 0.01 * Math.signum(weight), coupled.getFloat(i), 1e-4);
      assertEquals(0, gradients.getFloat(i));
    }
  }
}
