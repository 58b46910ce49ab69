package tabula.agents.train;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import tabula.agents.Decision;
import tabula.agents.evaluate.CachingEvaluator;
import tabula.agents.evaluate.EvaluationBatch;
import tabula.agents.evaluate.Evaluator;
import tabula.agents.search.Search;
import tabula.games.Game;
import tabula.games.Position;

/**
 * Plays many games against itself at once, in one thread: all their searches go on together, and
 * share each batch of evaluations. Nothing is handed between threads, so a core spends its time in
 * the evaluator.
 */
public final class SelfPlay {

  private final Game game;
  private final SelfPlayConfig config;
  private final Consumer<Trajectory> finished;
  private final CachingEvaluator evaluator;
  private final EvaluationBatch batch;
  private final List<Slot> slots = new ArrayList<>();
  private long moves;
  private long games;
  private long batches;

  /** What was done since the start. */
  public record Counts(long games, long moves, long evaluations, long cacheHits, long batches) {

    public static final Counts ZERO = new Counts(0, 0, 0, 0, 0);

    public Counts plus(Counts other) {
      return new Counts(
          games + other.games,
          moves + other.moves,
          evaluations + other.evaluations,
          cacheHits + other.cacheHits,
          batches + other.batches);
    }

    /** The share of the positions asked for that were answered from memory. */
    public double hitShare() {
      return cacheHits == 0 ? 0 : (double) cacheHits / (cacheHits + evaluations);
    }

    /** How many positions the network was handed at once, on average. */
    public double meanBatch() {
      return batches == 0 ? 0 : (double) evaluations / batches;
    }
  }

  /**
   * Self-play that has not begun.
   *
   * @param finished is handed each finished game
   */
  public SelfPlay(
      Game game,
      SelfPlayConfig config,
      Evaluator network,
      SplittableRandom random,
      Consumer<Trajectory> finished) {
    this.game = game;
    this.config = config;
    this.finished = finished;
    for (int i = 0; i < config.gamesPerThread(); i++) {
      slots.add(new Slot(random.split()));
    }
    int capacity = config.gamesPerThread() * slots.getFirst().search.maxGathered();
    this.evaluator = new CachingEvaluator(game, network, config.cacheSize(), capacity);
    this.batch = new EvaluationBatch(game, capacity);
  }

  /** Carries every game's search on by one round of evaluations. */
  public void step() {
    batch.clear();
    for (Slot slot : slots) {
      slot.gather();
    }
    evaluator.evaluate(batch);
    batches++;
    for (Slot slot : slots) {
      slot.search.accept(batch);
    }
  }

  /** The network behind has changed: what was remembered of the old one is forgotten. */
  public void forgetEvaluations() {
    evaluator.clear();
  }

  public Counts counts() {
    return new Counts(games, moves, evaluator.evaluations(), evaluator.hits(), batches);
  }

  /** One of the games. */
  private final class Slot {

    private final SplittableRandom slotRandom;
    private final Search search;
    private final short[] actions = new short[game.maxPlies()];
    private final boolean[] recorded = new boolean[game.maxPlies()];
    private final float[] policies = new float[game.maxPlies() * game.actionCount()];
    private final float[] values = new float[game.maxPlies()];
    private final boolean[] proven = new boolean[game.maxPlies()];
    private Position position = game.initialPosition();
    private int ply;
    private boolean full;

    Slot(SplittableRandom slotRandom) {
      this.slotRandom = slotRandom;
      this.search = config.newSearch(game);
      newGame();
      startSearch();
    }

    /** Asks for evaluations, playing moves for as long as searches need none. */
    void gather() {
      int before = batch.size();
      while (batch.size() == before) {
        if (search.isDone()) {
          playMove();
          startSearch();
        } else {
          search.gather(batch);
        }
      }
    }

    private void startSearch() {
      full = slotRandom.nextDouble() < config.fullShare();
      search.start(position, full ? config.visits() : config.fastVisits(), slotRandom);
    }

    private void playMove() {
      Decision decision = search.decision();
      recorded[ply] = full;
      System.arraycopy(
          decision.policy(), 0, policies, ply * game.actionCount(), game.actionCount());
      values[ply] = decision.value();
      proven[ply] = decision.proven();
      play(decision.action());
      moves++;
      if (position.isOver()) {
        games++;
        finished.accept(
            new Trajectory(
                game,
                Arrays.copyOf(actions, ply),
                Arrays.copyOf(recorded, ply),
                Arrays.copyOf(policies, ply * game.actionCount()),
                Arrays.copyOf(values, ply),
                Arrays.copyOf(proven, ply),
                position.outcome()));
        newGame();
      }
    }

    private void play(int action) {
      actions[ply++] = (short) action;
      position = position.play(action);
    }

    private void newGame() {
      int opening = slotRandom.nextInt(config.openingPlies() + 1);
      do {
        position = game.initialPosition();
        ply = 0;
        while (ply < opening && !position.isOver()) {
          int[] legal = position.legalActions();
          recorded[ply] = false;
          proven[ply] = false;
          values[ply] = 0;
          play(legal[slotRandom.nextInt(legal.length)]);
        }
      } while (position.isOver());
    }
  }
}
