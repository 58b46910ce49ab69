package tabula.agents.insight;

import java.util.Arrays;
import java.util.Locale;
import tabula.games.PlanesShape;
import tabula.games.Position;

/**
 * What a number that a network computes of a position rests on, square by square.
 *
 * @param score the number
 * @param baseline the same number where nothing at all is seen: planes of zeros
 * @param squares [squares of the board, row 0 at the bottom]: each square's share
 * @param planes [C]: the shares by plane, over the whole board
 * @param sum of all shares
 * @param steps on how many points between the baseline and the position it was computed
 */
public record Attribution(
    double score, double baseline, double[] squares, double[] planes, double sum, int steps) {

  /** How it is found. */
  public enum Method {
    /** The gradient's size: by how much the number would change with the least change there. */
    SALIENCY,
    /**
     * The gradient, averaged on the way from the baseline to the position, times the change
     * (Sundararajan et al. 2017). The shares add up to the number less the baseline's.
     */
    INTEGRATED,
    /** By how much the number falls where a square is covered. */
    OCCLUSION;

    /** As addresses write it. */
    public String id() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  private static final int FIRST_STEPS = 64;
  private static final int MOST_STEPS = 2048;

  /** The shares may miss the difference by so much of it, or of 1, whichever is more. */
  private static final double TOLERANCE = 0.005;

  /** How far the shares are from adding up to what they explain: 0 is complete. */
  public double gap() {
    return sum - (score - baseline);
  }

  public static Attribution of(
      OpenNetwork network, Position position, Objective objective, Method method) {
    return switch (method) {
      case SALIENCY -> saliency(network, position, objective);
      case INTEGRATED -> integrated(network, position, objective);
      case OCCLUSION -> occlusion(network, position, objective);
    };
  }

  private static Attribution saliency(OpenNetwork network, Position position, Objective objective) {
    OpenNetwork.Gradients at = network.gradients(network.planes(position), objective);
    double[] shares = new double[at.planes().length];
    Arrays.setAll(shares, i -> Math.abs(at.planes()[i]));
    return of(position, at.scores()[0], baseline(network, objective), shares, 1);
  }

  private static Attribution integrated(
      OpenNetwork network, Position position, Objective objective) {
    float[] planes = network.planes(position);
    double score = network.scores(planes, objective)[0];
    double baseline = baseline(network, objective);
    Attribution found = null;
    // A network of ReLUs is linear in pieces: the more points, the fewer kinks are missed.
    for (int steps = FIRST_STEPS; found == null || steps <= MOST_STEPS; steps *= 2) {
      double[] shares = integrate(network, planes, objective, steps);
      found = of(position, score, baseline, shares, steps);
      if (Math.abs(found.gap()) <= TOLERANCE * Math.max(1, Math.abs(score - baseline))) {
        break;
      }
    }
    return found;
  }

  private static double[] integrate(
      OpenNetwork network, float[] planes, Objective objective, int steps) {
    int size = planes.length;
    float[] path = new float[steps * size];
    for (int step = 0; step < steps; step++) {
      float share = (step + 0.5f) / steps;
      for (int i = 0; i < size; i++) {
        path[step * size + i] = share * planes[i];
      }
    }
    float[] gradients = network.gradients(path, objective).planes();
    double[] shares = new double[size];
    for (int i = 0; i < gradients.length; i++) {
      shares[i % size] += (double) gradients[i] * planes[i % size] / steps;
    }
    return shares;
  }

  private static Attribution occlusion(
      OpenNetwork network, Position position, Objective objective) {
    PlanesShape shape = network.game().shape();
    float[] planes = network.planes(position);
    int cells = shape.squares();
    int channels = shape.channels();
    float[] covered = new float[cells * planes.length];
    for (int cell = 0; cell < cells; cell++) {
      System.arraycopy(planes, 0, covered, cell * planes.length, planes.length);
      int start = cell * planes.length + cell * channels;
      Arrays.fill(covered, start, start + channels, 0);
    }
    double score = network.scores(planes, objective)[0];
    double[] without = network.scores(covered, objective);
    double[] shares = new double[planes.length];
    // A square is covered as a whole: its share stands in its first plane.
    for (int cell = 0; cell < cells; cell++) {
      shares[cell * channels] = score - without[cell];
    }
    return of(position, score, baseline(network, objective), shares, cells);
  }

  private static double baseline(OpenNetwork network, Objective objective) {
    return network.scores(new float[network.game().shape().size()], objective)[0];
  }

  /**
   * @param shares [H, W, C]
   */
  private static Attribution of(
      Position position, double score, double baseline, double[] shares, int steps) {
    int channels = position.game().shape().channels();
    double[] squares = new double[position.game().shape().squares()];
    double[] planes = new double[channels];
    for (int square = 0; square < squares.length; square++) {
      int cell = position.planesCell(square);
      for (int channel = 0; channel < channels; channel++) {
        squares[square] += shares[cell * channels + channel];
        planes[channel] += shares[cell * channels + channel];
      }
    }
    return new Attribution(score, baseline, squares, planes, Arrays.stream(squares).sum(), steps);
  }
}
