package tabula.server.ladder;

import java.util.Arrays;
import java.util.List;

/**
 * What a round robin says about its players' strength: the ratings under which its results are
 * likeliest (Bradley and Terry's model, a draw as half a win), and their standard errors.
 *
 * @param ratings in Elo points; the first player's is given
 * @param deviations in Elo points; the first player's is 0
 */
public record Strengths(double[] ratings, double[] deviations) {

  /**
   * The games of two players.
   *
   * @param points of the one: 1 for a win, a half for a draw
   */
  public record Score(int one, int other, double points, int games) {}

  /** Elo points by which the odds grow e-fold. */
  private static final double SCALE = 400 / Math.log(10);

  /** Games drawn beside those that were played, so that nobody is infinitely better. */
  private static final double IMAGINED = 1;

  private static final double BIGGEST_STEP = 1;

  /**
   * The fit, by Newton's method.
   *
   * @param first the first player's rating, from which all others are measured
   */
  public static Strengths of(int players, double first, List<Score> scores) {
    double[] strength = new double[players];
    double[][] information = new double[players - 1][players - 1];
    double largest;
    do {
      double[] gradient = new double[players - 1];
      information = new double[players - 1][players - 1];
      for (Score score : scores) {
        double games = score.games() + IMAGINED;
        double share = 1 / (1 + Math.exp(strength[score.other()] - strength[score.one()]));
        double surprise = score.points() + IMAGINED / 2 - games * share;
        double weight = games * share * (1 - share);
        add(gradient, score.one(), surprise);
        add(gradient, score.other(), -surprise);
        add(information, score.one(), score.one(), weight);
        add(information, score.other(), score.other(), weight);
        add(information, score.one(), score.other(), -weight);
        add(information, score.other(), score.one(), -weight);
      }
      double[] step = solve(information, gradient);
      largest = Arrays.stream(step).map(Math::abs).max().orElse(0);
      double damping = Math.min(1, BIGGEST_STEP / Math.max(largest, 1e-12));
      for (int i = 0; i < step.length; i++) {
        strength[i + 1] += damping * step[i];
      }
    } while (largest > 1e-9);
    double[] ratings = new double[players];
    double[] deviations = new double[players];
    for (int i = 0; i < players; i++) {
      ratings[i] = first + SCALE * strength[i];
      if (i > 0) {
        double[] unit = new double[players - 1];
        unit[i - 1] = 1;
        deviations[i] = SCALE * Math.sqrt(solve(information, unit)[i - 1]);
      }
    }
    return new Strengths(ratings, deviations);
  }

  private static void add(double[] vector, int player, double value) {
    if (player > 0) {
      vector[player - 1] += value;
    }
  }

  private static void add(double[][] matrix, int row, int column, double value) {
    if (row > 0 && column > 0) {
      matrix[row - 1][column - 1] += value;
    }
  }

  /** Gauss's elimination; the matrix is positive definite and needs no pivots. */
  private static double[] solve(double[][] matrix, double[] right) {
    int size = right.length;
    double[][] rows = new double[size][];
    double[] result = right.clone();
    for (int i = 0; i < size; i++) {
      rows[i] = matrix[i].clone();
    }
    for (int pivot = 0; pivot < size; pivot++) {
      for (int row = pivot + 1; row < size; row++) {
        double factor = rows[row][pivot] / rows[pivot][pivot];
        for (int column = pivot; column < size; column++) {
          rows[row][column] -= factor * rows[pivot][column];
        }
        result[row] -= factor * result[pivot];
      }
    }
    for (int row = size - 1; row >= 0; row--) {
      for (int column = row + 1; column < size; column++) {
        result[row] -= rows[row][column] * result[column];
      }
      result[row] /= rows[row][row];
    }
    return result;
  }
}
