package tabula.server.training;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import tabula.agents.network.Checkpoint;
import tabula.agents.network.Losses;
import tabula.agents.network.nd4j.NetworkTrainer;
import tabula.agents.train.EarlyStopping;
import tabula.agents.train.GamePool;
import tabula.agents.train.Learner;
import tabula.agents.train.LearnerState;
import tabula.agents.train.ReplayConfig;
import tabula.agents.train.RunConfig;
import tabula.agents.train.Trajectory;
import tabula.games.Game;
import tabula.server.bus.TrainingBus.LearnerReport;
import tabula.server.bus.TrainingBus.StoppedEarly;

/**
 * Learning from games that are there already, and no others: nothing but the learner, so that one
 * sees what it makes of a fixed set of games. Its folder is like that of any run.
 */
public final class SupervisedRun {

  private final RunFiles files;
  private final RunFiles.Header header;
  private final GamePool games;
  private final int steps;
  private final int examineEvery;

  /**
   * A run that has not begun, and what it learns from.
   *
   * @param games all of them; the configuration says which share is held out
   * @param steps how many steps are taken, unless it stops early
   * @param examineEvery after how many steps the errors are measured
   */
  public SupervisedRun(
      RunFiles files, RunFiles.Header header, List<Trajectory> games, int steps, int examineEvery) {
    this.files = files;
    this.header = header;
    this.steps = steps;
    this.examineEvery = examineEvery;
    RunConfig config = header.config();
    // Nothing is ever forgotten.
    ReplayConfig whole =
        new ReplayConfig(
            Integer.MAX_VALUE, Integer.MAX_VALUE, config.resultShare(), config.symmetries());
    this.games =
        new GamePool(config.networkSpec().view(header.game()), whole, config.heldOutShare());
    games.forEach(this.games::add);
  }

  /** How many examples there are to learn from, and how many are held out. */
  public int learnt() {
    return games.learnt().size();
  }

  public int heldOut() {
    return games.heldOut().size();
  }

  /**
   * Learns to its end, and writes the metrics, the last weights as {@code latest.tabula}, those
   * with the lowest error on held-out games as {@code best.tabula}, and {@code curve.svg}.
   *
   * @param listener is told of each examination
   * @return what it stopped for, if it stopped early
   */
  public Optional<StoppedEarly> run(Consumer<LearnerReport> listener) throws IOException {
    RunConfig config = header.config();
    Game view = config.networkSpec().view(header.game());
    EarlyStopping stopping = new EarlyStopping(config.patience());
    LearnerState start =
        new LearnerState(
            NetworkTrainer.start(
                NetworkTrainer.initialWeights(
                    header.game(), config.networkSpec(), new SplittableRandom(header.seed()))),
            0,
            header.seed(),
            0);
    RunClock clock = new RunClock(0);
    clock.start();
    try (Learner learner =
        new Learner(view, config.networkSpec(), config.learner(), games, start)) {
      Losses sum = Losses.ZERO;
      for (int step = 1; step <= steps && stopping.over().isEmpty(); step++) {
        double progress = (step - 1.0) / steps;
        sum = sum.plus(learner.step(progress));
        if (step % examineEvery == 0 || step == steps) {
          int summed = (step - 1) % examineEvery + 1;
          Learner.Report examination = learner.examine();
          stopping.examined(examination, learner::weights);
          LearnerReport report = report(learner, sum.dividedBy(summed), progress, examination);
          sum = Losses.ZERO;
          ObjectNode line = MetricsLines.of("progress", clock.seconds());
          MetricsLines.put(line, report);
          files.appendMetrics(line);
          listener.accept(report);
        }
      }
      Optional<StoppedEarly> early =
          stopping.over().map(best -> new StoppedEarly(learner.steps(), best));
      if (early.isPresent()) {
        files.appendMetrics(MetricsLines.of(early.get(), clock.seconds()));
      }
      files.writeCandidate(checkpoint(learner.steps(), learner.weights()));
      checkpoint(
              stopping.best().map(EarlyStopping.Best::step).orElse(learner.steps()),
              stopping.best().map(EarlyStopping.Best::weights).orElseGet(learner::weights))
          .write(files.best());
      Files.writeString(
          files.curve(),
          ErrorCurves.draw(
              "%s: %s on %,d games"
                  .formatted(
                      header.game().title(), config.networkSpec(), games.learnt().totalGames()),
              files.readMetrics()));
      return early;
    }
  }

  private LearnerReport report(
      Learner learner, Losses losses, double progress, Learner.Report examination) {
    return LearnerReport.of(
        learner,
        games,
        losses,
        header.config().learner().rate(learner.steps(), progress),
        examination);
  }

  private Checkpoint checkpoint(int step, float[] weights) {
    return new Checkpoint(
        header.game(),
        header.config().networkSpec(),
        weights,
        step,
        Optional.empty(),
        header.seed(),
        header.config().toJson(),
        JsonNodeFactory.instance.objectNode());
  }
}
