package tabula.agents.insight;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.IntFunction;
import tabula.agents.measure.LabelledPosition;
import tabula.agents.measure.LabelledPositions;
import tabula.games.Game;
import tabula.games.GameRecord;
import tabula.games.Position;

/**
 * How many of a fixed set of positions a network still plays rightly when what it sees is changed:
 * the same positions for every network of a game. Right is a move that keeps the value, by a
 * solver's word, or, where there is none, the move that it plays when nothing is changed.
 *
 * @param positions how many there are
 * @param solved whether a solver knows what is right
 * @param clean the share that it plays rightly as they are
 * @param under the shares under attack, by size and method
 */
public record Robustness(int positions, boolean solved, double clean, List<Under> under) {

  /** Under one attack. */
  public record Under(PlaneAttack.Method method, double epsilon, double right) {}

  private static final int POSITIONS = 100;
  private static final double[] SIZES = {0.02, 0.05, 0.1, 0.2};
  private static final long SEED = 8;

  /** What {@link #brief} attacks with. */
  private static final double BRIEF_SIZE = 0.1;

  /**
   * @param right the legal actions that are right
   */
  private record Case(Position position, int[] right, int[] wrong) {}

  public static Robustness of(OpenNetwork network) {
    return of(network, SIZES, PlaneAttack.Method.values());
  }

  /** Under PGD of one size alone, 0.1: in the time of a few batches. */
  public static Robustness brief(OpenNetwork network) {
    return of(network, new double[] {BRIEF_SIZE}, PlaneAttack.Method.PGD);
  }

  private static Robustness of(OpenNetwork network, double[] tried, PlaneAttack.Method... methods) {
    Game game = network.game();
    Optional<List<LabelledPosition>> labelled = LabelledPositions.shipped(game);
    List<Case> cases = labelled.map(Robustness::cases).orElseGet(() -> cases(network));
    int size = game.shape().size();
    float[] rows = new float[cases.size() * tried.length * size];
    double[] sizes = new double[cases.size() * tried.length];
    for (int row = 0; row < sizes.length; row++) {
      cases.get(row / tried.length).position().writePlanes(rows, row * size);
      sizes[row] = tried[row % tried.length];
    }
    IntFunction<Objective> objectives =
        row -> {
          Case each = cases.get(row / tried.length);
          return new Objective.Margin(each.right(), each.wrong());
        };
    List<Under> under = new ArrayList<>();
    for (PlaneAttack.Method method : methods) {
      float[] attacked =
          PlaneAttack.attack(network, rows, objectives, method, sizes, new SplittableRandom(SEED));
      double[] margins = network.scores(attacked, objectives);
      for (int i = 0; i < tried.length; i++) {
        under.add(new Under(method, tried[i], share(margins, i, tried.length)));
      }
    }
    double[] margins = network.scores(rows, objectives);
    return new Robustness(
        cases.size(), labelled.isPresent(), share(margins, 0, tried.length), under);
  }

  /** The share of right moves at one of the sizes. */
  private static double share(double[] margins, int size, int sizes) {
    int right = 0;
    for (int row = size; row < margins.length; row += sizes) {
      right += margins[row] > 0 ? 1 : 0;
    }
    return (double) right * sizes / margins.length;
  }

  private static List<Case> cases(List<LabelledPosition> labelled) {
    List<LabelledPosition> mattering = labelled.stream().filter(LabelledPosition::matters).toList();
    List<Case> cases = new ArrayList<>();
    for (int i = 0; i < POSITIONS; i++) {
      LabelledPosition each = mattering.get(i * mattering.size() / POSITIONS);
      cases.add(
          new Case(
              each.position(),
              Arrays.stream(each.actions()).filter(each::keeps).toArray(),
              Arrays.stream(each.actions()).filter(action -> !each.keeps(action)).toArray()));
    }
    return cases;
  }

  private static List<Case> cases(OpenNetwork network) {
    List<Case> cases = new ArrayList<>();
    for (GameRecord record : PositionSample.make(network.game(), null, POSITIONS, SEED)) {
      Objective.Margin own =
          (Objective.Margin)
              PlaneAttack.objective(network, record.position(), PlaneAttack.Goal.MOVE);
      if (own.others().length > 0) {
        cases.add(new Case(record.position(), own.some(), own.others()));
      }
    }
    return cases;
  }
}
