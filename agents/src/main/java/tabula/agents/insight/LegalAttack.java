package tabula.agents.insight;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import tabula.agents.insight.LegalChanges.Change;
import tabula.agents.measure.LabelledPosition;
import tabula.agents.solve.Solver;
import tabula.games.GameRecord;
import tabula.games.Position;

/**
 * The smallest legal changes to a position that make a network err: a stone more, less or
 * elsewhere, reachable by play. Where a solver knows the truth, the network is wrong on them by its
 * word; where none does, they are those on which the network changes its mind most.
 */
public final class LegalAttack {

  /** From so many moves on the solver of Connect Four answers at once. */
  private static final int SOLVED_FROM_PLY = 10;

  /**
   * A value that is further than this from the truth is wrong: it calls a win a loss, or nearly.
   */
  public static final double WRONG = 1;

  private static final int MOST_SOLVED = 40;

  private LegalAttack() {}

  /**
   * A changed position and what the network says of it.
   *
   * @param kind {@code SAME}, {@code MOVED}, {@code LESS} or {@code MORE}
   * @param squares those that differ, ascending
   * @param action the move that the policy likes best
   * @param value the network's, for the side to move there
   * @param truth the value under best play for the side to move there, where known
   * @param keepers the moves that keep it, where known
   */
  public record Deceived(
      String kind,
      int[] squares,
      GameRecord record,
      int action,
      double value,
      @Nullable Integer truth,
      int @Nullable [] keepers) {

    /** Whether the network's move keeps the value, where known. */
    public @Nullable Boolean keeps() {
      return keepers == null ? null : isRight(action, value, false);
    }

    /** Whether a move keeps the value and what is said of it is not wrong; true where unknown. */
    public boolean isRight(int played, double said) {
      return isRight(played, said, true);
    }

    private boolean isRight(int played, double said, boolean andValue) {
      return keepers == null
          || truth == null
          || (Arrays.stream(keepers).anyMatch(each -> each == played)
              && !(andValue && Math.abs(said - truth) > WRONG));
    }

    boolean isWrong() {
      return !isRight(action, value);
    }
  }

  /**
   * What was found.
   *
   * @param original the position itself
   * @param tried how many changes there are
   * @param solved how many of them a solver was asked about
   * @param wrong on how many of those the network errs
   * @param deceived the smallest changes first, and of equals the worst
   */
  public record Result(
      Deceived original, int tried, int solved, int wrong, List<Deceived> deceived) {}

  public static Result find(OpenNetwork network, GameRecord record, int count) {
    Optional<Solver> solver = Solver.of(record.position().game());
    List<Change> changes = LegalChanges.around(record);
    Deceived original =
        judge(network, List.of(new Change(LegalChanges.Kind.SAME, new int[0], record))).getFirst();
    List<Deceived> judged = judge(network, changes);
    List<Deceived> byDoubt =
        judged.stream()
            .sorted(Comparator.comparingDouble(each -> -turned(original, each)))
            .limit(MOST_SOLVED)
            .toList();
    if (solver.isEmpty() || !isQuick(record.position())) {
      List<Deceived> smallest =
          byDoubt.stream()
              .limit(count)
              .sorted(Comparator.comparingInt(each -> each.squares().length))
              .toList();
      return new Result(original, changes.size(), 0, 0, smallest);
    }
    List<Deceived> solved = new ArrayList<>();
    for (Deceived each : byDoubt) {
      if (isQuick(each.record().position())) {
        solved.add(solve(each, solver.get()));
      }
    }
    List<Deceived> wrong = solved.stream().filter(Deceived::isWrong).toList();
    return new Result(
        solve(original, solver.get()),
        changes.size(),
        solved.size(),
        wrong.size(),
        wrong.stream()
            .sorted(
                Comparator.<Deceived>comparingInt(each -> each.squares().length)
                    .thenComparingDouble(each -> -error(each)))
            .limit(count)
            .toList());
  }

  private static boolean isQuick(Position position) {
    return position.ply() >= SOLVED_FROM_PLY || position.game().maxPlies() <= SOLVED_FROM_PLY;
  }

  /** How much further the value is from the original's, as the original's side sees it. */
  private static double turned(Deceived original, Deceived changed) {
    boolean same =
        original.record().position().sideToMove() == changed.record().position().sideToMove();
    return Math.abs((same ? changed.value() : -changed.value()) - original.value());
  }

  private static double error(Deceived each) {
    return each.truth() == null ? 0 : Math.abs(each.value() - each.truth());
  }

  private static List<Deceived> judge(OpenNetwork network, List<Change> changes) {
    List<Position> positions = changes.stream().map(change -> change.record().position()).toList();
    OpenNetwork.Judgements judged = network.judge(network.planes(positions));
    int actionCount = network.game().actionCount();
    return IntStream.range(0, changes.size())
        .mapToObj(
            i ->
                new Deceived(
                    changes.get(i).kind().name(),
                    changes.get(i).squares(),
                    changes.get(i).record(),
                    Objective.Margin.best(
                        judged.logits(), i * actionCount, positions.get(i).legalActions()),
                    judged.values()[i],
                    null,
                    null))
        .toList();
  }

  private static Deceived solve(Deceived each, Solver solver) {
    LabelledPosition truth = LabelledPosition.solve(each.record(), solver);
    return new Deceived(
        each.kind(),
        each.squares(),
        each.record(),
        each.action(),
        each.value(),
        truth.value(),
        Arrays.stream(truth.actions()).filter(truth::keeps).toArray());
  }
}
