package tabula.agents.insight;

import java.util.List;

/**
 * Linear regression with a penalty on the weights' squares, solved through the products of examples
 * (the dual form): there may be many more features than examples. One factorisation serves any
 * number of targets.
 */
final class RidgeRegression {

  /** The penalty, as a share of an example's mean square. */
  private static final double PENALTY = 0.05;

  private final int train;
  private final int test;

  /** [train + test][train]: products of centred examples. */
  private final double[][] products;

  /** The lower triangle of the factor of the training examples' products. */
  private final double[][] factor;

  /**
   * @param features [train + test][any number]: the training examples first
   */
  RidgeRegression(float[][] features, int train) {
    this.train = train;
    this.test = features.length - train;
    this.products = products(features, train);
    double trace = 0;
    for (int i = 0; i < train; i++) {
      trace += products[i][i];
    }
    this.factor = cholesky(products, train, PENALTY * trace / train + 1e-9);
  }

  private static double[][] products(float[][] features, int train) {
    int size = features[0].length;
    double[][] products = new double[features.length][train];
    float[] column = new float[features.length];
    for (int feature = 0; feature < size; feature++) {
      float mean = 0;
      for (int i = 0; i < train; i++) {
        mean += features[i][feature] / train;
      }
      for (int i = 0; i < column.length; i++) {
        column[i] = features[i][feature] - mean;
      }
      for (int i = 0; i < column.length; i++) {
        double factor = column[i];
        double[] row = products[i];
        if (factor != 0) {
          for (int j = 0; j < train; j++) {
            row[j] += factor * column[j];
          }
        }
      }
    }
    return products;
  }

  private static double[][] cholesky(double[][] matrix, int size, double ridge) {
    double[][] factor = new double[size][];
    for (int i = 0; i < size; i++) {
      factor[i] = new double[i + 1];
      for (int j = 0; j <= i; j++) {
        double sum = matrix[i][j] + (i == j ? ridge : 0);
        for (int k = 0; k < j; k++) {
          sum -= factor[i][k] * factor[j][k];
        }
        factor[i][j] = i == j ? Math.sqrt(Math.max(sum, 1e-12)) : sum / factor[j][j];
      }
    }
    return factor;
  }

  /**
   * Learns a target from the training examples, and says what it would be for the others.
   *
   * @param target [train]
   * @return [test]
   */
  double[] predict(double[] target) {
    double mean = 0;
    for (double each : target) {
      mean += each / train;
    }
    double[] solution = new double[train];
    for (int i = 0; i < train; i++) {
      double sum = target[i] - mean;
      for (int k = 0; k < i; k++) {
        sum -= factor[i][k] * solution[k];
      }
      solution[i] = sum / factor[i][i];
    }
    for (int i = train - 1; i >= 0; i--) {
      double sum = solution[i];
      for (int k = i + 1; k < train; k++) {
        sum -= factor[k][i] * solution[k];
      }
      solution[i] = sum / factor[i][i];
    }
    double[] predicted = new double[test];
    for (int i = 0; i < test; i++) {
      predicted[i] = mean;
      for (int k = 0; k < train; k++) {
        predicted[i] += products[train + i][k] * solution[k];
      }
    }
    return predicted;
  }

  /**
   * How often an example of the class is put above one that is not of it, ties counting half: 0.5
   * is chance (the area under the ROC curve).
   */
  static double ranking(double[] predicted, List<Boolean> isOfClass) {
    double right = 0;
    long pairs = 0;
    for (int i = 0; i < predicted.length; i++) {
      for (int j = 0; j < predicted.length; j++) {
        if (isOfClass.get(i) && !isOfClass.get(j)) {
          pairs++;
          right += predicted[i] > predicted[j] ? 1 : predicted[i] == predicted[j] ? 0.5 : 0;
        }
      }
    }
    return pairs == 0 ? 0.5 : right / pairs;
  }
}
