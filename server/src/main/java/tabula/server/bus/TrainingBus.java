package tabula.server.bus;

import io.vertx.core.Vertx;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tabula.agents.insight.Robustness;
import tabula.agents.network.Losses;
import tabula.agents.network.Norms;
import tabula.agents.train.EarlyStopping;
import tabula.agents.train.GamePool;
import tabula.agents.train.GameStatistics;
import tabula.agents.train.Gate;
import tabula.agents.train.Learner;
import tabula.agents.train.Resignation;
import tabula.agents.train.SelfPlay;
import tabula.agents.train.Trajectory;

/** What the parts of a training run tell each other. */
public final class TrainingBus {

  /** Self-play finished a game. */
  public record GameFinished(Trajectory trajectory) {}

  /**
   * The learner has new weights for those who evaluate.
   *
   * @param step how many training steps they have behind them
   * @param weights never changed after publication
   */
  public record WeightsPublished(long step, float[] weights) {}

  /**
   * What the learner has done so far.
   *
   * @param losses averages since the last report
   * @param rate the learning rate of the last step
   * @param window how many examples there are to sample from
   * @param examples how many there ever were
   * @param trained how many were used, repeats counted
   * @param norms of the last step's gradient and of the weights, in all
   * @param normsByLayer the same by layer, from the input on
   * @param examination what the learner last made of examples learnt from and held out; null before
   *     it first looked
   * @param played what the latest games were like
   */
  public record LearnerReport(
      long step,
      Losses losses,
      double rate,
      int window,
      long examples,
      long games,
      long trained,
      Norms norms,
      Map<String, Norms> normsByLayer,
      Learner.@Nullable Report examination,
      GameStatistics.Figures played) {

    /** How a learner stands, and the games that it has. */
    public static LearnerReport of(
        Learner learner,
        GamePool games,
        Losses losses,
        double rate,
        Learner.@Nullable Report examination) {
      return new LearnerReport(
          learner.steps(),
          losses,
          rate,
          games.learnt().size(),
          games.learnt().totalExamples(),
          games.totalGames(),
          learner.used(),
          learner.norms(),
          learner.normsByLayer(),
          examination,
          games.statistics());
    }
  }

  /**
   * What one self-play thread has done so far.
   *
   * @param resignation how it stands for all threads together
   */
  public record SelfPlayReport(
      int thread, SelfPlay.Counts counts, Resignation.Figures resignation) {}

  /**
   * A candidate was measured.
   *
   * @param againstBest its match with the best so far; null for the first, which has nobody to beat
   * @param promoted whether it is the best from now on
   * @param againstRollouts its match with plain tree search
   * @param rollouts that search's simulations a move
   * @param keepsValue how many moves of its policy alone keep the game's value where the choice
   *     matters, in [0, 1]; null where no solver's labelled positions come with the game
   * @param robustness how many moves of its policy stay right under a small attack; null where
   *     networks of its form cannot be looked into
   */
  public record GateReport(
      long step,
      Gate.@Nullable Score againstBest,
      boolean promoted,
      Gate.Score againstRollouts,
      int rollouts,
      @Nullable Double keepsValue,
      @Nullable Robustness robustness) {}

  /**
   * The error on held-out games has stopped falling; the run ends.
   *
   * @param step how many steps the learner had taken
   * @param best the weights that are kept: those with the lowest such error
   */
  public record StoppedEarly(long step, EarlyStopping.Best best) {}

  /** A part of the run cannot go on; the run ends. */
  public record RunFailed(String part, String reason) {}

  private final Topic<GameFinished> gameFinished;
  private final Topic<WeightsPublished> weightsPublished;
  private final Topic<LearnerReport> learnerReport;
  private final Topic<SelfPlayReport> selfPlayReport;
  private final Topic<GateReport> gateReport;
  private final Topic<StoppedEarly> stoppedEarly;
  private final Topic<RunFailed> runFailed;

  /** The bus of one run, apart from that of every other. */
  public TrainingBus(Vertx vertx, String runId) {
    String prefix = "training." + runId + ".";
    gameFinished = new Topic<>(vertx, prefix + "game-finished", GameFinished.class);
    weightsPublished = new Topic<>(vertx, prefix + "weights-published", WeightsPublished.class);
    learnerReport = new Topic<>(vertx, prefix + "learner-report", LearnerReport.class);
    selfPlayReport = new Topic<>(vertx, prefix + "self-play-report", SelfPlayReport.class);
    gateReport = new Topic<>(vertx, prefix + "gate-report", GateReport.class);
    stoppedEarly = new Topic<>(vertx, prefix + "stopped-early", StoppedEarly.class);
    runFailed = new Topic<>(vertx, prefix + "run-failed", RunFailed.class);
  }

  /** Lets the bus carry these messages: once for each Vert.x. */
  public static void register(Vertx vertx) {
    Topic.register(vertx, GameFinished.class);
    Topic.register(vertx, WeightsPublished.class);
    Topic.register(vertx, LearnerReport.class);
    Topic.register(vertx, SelfPlayReport.class);
    Topic.register(vertx, GateReport.class);
    Topic.register(vertx, StoppedEarly.class);
    Topic.register(vertx, RunFailed.class);
  }

  public Topic<GameFinished> gameFinished() {
    return gameFinished;
  }

  public Topic<WeightsPublished> weightsPublished() {
    return weightsPublished;
  }

  public Topic<LearnerReport> learnerReport() {
    return learnerReport;
  }

  public Topic<SelfPlayReport> selfPlayReport() {
    return selfPlayReport;
  }

  public Topic<GateReport> gateReport() {
    return gateReport;
  }

  public Topic<StoppedEarly> stoppedEarly() {
    return stoppedEarly;
  }

  public Topic<RunFailed> runFailed() {
    return runFailed;
  }
}
