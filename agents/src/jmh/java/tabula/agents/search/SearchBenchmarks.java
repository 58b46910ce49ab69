package tabula.agents.search;

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
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import tabula.agents.Decision;
import tabula.agents.evaluate.EvaluationBatch;
import tabula.agents.evaluate.Evaluator;
import tabula.games.Game;
import tabula.games.Position;
import tabula.games.connectfour.ConnectFour;

/** The rules and the trees, in nanoseconds; a search is one move of so many simulations. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class SearchBenchmarks {

  private static final Evaluator AT_ONCE =
      batch -> {
        Arrays.fill(batch.logits(), 0);
        Arrays.fill(batch.values(), 0);
      };

  private final Game game = ConnectFour.GAME;
  private final SplittableRandom random = new SplittableRandom(1);
  private final Position position = position();
  private final int[] legal = new int[game.actionCount()];
  private final float[] planes = new float[game.shape().size()];
  private final GumbelSearch gumbel = new GumbelSearch(game, GumbelConfig.SELF_PLAY);
  private final PuctSearch puct = new PuctSearch(game, PuctConfig.SELF_PLAY);
  private final EvaluationBatch batch =
      new EvaluationBatch(game, Math.max(gumbel.maxGathered(), puct.maxGathered()));

  private Position position() {
    Position at = game.initialPosition();
    for (int action : new int[] {3, 3, 2, 4, 4, 1, 2, 3}) {
      at = at.play(action);
    }
    return at;
  }

  @Benchmark
  public Position play() {
    return position.play(3);
  }

  @Benchmark
  public int legalActions() {
    return position.legalActions(legal);
  }

  @Benchmark
  public float writePlanes() {
    position.writePlanes(planes, 0);
    return planes[0];
  }

  @Benchmark
  public Position playout() {
    Position at = position;
    while (!at.isOver()) {
      int count = at.legalActions(legal);
      at = at.play(legal[random.nextInt(count)]);
    }
    return at;
  }

  @Benchmark
  public Decision gumbelSearchOf800() {
    return gumbel.search(position, 800, random, AT_ONCE, batch);
  }

  @Benchmark
  public Decision puctSearchOf800() {
    return puct.search(position, 800, random, AT_ONCE, batch);
  }
}
