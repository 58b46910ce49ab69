package tabula.agents.insight;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import tabula.games.Position;

/**
 * Changes to what a network sees, each number by at most ε, that make it decide otherwise. No board
 * shows such planes: the attack is on the network, not on the game.
 */
public final class PlaneAttack {

  /** How a change is found. */
  public enum Method {
    /** One step against the gradient's sign (Goodfellow et al. 2015). */
    FGSM,
    /** Many small such steps, each within ε of the original (Madry et al. 2018). */
    PGD,
    /** Each number up or down by ε, as chance decides: what the others must beat. */
    RANDOM
  }

  /** What is to be changed. */
  public enum Goal {
    /** The move that the policy likes best. */
    MOVE,
    /** Who is said to be better: the value's sign. */
    VALUE
  }

  /** The sizes that are tried. Planes hold 0 and 1, so 1 can turn them into anything. */
  private static final double[] SIZES = sizes();

  private static final int PGD_STEPS = 10;
  private static final int RANDOM_DRAWS = 8;

  private PlaneAttack() {}

  private static double[] sizes() {
    // Each 2^(1/4) times the one before, from 0.01 to 1.
    return IntStream.rangeClosed(0, 26)
        .mapToDouble(i -> Math.min(1, 0.01 * Math.pow(2, i / 4.0)))
        .toArray();
  }

  /**
   * The smallest size at which an attack succeeds.
   *
   * @param epsilon null if none up to 1 does
   * @param planes [H, W, C]: what the network is then shown; null if there is none
   */
  public record Result(Method method, @Nullable Double epsilon, float @Nullable [] planes) {}

  /** What an attack lowers; it has succeeded once that is below 0. */
  static Objective objective(OpenNetwork network, Position position, Goal goal) {
    OpenNetwork.Judgements judged = network.judge(network.planes(position));
    return switch (goal) {
      case MOVE -> {
        int[] legal = position.legalActions();
        int own = Objective.Margin.best(judged.logits(), 0, legal);
        int[] others = Arrays.stream(legal).filter(action -> action != own).toArray();
        yield new Objective.Margin(new int[] {own}, others);
      }
      case VALUE ->
          judged.values()[0] >= 0
              ? new Objective.Value()
              : new Objective.Negative(new Objective.Value());
    };
  }

  /** Looks for the smallest change by each method. */
  public static List<Result> smallest(
      OpenNetwork network, Position position, Goal goal, long seed) {
    Objective objective = objective(network, position, goal);
    float[] planes = network.planes(position);
    List<Result> results = new ArrayList<>();
    float[] rows = new float[SIZES.length * planes.length];
    for (int i = 0; i < SIZES.length; i++) {
      System.arraycopy(planes, 0, rows, i * planes.length, planes.length);
    }
    for (Method method : Method.values()) {
      SplittableRandom random = new SplittableRandom(seed);
      float[] attacked = attack(network, rows, each -> objective, method, SIZES, random);
      double[] scores = network.scores(attacked, objective);
      int first =
          IntStream.range(0, SIZES.length).filter(i -> scores[i] < 0).findFirst().orElse(-1);
      results.add(
          first < 0
              ? new Result(method, null, null)
              : new Result(
                  method,
                  SIZES[first],
                  Arrays.copyOfRange(
                      attacked, first * planes.length, (first + 1) * planes.length)));
    }
    return results;
  }

  /**
   * Attacks many rows; of the changes that chance makes, the best is taken.
   *
   * @param original [B, H, W, C]
   * @param objectives what is lowered, row by row
   * @param sizes [B]: ε
   * @return [B, H, W, C]
   */
  static float[] attack(
      OpenNetwork network,
      float[] original,
      IntFunction<? extends Objective> objectives,
      Method method,
      double[] sizes,
      SplittableRandom random) {
    int row = original.length / sizes.length;
    float[] attacked = original.clone();
    switch (method) {
      case FGSM ->
          step(attacked, original, network.gradients(original, objectives).planes(), sizes, sizes);
      case PGD -> {
        double[] steps = Arrays.stream(sizes).map(size -> 2.5 * size / PGD_STEPS).toArray();
        for (int i = 0; i < PGD_STEPS; i++) {
          step(attacked, original, network.gradients(attacked, objectives).planes(), steps, sizes);
        }
      }
      case RANDOM -> {
        double[] lowest = network.scores(attacked, objectives);
        for (int draw = 0; draw < RANDOM_DRAWS; draw++) {
          float[] drawn = original.clone();
          float[] noise = new float[drawn.length];
          for (int i = 0; i < noise.length; i++) {
            noise[i] = random.nextBoolean() ? 1 : -1;
          }
          step(drawn, original, noise, sizes, sizes);
          double[] scores = network.scores(drawn, objectives);
          for (int i = 0; i < sizes.length; i++) {
            if (scores[i] < lowest[i]) {
              lowest[i] = scores[i];
              System.arraycopy(drawn, i * row, attacked, i * row, row);
            }
          }
        }
      }
    }
    return attacked;
  }

  /** One step down for each row, within its size of the original and within [0, 1]. */
  private static void step(
      float[] planes, float[] original, float[] gradient, double[] steps, double[] sizes) {
    int row = planes.length / sizes.length;
    for (int i = 0; i < planes.length; i++) {
      double size = sizes[i / row];
      double moved = planes[i] - steps[i / row] * Math.signum(gradient[i]);
      double within = Math.clamp(moved, original[i] - size, original[i] + size);
      planes[i] = (float) Math.clamp(within, 0, 1);
    }
  }
}
