package tabula.server.training;

import org.jspecify.annotations.Nullable;
import tabula.agents.train.SelfPlay;
import tabula.server.bus.TrainingBus.GateReport;
import tabula.server.bus.TrainingBus.LearnerReport;

/**
 * How a run stands.
 *
 * @param seconds how long it has run
 * @param counts of all self-play threads, since this start
 * @param learner nothing before its first report
 * @param gate nothing before its first report
 */
public record RunProgress(
    double seconds,
    SelfPlay.Counts counts,
    double movesPerSecond,
    double evaluationsPerSecond,
    @Nullable LearnerReport learner,
    @Nullable GateReport gate) {}
