package tabula.server.command;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;
import tabula.agents.evaluate.EvaluationBatch;
import tabula.agents.evaluate.EvaluationCache;
import tabula.agents.evaluate.Evaluator;
import tabula.agents.network.NetworkSpec;
import tabula.agents.network.TrainingBatch;
import tabula.agents.network.nd4j.ConvolutionCeiling;
import tabula.agents.network.nd4j.NetworkEvaluator;
import tabula.agents.network.nd4j.NetworkTrainer;
import tabula.agents.search.GumbelConfig;
import tabula.agents.search.GumbelSearch;
import tabula.agents.train.RandomStream;
import tabula.agents.train.Resignation;
import tabula.agents.train.RunConfig;
import tabula.agents.train.SelfPlay;
import tabula.agents.train.SelfPlayState;
import tabula.games.Game;
import tabula.games.Position;
import tabula.server.UserError;

/** Measures how fast the parts are, each beside its ceiling. */
@Command(
    name = "bench",
    mixinStandardHelpOptions = true,
    description = "Measures how fast a part is. The last line is JSON.",
    subcommands = {
      RulesBenchmark.class,
      StartBenchmark.class,
      BenchServerCommand.class,
      BenchFuzzCommand.class,
      AnchorBenchmark.class
    },
    footer = {
      "",
      "Example: tabula bench selfplay --game connect-four --network residual:32x3 --visits 32"
          + " --seconds 30"
    })
public final class BenchCommand {

  @Option(
      scope = ScopeType.INHERIT,
      names = "--game",
      defaultValue = "connect-four",
      paramLabel = "GAME",
      description = "Default: ${DEFAULT-VALUE}.")
  private String gameId = "";

  @Option(
      scope = ScopeType.INHERIT,
      names = "--network",
      defaultValue = "residual:32x3",
      paramLabel = "SPEC",
      description = "Default: ${DEFAULT-VALUE}.")
  private String network = "";

  @Option(
      scope = ScopeType.INHERIT,
      names = "--batch",
      defaultValue = "256",
      paramLabel = "N",
      description = "Positions a batch (default: ${DEFAULT-VALUE}).")
  private int batch;

  @Option(
      scope = ScopeType.INHERIT,
      names = "--threads",
      paramLabel = "N",
      description = "Default: one a core.")
  private @Nullable Integer threads;

  @Option(
      scope = ScopeType.INHERIT,
      names = "--visits",
      defaultValue = "32",
      paramLabel = "N",
      description = "Simulations a move (default: ${DEFAULT-VALUE}).")
  private int visits;

  @Option(
      scope = ScopeType.INHERIT,
      names = "--seconds",
      defaultValue = "10",
      paramLabel = "N",
      description = "Default: ${DEFAULT-VALUE}.")
  private double seconds;

  @Spec private CommandSpec command = CommandSpec.create();

  double seconds() {
    Arguments.check(seconds >= 0.1 && seconds <= 3600, "--seconds must be from 0.1 to 3600.");
    return seconds;
  }

  private Game game() {
    Arguments.check(batch >= 1 && batch <= 16_384, "--batch must be from 1 to 16384.");
    Arguments.check(visits >= 1 && visits <= 100_000, "--visits must be from 1 to 100000.");
    seconds();
    return Arguments.game(gameId);
  }

  private NetworkSpec spec() {
    try {
      return NetworkSpec.parse(network);
    } catch (IllegalArgumentException e) {
      throw new UserError(String.valueOf(e.getMessage()), e);
    }
  }

  private int threadCount() {
    int count = threads == null ? Runtime.getRuntime().availableProcessors() : threads;
    Arguments.check(count >= 1 && count <= 256, "--threads must be from 1 to 256.");
    return count;
  }

  private void print(ObjectNode result) {
    PrintWriter out = command.commandLine().getOut();
    out.println(result);
    out.flush();
  }

  private static ObjectNode result(String benchmark) {
    return JsonNodeFactory.instance.objectNode().put("benchmark", benchmark);
  }

  /** How often a second all threads together do the work that each supplier makes. */
  private double rate(int threadCount, double duration, Supplier<Callable<Integer>> work)
      throws InterruptedException {
    LongAdder done = new LongAdder();
    CountDownLatch ready = new CountDownLatch(threadCount);
    CountDownLatch go = new CountDownLatch(1);
    List<Thread> workers = new ArrayList<>();
    long[] end = new long[1];
    for (int thread = 0; thread < threadCount; thread++) {
      workers.add(
          Thread.ofPlatform()
              .name("bench-" + thread)
              .start(
                  () -> {
                    try {
                      Callable<Integer> task = work.get();
                      for (int i = 0; i < 20; i++) {
                        task.call();
                      }
                      ready.countDown();
                      go.await();
                      while (System.nanoTime() < end[0]) {
                        done.add(task.call());
                      }
                    } catch (Exception e) {
                      throw new IllegalStateException(e);
                    }
                  }));
    }
    ready.await();
    long start = System.nanoTime();
    end[0] = start + (long) (duration * 1e9);
    go.countDown();
    for (Thread worker : workers) {
      worker.join();
    }
    return done.sum() / ((System.nanoTime() - start) / 1e9);
  }

  private static List<Position> positions(Game game, int count) {
    SplittableRandom random = new SplittableRandom(1);
    List<Position> positions = new ArrayList<>();
    while (positions.size() < count) {
      Position position = game.initialPosition();
      int plies = random.nextInt(game.maxPlies() * 2 / 3);
      for (int ply = 0; ply < plies && !position.isOver(); ply++) {
        int[] legal = position.legalActions();
        position = position.play(legal[random.nextInt(legal.length)]);
      }
      if (!position.isOver()) {
        positions.add(position);
      }
    }
    return positions;
  }

  private double evaluatorRate(Game game, NetworkSpec spec, int threadCount, double duration)
      throws InterruptedException {
    float[] weights = NetworkTrainer.initialWeights(game, spec, new SplittableRandom(1));
    return rate(
        threadCount,
        duration,
        () -> {
          NetworkEvaluator evaluator = new NetworkEvaluator(game, spec, weights);
          EvaluationBatch positions = new EvaluationBatch(game, batch);
          positions(game, batch).forEach(positions::add);
          return () -> {
            evaluator.evaluate(positions);
            return batch;
          };
        });
  }

  private double ceilingRate(Game game, NetworkSpec.Residual spec, int threadCount, double duration)
      throws InterruptedException {
    int size = Math.min(batch, NetworkEvaluator.MAX_BATCH);
    return rate(
        threadCount,
        duration,
        () -> {
          ConvolutionCeiling ceiling = new ConvolutionCeiling(game, spec, size);
          return () -> {
            ceiling.run();
            return size;
          };
        });
  }

  @Command(
      name = "evaluate",
      description =
          "Positions/s of the evaluator, beside the bare convolutions of a residual network.",
      mixinStandardHelpOptions = true)
  int evaluate() throws InterruptedException {
    NetworkSpec spec = spec();
    Game game = spec.view(game());
    int threadCount = threadCount();
    double evaluator = evaluatorRate(game, spec, threadCount, seconds / 2);
    ObjectNode result =
        result("evaluate")
            .put("network", spec.toString())
            .put("batch", batch)
            .put("threads", threadCount)
            .put("positionsPerSecond", Math.round(evaluator));
    if (spec instanceof NetworkSpec.Residual residual) {
      double ceiling = ceilingRate(game, residual, threadCount, seconds / 2);
      result.put("convolutionPositionsPerSecond", Math.round(ceiling));
      result.put("ratio", evaluator / ceiling);
    }
    print(result);
    return 0;
  }

  @Command(
      name = "search",
      description = "Simulations/s of one core, with an evaluator that answers at once.",
      mixinStandardHelpOptions = true)
  int search() throws InterruptedException {
    Game game = game();
    Evaluator atOnce =
        positions -> {
          Arrays.fill(positions.logits(), 0);
          Arrays.fill(positions.values(), 0);
        };
    double rate =
        rate(
            1,
            seconds,
            () -> {
              GumbelSearch search = new GumbelSearch(game, GumbelConfig.SELF_PLAY);
              EvaluationBatch leaves = new EvaluationBatch(game, search.maxGathered());
              SplittableRandom random = new SplittableRandom(1);
              List<Position> roots = positions(game, 64);
              int[] next = {0};
              return () -> {
                Position root = roots.get(next[0]++ % roots.size());
                return Arrays.stream(search.search(root, visits, random, atOnce, leaves).visits())
                    .sum();
              };
            });
    print(
        result("search")
            .put("game", game.id())
            .put("visits", visits)
            .put("simulationsPerSecondPerCore", Math.round(rate)));
    return 0;
  }

  @Command(
      name = "selfplay",
      description =
          "Moves/s of self-play with every move searched in full, beside the evaluator alone.",
      mixinStandardHelpOptions = true)
  int selfplay() throws InterruptedException {
    NetworkSpec spec = spec();
    Game game = spec.view(game());
    int threadCount = threadCount();
    double evaluator = evaluatorRate(game, spec, threadCount, Math.max(1, seconds / 5));
    float[] weights = NetworkTrainer.initialWeights(game, spec, new SplittableRandom(1));
    ObjectNode json = RunConfig.DEFAULT.toJson();
    json.put("visits", Math.max(2, visits)).put("fastVisits", visits).put("fullShare", 1.0);
    RunConfig config = RunConfig.parse(json.toString());
    List<SelfPlay> players = new ArrayList<>();
    EvaluationCache cache = new EvaluationCache(game, config.cacheSize());
    double steps =
        rate(
            threadCount,
            seconds,
            () -> {
              SelfPlay selfPlay =
                  new SelfPlay(
                      game,
                      config.selfPlay(),
                      new NetworkEvaluator(game, spec, weights),
                      cache,
                      new Resignation(config.selfPlay().resign()),
                      new RandomStream(Thread.currentThread().getName().hashCode()),
                      SelfPlayState.NONE,
                      trajectory -> {});
              synchronized (players) {
                players.add(selfPlay);
              }
              return () -> {
                selfPlay.step();
                return 1;
              };
            });
    SelfPlay.Counts counts =
        players.stream().map(SelfPlay::counts).reduce(SelfPlay.Counts.ZERO, SelfPlay.Counts::plus);
    // The warm-up's steps are in the counts: the time is what all of them took at the measured
    // rate.
    double time = counts.batches() / steps;
    print(
        result("selfplay")
            .put("game", game.id())
            .put("network", spec.toString())
            .put("visits", visits)
            .put("threads", threadCount)
            .put("movesPerSecond", Math.round(counts.moves() / time))
            .put("games", counts.games())
            .put("evaluationsPerSecond", Math.round(counts.evaluations() / time))
            .put("cacheHitShare", counts.hitShare())
            .put("meanBatch", counts.meanBatch())
            .put("evaluatorPositionsPerSecond", Math.round(evaluator))
            .put("ratio", counts.evaluations() / time / evaluator));
    return 0;
  }

  @Command(
      name = "train",
      description =
          "Positions/s of a training step on one thread and on two, beside three times the forward"
              + " pass's time.",
      mixinStandardHelpOptions = true)
  int train() throws InterruptedException {
    NetworkSpec spec = spec();
    Game game = spec.view(game());
    ObjectNode result = result("train").put("network", spec.toString()).put("batch", batch);
    for (int threadCount = 1; threadCount <= 2; threadCount++) {
      String suffix = threadCount == 1 ? "" : "TwoThreads";
      double forward = evaluatorRate(game, spec, threadCount, seconds / 4);
      double rate = trainerRate(game, spec, threadCount, seconds / 4);
      result
          .put("positionsPerSecond" + suffix, Math.round(rate))
          .put("forwardPositionsPerSecond" + suffix, Math.round(forward))
          .put("ratio" + suffix, rate / (forward / 3));
    }
    print(result);
    return 0;
  }

  private double trainerRate(Game game, NetworkSpec spec, int threadCount, double duration)
      throws InterruptedException {
    float[] weights = NetworkTrainer.initialWeights(game, spec, new SplittableRandom(1));
    TrainingBatch examples = new TrainingBatch(game, batch);
    List<Position> positions = positions(game, batch);
    for (int i = 0; i < batch; i++) {
      positions.get(i).writePlanes(examples.planes(), i * game.shape().size());
      int[] legal = positions.get(i).legalActions();
      Arrays.fill(examples.policy(), i * game.actionCount(), (i + 1) * game.actionCount(), -1);
      for (int action : legal) {
        examples.policy()[i * game.actionCount() + action] = 1f / legal.length;
      }
    }
    try (NetworkTrainer trainer =
        new NetworkTrainer(
            game,
            spec,
            RunConfig.DEFAULT.learner().descent(),
            batch,
            0.999,
            threadCount,
            NetworkTrainer.start(weights))) {
      return rate(
          1,
          duration,
          () ->
              () -> {
                trainer.step(examples, 1e-4);
                return batch;
              });
    }
  }
}
