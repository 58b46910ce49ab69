package tabula.agents.network.nd4j;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;
import tabula.agents.network.DescentSpec;
import tabula.agents.network.Examination;
import tabula.agents.network.Losses;
import tabula.agents.network.NetworkSpec;
import tabula.agents.network.Norms;
import tabula.agents.network.TrainingBatch;
import tabula.games.Game;

/**
 * Teaches a network: descends the gradient of cross-entropy plus squared error, and keeps an
 * exponential average of the weights beside them, which plays better than they do. Used by one
 * thread at a time; with more threads each takes a share of every batch.
 */
public final class NetworkTrainer implements AutoCloseable {

  /** A part's activations and gradients stay close to the core. */
  private static final int MAX_PART = 64;

  private final Game game;
  private final NetworkSpec spec;
  private final Parameters parameters;
  private final DescentSpec descent;
  private final int batch;
  private final double averaging;
  private final INDArray weights;
  private final INDArray gradients;
  private final INDArray averaged;
  private final Optimizer optimizer;
  private final List<TrainingWorker> workers = new ArrayList<>();
  private final ExecutorService threads;
  private @Nullable TrainingWorker examiner;
  private int step;

  /** By which factor the last gradient was shortened. */
  private double clipped = 1;

  /** Everything that a trainer has to remember to go on as if it had never stopped. */
  public record State(int step, float[] weights, float[] averaged, float[] first, float[] second) {}

  /**
   * A trainer for batches of one size.
   *
   * @param averaging how much of the average stays at each step, such as 0.999
   * @param threadCount how many threads a step takes, the caller's among them
   * @param state where to start: see {@link #start}
   */
  public NetworkTrainer(
      Game game,
      NetworkSpec spec,
      DescentSpec descent,
      int batch,
      double averaging,
      int threadCount,
      State state) {
    this.game = game;
    this.spec = spec;
    this.parameters = new Parameters(game, spec);
    this.descent = descent;
    this.batch = batch;
    this.averaging = averaging;
    this.weights = Tensors.allocate(parameters.size());
    this.averaged = Tensors.allocate(parameters.size());
    for (int thread = 0; thread < threadCount; thread++) {
      workers.add(
          new TrainingWorker(game, spec, parameters, descent, weights, Math.min(batch, MAX_PART)));
    }
    this.gradients = workers.getFirst().gradients;
    this.threads =
        Executors.newFixedThreadPool(
            Math.max(1, threadCount - 1),
            Thread.ofPlatform().daemon().name("trainer-", 1).factory());
    this.optimizer = new Optimizer(descent.optimizer(), weights, gradients);
    this.step = state.step();
    Tensors.write(state.weights(), parameters.size(), weights);
    Tensors.write(state.averaged(), parameters.size(), averaged);
    Tensors.write(state.first(), parameters.size(), optimizer.state()[0]);
    Tensors.write(state.second(), parameters.size(), optimizer.state()[1]);
  }

  /** The weights of a network that has learnt nothing. */
  public static float[] initialWeights(Game game, NetworkSpec spec, RandomGenerator random) {
    return new Parameters(game, spec).initialise(random);
  }

  /** The state of a trainer that starts from {@code weights}. */
  public static State start(float[] weights) {
    return new State(0, weights, weights, new float[weights.length], new float[weights.length]);
  }

  public State state() {
    return new State(
        step,
        copy(weights),
        copy(averaged),
        copy(optimizer.state()[0]),
        copy(optimizer.state()[1]));
  }

  /** How many steps were taken. */
  public int steps() {
    return step;
  }

  /** A copy of the weights' average: what plays. */
  public float[] averagedWeights() {
    return copy(averaged);
  }

  private static float[] copy(INDArray flat) {
    float[] numbers = new float[(int) flat.length()];
    Tensors.read(flat, numbers, 0, numbers.length);
    return numbers;
  }

  /**
   * One step down the gradient.
   *
   * @throws ArithmeticException if the loss is no longer a number
   */
  public Losses step(TrainingBatch examples, double learningRate) {
    Losses losses = descend(examples);
    clip();
    optimizer.step(learningRate, step);
    step++;
    // Early on the average would be mostly the weights that it started from.
    double keep = Math.min(averaging, 1 - 1.0 / (step + 1));
    averaged.muli(keep);
    Optimizer.axpy(1 - keep, weights, averaged);
    return losses;
  }

  private void clip() {
    clipped = 1;
    if (descent.clipNorm() > 0) {
      double norm = gradients.norm2Number().doubleValue();
      if (norm > descent.clipNorm()) {
        clipped = descent.clipNorm() / norm;
        gradients.muli(clipped);
      }
    }
  }

  /**
   * What the average of the weights, which plays, makes of examples.
   *
   * @param examples any number of them
   */
  public Examination examine(TrainingBatch examples) {
    if (examiner == null) {
      examiner =
          new TrainingWorker(
              game, spec, parameters, DescentSpec.plain(descent.optimizer()), averaged, MAX_PART);
    }
    examiner.clear();
    for (int start = 0; start < examples.size(); start += MAX_PART) {
      examiner.examine(examples, start, Math.min(MAX_PART, examples.size() - start));
    }
    return new Examination(examiner.losses(), examiner.deadShare());
  }

  /** Of the last step's gradient, and of the weights after it, in all. */
  public Norms norms() {
    return Tensors.norms(gradients, weights).beforeClipping(clipped);
  }

  /** As {@link #norms()}, by layer, from the input on. */
  public Map<String, Norms> normsByLayer() {
    Map<String, Norms> byLayer = parameters.norms(gradients, weights);
    byLayer.replaceAll((layer, norms) -> norms.beforeClipping(clipped));
    return byLayer;
  }

  /** The losses of the weights on a batch, nothing learnt. */
  public Losses losses(TrainingBatch examples) {
    return descend(examples);
  }

  /**
   * The loss's gradient with respect to every weight, on a batch. For tests and for looking inside.
   */
  public float[] gradients(TrainingBatch examples) {
    descend(examples);
    return copy(gradients);
  }

  /** Leaves the loss's gradient with respect to every weight in {@link #gradients}. */
  private Losses descend(TrainingBatch examples) {
    if (examples.size() != batch) {
      throw new IllegalArgumentException("This trainer takes batches of %d.".formatted(batch));
    }
    try {
      List<CompletableFuture<Void>> others = new ArrayList<>();
      for (int worker = 1; worker < workers.size(); worker++) {
        int share = worker;
        others.add(CompletableFuture.runAsync(() -> descendShare(examples, share), threads));
      }
      descendShare(examples, 0);
      others.forEach(CompletableFuture::join);
    } catch (ArithmeticException e) {
      throw notFinite(e);
    } catch (CompletionException e) {
      throw e.getCause() instanceof ArithmeticException cause ? notFinite(cause) : e;
    }
    Losses losses = workers.getFirst().losses();
    for (TrainingWorker other : workers.subList(1, workers.size())) {
      losses = losses.plus(other.losses());
      Optimizer.axpy(1, other.gradients, gradients);
    }
    return losses;
  }

  /** A worker's parts: as many as the others', all of nearly one size. */
  private void descendShare(TrainingBatch examples, int share) {
    int parts = (batch + MAX_PART - 1) / MAX_PART;
    int end = parts * (share + 1) / workers.size();
    workers.get(share).clear();
    for (int part = parts * share / workers.size(); part < end; part++) {
      int start = batch * part / parts;
      workers.get(share).descend(examples, start, batch * (part + 1) / parts - start, step);
    }
  }

  private ArithmeticException notFinite(ArithmeticException cause) {
    return new ArithmeticException(
        "The loss is not a number at step %d; %s.".formatted(step, cause.getMessage()));
  }

  /** Ends its threads. */
  @Override
  public void close() {
    threads.shutdownNow();
  }
}
