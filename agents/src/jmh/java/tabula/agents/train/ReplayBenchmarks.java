package tabula.agents.train;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import tabula.agents.evaluate.EvaluationCache;
import tabula.agents.network.TrainingBatch;
import tabula.games.connectfour.ConnectFour;

/** Sampling a batch of 512 examples from the replay buffer. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class ReplayBenchmarks {

  private static final int EXAMPLES = 50_000;

  private final ReplayBuffer buffer =
      new ReplayBuffer(ConnectFour.GAME, new ReplayConfig(1_000_000, 1_000_000, 0.5, true));
  private final TrainingBatch batch = new TrainingBatch(ConnectFour.GAME, 512);
  private final SplittableRandom random = new SplittableRandom(1);

  @Setup
  public void fill() {
    SelfPlay selfPlay =
        new SelfPlay(
            ConnectFour.GAME,
            RunConfig.DEFAULT.selfPlay(),
            positions -> {
              Arrays.fill(positions.logits(), 0);
              Arrays.fill(positions.values(), 0);
            },
            new EvaluationCache(ConnectFour.GAME, 1 << 16),
            new Resignation(ResignConfig.NEVER),
            new RandomStream(1),
            SelfPlayState.NONE,
            buffer::add);
    while (buffer.size() < EXAMPLES) {
      selfPlay.step();
    }
  }

  @Benchmark
  public TrainingBatch sample() {
    buffer.sample(batch, random);
    return batch;
  }
}
