package tabula.agents.network.nd4j;

import org.bytedeco.javacpp.FloatPointer;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.concurrency.AffinityManager.Location;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;
import tabula.agents.network.Norms;

/**
 * Making arrays, and carrying numbers between them and the Java heap in one copy, on any backend.
 */
final class Tensors {

  private Tensors() {}

  /** A flat array of zeros outside every workspace, which lives until it is collected. */
  static INDArray allocate(long size) {
    return Nd4j.createUninitializedDetached(DataType.FLOAT, size).assign(0);
  }

  /**
   * The part of {@code flat} that starts at {@code offset}, in row-major order. Shares its memory.
   */
  static INDArray view(INDArray flat, long offset, long... shape) {
    long size = 1;
    for (long extent : shape) {
      size *= extent;
    }
    return flat.get(NDArrayIndex.interval(offset, offset + size)).reshape('c', shape);
  }

  /** Copies the first {@code count} floats of {@code source} into {@code flat}. */
  static void write(float[] source, int count, INDArray flat) {
    write(source, 0, count, flat);
  }

  /**
   * Copies {@code count} floats of {@code source} from {@code offset} to the start of {@code flat}.
   */
  static void write(float[] source, int offset, int count, INDArray flat) {
    Nd4j.getAffinityManager().ensureLocation(flat, Location.HOST);
    floats(flat).put(source, offset, count);
    Nd4j.getAffinityManager().tagLocation(flat, Location.HOST);
  }

  /**
   * Copies the first {@code count} floats of {@code flat} to {@code target}, from {@code offset}.
   */
  static void read(INDArray flat, float[] target, int offset, int count) {
    Nd4j.getExecutioner().commit();
    Nd4j.getAffinityManager().ensureLocation(flat, Location.HOST);
    floats(flat).get(target, offset, count);
  }

  static Norms norms(INDArray gradients, INDArray weights) {
    return new Norms(gradients.norm2Number().doubleValue(), weights.norm2Number().doubleValue());
  }

  private static FloatPointer floats(INDArray flat) {
    return (FloatPointer) flat.data().pointer();
  }
}
